"""Freezing a list: who fitted a filter on a day, kept with the proof of its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import Invalid, Refused
from unionhall.roster.events import RollFrozen
from unionhall.roster.models import Roll, RollLine
from unionhall.roster.queries.rolls import filter_of, roll_lines
from unionhall.rulebook.rolls import proof_of


class NamelessRoll(Invalid):
    """A list that is to be frozen without a name or a reason."""

    code = "nameless_roll"
    message = _("Give the list a name and a reason, so that everybody knows later what it was for.")


class EmptyRoll(Refused):
    """A list on which nobody would stand."""

    code = "empty_roll"
    message = _("Nobody fits this filter on that day. Nothing was frozen.")


class DayToCome(Invalid):
    """A list as of a day that has not come."""

    code = "day_to_come"
    message = _("Nobody knows yet who works where on that day. Take today or an earlier day.")


@transaction.atomic
def freeze_roll(
    *, name: str, asked: Mapping[str, Sequence[str]], as_of: date, reason: str, actor: Actor, at: datetime
) -> Roll:
    """The list of who fits a filter on a day, frozen: it never changes, and its hash shows that it did not.

    asked: as in `queries.rolls.filter_of`. Raises NamelessRoll, DayToCome, EmptyRoll or UnknownFilter.
    """
    if not name.strip() or not reason.strip():
        raise NamelessRoll
    if as_of > timezone.localdate(at):
        raise DayToCome
    wanted = filter_of(asked)
    lines = roll_lines(wanted, as_of)
    if not lines:
        raise EmptyRoll
    roll = Roll.objects.create(
        name=name.strip()[:200],
        filter=wanted,
        as_of=as_of,
        reason=reason.strip()[:250],
        lines=len(lines),
        sha256=proof_of(lines),
        frozen_at=at,
        frozen_by=actor.label[:120],
    )
    rows = (
        RollLine(roll=roll, place=place, person=line.person, worksite=line.worksite, unit=line.unit)
        for place, line in enumerate(lines, start=1)
    )
    RollLine.objects.bulk_create(rows, batch_size=2000)
    detail = {"lines": len(lines), "as_of": as_of.isoformat(), "sha256": roll.sha256}
    audit.record(actor=actor, verb="roster.roll_frozen", at=at, obj=roll, why=roll.reason, detail=detail)
    events.publish(RollFrozen(roll=roll.public_id, lines=len(lines)))
    return roll
