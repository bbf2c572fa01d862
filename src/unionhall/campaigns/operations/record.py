"""Writing the record of a campaign. The same record a second time corrects the first; the trail keeps both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import DateKind, Skin
from unionhall.campaigns.events import CampaignChanged, PhaseRecorded, TookPart
from unionhall.campaigns.models import CalendarDate, Campaign, Fact, FocusArea, Participation, PhaseRecord
from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.foundation.bilingual import Bilingual, NotTranslated
from unionhall.foundation.errors import Invalid
from unionhall.roster.models import Person
from unionhall.rulebook.phases import Step
from unionhall.ui.pictures import PICTURES


class UnknownPicture(Invalid):
    """A picture that the design system does not hold."""

    code = "unknown_picture"
    message = _("There is no picture named “%(name)s”. Choose one of: %(known)s.")


NOTHING: Final = Bilingual()


class EndsBeforeItBegins(Invalid):
    """A last day before the first."""

    code = "ends_before_it_begins"
    message = _("The last day comes before the first. Look at both days again.")


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
) -> Campaign:
    """A campaign of that address, or the same one with these words when it stands already.

    slug: its address, such as "ewu". picture: name of a picture of the design system, picture_text: what it shows.
    Raises OneLanguageMissing, EndsBeforeItBegins, UnknownPicture.
    """
    _require_picture(picture)
    _require_both(name=name, employer=employer, slogan=slogan, who_we_are=who_we_are)
    _require_order(opens_on, closes_on)
    with transaction.atomic():
        campaign, new = Campaign.objects.update_or_create(
            slug=slug,
            defaults={
                "name": name,
                "union_name": union_name,
                "employer": employer,
                "slogan": slogan,
                "who_we_are": who_we_are,
                "skin": Skin(skin),
                "picture": picture,
                "picture_text": picture_text,
                "languages": list(languages),
                "opens_on": opens_on,
                "closes_on": closes_on,
                "changed_at": at,
            },
        )
        verb = "campaigns.campaign_created" if new else "campaigns.campaign_changed"
        audit.record(actor=actor, verb=verb, at=at, obj=campaign, label=name.en)
        events.publish(CampaignChanged(campaign_id=campaign.pk, at=at))
    return campaign


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
) -> PhaseRecord:
    """A step of one track, from its first day; the same step of the same first day is corrected, for example ended.

    public: whether the ribbon may be named after it; then title and line are needed in both languages. headline: the
    one poster line of the home page while it shows; without it the slogan stands there. evidence: what it rests on.
    Raises OneLanguageMissing, EndsBeforeItBegins. Source: docs/rules/phases.md.
    """
    if public:
        _require_both(title=title, line=line)
    _require_order(starts_on, ends_on)
    with transaction.atomic():
        row, _new = PhaseRecord.objects.update_or_create(
            campaign=campaign,
            step=Step(step).value,
            starts_on=starts_on,
            defaults={
                "track": Step(step).track.value,
                "ends_on": ends_on,
                "public": public,
                "title": title,
                "line": line,
                "headline": headline,
                "evidence": evidence,
                "recorded_by_id": actor.user_id,
                "changed_at": at,
            },
        )
        detail = {"campaign": campaign.slug, "from": starts_on.isoformat(), "to": ends_on and ends_on.isoformat()}
        audit.record(actor=actor, verb="campaigns.phase_recorded", at=at, obj=row, why=evidence, detail=detail)
        events.publish(PhaseRecorded(campaign.pk, row.pk, row.step, starts_on))
        events.publish(CampaignChanged(campaign_id=campaign.pk, at=at))
    return row


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
    order: int = 0,
) -> Fact:
    """A number with its day and its source. The newest day of a key is the one that is shown; older ones stay.

    used_on: where it is shown, such as "home". order: its place among others there. line: what it means, in a few
    words. The same key and day a second time corrects the fact. Raises OneLanguageMissing.
    """
    _require_both(label=label, source=source)
    with transaction.atomic():
        fact, _new = Fact.objects.update_or_create(
            campaign=campaign,
            key=key,
            as_of=as_of,
            defaults={
                "label": label,
                "value": Decimal(value),
                "unit": unit,
                "line": line,
                "source": source,
                "source_url": source_url,
                "stale_after": stale_after,
                "used_on": list(used_on),
                "order": order,
                "recorded_by_id": actor.user_id,
                "changed_at": at,
            },
        )
        detail = {"campaign": campaign.slug, "value": str(fact.value), "as_of": as_of.isoformat()}
        audit.record(actor=actor, verb="campaigns.fact_recorded", at=at, obj=fact, label=key, detail=detail)
        events.publish(CampaignChanged(campaign_id=campaign.pk, at=at))
    return fact


def add_focus_area(
    *,
    campaign: Campaign,
    slug: str,
    title: Bilingual,
    summary: Bilingual,
    order: int,
    actor: Actor,
    at: datetime,
    picture: str = "",
    picture_text: Bilingual = NOTHING,
) -> FocusArea:
    """One of the few things the campaign fights for, in its place; the same address again is corrected.

    order: 1 for the first. Raises OneLanguageMissing, UnknownPicture.
    """
    _require_picture(picture)
    _require_both(title=title, summary=summary)
    with transaction.atomic():
        area, _new = FocusArea.objects.update_or_create(
            campaign=campaign,
            slug=slug,
            defaults={
                "title": title,
                "summary": summary,
                "order": order,
                "picture": picture,
                "picture_text": picture_text,
                "changed_at": at,
            },
        )
        audit.record(actor=actor, verb="campaigns.focus_area_recorded", at=at, obj=area, label=title.en)
        events.publish(CampaignChanged(campaign_id=campaign.pk, at=at))
    return area


def record_date(
    *,
    campaign: Campaign,
    kind: str,
    on: date,
    title: Bilingual,
    actor: Actor,
    at: datetime,
    line: Bilingual = NOTHING,
) -> CalendarDate:
    """A day of the campaign, such as a session at the table; the same kind and day again is corrected.

    kind: one of DateKind. line: what came of it, or what it is about. Raises OneLanguageMissing.
    """
    _require_both(title=title)
    with transaction.atomic():
        row, _new = CalendarDate.objects.update_or_create(
            campaign=campaign,
            kind=DateKind(kind),
            on=on,
            defaults={"title": title, "line": line, "changed_at": at},
        )
        audit.record(actor=actor, verb="campaigns.date_recorded", at=at, obj=row, label=title.en)
        events.publish(CampaignChanged(campaign_id=campaign.pk, at=at))
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


def _require_picture(name: str) -> None:
    if name and name not in PICTURES:
        raise UnknownPicture(name=name, known=", ".join(PICTURES))


def _require_order(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        raise EndsBeforeItBegins
