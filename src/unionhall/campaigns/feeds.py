"""The calendar for phones and calendar programs: iCalendar (RFC 5545), in each language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from unionhall.campaigns import queries
from unionhall.campaigns.enums import DateKind
from unionhall.campaigns.models import Campaign
from unionhall.foundation.public import public_page

UNTIL_UNSAID: Final = timedelta(hours=1)
ASK_AGAIN: Final = timedelta(hours=1)


@public_page("area", "worksite")
@require_safe
def campaign_calendar_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Every day of the campaign, of one area (?area=) or one worksite (?worksite=), to subscribe to."""
    calendar = queries.get_calendar(
        queries.get_campaign(slug),
        area=request.GET.get("area", "")[:20],
        worksite=request.GET.get("worksite", "")[:12],
    )
    return _file(calendar.campaign, queries.entries_of(calendar), name=_name(calendar))


@public_page()
@require_safe
def campaign_date_file(request: HttpRequest, slug: str, date_slug: str) -> HttpResponse:
    """One day, to put into a calendar."""
    campaign = queries.get_campaign(slug)
    row = queries.get_date(campaign, date_slug)
    return _file(campaign, [queries.entry_of(row)], name=str(row.title))


def _file(campaign: Campaign, entries: Sequence[queries.CalendarEntry], *, name: str) -> HttpResponse:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Unionhall//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", ASK_AGAIN)
    for entry in entries:
        calendar.add_component(_event(campaign, entry))
    calendar.add_missing_timezones()
    answer = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{campaign.slug}.ics"'
    return answer


def _event(campaign: Campaign, entry: queries.CalendarEntry) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{entry.key}.{campaign.slug}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    title = str(entry.title)
    event.add("summary", _("Called off: %(title)s") % {"title": title} if entry.called_off else title)
    event.add("status", "CANCELLED" if entry.called_off else "CONFIRMED")
    event.add("categories", [str(capfirst(DateKind(entry.kind).label))])
    starts, ends = _span(entry)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    _add_said(event, description=str(entry.line), location=entry.place, url=_address(campaign, entry))
    return event


def _add_said(event: icalendar.Event, **said: str) -> None:
    for name, value in said.items():
        if value:
            event.add(name, value)


def _span(entry: queries.CalendarEntry) -> tuple[Any, Any]:
    """From when to when: whole days where no hour is set, else an hour where no end is."""
    if entry.starts_at is None:
        return entry.on, entry.on + timedelta(days=1)
    starts = _at(entry.on, entry.starts_at)
    return starts, _at(entry.on, entry.ends_at) if entry.ends_at else starts + UNTIL_UNSAID


def _at(day: date, hour: Any) -> datetime:
    return datetime.combine(day, hour, tzinfo=ZoneInfo(settings.TIME_ZONE))


def _address(campaign: Campaign, entry: queries.CalendarEntry) -> str:
    if not entry.slug:
        return ""
    return f"{settings.BASE_URL}{reverse('campaign_date', args=[campaign.slug, entry.slug])}"


def _name(calendar: queries.CalendarOf) -> str:
    whose = calendar.worksite or (calendar.area and calendar.area.name)
    return f"{calendar.campaign.name} · {whose}" if whose else str(calendar.campaign.name)
