"""Writing the record of a campaign. The same record a second time corrects the first; the trail keeps both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final, Literal, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import DateKind, Part, Skin
from unionhall.campaigns.events import PhaseRecorded, TookPart
from unionhall.campaigns.models import (
    Banner,
    CalendarDate,
    Campaign,
    Fact,
    FocusArea,
    Participation,
    PhaseRecord,
)
from unionhall.campaigns.operations.changes import keep, lock, put_in_order
from unionhall.foundation import events
from unionhall.foundation.access import Actor
from unionhall.foundation.bilingual import Bilingual, NotTranslated
from unionhall.foundation.errors import Invalid
from unionhall.roster.models import Area, Person, Worksite
from unionhall.rulebook.phases import Step
from unionhall.ui.pictures import PICTURES


class UnknownPicture(Invalid):
    """A picture that the design system does not hold."""

    code = "unknown_picture"
    message = _("There is no picture named “%(name)s”. Choose one of: %(known)s.")


NOTHING: Final = Bilingual()
Row = TypeVar("Row", bound=models.Model)


class EndsBeforeItBegins(Invalid):
    """A last day before the first."""

    code = "ends_before_it_begins"
    message = _("The last day comes before the first. Look at both days again.")


class AlreadyOnRecord(Invalid):
    """A row that would stand in the place of another one."""

    code = "already_on_record"
    message = _("There is one like this on record already. Change that one instead.")


class PageStandsAhead(Invalid):
    """A page that is to stand at a day still to come."""

    code = "page_stands_ahead"
    message = _("The page cannot stand at a day still to come. Leave the day blank and it follows today’s date.")


class OneLanguageMissing(NotTranslated):
    """Public words in one language only."""

    message = _("“%(field)s” goes to the public page: write it in English and in Spanish.")


def create_campaign(
    *,
    slug: str,
    name: Bilingual,
    union_name: str,
    employer: Bilingual,
    slogan: Bilingual,
    who_we_are: Bilingual,
    actor: Actor,
    at: datetime,
    skin: str = Skin.PURPLE,
    picture: str = "",
    picture_text: Bilingual = NOTHING,
    languages: Sequence[str] = ("en", "es"),
    opens_on: date | None = None,
    closes_on: date | None = None,
    as_of: date | None = None,
) -> Campaign:
    """A campaign of that address, or the same one with these words when it stands already.

    slug: its address, such as "ewu". picture: name of a picture of the design system, picture_text: what it shows.
    as_of: a past day at which its pages stand, until something newer is on record; none while they follow today.
    Raises OneLanguageMissing, EndsBeforeItBegins, UnknownPicture, PageStandsAhead.
    """
    _require_picture(picture)
    _require_both(name=name, employer=employer, slogan=slogan, who_we_are=who_we_are)
    if picture:
        _require_both(picture_text=picture_text)
    _require_order(opens_on, closes_on)
    if as_of and as_of > timezone.localdate(at):
        raise PageStandsAhead
    values = {
        "name": name,
        "union_name": union_name,
        "employer": employer,
        "slogan": slogan,
        "who_we_are": who_we_are,
        "skin": Skin(skin).value,
        "picture": picture,
        "picture_text": picture_text,
        "languages": list(languages),
        "opens_on": opens_on,
        "closes_on": closes_on,
        "as_of": as_of,
    }
    with transaction.atomic():
        row = Campaign.objects.select_for_update().filter(slug=slug).first() or Campaign(slug=slug)
        verb = "campaigns.campaign_created" if row._state.adding else "campaigns.campaign_changed"
        keep(row, part=Part.IDENTITY, values=values, title=name, actor=actor, at=at, verb=verb, label=name.en)
    return row


def record_phase(
    *,
    campaign: Campaign,
    step: Step,
    starts_on: date,
    actor: Actor,
    at: datetime,
    ends_on: date | None = None,
    public: bool = False,
    title: Bilingual = NOTHING,
    line: Bilingual = NOTHING,
    headline: Bilingual = NOTHING,
    evidence: str = "",
    row: PhaseRecord | None = None,
) -> PhaseRecord:
    """A step of one track, from its first day; the same step of the same first day is corrected, for example ended.

    public: whether the ribbon may be named after it; then title and line are needed in both languages. headline: the
    one poster line of the home page while it shows; without it the slogan stands there. evidence: what it rests on.
    row: the one to correct, where its step or first day was wrong.
    Raises OneLanguageMissing, EndsBeforeItBegins, AlreadyOnRecord. Source: docs/rules/phases.md.
    """
    if public:
        _require_both(title=title, line=line)
    _require_whole(headline=headline)
    _require_order(starts_on, ends_on)
    values = {
        "step": Step(step).value,
        "starts_on": starts_on,
        "track": Step(step).track.value,
        "ends_on": ends_on,
        "public": public,
        "title": title,
        "line": line,
        "headline": headline,
        "evidence": evidence,
    }
    detail = {"campaign": campaign.slug, "from": starts_on.isoformat(), "to": ends_on and ends_on.isoformat()}
    with transaction.atomic():
        found = _row(PhaseRecord, campaign, row, step=Step(step).value, starts_on=starts_on)
        before = found.changed_at
        keep(
            found,
            part=Part.PHASES,
            values=values,
            title=title,
            actor=actor,
            at=at,
            verb="campaigns.phase_recorded",
            why=evidence,
            detail=detail,
            days=(starts_on, ends_on),
        )
        if found.changed_at != before:
            events.publish(PhaseRecorded(campaign.pk, found.pk, found.step, starts_on))
    return found


def record_fact(
    *,
    campaign: Campaign,
    key: str,
    label: Bilingual,
    value: Decimal | int,
    as_of: date,
    source: Bilingual,
    actor: Actor,
    at: datetime,
    unit: Bilingual = NOTHING,
    line: Bilingual = NOTHING,
    source_url: str = "",
    stale_after: date | None = None,
    used_on: Sequence[str] = (),
    order: int | None = None,
    row: Fact | None = None,
) -> Fact:
    """A number with its day and its source. The newest day of a key is the one that is shown; older ones stay.

    used_on: where it is shown, such as "home". order: its place among others there; none leaves it, a new one comes
    last. line: what it means, in a few words. The same key and day a second time corrects the fact. row: the one to
    correct, where its day was wrong. Raises OneLanguageMissing, EndsBeforeItBegins, AlreadyOnRecord.
    """
    _require_both(label=label, source=source)
    _require_whole(unit=unit, line=line)
    _require_order(as_of, stale_after)
    with transaction.atomic():
        found = _row(Fact, campaign, row, key=key, as_of=as_of)
        values = {
            "key": key,
            "as_of": as_of,
            "label": label,
            "value": Decimal(value),
            "unit": unit,
            "line": line,
            "source": source,
            "source_url": source_url,
            "stale_after": stale_after,
            "used_on": list(used_on),
            "order": _place(Fact, found, campaign, key) if order is None else order,
        }
        detail = {"campaign": campaign.slug, "value": str(values["value"]), "as_of": as_of.isoformat()}
        keep(
            found,
            part=Part.FACTS,
            values=values,
            title=label,
            actor=actor,
            at=at,
            verb="campaigns.fact_recorded",
            label=key,
            detail=detail,
            days=(as_of,),
        )
    return found


def add_focus_area(
    *,
    campaign: Campaign,
    slug: str,
    title: Bilingual,
    summary: Bilingual,
    actor: Actor,
    at: datetime,
    order: int | None = None,
    picture: str = "",
    picture_text: Bilingual = NOTHING,
    row: FocusArea | None = None,
) -> FocusArea:
    """One of the few things the campaign fights for, in its place; the same address again is corrected.

    order: 1 for the first; who stands there takes the place it leaves. None leaves it, a new one comes last. row: the
    one to correct. Raises OneLanguageMissing, UnknownPicture, AlreadyOnRecord.
    """
    _require_picture(picture)
    _require_both(title=title, summary=summary)
    _require_whole(picture_text=picture_text)
    with transaction.atomic():
        found = _row(FocusArea, campaign, row, slug=slug)
        values = {"slug": slug, "title": title, "summary": summary, "picture": picture, "picture_text": picture_text}
        place = _place(FocusArea, found, campaign) if order is None else order
        if order is not None and not found._state.adding and found.order != order:
            _move(found, order, actor, at)
        elif found._state.adding:
            put_in_order(found, place)
        keep(
            found,
            part=Part.AREAS,
            values=values,
            title=title,
            actor=actor,
            at=at,
            verb="campaigns.focus_area_recorded",
            label=title.en,
        )
    return found


def move_focus_area(*, area: FocusArea, by: Literal[-1, 1], actor: Actor, at: datetime) -> None:
    """The focus area changes places with the one above (-1) or below (1); at the end it stays where it is."""
    with transaction.atomic():
        lock(area.campaign_id)
        areas = list(FocusArea.objects.filter(campaign_id=area.campaign_id))
        place = next((number for number, row in enumerate(areas) if row.pk == area.pk), None)
        if place is not None and 0 <= place + by < len(areas):
            _move(areas[place], areas[place + by].order, actor, at)


def record_date(
    *,
    campaign: Campaign,
    kind: str,
    on: date,
    title: Bilingual,
    actor: Actor,
    at: datetime,
    starts_at: time | None = None,
    ends_at: time | None = None,
    place: str = "",
    area: Area | None = None,
    worksite: Worksite | None = None,
    called_off: bool = False,
    line: Bilingual = NOTHING,
    row: CalendarDate | None = None,
) -> CalendarDate:
    """A day of the campaign, such as a session at the table; the same name of the same day again is corrected.

    kind: one of DateKind. starts_at, ends_at: the hours, where they are set. area, worksite: whom it is for, one of
    them at most. line: what came of it, or what it is about. A day may hold as many as there are names. row: the one to
    correct; it keeps its address, which is made of name and day. Raises OneLanguageMissing, EndsBeforeItBegins,
    AlreadyOnRecord; ValueError for an area beside a worksite.
    """
    _require_both(title=title)
    _require_whole(line=line)
    if ends_at is not None and (starts_at is None or ends_at <= starts_at):
        raise EndsBeforeItBegins
    if area is not None and worksite is not None:
        raise ValueError("a worksite lies in its area: one of them")
    values = {
        "kind": DateKind(kind).value,
        "on": on,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": place,
        "area": area,
        "worksite": worksite,
        "called_off": called_off,
        "title": title,
        "line": line,
    }
    with transaction.atomic():
        slug = row.slug if row else f"{slugify(title.en)[:66].strip('-') or 'date'}-{on:%Y-%m-%d}"
        found = _row(CalendarDate, campaign, row, slug=slug)
        keep(
            found,
            part=Part.DATES,
            values=values,
            title=title,
            actor=actor,
            at=at,
            verb="campaigns.date_recorded",
            label=title.en,
            days=(on,),
        )
    return found


def put_banner(
    *,
    campaign: Campaign,
    title: Bilingual,
    starts_on: date,
    ends_on: date,
    actor: Actor,
    at: datetime,
    line: Bilingual = NOTHING,
    row: Banner | None = None,
) -> Banner:
    """A line across every page of the campaign, on each of these days; the same one twice is one.

    row: the one to correct. Raises OneLanguageMissing, EndsBeforeItBegins.
    """
    _require_both(title=title)
    _require_whole(line=line)
    _require_order(starts_on, ends_on)
    values = {"title": title, "line": line, "starts_on": starts_on, "ends_on": ends_on}
    with transaction.atomic():
        lock(campaign.pk)
        standing = Banner.objects.filter(campaign=campaign, starts_on=starts_on)
        row = row or next((one for one in standing if one.title == title), None) or Banner(campaign=campaign)
        keep(
            row,
            part=Part.BANNERS,
            values=values,
            title=title,
            actor=actor,
            at=at,
            verb="campaigns.banner_put",
            label=title.en,
            days=(ends_on,),
        )
    return row


def record_participation(*, campaign: Campaign, person: Person, act: str, on: date, source: str) -> bool:
    """Write down that the person took part in the act; False when the ledger has it already, and nothing changes.

    act: the key of the act, such as "join" or "survey/priorities". on: the day; a ledger keeps no time of day. source:
    the slice that says so. No audit entry: the ledger is itself the record.
    """
    with transaction.atomic():
        _row, new = Participation.objects.get_or_create(
            campaign=campaign, person=person, act=act, defaults={"on": on, "source": source}
        )
        if new:
            events.publish(TookPart(campaign.pk, person.pk, act, on))
    return new


def _require_both(**values: Bilingual) -> None:
    for field, value in values.items():
        if not value.is_complete():
            raise OneLanguageMissing(field=field)


def _row(table: type[Row], campaign: Campaign, row: Row | None, **key: object) -> Row:
    """The row to write: the one given, else the one of that key, else a new one. Raises AlreadyOnRecord."""
    lock(campaign.pk)
    found = table._default_manager.filter(campaign=campaign, **key).first()
    if row is None:
        return found or table(campaign=campaign, **key)
    if found is not None and found.pk != row.pk:
        raise AlreadyOnRecord
    return row


def _place(table: type[models.Model], row: models.Model, campaign: Campaign, key: str = "") -> int:
    """The place a row has among the others; a new one comes last, a newer value of a fact where the older one is."""
    if not row._state.adding:
        return int(row.order)  # type: ignore[attr-defined]
    others = table._default_manager.filter(campaign=campaign).order_by("-order")
    same = others.filter(key=key).values_list("order", flat=True).first() if key else None
    if same is not None:
        return int(same)
    last = others.values_list("order", flat=True).first()
    first = 0 if key else 1
    return first if last is None else int(last) + 1


def _move(area: FocusArea, order: int, actor: Actor, at: datetime) -> None:
    """Put it there, in a change of its own."""
    before = area.order
    put_in_order(area, order)
    area.order = before
    keep(
        area,
        part=Part.AREAS,
        values={"order": order},
        title=area.title,
        actor=actor,
        at=at,
        verb="campaigns.focus_area_moved",
        label=area.title.en,
    )


def _require_whole(**values: Bilingual) -> None:
    """Words that may be left out, but not in one language only."""
    for field, value in values.items():
        if len(value.missing()) == 1:
            raise OneLanguageMissing(field=field)


def _require_picture(name: str) -> None:
    if name and name not in PICTURES:
        raise UnknownPicture(name=name, known=", ".join(PICTURES))


def _require_order(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        raise EndsBeforeItBegins
