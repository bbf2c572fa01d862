"""How every change of the record is written: with what stood there before, so that the last one can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import Part
from unionhall.campaigns.events import CampaignChanged
from unionhall.campaigns.models import Banner, CalendarDate, Campaign, Fact, FocusArea, PhaseRecord, RecordChange
from unionhall.campaigns.operations.words import say_again
from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.errors import Refused

Row = TypeVar("Row", bound=models.Model)

TABLES: Final[Mapping[str, type[models.Model]]] = {
    Part.IDENTITY: Campaign,
    Part.PHASES: PhaseRecord,
    Part.DATES: CalendarDate,
    Part.FACTS: Fact,
    Part.AREAS: FocusArea,
    Part.BANNERS: Banner,
}
UNSAID: Final = frozenset({"id", "campaign", "recorded_by", "changed_at"})


class ChangedSince(Refused):
    """Taking back a change that a later one rests on."""

    code = "changed_since"
    message = _("Something was changed here after that. Take the later change back first.")


class PlaceTaken(Refused):
    """Taking back a change where something else stands in the place by now."""

    code = "place_taken"
    message = _("Something else stands in that place by now. Change that first; nothing was changed.")


class NotTakenBack(Refused):
    """Taking back the opening of a campaign."""

    code = "not_taken_back"
    message = _("A campaign that was opened stays. Give it a last day instead.")


def snapshot(row: models.Model) -> dict[str, Any]:
    """What the row says, as plain values: all its fields but its keys and the traces of who wrote it."""
    fields = (field for field in row._meta.concrete_fields if field.name not in UNSAID)
    return {field.name: _plain(getattr(row, field.attname)) for field in fields}


def keep(
    row: Row,
    *,
    part: Part,
    values: Mapping[str, Any],
    title: Bilingual,
    actor: Actor,
    at: datetime,
    verb: str,
    why: str = "",
    label: str = "",
    detail: Mapping[str, Any] | None = None,
    days: Iterable[date | None] = (),
) -> Row:
    """The row says these values from now on; nothing is written where it says them already.

    row: one that stands, or a new one that knows its campaign and its key. days: those the change speaks of, by which
    a page that was let stand at a past day moves on.
    """
    new = row._state.adding
    before = None if new else snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    if before == snapshot(row):
        return row
    if hasattr(row, "recorded_by_id"):
        row.recorded_by_id = actor.user_id
    row.changed_at = at  # type: ignore[attr-defined]
    row.save()
    _written(row, part, before, snapshot(row), title, actor, at, days=tuple(days))
    audit.record(actor=actor, verb=verb, at=at, obj=row, why=why, label=label, detail=detail)
    return row


def remove_row(*, part: Part, row: models.Model, title: Bilingual, actor: Actor, at: datetime) -> None:
    """The row leaves the record; it can be taken back. One that is gone already changes nothing."""
    with transaction.atomic():
        lock(row.campaign_id)  # type: ignore[attr-defined]
        row = TABLES[part]._default_manager.filter(pk=row.pk).first() or row
        if row.pk is None or not TABLES[part]._default_manager.filter(pk=row.pk).exists():
            return
        audit.record(actor=actor, verb="campaigns.row_removed", at=at, obj=row, label=title.en, detail={"part": part})
        _written(row, part, snapshot(row), None, title, actor, at)
        row.delete()


def take_back_change(*, change: RecordChange, actor: Actor, at: datetime) -> None:
    """What stood there before the change stands there again. Taken back already, nothing happens.

    Raises ChangedSince where a later change rests on it, PlaceTaken where something else took the place, NotTakenBack
    for the opening of a campaign.
    """
    with transaction.atomic():
        lock(change.campaign_id)
        change = RecordChange.objects.select_related("campaign").get(pk=change.pk)
        if change.taken_back_at is not None:
            return
        if change.part == Part.IDENTITY and change.before is None:
            raise NotTakenBack
        later = RecordChange.objects.filter(
            campaign=change.campaign, part=change.part, row_id=change.row_id, pk__gt=change.pk
        )
        if later.filter(taken_back_at=None).exists():
            raise ChangedSince
        if change.part == Part.WORDS:
            say_again(before=change.before or {}, actor=actor, at=at)
        else:
            _restore(change, at)
        change.taken_back_at = at
        change.save(update_fields=["taken_back_at"])
        detail = {"part": change.part, "change": change.public_id}
        audit.record(
            actor=actor, verb="campaigns.change_taken_back", at=at, obj=change, label=change.title.en, detail=detail
        )
        if change.campaign_id:
            events.publish(CampaignChanged(campaign_id=change.campaign_id, at=at))


def lock(campaign_id: int | None) -> None:
    """One writer of a campaign's record at a time, so that the same click twice finds what the first one wrote."""
    if campaign_id is not None:
        Campaign.objects.select_for_update().filter(pk=campaign_id).first()


