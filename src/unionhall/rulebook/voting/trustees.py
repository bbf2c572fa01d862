"""The holders of the keys: single trustees, who all must come, and groups of which some suffice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from unionhall.rulebook.voting import wire
from unionhall.rulebook.voting.checks import Check, CheckFailed, require
from unionhall.rulebook.voting.group import Group
from unionhall.rulebook.voting.threshold import ThresholdKeys, combine_shares, read_threshold, write_threshold
from unionhall.rulebook.voting.trustee_keys import TrusteeKey, read_trustee_key, write_trustee_key

MAX_TRUSTEES = 50


@dataclass(frozen=True, slots=True)
class Trustees:
    """All who hold a part of an election's key, in the published order; `keys` numbers them from 1. raw: the bytes."""

    kinds: tuple[TrusteeKey | ThresholdKeys, ...]
    raw: bytes

    @property
    def keys(self) -> dict[int, TrusteeKey]:
        """Each trustee's own public key by her number, from 1, groups counted through."""
        return dict(enumerate((key for kind in self.kinds for key in _members(kind)), start=1))

    def election_key(self, group: Group) -> int:
        """The election's public key: the product of what each single trustee and each group brings."""
        return group.product(kind.value for kind in self.kinds)

    def opening(self, shares: Mapping[int, int], group: Group) -> int:
        """What the whole private key would have made of a number, from what the trustees made of it.

        shares: by trustee number. Raises CheckFailed (missing_share) where a single trustee is missing or a group has
        fewer than its threshold.
        """
        return group.product(self._parts(shares, group))

    def _parts(self, shares: Mapping[int, int], group: Group) -> Iterator[int]:
        first = 1
        for kind in self.kinds:
            size = len(_members(kind))
            given = {place: shares[first + place - 1] for place in range(1, size + 1) if first + place - 1 in shares}
            needed = kind.threshold if isinstance(kind, ThresholdKeys) else 1
            if len(given) < needed:
                raise CheckFailed(Check.MISSING_SHARE, f"trustees {first} to {first + size - 1}")
            yield combine_shares(given, group) if isinstance(kind, ThresholdKeys) else given[1]
            first += size


def make_trustees(*kinds: TrusteeKey | ThresholdKeys) -> Trustees:
    """The trustees to publish. Raises CheckFailed (shape) for none."""
    require(kinds, Check.SHAPE, "trustees")
    return Trustees(kinds, wire.write([_write(kind) for kind in kinds]))


def read_trustees(raw: bytes, *, group: Group) -> Trustees:
    """The trustees in these bytes, every key proved.

    Raises CheckFailed: size, syntax, canonical, shape, and those of `read_trustee_key` and `read_threshold`.
    Source: docs/rules/voting-format.md, section 7.
    """
    listed = wire.items(wire.read(raw, limit=wire.MAX_SETUP_BYTES))
    require(0 < len(listed) <= MAX_TRUSTEES, Check.SHAPE, "trustees")
    kinds = []
    for position, item in enumerate(listed, start=1):
        kind, value = wire.items(item, 2)
        require(kind in ("Single", "Pedersen"), Check.SHAPE, "trustees")
        single = kind == "Single"
        kinds.append(read_trustee_key(value, group, f"key {position}") if single else read_threshold(value, group))
    trustees = Trustees(tuple(kinds), raw)
    wire.require_same(raw, [_write(kind) for kind in kinds])
    return trustees


def _members(kind: TrusteeKey | ThresholdKeys) -> tuple[TrusteeKey, ...]:
    return kind.keys if isinstance(kind, ThresholdKeys) else (kind,)


def _write(kind: TrusteeKey | ThresholdKeys) -> list[Any]:
    if isinstance(kind, ThresholdKeys):
        return ["Pedersen", write_threshold(kind)]
    return ["Single", write_trustee_key(kind)]
