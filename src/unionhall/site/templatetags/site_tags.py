"""What the templates of editors' pages ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import nh3
from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.templatetags.wagtailcore_tags import richtext

from unionhall.rulebook import archive_chain, fact_tags
from unionhall.rulebook.short_codes import show_code
from unionhall.site import queries
from unionhall.site.models import Release
from unionhall.site.phrases import by_words

register = template.Library()
register.filter("by_words", by_words)

SAFE_STARTS: Final = ("/", "#", "https://", "mailto:", "tel:")
# What would end a script element or be read as markup, as JSON may write it.


@dataclass(frozen=True, slots=True)
class Twin:
    """The same page in the other language: its language code, path and full address."""

    code: str
    url: str
    full_url: str


@register.simple_tag
def twin_of(page: Page) -> Twin | None:
    """The published translation of a page, or None where nobody has written one. One query."""
    other = page.get_translations().live().select_related("locale").first()
    if other is None:
        return None
    return Twin(code=other.locale.language_code, url=other.url, full_url=other.full_url)


@register.simple_tag(takes_context=True)
def richly(context: dict[str, Any], value: Any) -> SafeString:
    """Rich text, each [[key]] in it replaced by its number with date and source."""
    facts = context.get("facts")
    html = fact_tags.put_in(str(richtext(value)), lambda key: _fact(key, facts))
    return SafeString(html)


@register.simple_tag(takes_context=True)
def plainly(context: dict[str, Any], text: object) -> str:
    """Plain text, each [[key]] in it replaced by its number alone."""
    facts = context.get("facts")
    return facts.plain(str(text)) if facts is not None else fact_tags.put_in(str(text), lambda _key: "…")


def _fact(key: str, facts: queries.FactsOf | None) -> str:
    found = facts.find(key) if facts is not None else None
    if found is None:
        return "…"
    source = _("%(source)s, %(day)s") % {"source": found.source, "day": found.day}
    return format_html(
        '<span class="said"><data value="{}">{}</data> <small class="said__from">({})</small></span>',
        found.value,
        found.words,
        source,
    )


@register.simple_tag(takes_context=True)
def fact_of(context: dict[str, Any], key: str) -> queries.FactLine | None:
    """The number of that key on the record of the page's campaign, or None."""
    facts = context.get("facts")
    return facts.find(key) if facts is not None else None


@register.simple_tag(takes_context=True)
def photos_of(context: dict[str, Any], shots: Iterable[Any]) -> list[queries.Shown]:
    """The photos of a gallery that may be shown today."""
    on: date | None = context.get("on")
    return queries.photos_of(shots, on=on) if on else []


@register.simple_tag(takes_context=True)
def holds(context: dict[str, Any], release: Any) -> bool:
    """Whether a release holds today; a release that is gone holds no more."""
    on: date | None = context.get("on")
    return bool(on and release is not None and release.holds_on(on))


@register.simple_tag
def kept_body(version: queries.Version) -> SafeString:
    """A kept page as it may be read today: each part in its place, or why it is not there."""
    return SafeString(archive_chain.put_back(version.html, lambda digest: _kept_part(version.parts[digest])))


def _kept_part(part: queries.PartRead) -> str:
    return render_to_string("site/kept_gap.html", {"gap": part.gap}) if part.gap else part.html


@register.filter
def printed(code: str) -> str:
    """A short code as it is printed: two groups of four."""
    return show_code(code)


@register.tag
def byleave(parser: template.base.Parser, token: template.base.Token) -> ByLeave:
    """What stands between this and `endbyleave` rests on somebody's leave: a release, or a photo with its own."""
    _name, held = token.split_contents()
    inner = parser.parse(("endbyleave",))
    parser.delete_first_token()
    return ByLeave(parser.compile_filter(held), inner)


class ByLeave(template.Node):
    """Shows what it holds; where the page is being kept, the keeper gets it and a mark stands in its place."""

    def __init__(self, held: Any, inner: template.NodeList) -> None:
        self.held, self.inner = held, inner

    def render(self, context: template.Context) -> SafeString:
        """What it holds, or the keeper's mark."""
        keeper: queries.Keeper | None = getattr(context.get("request"), "keeper", None)
        if keeper is None:
            return self.inner.render(context)
        one = self.held.resolve(context)
        releases, photo = ({one.pk}, None) if isinstance(one, Release) else ({r.pk for r in one.releases.all()}, one.pk)
        within = [*keeper.within]
        keeper.within.append(releases)
        html = str(self.inner.render(context))
        keeper.within.pop()
        if within:
            within[-1].update(releases)
            return SafeString(html)
        return SafeString(keeper.take(queries.Leave(html, tuple(sorted(releases)), photo)))


@register.filter
def cleaned(html: str) -> SafeString:
    """Markup of another site with nothing in it that runs, loads or changes our looks."""
    return SafeString(nh3.clean(str(html), tags=nh3.ALLOWED_TAGS - {"img"}, attributes={"a": {"href"}}))


@register.filter
def safe_link(address: str) -> str:
    """An address that leads somewhere and runs nothing; "#" for any other."""
    return address if address.startswith(SAFE_STARTS) and not address.startswith("//") else "#"


@register.filter
def megabytes(size: int | None) -> str:
    """The size of a file in whole megabytes, at least one."""
    return str(max(1, round((size or 0) / 1_000_000)))
