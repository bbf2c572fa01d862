"""The archive of the public pages as it is read: what stands on a page's foot, lists, one version, its parts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from unionhall.campaigns.models import Campaign
from unionhall.foundation import crypto
from unionhall.foundation.errors import NotFound
from unionhall.rulebook import archive_chain as chain
from unionhall.site.enums import KeptAct
from unionhall.site.models import (
    Archive,
    CampaignContent,
    CampaignPage,
    ExplainerPage,
    KeptPage,
    KeptPart,
    Release,
    StoryPage,
)
from unionhall.site.queries.ground import address_of

HOME: Final = "home"
LONG: Final = ":full"
A_SHEET: Final = 40
# A change is kept by the worker at once; what lies longer was left by one that fell.
PATIENCE: Final = timedelta(minutes=2)
SEAL: Final = "site.kept_part"


class NotKept(NotFound):
    """No version of that code in the archive of that campaign."""

    code = "not_kept"


@dataclass(frozen=True, slots=True)
class Place:
    """One public page in one language. page: the same in both. by_leave: the release the whole page rests on, or 0."""

    page: str
    language: str
    address: str
    by_leave: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a part is not shown. withdrawn_on: the day somebody took her leave back; else its time is over."""

    withdrawn_on: date | None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class PartRead:
    """A part as it may be read today: html, title, address where it may be shown, else the gap in its place."""

    html: str = ""
    title: str = ""
    address: str = ""
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the archive as a list shows it. title: blank where the gap says why."""

    kept: KeptPage
    title: str
    address: str
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One version whole. html: with a mark for each gap (see `gaps`). newest: the latest entry of the same page."""

    line: Line
    html: str
    parts: dict[str, PartRead]
    newest: KeptPage


def public_places(campaign: Campaign, *, on: date, page: str = "") -> list[Place]:
    """Every public page of a campaign in every language that has it, its home first. A story only while it may be told.

    page: only that one, by its key, but for homes. What stands behind a password or a sign-in is not public. As many
    queries a language however many pages.
    """
    found: list[Place] = []
    for root in CampaignPage.objects.filter(campaign=campaign).select_related("locale"):
        code = root.locale.language_code
        found.append(Place(HOME, code, f"/{code}/{campaign.slug}/"))
        for model in CampaignContent.__subclasses__():
            pages: QuerySet[Any] = model.objects.live().public().descendant_of(root)
            if model is StoryPage:
                pages = pages.select_related("release")
            if page:
                pages = pages.filter(translation_key=page)
            for one in pages.order_by("path"):
                found += _places(one, code, on)
    return [place for place in found if place.page.startswith(page)]


def _places(page: Any, code: str, on: date) -> list[Place]:
    key, address = str(page.translation_key), address_of(page, code)
    if isinstance(page, StoryPage):
        return [Place(key, code, address, page.release_id)] if page.release.holds_on(on) else []
    if isinstance(page, ExplainerPage):
        return [Place(key, code, address), Place(f"{key}{LONG}", code, f"{address}{long_address(code)}")]
    return [Place(key, code, address)]


def long_address(language: str) -> str:
    """What stands behind the address of an explainer for its long version."""
    return "completa/" if language == "es" else "full/"


def newest_kept(archive: Archive, *, page: str = "") -> dict[tuple[str, str], KeptPage]:
    """(page, language) → the newest entry of each. page: only of that one, by its key. One query."""
    newest = (
        archive.pages.filter(page__startswith=page).values("page", "language").annotate(newest=Max("number")).order_by()
    )
    rows = archive.pages.filter(number__in=newest.values("newest")).defer("body")
    return {(row.page, row.language): row for row in rows}


def kept_now(campaign_id: int, page: str, language: str) -> KeptPage | None:
    """What is kept of a page as it stands, or None before it was kept. One query."""
    kept = KeptPage.objects.filter(archive__campaign_id=campaign_id, page=page, language=language)
    return kept.order_by("-number").only("code", "at", "act").first()


def campaign_of(page: Page) -> Campaign | None:
    """The campaign that a page belongs to or belonged to, or None; one that is deleted is told by its address."""
    slugs = page.url_path.strip("/").split("/")[1:2]
    return Campaign.objects.filter(slug__in=slugs).first()


def campaigns_due(*, on: date, before: datetime) -> list[int]:
    """The campaigns whose pages are to be read again: a change lies for a while, or a day began. One query."""
    lying = Q(due_since__lt=before - PATIENCE)
    archives = Archive.objects.filter(lying | Q(looked_on=None) | Q(looked_on__lt=on))
    return list(archives.order_by("pk").values_list("campaign_id", flat=True))


