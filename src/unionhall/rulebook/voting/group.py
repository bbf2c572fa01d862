"""The group all votes are counted in: numbers modulo a 2048-bit prime, of which only a part of 256-bit prime order is
used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from unionhall.rulebook.voting.arithmetic import IS_FAST, RandomBelow, number, power
from unionhall.rulebook.voting.checks import Check, CheckFailed

_BYTES = 32


class FixedBase:
    """One base raised again and again: a table of its powers makes each power seven times cheaper.

    base: an element of the group. modulus: the group's prime. The table costs 15 ms and 2 MB.
    """

    __slots__ = ("_modulus", "_rows")

    def __init__(self, base: int, modulus: int) -> None:
        self._modulus = modulus
        self._rows: list[list[int]] = []
        for _ in range(_BYTES):
            row = [number(1)]
            for _ in range(255):
                row.append(row[-1] * base % modulus)
            self._rows.append(row)
            base = row[-1] * base % modulus

    def power(self, exponent: int) -> int:
        """The base raised to an exponent, 0 <= exponent < 2 ** 256."""
        result, modulus = number(1), self._modulus
        for row, digit in zip(self._rows, int(exponent).to_bytes(_BYTES, "little"), strict=True):
            result = result * row[digit] % modulus
        return result


@dataclass(frozen=True, slots=True)
class Group:
    """Parameters of a group: elements are numbers x, 0 < x < p, with x ** q = 1 modulo p; g is the base everyone counts
    in.
    """

    name: str
    p: int
    q: int
    g: int
    base: FixedBase = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "base", FixedBase(self.g, self.p))

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """A group crosses to a worker process by its name alone."""
        return group_named, (self.name,)

    def power(self, base: int, exponent: int) -> int:
        """Any element raised to an exponent, 0 <= exponent < q."""
        return power(base, exponent, self.p)

    def powers(self, base: int, exponents: Sequence[int]) -> list[int]:
        """Any element raised to several exponents, each 0 <= exponent < q: they share the squarings, most of the work.

        Each exponent's digits, four bits each, throw the current square into one of sixteen heaps; at the end heap d
        counts d times. Source: docs/rules/voting-format.md, section 8.
        """
        if len(exponents) == 1 or not IS_FAST:
            return [power(base, exponent, self.p) for exponent in exponents]
        p = self.p
        heaps = [[number(1)] * 16 for _ in exponents]
        for digits in zip(*(reversed(f"{int(exponent):064x}") for exponent in exponents), strict=True):
            for heap, character in zip(heaps, digits, strict=True):
                if digit := int(character, 16):
                    heap[digit] = heap[digit] * base % p
            for _ in range(4):
                base = base * base % p
        return [self._weigh(heap) for heap in heaps]

    def _weigh(self, heap: Sequence[int]) -> int:
        """heap[1] * heap[2] ** 2 * heap[3] ** 3 and so on."""
        running = result = number(1)
        for value in reversed(heap[1:]):
            running = running * value % self.p
            result = result * running % self.p
        return result

    def is_element(self, value: int) -> bool:
        """Whether the number belongs to the group: in range, and of the right order. About half a millisecond."""
        return 0 < value < self.p and power(value, self.q, self.p) == 1

    def random_exponent(self, random_below: RandomBelow) -> int:
        """A fresh exponent, each of 0 … q-1 as likely."""
        return number(random_below(int(self.q)))

    def product(self, elements: Iterable[int]) -> int:
        """All of them multiplied; 1 for none."""
        result = number(1)
        for element in elements:
            result = result * element % self.p
        return result

    def table(self, base: int) -> FixedBase:
        """A table for an element that will be raised often."""
        return FixedBase(base, self.p)


BELENIOS_2048 = Group(
    name="BELENIOS-2048",
    p=number(
        "2069478569142254640101364365750500806492298929575110409710088478705737421924271740192223725449768433"
        "8129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049"
        "0811670993105358677809800307904916540637771737641986785272734744763418356000356983051931442845617019"
        "1100078673730733356412397173289791324047457883446826065232797464795113767265869358218004631792207366"
        "8860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201"
        "3204811188524087310770141516662001623131771693721892480785077118278423174980732765988288251691831031"
        "25680162072880719"
    ),
    q=number("78571733251071885079927659812671450121821421258408794611510081919805623223441"),
    g=number(
        "2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678"
        "7996946682987493890950838965734256019006010684771644917354741372831046104586813145117816467554005274"
        "0288984613986453266121505579709716201616827031288643245666383486363578210615491841998253431518974065"
        "8186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982"
        "6651036068224066350766977640253462537730851331734951942489677540525736590494924776314759915751987751"
        "7771148149092045660020547812705472823814097251863985833411570056835369555342378147558249189605029668"
        "0037745308460627"
    ),
)

_GROUPS = {group.name: group for group in (BELENIOS_2048,)}


def group_named(name: object) -> Group:
    """The group of that name. Raises CheckFailed (group) for one we do not know: this is half of the version switch.

    Source: docs/rules/voting-format.md, section 1.
    """
    if not isinstance(name, str) or name not in _GROUPS:
        raise CheckFailed(Check.GROUP)
    return _GROUPS[name]
