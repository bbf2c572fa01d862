"""One post or page of another site becomes a page of ours, is corrected, or stays as it is."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.text import slugify
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from unionhall.roster.enums import ChangeKind
from unionhall.roster.models import ImportChange
from unionhall.rulebook.reports import Notice
from unionhall.rulebook.wxr import Item, old_address
from unionhall.site.enums import ByLine, MovedState
from unionhall.site.models import CampaignPage, MovedItem, PlainPage, PostPage, StreamPage
from unionhall.site.operations.moving.markup import Cleaned, clean
from unionhall.site.operations.pages import free_slug, raw_body

LONGEST_TITLE: Final = 255
LONGEST_SLUG: Final = 80
LONGEST_NAME: Final = 120
MOST_TAGS: Final = 20


@dataclass(slots=True)
class Move:
    """The work of one file. site: the old site, in front of each key. notices: what the reader should know."""

    home: CampaignPage
    blog: StreamPage
    site: str
    at: datetime
    held: dict[str, MovedItem]
    placed: dict[str, Page] = field(default_factory=dict)
    changes: list[ImportChange] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    drafts: Counter[str] = field(default_factory=Counter)

    def take(self, item: Item) -> None:
        """Bring in one item, once all it hangs under is in."""
        key = f"{self.site}#{item.kind}#{item.id}"[:250]
        digest = digest_of(item)
        shown = item.shown(self.at)
        if shown != "live":
            self.drafts[shown] += 1
        known = self.held.get(key)
        if known is None:
            self._make(item, key, digest)
        elif known.page is None or known.digest == digest:
            self.counts["unchanged"] += 1
        elif known.page.latest_revision_id != known.revision_id:
            self.counts["unchanged"] += 1
            self.notices.append(Notice("wxr_edited", line=item.line, fields={"name": known.page.title}))
        else:
            self._correct(item, known, known.page, digest)
        if known is not None and known.page is not None:
            self.placed[item.id] = known.page

    def _make(self, item: Item, key: str, digest: str) -> None:
        above = self._above(item)
        kind = PostPage if item.kind == "post" else PlainPage
        page = self._filled(kind(locale=self.home.locale), item)
        wanted = slug_of(item)
        page.slug = free_slug(above, wanted)
        if page.slug != wanted:
            self.notices.append(Notice("wxr_slug", line=item.line, fields={"name": page.title, "slug": page.slug}))
        page.live = False
        above.add_child(instance=page)
        revision = self._settle(page, item)
        row = MovedItem(home=self.home, key=key, page=page.page_ptr, old_path=old_address(item.link)[:250])
        self._note(row, item, digest, revision)
        row.save()
        self._redirect(item, page)
        self.placed[item.id] = page
        self.counts["new"] += 1
        self.changes.append(_change(item, page, ChangeKind.NEW, {}))

    def _correct(self, item: Item, known: MovedItem, held: Page, digest: str) -> None:
        page = held.specific
        before = {"revision": known.revision_id, "live": page.live, "digest": known.digest, "state": known.state}
        self._filled(page, item)
        revision = self._settle(page, item)
        self._note(known, item, digest, revision)
        known.save()
        self.counts["changed"] += 1
        self.changes.append(_change(item, page, ChangeKind.CHANGED, before))

    def _above(self, item: Item) -> Page:
        if item.kind == "post":
            return Page.objects.get(pk=self.blog.pk).specific
        above = self.placed.get(item.parent)
        fits = above is not None and isinstance(above.specific, PlainPage)
        return Page.objects.get(pk=above.pk if fits and above else self.home.pk).specific

    def _filled(self, page: Any, item: Item) -> Any:
        cleaned = clean(item.content)
        self._count(cleaned)
        page.title = page.draft_title = title_of(item)
        page.summary, page.body = item.excerpt, raw_body(cleaned.parts)
        page.first_published_at = self._posted(item)
        if isinstance(page, PostPage):
            page.author = item.author[:LONGEST_NAME]
            page.by_line = ByLine.MEMBER if page.author else ByLine.STAFF
        return page

    def _count(self, cleaned: Cleaned) -> None:
        self.counts["pictures"] += cleaned.pictures
        self.counts["dirty"] += cleaned.was_dirty

    def _posted(self, item: Item) -> datetime | None:
        if item.posted is None:
            return self.at if item.shown(self.at) == "live" else None
        if not item.local:
            return item.posted
        return timezone.make_aware(item.posted.replace(tzinfo=None))

    def _settle(self, page: Any, item: Item) -> Any:
        """The page as a revision; public only where the old site showed it to everybody."""
        if isinstance(page, PostPage):
            page.tags.set(list(dict.fromkeys(tag[:100] for tag in item.tags))[:MOST_TAGS])
        revision = page.save_revision()
        if item.shown(self.at) == "live":
            revision.publish()
        elif page.live:
            page.unpublish()
        return revision

    def _note(self, row: MovedItem, item: Item, digest: str, revision: Any) -> None:
        row.digest, row.revision_id = digest, revision.pk
        row.state = MovedState.LIVE if item.shown(self.at) == "live" else MovedState.DRAFT

    def _redirect(self, item: Item, page: Page) -> None:
        """The old address leads to the page, where it is public and nothing of ours has that address."""
        path = old_address(item.link)
        if not path or len(path) > LONGEST_TITLE or item.shown(self.at) != "live":
            return
        path = Redirect.normalise_path(path)
        if not Redirect.objects.filter(old_path=path).exists():
            Redirect.objects.create(old_path=path, redirect_page=page.page_ptr, is_permanent=True)
            self.counts["redirects"] += 1


def digest_of(item: Item) -> str:
    """A hash over all that is taken over from an item."""
    said = [item.title, item.slug, item.content, item.excerpt, item.author, item.status, str(item.protected)]
    said += [str(item.posted), *item.tags, item.parent]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def title_of(item: Item) -> str:
    """The title of an item; its first words, or its day, where it has none."""
    if item.title:
        return item.title[:LONGEST_TITLE]
    words = item.excerpt.split()[:8]
    if words:
        return " ".join(words)[:LONGEST_TITLE]
    return f"{item.posted:%Y-%m-%d}" if item.posted else f"#{item.id}"[:LONGEST_TITLE]


def slug_of(item: Item) -> str:
    """The address of an item: its own, or one made of its title, or of its number."""
    for text in (item.slug, title_of(item)):
        found = slugify(text)[:LONGEST_SLUG].strip("-_")
        if found and not found.isdigit():
            return found
    return f"{item.kind}-{slugify(item.id)[:40] or 'x'}"


def site_of(address: str, title: str) -> str:
    """The old site as it stands in front of keys: its host and path, or its title."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return title[:80]
    return f"{parts.netloc}{parts.path.rstrip('/')}"[:80] or title[:80] or "wordpress"


def _change(item: Item, page: Page, kind: ChangeKind, before: Mapping[str, Any]) -> ImportChange:
    return ImportChange(
        kind=kind, record="page", record_pk=page.pk, label=page.title[:250], line=item.line, before=dict(before)
    )
