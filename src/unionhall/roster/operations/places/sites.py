"""What people of ours write about a worksite: its fields, units, shifts and bells, and that it closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any, Final

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import audit
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import AlreadyDone, Invalid
from unionhall.roster.enums import EVERY_SCHOOL_DAY, SiteKind, SiteStatus
from unionhall.roster.models import BellTime, Shift, Unit, Worksite, WorksiteUnit
from unionhall.roster.operations.places.putting import put_row
from unionhall.roster.operations.worksite_lists.writes import put_values
from unionhall.rulebook.directory import LONGEST, clean

BY_HAND: Final = ("name", "kind", "address", "city", "state", "zip", "is_charter")
_DAYS: Final = "1234567"


class NoSuchWorksiteValue(Invalid):
    """A field of a worksite that cannot hold what was written."""

    code = "no_such_worksite_value"
    message = _("“%(value)s” cannot stand there. Nothing was changed.")


class ClosedAlready(AlreadyDone):
    """A worksite that is closed, or merged into another one, already."""

    code = "worksite_closed_already"
    message = _("%(name)s is closed already.")


@transaction.atomic
def edit_worksite(*, worksite: Worksite, values: Mapping[str, Any], actor: Actor, at: datetime) -> Worksite:
    """What one of us says of a worksite, which no list overwrites from now on.

    values: fields of BY_HAND. Raises NoSuchWorksiteValue for a blank name or a value that its field cannot hold.
    """
    worksite = Worksite.objects.select_for_update().get(pk=worksite.pk)
    checked = {name: _checked(name, value) for name, value in values.items()}
    changed = {name: value for name, value in checked.items() if getattr(worksite, name) != value}
    if changed:
        put_values(worksite, values=changed)
        worksite.by_hand = sorted({*worksite.by_hand, *changed})
        worksite.save()
        _record("roster.worksite_edited", worksite, {"fields": sorted(changed)}, actor, at)
    return worksite


@transaction.atomic
def close_worksite(*, worksite: Worksite, actor: Actor, at: datetime) -> Worksite:
    """The worksite is closed: kept with all that hangs on it, and offered to nobody. Raises ClosedAlready."""
    worksite = Worksite.objects.select_for_update().get(pk=worksite.pk)
    if worksite.status in (SiteStatus.CLOSED, SiteStatus.MERGED):
        raise ClosedAlready(name=worksite.name)
    return _put_status(worksite, SiteStatus.CLOSED, "roster.worksite_closed", actor, at)


@transaction.atomic
def reopen_worksite(*, worksite: Worksite, actor: Actor, at: datetime) -> Worksite:
    """The worksite is live. One that was merged into another is parted first. Open already, nothing changes."""
    worksite = Worksite.objects.select_for_update().get(pk=worksite.pk)
    if worksite.merged_into_id is not None:
        raise ClosedAlready(name=worksite.name)
    if worksite.status == SiteStatus.LIVE:
        return worksite
    return _put_status(worksite, SiteStatus.LIVE, "roster.worksite_reopened", actor, at)


@transaction.atomic
def put_worksite_units(*, worksite: Worksite, units: Iterable[Unit], actor: Actor, at: datetime) -> None:
    """People of exactly these units work at the worksite."""
    wanted = {unit.pk for unit in units}
    held = set(WorksiteUnit.objects.filter(worksite=worksite).values_list("unit_id", flat=True))
    if wanted != held:
        WorksiteUnit.objects.filter(worksite=worksite, unit__in=held - wanted).delete()
        WorksiteUnit.objects.bulk_create(WorksiteUnit(worksite=worksite, unit_id=pk) for pk in sorted(wanted - held))
        _keep_word(worksite, "units")
        _record("roster.worksite_units_put", worksite, {"units": sorted(wanted)}, actor, at)


@transaction.atomic
def put_shift(
    *,
    worksite: Worksite,
    name: str,
    starts_at: time,
    ends_at: time,
    days: str = EVERY_SCHOOL_DAY,
    actor: Actor,
    at: datetime,
) -> Shift:
    """The shift of that name has those hours; made where it is new. An end before the start is on the next day.

    days: digits of the weekdays, 1 for Monday. Raises NoSuchWorksiteValue.
    """
    if starts_at == ends_at:
        raise NoSuchWorksiteValue(value=f"{starts_at:%H:%M}–{ends_at:%H:%M}")
    key = {"worksite": worksite, "name": _named(name)}
    values = {"starts_at": starts_at, "ends_at": ends_at, "days": _days(days)}
    _keep_word(worksite, "shifts")
    return put_row(Shift, key, values, "roster.shift_put", actor, at)


@transaction.atomic
def put_bell(
    *, worksite: Worksite, name: str, rings_at: time, days: str = EVERY_SCHOOL_DAY, actor: Actor, at: datetime
) -> BellTime:
    """The bell of that name rings at that time; made where it is new. days: as of a shift."""
    key = {"worksite": worksite, "name": _named(name)}
    _keep_word(worksite, "bells")
    return put_row(BellTime, key, {"rings_at": rings_at, "days": _days(days)}, "roster.bell_put", actor, at)


@transaction.atomic
def drop_shift(*, shift: Shift, actor: Actor, at: datetime) -> None:
    """The worksite has that shift no longer."""
    _keep_word(shift.worksite, "shifts")
    _drop(shift, "roster.shift_dropped", actor, at)


@transaction.atomic
def drop_bell(*, bell: BellTime, actor: Actor, at: datetime) -> None:
    """That bell rings no longer."""
    _keep_word(bell.worksite, "bells")
    _drop(bell, "roster.bell_dropped", actor, at)


def _keep_word(worksite: Worksite, name: str) -> None:
    """What one of us says of units, shifts or bells, no list overwrites."""
    held = Worksite.objects.select_for_update().get(pk=worksite.pk)
    if name not in held.by_hand:
        held.by_hand = worksite.by_hand = sorted({*held.by_hand, name})
        held.save(update_fields=["by_hand"])


def _put_status(worksite: Worksite, status: SiteStatus, verb: str, actor: Actor, at: datetime) -> Worksite:
    before = worksite.status
    worksite.status = status
    worksite.by_hand = sorted({*worksite.by_hand, "status"})
    worksite.save(update_fields=["status", "by_hand"])
    _record(verb, worksite, {"before": before}, actor, at)
    return worksite


def _checked(name: str, value: Any) -> Any:
    if name == "is_charter":
        return bool(value)
    if name not in BY_HAND or (name == "kind" and value not in SiteKind.values):
        raise NoSuchWorksiteValue(value=str(value))
    text = clean(str(value))
    if (name == "name" and not text) or len(text) > LONGEST.get(name, 10):
        raise NoSuchWorksiteValue(value=text)
    return text


def _named(name: str) -> str:
    text = clean(name)
    if not text or len(text) > 40:
        raise NoSuchWorksiteValue(value=text)
    return text


def _days(days: str) -> str:
    if not days or set(days) - set(_DAYS):
        raise NoSuchWorksiteValue(value=days)
    return "".join(sorted(set(days)))


def _drop(row: Shift | BellTime, verb: str, actor: Actor, at: datetime) -> None:
    _record(verb, row.worksite, {"name": row.name}, actor, at)
    row.delete()


def _record(verb: str, worksite: Worksite, detail: Mapping[str, Any], actor: Actor, at: datetime) -> None:
    obj: models.Model = worksite
    audit.record(actor=actor, verb=verb, at=at, obj=obj, place=worksite.public_id, detail=detail)
