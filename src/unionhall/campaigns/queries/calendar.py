"""The calendar of a campaign as the public sees it, and as a phone's own calendar keeps it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import Part
from unionhall.campaigns.models import CalendarDate, Campaign, RecordChange
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.errors import NotFound
from unionhall.roster.models import Area, Worksite


class NoSuchDate(NotFound):
    """An address that names no day of the calendar."""

    code = "no_such_date"
    message = _("There is nothing at this address of the calendar. It may have been taken out; look at the calendar.")


@dataclass(frozen=True, slots=True)
class CalendarOf:
    """Whose days a calendar holds: the campaign's for all, and those of an area or a worksite where one is named."""

    campaign: Campaign
    area: Area | None = None
    worksite: Worksite | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A day as a calendar program keeps it.

    key: the same for ever, whatever is changed. sequence: how often it was changed since it was first said; a program
    takes the higher one. place: where, or "". slug: its address, "" where it has none any more. called_off: also where
    the day was taken out of the record altogether.
    """

    key: str
    sequence: int
    kind: str
    on: date
    starts_at: time | None
    ends_at: time | None
    title: Bilingual
    line: Bilingual
    place: str
    slug: str
    called_off: bool
    changed_at: datetime


def get_calendar(campaign: Campaign, *, area: str = "", worksite: str = "") -> CalendarOf:
    """The calendar of the campaign, or of one of its areas or worksites. area: its code. worksite: its public id.

    An area or worksite that there is not gives the campaign's: a phone goes on asking an old address for years.
    """
    place = Worksite.objects.filter(public_id=worksite).select_related("area").first() if worksite else None
    around = place.area if place else Area.objects.filter(code=area).first() if area else None
    return CalendarOf(campaign, around, place)


def dates_of(calendar: CalendarOf) -> list[CalendarDate]:
    """The days of the calendar in their order, called off or not. One query."""
    reach = Q(area=None, worksite=None)
    if calendar.area is not None:
        reach |= Q(area=calendar.area)
    if calendar.worksite is not None:
        reach |= Q(worksite=calendar.worksite)
    return list(CalendarDate.objects.filter(reach, campaign=calendar.campaign).select_related("area", "worksite"))


def entries_of(calendar: CalendarOf) -> list[Entry]:
    """The days of the calendar for calendar programs; those taken out of the record come as called off.

    Three queries. A program that has a day once deletes it only when it is told so, never because it is missing.
    """
    rows = dates_of(calendar)
    said = RecordChange.objects.filter(campaign=calendar.campaign, part=Part.DATES)
    entries = [_entry(row, times) for row, times in zip(rows, _times(said, rows), strict=True)]
    entries += _gone(calendar, said)
    return sorted(entries, key=lambda entry: (entry.on, entry.starts_at or time.min, entry.key))


def get_date(campaign: Campaign, slug: str) -> CalendarDate:
    """The day of that address, with its area and worksite. Raises NoSuchDate."""
    found = CalendarDate.objects.filter(campaign=campaign, slug=slug).select_related("area", "worksite").first()
    if found is None:
        raise NoSuchDate
    return found


def entry_of(row: CalendarDate) -> Entry:
    """One day for calendar programs, with the same key and count as in the calendar. One query."""
    said = RecordChange.objects.filter(campaign_id=row.campaign_id, part=Part.DATES, row_id=row.pk)
    return _entry(row, _times(said, [row])[0])


def areas_in_calendar(campaign: Campaign) -> list[Area]:
    """The areas that have days of their own, by code. One query."""
    return list(Area.objects.filter(code__in=CalendarDate.objects.filter(campaign=campaign).values("area")))


def ahead_and_past(rows: Sequence[CalendarDate], *, on: date) -> tuple[list[CalendarDate], list[CalendarDate]]:
    """The days to come, the day itself counted, soonest first; and those that were, newest first."""
    return [row for row in rows if row.on >= on], [row for row in reversed(rows) if row.on < on]


def _entry(row: CalendarDate, times: int) -> Entry:
    return Entry(
        key=f"date-{row.pk}",
        sequence=max(0, times - 1),
        kind=row.kind,
        on=row.on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        title=row.title,
        line=row.line,
        place=row.place or (str(row.worksite) if row.worksite else ""),
        slug=row.slug,
        called_off=row.called_off,
        changed_at=row.changed_at,
    )


def _times(said: QuerySet[RecordChange], rows: Sequence[CalendarDate]) -> list[int]:
    """How often each of the days was said, corrected or put back. One query."""
    grouped = said.order_by().values_list("row_id").annotate(times=Count("pk") + Count("taken_back_at"))
    counted: dict[int, int] = dict(grouped)
    return [counted.get(row.pk, 1) for row in rows]


def _gone(calendar: CalendarOf, said: QuerySet[RecordChange]) -> Iterator[Entry]:
    """The days that are on record no more, each as it was last said. One query."""
    standing = CalendarDate.objects.filter(campaign=calendar.campaign).values("pk")
    changes = defaultdict(list)
    for change in said.exclude(row_id__in=standing).order_by("pk"):
        changes[change.row_id].append(change)
    for row_id, told in changes.items():
        was = told[-1].after or told[-1].before or {}
        times = len(told) + sum(change.taken_back_at is not None for change in told)
        if _reaches(calendar, was):
            yield Entry(
                key=f"date-{row_id}",
                sequence=times - 1,
                kind=was["kind"],
                on=date.fromisoformat(was["on"]),
                starts_at=_hour(was.get("starts_at")),
                ends_at=_hour(was.get("ends_at")),
                title=Bilingual(**was["title"]),
                line=Bilingual(**was["line"]),
                place=was.get("place", ""),
                slug="",
                called_off=True,
                changed_at=max(change.taken_back_at or change.at for change in told),
            )


def _reaches(calendar: CalendarOf, was: Mapping[str, Any]) -> bool:
    """Whether a day that is gone had stood in this calendar. was: what was said of it last."""
    areas = {None, calendar.area.code if calendar.area else None}
    worksites = {None, calendar.worksite.public_id if calendar.worksite else None}
    return was.get("area") in areas and was.get("worksite") in worksites


def _hour(said: str | None) -> time | None:
    return time.fromisoformat(said) if said else None
