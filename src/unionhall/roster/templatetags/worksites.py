"""Words of two worksites side by side, for templates."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from unionhall.foundation import vocabulary

register = template.Library()

BOTH: Final[dict[str, str | Promise]] = {
    "name": _("Name"),
    "status": _("Status"),
    "street": _("Street"),
    "city": _("City"),
    "point": _("Point on the map"),
    "shifts": _("Shifts"),
    "bells": _("Bells"),
    "codes": _("Codes in lists"),
}


@register.filter
def both_label(name: str) -> str:
    """What a field of two worksites side by side is called."""
    if name == "area":
        return capfirst(vocabulary.word("area"))
    return capfirst(vocabulary.word("unit", count=2)) if name == "units" else str(BOTH[name])


@register.simple_tag
def moves_words(kind: str, count: int) -> str:
    """What goes over when two worksites are merged, in a sentence. kind: people, offices, chapters or codes."""
    texts = {
        "people": ngettext("%(count)s person goes over.", "%(count)s people go over.", count),
        "offices": ngettext("%(count)s office goes over.", "%(count)s offices go over.", count),
        "chapters": ngettext("%(count)s %(word)s goes over.", "%(count)s %(word)s go over.", count),
        "codes": ngettext(
            "%(count)s name or code of lists goes over, so that they find it there.",
            "%(count)s names and codes of lists go over, so that they find it there.",
            count,
        ),
    }
    return texts[kind] % {"count": count, "word": vocabulary.word("chapter", count=count)}
