"""Words of two worksites side by side, for templates."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from unionhall.foundation import vocabulary
from unionhall.rulebook.site_hours import END, START

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

# What lists without a name for a bell call it, as we keep it.
BELLS: Final[dict[str, str | Promise]] = {
    START: pgettext_lazy("bell", "Start"),
    END: pgettext_lazy("bell", "End"),
}


@register.filter
def bell_words(name: str) -> str:
    """What a bell is called: our own two in the language of the page, any other as somebody wrote it."""
    return str(BELLS.get(name, name))


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
