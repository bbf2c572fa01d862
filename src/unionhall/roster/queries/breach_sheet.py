"""Who was exposed, as the rows of a list: what of each person, in which state she lives, how she can be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from unionhall.roster.enums import ContactKind
from unionhall.roster.queries.breach import ExposedPerson, asked_of, breach_of, every_person
from unionhall.rulebook.addresses import place_of

BETWEEN: Final = " / "
BREACH_HEADS: Final = (
    "Unionhall ID",
    "Full name",
    "Language",
    "Worksite",
    "Exposed",
    "State of residence",
    "Can be told by",
    "Cell phone",
    "Home phone",
    "Personal email",
    "Home address",
)
PHONES: Final = (ContactKind.SMS, ContactKind.PHONE, ContactKind.MAIL)


def breach_rows(kept: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """One row a person, in order of name. kept: what fell into wrong hands, as its query keeps it."""
    for one in every_person(breach_of(asked_of(kept))):
        yield _row(one)


def _row(one: ExposedPerson) -> tuple[str, ...]:
    homes = [place_of(point.value).written for point in one.points if point.kind == ContactKind.POST]
    return (
        one.person.public_id,
        one.person.name,
        one.person.language,
        one.site,
        "; ".join(one.exposed),
        one.state,
        "; ".join(one.ways) or "worksite",
        *(BETWEEN.join(point.value for point in one.points if point.kind == kind) for kind in PHONES),
        BETWEEN.join(homes),
    )
