"""What stands under the short code of a page, and at the foot of each page about itself."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from unionhall.campaigns.hookspecs import PageFoot
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.hooks import CodeState, Spoken
from unionhall.rulebook.short_codes import show_code
from unionhall.site.enums import KeptAct
from unionhall.site.models import KeptPage, PostPage
from unionhall.site.queries.archive import HOME, lines_of
from unionhall.site.queries.ground import address_of


def foot_of(slug: str, page: str, language: str) -> PageFoot | None:
    """What stands at the foot of a page of a campaign, in its language; None before it was kept. One query."""
    kept = KeptPage.objects.filter(archive__campaign__slug=slug, page=page, language=language)
    code = kept.order_by("-number").values_list("code", flat=True).first()
    if code is None:
        return None
    check, archive = reverse("check", args=[slug]), reverse("archive", args=[slug])
    return PageFoot(show_code(code), f"{check}?code={code}", f"{archive}?of={code}", "")


def find_spoken(code: str, on: date) -> Spoken | None:
    """What a page said under a code, and whether it still does. Seven queries at most."""
    kept = KeptPage.objects.filter(code=code).select_related("archive__campaign").first()
    if kept is None:
        return None
    slug = kept.archive.campaign.slug
    newest = KeptPage.objects.filter(archive=kept.archive_id, page=kept.page, language=kept.language)
    now = newest.order_by("-number").defer("body")[0]
    line, today = lines_of([kept], on=on)[0], lines_of([now], on=on)[0]
    said = {"kind": _("page of the campaign"), "title": _same(line.title), "at": kept.at}
    said["address"] = _both("archive_version", slug, code)
    if line.gap is not None and line.gap.withdrawn_on is not None:
        return Spoken(**said, state=CodeState.REMOVED, since=line.gap.withdrawn_on)  # type: ignore[arg-type]
    if now.act == KeptAct.GONE:
        return Spoken(**said, state=CodeState.ENDED, since=timezone.localdate(now.at))  # type: ignore[arg-type]
    said |= {"now_title": _same(today.title), "now_address": _same(today.address)}
    newer = _newer(kept)
    if newer is not None:
        said |= {"now_title": _same(newer.title), "now_address": _same(address_of(newer, kept.language))}
        since = timezone.localdate(newer.first_published_at) if newer.first_published_at else None
        return Spoken(**said, state=CodeState.REPLACED, since=since)  # type: ignore[arg-type]
    if now.pk != kept.pk:
        return Spoken(**said, state=CodeState.CHANGED, since=_changed_on(kept))  # type: ignore[arg-type]
    return Spoken(**said)  # type: ignore[arg-type]


def _newer(kept: KeptPage) -> PostPage | None:
    """The published post that an editor named as the one that holds now."""
    if kept.page == HOME or ":" in kept.page:
        return None
    posts = PostPage.objects.filter(translation_key=kept.page, locale__language_code=kept.language)
    post = posts.select_related("superseded_by").first()
    newer = post.superseded_by if post else None
    return newer if newer is not None and newer.live else None


def _changed_on(kept: KeptPage) -> date:
    later = KeptPage.objects.filter(archive=kept.archive_id, page=kept.page, language=kept.language)
    first = later.filter(number__gt=kept.number).order_by("number").values_list("at", flat=True)[0]
    return timezone.localdate(first)


def _same(words: str) -> Bilingual:
    return Bilingual(en=words, es=words)


def _both(name: str, *args: str) -> Bilingual:
    found = {}
    for language in ("en", "es"):
        with override(language):
            found[language] = reverse(name, args=args)
    return Bilingual(**found)
