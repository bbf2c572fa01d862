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
from unionhall.foundation.errors import AlreadyDone, Invalid
from unionhall.roster.events import FormerShrunk
from unionhall.roster.models import Assignment, ContactPoint, Hold, ImportChange, Merge, Person, PersonRecord
from unionhall.roster.queries.retention import clocks
from unionhall.rulebook.names import fold
from unionhall.rulebook.retention import MONTHS, trimmed

BATCH: Final = 200


class ReasonlessHold(Invalid):
    """A legal hold without a word on why."""

    code = "reasonless_hold"
    message = _("Say for which case the clocks are to stand still.")


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
def place_hold(*, person: Person | None, reason: str, actor: Actor, at: datetime) -> Hold:
    """From now on nothing is deleted by a clock: of that person, or of anybody where none is given.

    Raises ReasonlessHold.
    """
    if not reason.strip():
        raise ReasonlessHold
    row = Hold.objects.create(person=person, reason=reason.strip()[:250], placed_at=at, placed_by=actor.label[:120])
    label = person.public_id if person else "everybody"
    audit.record(actor=actor, verb="roster.hold_placed", at=at, obj=row, label=label, why=row.reason)
    return row


@transaction.atomic
def lift_hold(*, hold: Hold, why: str, actor: Actor, at: datetime) -> Hold:
    """The clocks go on. why: counsel's word, for the trail. Raises ReasonlessHold or HoldLifted."""
    if not why.strip():
        raise ReasonlessHold
    hold = Hold.objects.select_for_update().get(pk=hold.pk)
    if hold.lifted_at is not None:
        raise HoldLifted
    Hold.objects.filter(pk=hold.pk).update(lifted_at=at, lifted_by=actor.label[:120])
    label = hold.person.public_id if hold.person else "everybody"
    audit.record(actor=actor, verb="roster.hold_lifted", at=at, obj=hold, label=label, why=why.strip())
    hold.refresh_from_db()
    return hold


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