def entry_of(row: KeptPage) -> dict[str, Any]:
    """An entry as the chain and the export name it."""
    said = {name: getattr(row, name) for name in ("number", "code", "act", "page", "language", "address", "title")}
    said |= {"act": str(row.act), "at": row.at.astimezone(UTC).isoformat()}
    return said | {"digest": row.digest, "previous": row.previous, "link": row.link}


def history(campaign: Campaign, language: str, *, of: str = "", number: str = "1") -> Sheet[KeptPage]:
    """The entries of a campaign in one language, the newest first. of: code of a version, then only of that page."""
    rows = KeptPage.objects.filter(archive__campaign=campaign, language=language).order_by("-number")
    if of:
        asked = KeptPage.objects.filter(archive__campaign=campaign, code=of).values_list("page", flat=True).first()
        rows = rows.filter(page=asked or "")
    return Paginator(rows.defer("body"), A_SHEET).get_page(number)


def stood_on(campaign: Campaign, language: str, *, day: date, on: date) -> list[Line]:
    """What every page of a campaign said at the end of a day, in one language. day: in the local's zone."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    rows = KeptPage.objects.filter(archive__campaign=campaign, language=language, at__lt=end)
    newest = rows.values("page").annotate(newest=Max("number")).order_by().values("newest")
    shown = KeptPage.objects.filter(archive__campaign=campaign, number__in=newest, act=KeptAct.SHOWN)
    return lines_of(list(shown.defer("body").order_by("address", "number")), on=on)


def get_version(campaign: Campaign, code: str, *, on: date) -> Version:
    """One version, what rests on somebody's leave only while it holds. Raises NotKept. Six queries."""
    kept = KeptPage.objects.filter(archive__campaign=campaign, code=code).first()
    if kept is None:
        raise NotKept
    newest = KeptPage.objects.filter(archive=kept.archive_id, page=kept.page, language=kept.language)
    parts = read_parts(chain.references_in(kept.body), on=on)
    return Version(_line(kept, parts), kept.body, parts, newest.order_by("-number").defer("body")[0])


def lines_of(rows: Sequence[KeptPage], *, on: date) -> list[Line]:
    """Entries as a list shows them; of a page that rests on somebody's leave the title only while it holds."""
    blank = [row for row in rows if not row.address]
    bodies = dict(KeptPage.objects.filter(pk__in=[row.pk for row in blank]).values_list("pk", "body"))
    parts = read_parts([digest for body in bodies.values() for digest in chain.references_in(body)], on=on)
    return [_line(row, parts, bodies.get(row.pk)) for row in rows]


def _line(row: KeptPage, parts: dict[str, PartRead], body: str | None = None) -> Line:
    if row.address:
        return Line(row, row.title, row.address)
    held = [parts[digest] for digest in chain.references_in(row.body if body is None else body) if digest in parts]
    if not held:
        return Line(row, "", "")
    return Line(row, held[0].title, held[0].address, held[0].gap)


def read_parts(digests: Iterable[str], *, on: date) -> dict[str, PartRead]:
    """Parts by their hash, each as it may be read on a day. Four queries at most."""
    wanted = list(dict.fromkeys(digests))
    if not wanted:
        return {}
    held = KeptPart.objects.filter(digest__in=wanted).select_related("photo")
    held = held.prefetch_related("releases", "photo__releases")
    found = {part.digest: _read(part, on) for part in held}
    return {digest: found.get(digest, PartRead(gap=Gap(None))) for digest in wanted}


def _read(part: KeptPart, on: date) -> PartRead:
    gap = gap_of(part, on=on)
    if gap is not None:
        return PartRead(gap=gap)
    said = unsealed(part)
    return PartRead(said.get("html", ""), said.get("title", ""), said.get("address", ""))


def gap_of(part: KeptPart, *, on: date) -> Gap | None:
    """Why a part is not shown on a day, or None where it is: every release must hold, and the photo allow it."""
    releases: list[Release] = list(part.releases.all())
    withdrawn = [release.withdrawn_on for release in releases if release.withdrawn_on is not None]
    if withdrawn or part.destroyed_on:
        return Gap(min(withdrawn) if withdrawn else part.destroyed_on)
    ended = [release.until for release in releases if release.until is not None and release.until < on]
    if ended:
        return Gap(None, min(ended))
    missing = len(releases) < part.rests_on or any(not release.holds_on(on) for release in releases)
    shut = part.is_photo and (part.photo is None or not part.photo.may_show_on(on))
    return Gap(None) if missing or shut else None


def unsealed(part: KeptPart) -> dict[str, str]:
    """What a part says. Only for whoever may read it: ask `gap_of` or access first."""
    said: dict[str, str] = json.loads(crypto.decrypt_bytes(bytes(part.sealed), context=SEAL))
    return said


def archives() -> list[Archive]:
    """The archives of all campaigns, by their addresses. One query."""
    return list(Archive.objects.select_related("campaign").order_by("campaign__slug"))
