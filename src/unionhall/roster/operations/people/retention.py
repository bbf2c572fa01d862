"""The retention clock: former members are cut down to the minimal record, unless a legal hold stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.models import User
from unionhall.accounts.operations import close_account
from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor, Role
from unionhall.foundation.errors import AlreadyDone, Invalid, Refused
from unionhall.foundation.hooks import ClockStand
from unionhall.roster.events import FormerShrunk
from unionhall.roster.models import (
    Assignment,
    ContactPoint,
    Hold,
    ImportChange,
    Merge,
    Person,
    PersonRecord,
    Worksite,
)
from unionhall.roster.queries.retention import clocks
from unionhall.rulebook.names import fold
from unionhall.rulebook.retention import MONTHS, trimmed

BATCH: Final = 200


class ReasonlessHold(Invalid):
    """A legal hold without a word on why."""

    code = "reasonless_hold"
    message = _("Say for which case the clocks are to stand still.")


class OwnHold(Refused):
    """Whoever placed a legal hold would lift it alone."""

    code = "own_hold"
    message = _("You placed this hold, so that another officer or counsel must lift it. Ask one of them.")


class HoldLifted(AlreadyDone):
    """A legal hold that stands no more."""

    code = "hold_lifted"
    message = _("This hold was lifted already.")


def shrink_former(*, months: int = MONTHS, actor: Actor, at: datetime) -> int:
    """Every former member whose clock has run out is cut down to the minimal record; gives how many were.

    What remains: the name, the ids, since when she was what, the last place with its days, and the ledger of consents
    without the contacts. Portions of two hundred stand each in a transaction, so that a stopped run goes on where it
    was. A legal hold is looked at in each of them.
    """
    shrunk = 0
    while True:
        with transaction.atomic():
            due = clocks(today=timezone.localdate(at), months=months).due[:BATCH]
            if not due:
                return shrunk
            _shrink([pk for pk, _day in due], actor, at)
            shrunk += len(due)


@transaction.atomic
def place_hold(
    *, person: Person | None, reason: str, actor: Actor, at: datetime, worksite: Worksite | None = None
) -> Hold:
    """From now on nothing is deleted by a clock: of that person, of all who ever worked at that worksite, or of
    anybody where neither is given. The same hold a second time gives the first one back.

    Raises ReasonlessHold.
    """
    why = " ".join(reason.split())[:250]
    if not why:
        raise ReasonlessHold
    same = Hold.objects.filter(person=person, worksite=worksite, reason=why, lifted_at=None).first()
    if same is not None:
        return same
    row = Hold.objects.create(
        person=person,
        worksite=worksite,
        reason=why,
        placed_at=at,
        placed_by=actor.label[:120],
        placed_by_id=actor.user_id,
    )
    _note_hold(row, "roster.hold_placed", why, actor, at)
    return row


@transaction.atomic
def lift_hold(*, hold: Hold, why: str, actor: Actor, at: datetime) -> Hold:
    """The clocks go on. why: counsel's word, for the trail. actor: another than who placed it, or the operator.

    Raises ReasonlessHold, OwnHold or HoldLifted.
    """
    said = " ".join(why.split())[:250]
    if not said:
        raise ReasonlessHold
    row = Hold.objects.select_for_update().get(pk=hold.pk)
    if row.lifted_at is not None:
        raise HoldLifted
    if actor.user_id is not None and actor.user_id == row.placed_by_id:
        raise OwnHold
    row.lifted_at, row.lifted_by, row.lifted_by_id, row.lifted_why = at, actor.label[:120], actor.user_id, said
    row.save(update_fields=["lifted_at", "lifted_by", "lifted_by_id", "lifted_why"])
    _note_hold(row, "roster.hold_lifted", said, actor, at)
    return row


def forget_former(*, actor: Actor, at: datetime) -> int:
    """The clock of former members, with the months of the house."""
    return shrink_former(actor=actor, at=at)


def stand_of_former(at: datetime) -> ClockStand:
    """How the clocks of former members stand."""
    found = clocks(today=timezone.localdate(at))
    return ClockStand(
        due=len(found.due), waiting=found.waiting, held=found.held, no_day=found.no_day, next_on=found.next_on
    )


def _note_hold(hold: Hold, verb: str, why: str, actor: Actor, at: datetime) -> None:
    label = hold.person.public_id if hold.person else str(hold.worksite or "everybody")
    place = hold.worksite.public_id if hold.worksite else ""
    audit.record(actor=actor, verb=verb, at=at, obj=hold, label=label, place=place, why=why)


def _shrink(ids: Sequence[int], actor: Actor, at: datetime) -> None:
    """Cut these persons down, with the records that were merged into them, whose rows are theirs too."""
    persons = list(Person.objects.get_queryset().filter(pk__in=ids).order_by("pk"))
    absorbed = list(Person.objects.get_queryset().filter(merged_into__in=ids).order_by("pk"))
    everyone = [*persons, *absorbed]
    everything = [person.pk for person in everyone]
    gone, _by_table = ContactPoint.objects.filter(person__in=everything).delete()
    _trim_assignments(everything)
    _trim_records(everything)
    Merge.objects.filter(kept__in=everything).update(before={}, moved={})
    _close_accounts([person.user_id for person in persons if person.user_id], actor, at)
    for person in everyone:
        person.chosen_name, person.birth, person.hired_on, person.standing = "", "", None, ""
        person.search = f" {fold(person.name)}"
        person.shrunk_at, person.user_id = at, None
    fields = ("chosen_name", "birth", "hired_on", "standing", "search", "shrunk_at", "user_id")
    Person.objects.bulk_update(everyone, fields, batch_size=BATCH)
    for person in persons:
        audit.record(
            actor=actor, verb="roster.person_shrunk", at=at, obj=person, label=person.public_id, detail={"rows": gone}
        )
    events.publish(FormerShrunk(public_ids=tuple(person.public_id for person in persons)))


def _trim_assignments(ids: Sequence[int]) -> None:
    """The place that ended last stays, without job, shift and hours; the others go."""
    last: dict[int, int] = {}
    rows = Assignment.objects.filter(person__in=ids).order_by("person", "ends_on", "pk")
    for pk, person in rows.values_list("pk", "person_id"):
        last[person] = pk
    Assignment.objects.filter(person__in=ids).exclude(pk__in=last.values()).delete()
    Assignment.objects.filter(pk__in=last.values()).update(classification=None, shift="", hours=None)


def _trim_records(ids: Sequence[int]) -> None:
    """Sources go on saying who she was and since when she was what; what an import's undo would bring back goes too."""
    records = list(PersonRecord.objects.filter(person__in=ids))
    for record in records:
        record.said = trimmed(record.said)
    PersonRecord.objects.bulk_update(records, ["said"], batch_size=BATCH)
    changes = list(ImportChange.objects.filter(record="person", record_pk__in=ids))
    for change in changes:
        change.before, change.after = trimmed(change.before), trimmed(change.after)
    ImportChange.objects.bulk_update(changes, ["before", "after"], batch_size=BATCH)


def _close_accounts(user_ids: Sequence[int], actor: Actor, at: datetime) -> None:
    """Nobody signs in as a former member any more; an account that holds another role than a member's lives on."""
    for user in User.objects.filter(pk__in=user_ids, is_staff=False, is_superuser=False).order_by("pk"):
        if user.role_grants.holding(timezone.localdate(at)).exclude(role=Role.MEMBER).exists():
            continue
        user.sign_in_contacts.all().delete()
        user.sign_in_tokens.all().delete()
        close_account(user=user, actor=actor, at=at, why="retention")
