"""Paper beside the screen: the arithmetic of a site's sheet, two people's entries of it, the boxes drawn to be counted
again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from hashlib import sha256


class Flaw(StrEnum):
    """What is wrong with a sheet."""

    NEGATIVE = "negative"
    NOT_ACCOUNTED = "not_accounted"
    MORE_THAN_CHECKED_IN = "more_than_checked_in"
    UNSIGNED = "unsigned"
    SAME_SIGNER = "same_signer"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A site's count. received and returned: blank papers brought and taken back. checked_in: names marked in the
    pollbook.

    yes, no, blank, spoiled: papers out of the box. signers: who signed, at least two different people.
    """

    received: int
    returned: int
    checked_in: int
    yes: int
    no: int
    blank: int
    spoiled: int
    signers: tuple[str, ...] = ()

    @property
    def issued(self) -> int:
        """Papers given out."""
        return self.received - self.returned

    @property
    def counted(self) -> int:
        """Papers out of the box."""
        return self.yes + self.no + self.blank + self.spoiled

    @property
    def missing(self) -> int:
        """Papers given out that are not in the box; below 0 where the box holds more than were given out."""
        return self.issued - self.counted


def flaws(sheet: Sheet, *, explained: int = 0) -> tuple[Flaw, ...]:
    """What is wrong with the sheet, in the order of Flaw; empty for one that adds up.

    explained: papers given out and not in the box for a written reason, such as one torn before use.
    Source: docs/rules/counting.md, section 6.
    """
    numbers = (sheet.received, sheet.returned, sheet.checked_in, sheet.yes, sheet.no, sheet.blank, sheet.spoiled)
    signers = {signer.strip().casefold() for signer in sheet.signers}
    wrong = {
        Flaw.NEGATIVE: min(numbers) < 0 or sheet.issued < 0,
        Flaw.NOT_ACCOUNTED: sheet.missing != explained,
        Flaw.MORE_THAN_CHECKED_IN: sheet.counted - sheet.spoiled > sheet.checked_in,
        Flaw.UNSIGNED: len(sheet.signers) < 2 or "" in signers,
        Flaw.SAME_SIGNER: len(sheet.signers) >= 2 and len(signers) < 2,
    }
    return tuple(flaw for flaw in Flaw if wrong[flaw])


def differences(first: Sheet, second: Sheet) -> tuple[str, ...]:
    """The fields in which two people's entries of one sheet differ; the count waits until there are none."""
    return tuple(field.name for field in fields(Sheet) if getattr(first, field.name) != getattr(second, field.name))


@dataclass(frozen=True, slots=True)
class Total:
    """A channel's votes in a reporting unit. Spoiled papers are no votes and are told apart."""

    yes: int = 0
    no: int = 0
    blank: int = 0
    spoiled: int = 0

    def __add__(self, other: Total) -> Total:
        return Total(self.yes + other.yes, self.no + other.no, self.blank + other.blank, self.spoiled + other.spoiled)


def add_sheets(sheets: Iterable[Sheet]) -> Total:
    """The paper votes of a reporting unit: the sum of its signed sheets. It stands beside the online votes, never in
    them.
    """
    return sum((Total(sheet.yes, sheet.no, sheet.blank, sheet.spoiled) for sheet in sheets), Total())


def draw_boxes(boxes: Sequence[str], how_many: int, *, dice: str) -> tuple[str, ...]:
    """The boxes to be counted again, drawn by dice thrown in public, so that nobody chose them and all can draw them
    again.

    boxes: their labels, all different. dice: what was thrown, as read out, for example "4 1 6 6 2 3 5 1"; blanks do not
    matter. Order of the boxes does not matter either. Source: docs/rules/counting.md, section 7.
    """
    thrown = "".join(dice.split())
    drawn = sorted(boxes, key=lambda box: sha256(f"{thrown}|{box}".encode()).digest())
    return tuple(drawn[:how_many])
