"""Clean HTML taken apart into what our pages are composed of: heads, running text, and what neither can hold.

Source: docs/rules/wordpress.md.
"""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser
from typing import Final

HEADS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
APART: Final = frozenset({"table", "pre", "dl"})
BLOCKS: Final = frozenset({"p", "ul", "ol", "blockquote", "hr", *HEADS, *APART})
_VOID: Final = frozenset({"br", "hr"})
_GAP: Final = re.compile(r"\n\s*\n")
_BLOCK: Final = re.compile(rf"<(?:{'|'.join(sorted(BLOCKS))}|div|figure|section|form|address)\b", re.IGNORECASE)
# Shortcodes of WordPress that stand for something which does not come along; the text between a pair stays.
_SHORT: Final = re.compile(
    r"\[/?(?:gallery|audio|video|playlist|embed|caption|wp_caption|contact-form[\w-]*)\b[^\]\n]*\]"
)


def paragraphs(text: str) -> str:
    """Text as WordPress keeps it, blank lines between paragraphs, as HTML; text with its own paragraphs as it is."""
    text = _SHORT.sub("", text)
    if "<p" in text or "<!-- wp:" in text:
        return text
    chunks = (chunk.strip() for chunk in _GAP.split(text.replace("\r\n", "\n")))
    return "\n".join(_paragraph(chunk) for chunk in chunks if chunk)


def _paragraph(chunk: str) -> str:
    return chunk if _BLOCK.match(chunk) else f"<p>{chunk.replace(chr(10), '<br>')}</p>"


def parts_of(html: str) -> list[tuple[str, str]]:
    """The parts of clean HTML: ("heading", text), ("paragraph", HTML) and ("markup", HTML), in their order.

    html: well formed, with harmless elements only.
    """
    splitter = _Splitter()
    splitter.feed(html)
    splitter.close()
    return splitter.done()


class _Splitter(HTMLParser):
    """Cuts at the outermost elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, str]] = []
        self.depth = 0
        self.outer = ""
        self.chunk: list[str] = []
        self.loose: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        said = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
        if self.depth == 0 and tag in BLOCKS:
            self._close_loose()
            self.outer, self.chunk = tag, []
        self._add(f"<{tag}{said}>")
        if tag in _VOID:
            if self.depth == 0 and tag in BLOCKS:
                self._close_block()
        elif self.depth or tag in BLOCKS:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag in _VOID:
            return
        self._add(f"</{tag}>")
        if self.depth:
            self.depth -= 1
            if not self.depth:
                self._close_block()

    def handle_data(self, data: str) -> None:
        """Text."""
        self._add(escape(data, quote=False))

    def _add(self, piece: str) -> None:
        (self.chunk if self.depth or self.outer else self.loose).append(piece)

    def _close_block(self) -> None:
        html, tag = "".join(self.chunk), self.outer
        self.chunk, self.outer, self.depth = [], "", 0
        words = unescape(re.sub(r"<[^>]*>", "", html)).strip()
        if tag in HEADS:
            if words:
                self.parts.append(("heading", " ".join(words.split())))
        elif tag in APART:
            if words:
                self.parts.append(("markup", html))
        elif words or tag == "hr":
            self._paragraph(html)

    def _close_loose(self) -> None:
        html = "".join(self.loose).strip()
        self.loose = []
        if re.sub(r"<[^>]*>", "", html).strip():
            self._paragraph(f"<p>{html}</p>")

    def _paragraph(self, html: str) -> None:
        if self.parts and self.parts[-1][0] == "paragraph":
            self.parts[-1] = ("paragraph", self.parts[-1][1] + html)
        else:
            self.parts.append(("paragraph", html))

    def done(self) -> list[tuple[str, str]]:
        """All parts, once everything is read."""
        if self.outer:
            self._close_block()
        self._close_loose()
        return self.parts
