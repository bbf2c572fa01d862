"""Settling a group of records that look alike in one act, and taking the answer back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.access import Actor
from unionhall.foundation.errors import Invalid
from unionhall.roster.models import Apart, Merge, Person
from unionhall.roster.operations.people.merging import merge_people, part_people, say_apart, unsay_apart


class OneIsNoGroup(Invalid):
    """Fewer than two records were marked as one person."""

    code = "one_is_no_group"
    message = _("Mark at least two records as the same person, one of them the one that stays. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was written of a group: numbers of the merges, and of what says that two are two people."""

    merges: tuple[int, ...] = ()
    aparts: tuple[int, ...] = ()


@transaction.atomic
def merge_group(*, kept: Person, others: Sequence[Person], actor: Actor, at: datetime) -> Answer:
    """All of these are one person: the others are merged into the kept one, or none of them is.

    Raises OneIsNoGroup, and whatever `merge_people` does.
    """
    absorbed = [person for person in others if person.pk != kept.pk]
    if not absorbed:
        raise OneIsNoGroup
    merges = [merge_people(kept=kept, absorbed=person, actor=actor, at=at) for person in absorbed]
    return Answer(merges=tuple(merge.pk for merge in merges))


@transaction.atomic
def part_group(*, ones: list[Person], others: list[Person], actor: Actor, at: datetime) -> Answer:
    """Each of the first is somebody else than each of the second, and never proposed as one again.

    Somebody who stands on both sides is no other than herself. What was said before is not said again.
    """
    pairs = {
        (one, other) if one.pk < other.pk else (other, one) for one in ones for other in others if one.pk != other.pk
    }
    held = set(Apart.objects.filter(first__in=ones + others).values_list("first_id", "second_id"))
    fresh = sorted((pair for pair in pairs if (pair[0].pk, pair[1].pk) not in held), key=lambda pair: pair[0].pk)
    said = [say_apart(one=one, other=other, actor=actor, at=at) for one, other in fresh]
    return Answer(aparts=tuple(apart.pk for apart in said))


@transaction.atomic
def take_group_back(*, merges: Sequence[Merge], aparts: Sequence[Apart], actor: Actor, at: datetime) -> None:
    """An answer is taken back, all of it or nothing. merges: the latest first. Raises whatever `part_people` does."""
    for merge in merges:
        part_people(merge=merge, actor=actor, at=at)
    for apart in aparts:
        unsay_apart(apart=apart, actor=actor, at=at)