def put_in_order(area: FocusArea, order: int) -> None:
    """The focus area stands at that place; who stood there takes the place it leaves."""
    holder = FocusArea.objects.filter(campaign_id=area.campaign_id, order=order).exclude(pk=area.pk).first()
    if holder is not None:
        left = FocusArea.objects.filter(pk=area.pk).values_list("order", flat=True).first()
        last = FocusArea.objects.filter(campaign_id=area.campaign_id).order_by("-order").values_list("order", flat=True)
        free = last[0] + 1
        FocusArea.objects.filter(pk=holder.pk).update(order=free)
        if left is not None:
            FocusArea.objects.filter(pk=area.pk).update(order=order)
            FocusArea.objects.filter(pk=holder.pk).update(order=left)
    area.order = order


def _restore(change: RecordChange, at: datetime) -> None:
    table: Any = TABLES[change.part]
    row: Any = table._default_manager.filter(pk=change.row_id).first()
    if change.before is None:
        if row is not None:
            row.delete()
    else:
        row = row or table(pk=change.row_id, campaign_id=change.campaign_id)
        for name, value in change.before.items():
            field = row._meta.get_field(name)
            setattr(row, field.attname, field.to_python(value))
        if isinstance(row, FocusArea):
            put_in_order(row, row.order)
        row.changed_at = at
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            raise PlaceTaken from None
    if change.page_day and change.campaign:
        Campaign.objects.filter(pk=change.campaign.pk).update(as_of=change.page_day)
    Campaign.objects.filter(pk=change.campaign_id or 0).update(changed_at=at)


def _written(
    row: models.Model,
    part: Part,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    title: Bilingual,
    actor: Actor,
    at: datetime,
    *,
    days: tuple[date | None, ...] = (),
) -> None:
    campaign = row if isinstance(row, Campaign) else Campaign.objects.get(pk=row.campaign_id)  # type: ignore[attr-defined]
    RecordChange.objects.create(
        campaign=campaign,
        part=part,
        row_id=row.pk,
        title=title,
        before=before,
        after=after,
        page_day=None if part == Part.IDENTITY else _page_moves_on(campaign, part, days, at),
        by_id=actor.user_id,
        by_label=actor.label,
        at=at,
    )
    events.publish(CampaignChanged(campaign_id=campaign.pk, at=at))


def _page_moves_on(campaign: Campaign, part: Part, days: tuple[date | None, ...], at: datetime) -> date | None:
    """A page that was let stand at a past day goes on to what is newly on record; give the day it had stood at."""
    stood, today = campaign.as_of, timezone.localdate(at)
    later = [day for day in days if day and stood and day > stood]
    if stood is None or not later:
        return None
    if max(later) >= today:
        goes_to = None
    elif part in (Part.PHASES, Part.FACTS):
        goes_to = max(later)
    else:
        return None
    Campaign.objects.filter(pk=campaign.pk).update(as_of=goes_to, changed_at=at)
    return stood


def _plain(value: Any) -> Any:
    if isinstance(value, Bilingual):
        return value.to_json()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date | time):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
