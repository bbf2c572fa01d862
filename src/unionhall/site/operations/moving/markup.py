"""Text of another site, cleaned: nothing in it runs, loads, sends or changes our looks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import nh3

from unionhall.rulebook.html_parts import APART, BLOCKS, paragraphs, parts_of

TAGS: Final = BLOCKS | {"br", "b", "strong", "i", "em", "a", "li", "code", "sub", "sup", "del", "ins", "q", "cite"}
TABLES: Final = {"thead", "tbody", "tfoot", "tr", "th", "td", "caption", "dt", "dd"}
DROPPED: Final = {"script", "style", "iframe", "object", "noscript", "template", "svg", "math", "select", "textarea"}
DROPPED_TOO: Final = {"button", "video", "audio", "canvas", "applet"}
_PICTURE: Final = re.compile(r"<img\b", re.IGNORECASE)
_RUNS: Final = re.compile(
    r"<(?:script|style|iframe|object|embed|form|input|svg|video|audio)\b|\son\w+\s*=|javascript:", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text as parts of a body. pictures: how many were left out. was_dirty: something that runs was taken out."""

    parts: tuple[tuple[str, str], ...]
    pictures: int
    was_dirty: bool


def clean(content: str) -> Cleaned:
    """A text of another site as parts of ours. content: HTML, or text with blank lines between paragraphs."""
    html = nh3.clean(
        paragraphs(content),
        tags=set(TAGS | TABLES | APART),
        clean_content_tags=DROPPED | DROPPED_TOO,
        attributes={"a": {"href"}, "ol": {"start"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    # Two square brackets would draw a number from our record into somebody else's sentence.
    parts = tuple((kind, value.replace("[[", "[\u2060[")) for kind, value in parts_of(html))
    return Cleaned(parts, len(_PICTURE.findall(content)), bool(_RUNS.search(content)))
