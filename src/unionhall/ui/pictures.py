"""The linocut pictures: which there are, and how each comes onto a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture. file: the sheet of symbols in `static/ui/`, or "" where it is printed into the page (its lettering
    is translated). box: its viewBox."""

    name: str
    file: str
    box: str


PICTURES: Final = {
    item.name: item
    for item in (
        Picture("hero", "", "0 0 1200 560"),
        Picture("staffing", "portraits.svg", "0 0 320 360"),
        Picture("wages", "portraits.svg", "0 0 320 360"),
        Picture("training", "portraits.svg", "0 0 320 360"),
        Picture("safety", "portraits.svg", "0 0 320 360"),
        Picture("hall", "pictures.svg", "0 0 240 180"),
        Picture("ballot-box", "pictures.svg", "0 0 240 180"),
        Picture("corridor", "pictures.svg", "0 0 240 180"),
        Picture("door", "pictures.svg", "0 0 240 180"),
        Picture("slip", "pictures.svg", "0 0 240 180"),
        Picture("quiet", "pictures.svg", "0 0 240 180"),
    )
}


def picture(name: str, alt: str = "") -> SafeString:
    """The picture of that name, with its words for who cannot see it.

    alt: what is on it; empty where the picture only accompanies words that say the same. Raises KeyError for a name
    that is not in PICTURES.
    """
    item = PICTURES[name]
    said = format_html('role="img" aria-label="{}"', alt) if alt else SafeString('aria-hidden="true"')
    if not item.file:
        return SafeString(render_to_string(f"ui/pictures/{name}.html", {"said": said}))
    return format_html(
        '<svg class="picture" viewBox="{}" {} focusable="false"><use href="{}#{}"/></svg>',
        item.box,
        said,
        static(f"ui/{item.file}"),
        name,
    )
