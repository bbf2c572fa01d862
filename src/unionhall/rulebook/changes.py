"""What a change did to a record, and how it is taken back without touching what came after.

Source: docs/rules/imports.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Touched:
    """The fields a change touched, by name, before and after: plain values that compare by equality."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unwound:
    """What undoing makes of a record. restored: field → value put back. stands: fields changed since, left alone."""

    restored: Mapping[str, Any]
    stands: tuple[str, ...]


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Touched:
    """The fields of `after` that differ from `before`, with both values. A field that `after` lacks is not touched."""
    fields = [name for name, value in after.items() if name not in before or before[name] != value]
    return Touched(
        before={name: before[name] for name in fields if name in before},
        after={name: after[name] for name in fields},
    )


def unwind(current: Mapping[str, Any], touched: Touched) -> Unwound:
    """The record as it was before the change, except where somebody has changed a field since.

    A field is put back where it still holds what the change wrote; otherwise the later value stands. Undoing right
    after the change gives back exactly what was there.
    """
    stands = tuple(name for name, value in touched.after.items() if name in current and current[name] != value)
    restored = {name: value for name, value in touched.before.items() if name not in stands}
    return Unwound(restored=restored, stands=stands)


def spliced(undone: Touched, later: Touched) -> Touched:
    """A later change as it reads when the earlier one never was: what it found is what the earlier one had found.

    Only fields that both touched and the later one found as the earlier one left them are rewritten, so that undoing
    the later one afterwards leads back past both.
    """
    before = dict(later.before)
    for name, value in later.before.items():
        if name in undone.before and undone.after.get(name) == value:
            before[name] = undone.before[name]
    return Touched(before=before, after=later.after)
