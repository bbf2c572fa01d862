"""What a page says of itself to search engines: JSON-LD in the words of schema.org."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unionhall.site.enums import ByLine
from unionhall.site.models import PostPage, StoryPage


def page(page: Any, names: Mapping[str, Any]) -> dict[str, Any]:
    """A page of a campaign as an article or a web page. names: what its template may name."""
    campaign = names["campaign"]
    union = {"@type": "Organization", "name": str(campaign.name), "parentOrganization": campaign.union_name}
    said = {"@context": "https://schema.org", "@type": _kind(page), "name": page.title, "publisher": union}
    said |= {"url": f"{names['base_url']}{names['address']}", "inLanguage": page.locale.language_code}
    said |= {"description": names["facts"].plain(page.summary), "dateModified": _instant(page.last_published_at)}
    if isinstance(page, PostPage | StoryPage):
        said |= {"headline": page.title[:110], "datePublished": _instant(page.first_published_at)}
        said["author"] = _author(page, union)
    return {name: value for name, value in said.items() if value}


def _kind(page: Any) -> str:
    return "Article" if isinstance(page, PostPage | StoryPage) else "WebPage"


def _author(page: Any, union: dict[str, Any]) -> dict[str, Any]:
    if isinstance(page, PostPage) and page.by_line == ByLine.MEMBER:
        return {"@type": "Person", "name": page.author}
    return union


def _instant(moment: Any) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
