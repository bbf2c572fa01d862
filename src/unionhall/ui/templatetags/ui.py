"""Tags of the design system: addresses of files, form fields, the language switch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, Form, RadioSelect
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from unionhall.foundation import vocabulary
from unionhall.foundation.access import PUBLIC
from unionhall.foundation.hooks import foot_links, hall_entries
from unionhall.foundation.vocabulary import WordForm
from unionhall.ui import charts, pictures

register = template.Library()

ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}

BADGE_ICONS = {
    "open": "flag",
    "wait": "clock",
    "talk": "talk",
    "agreed": "check",
    "won": "check",
    "aside": "dash",
    "stop": "dispute",
    "good": "check",
}
ASSESSMENTS = {
    "1": gettext_lazy("1, leads others"),
    "2": gettext_lazy("2, with us"),
    "3": gettext_lazy("3, undecided"),
    "4": gettext_lazy("4, against"),
    "5": gettext_lazy("5, works against us"),
    "": gettext_lazy("nobody has asked"),
}
NOTICE_ICONS = {"info": "info", "warn": "warn", "bad": "warn", "good": "check"}


@register.simple_tag
def sheet(name: str) -> str:
    """The address of a built file, or "" where nothing was built: the page of last resort must not fail itself."""
    try:
        return static(name)
    except ValueError:
        return ""


@register.filter
def badge_icon(tone: str) -> str:
    """The sign that goes with a badge's tone."""
    return BADGE_ICONS.get(tone, "flag")


@register.filter
def notice_icon(tone: str) -> str:
    """The sign that goes with a notice's tone."""
    return NOTICE_ICONS.get(tone, "info")


@dataclass(frozen=True, slots=True)
class Ask:
    """A form field as a template writes it down.

    kind: "input", "choices" (a group of radios or boxes) or "box" (one check box). control: the widget, "" for a
    group. The ids tie label, hint and error to it for a screen reader.
    """

    kind: str
    field: BoundField
    label: str
    hint: str
    hint_id: str
    error_id: str
    control: SafeString
    errors: list[str]
    described_by: str


@register.simple_tag
def ask(field: BoundField, label: str = "", hint: str = "", **attrs: str) -> Ask:
    """The field with its control rendered for a reader who cannot see.

    label, hint: instead of the form's own. attrs: further attributes of the control, `_` for `-`.
    """
    name = field.auto_id or field.html_name
    hint = hint or str(field.help_text or "")
    errors = [str(error) for error in field.errors]
    hint_id, error_id = f"{name}_hint", f"{name}_error"
    described_by = " ".join([hint_id] * bool(hint) + [error_id] * bool(errors))
    kind = _kind(field)
    extra: dict[str, str | bool] = {key.replace("_", "-"): value for key, value in attrs.items() if value}
    if kind == "input":
        extra["class"] = " ".join(filter(None, ["input", field.field.widget.attrs.get("class")]))
    if described_by:
        extra["aria-describedby"] = described_by
    if errors:
        extra["aria-invalid"] = "true"
    control = SafeString("") if kind == "choices" else field.as_widget(attrs=extra)
    return Ask(
        kind, field, label or str(field.label), hint, hint_id, error_id, SafeString(control), errors, described_by
    )


def _kind(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "choices"
    return "box" if isinstance(widget, CheckboxInput) else "input"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One line of the summary of errors: where it leads, and the sentence."""

    target: str
    sentence: str
    label: str = ""


@register.simple_tag
def mistakes(form: Form) -> list[Mistake]:
    """Every error of a bound form in the order of its fields, the form's own first."""
    found = [Mistake("", str(error)) for error in form.non_field_errors()]
    for field in form:
        first = f"{field.auto_id}_0" if _kind(field) == "choices" else field.auto_id
        if field.is_hidden:
            first = ""
        label = "" if _kind(field) == "box" else str(field.label)
        found += [Mistake(first, str(error), label) for error in field.errors]
    return found


@dataclass(frozen=True, slots=True)
class Twin:
    """The same page in another language, called by that language's own name.

    href: where it lies; "" for a page without a language in its address, whose language is chosen by a form.
    """

    code: str
    name: str
    href: str


@register.simple_tag(takes_context=True)
def twins(context: dict[str, Any], href: str = "") -> list[Twin]:
    """The page's twins in the other languages; none where the request is unknown. Asks no database.

    href: the address of the twin where the page knows it better than the URL does (its slug is translated).
    """
    request: HttpRequest | None = context.get("request")
    if request is None and not href:
        return []
    here = translation.get_language()
    return [Twin(code, name, href or _address(request, code)) for code, name in settings.LANGUAGES if code != here]


def _address(request: HttpRequest | None, code: str) -> str:
    """Where the page of this request lies in another language; the front of that language where that is unknown."""
    match = request.resolver_match if request else None
    if request is None or match is None or not match.view_name:
        return f"/{code}/"
    with translation.override(code):
        try:
            path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return f"/{code}/"
    query = request.META.get("QUERY_STRING", "")
    return "" if path == request.path else f"{path}?{query}" if query else path


ERROR_HEADS = {
    400: gettext_lazy("That could not be read"),
    401: gettext_lazy("Sign in first"),
    403: gettext_lazy("Not your door"),
    404: gettext_lazy("Nobody in this room"),
    409: gettext_lazy("Not now"),
    422: gettext_lazy("Something to mend"),
    500: gettext_lazy("Our mistake"),
    503: gettext_lazy("Back in a minute"),
}
ERROR_PICTURES = {401: "door", 403: "door", 404: "corridor", 409: "ballot-box", 422: "slip", 503: "corridor"}


@register.simple_tag
def error_head(status: int) -> str:
    """The one shout of an error page."""
    return str(ERROR_HEADS.get(int(status), ERROR_HEADS[500]))


@register.filter
def error_picture(status: int) -> str:
    """The picture that goes with a status."""
    return ERROR_PICTURES.get(status, "slip")


@register.filter
def toast_icon(level: str) -> str:
    """The sign before a message of Django's messages framework."""
    return {"error": "warn", "warning": "warn", "success": "check"}.get(level, "info")


@dataclass(frozen=True, slots=True)
class DockEntry:
    """One entry of the dock, ready to print."""

    label: str
    href: str
    icon: str
    current: bool
    line: str = ""


@register.simple_tag(takes_context=True)
def hall_dock(context: dict[str, Any], current: str = "") -> list[DockEntry]:
    """What the slices put into the Hall's dock for this viewer, in order.

    current: the url name of the page shown; left out, the entry whose address begins the page's own, the longest of
    several. Needs `viewer` in the context for entries that belong to roles.
    """
    viewer = context.get("viewer") or PUBLIC
    path = context["request"].path if context.get("request") else ""
    seen = [entry for entry in hall_entries if not entry.roles or viewer.has(*entry.roles)]
    addresses = {entry.url_name: reverse(entry.url_name) for entry in seen}
    within = [name for name, href in addresses.items() if path.startswith(href)]
    here = current or max(within, key=lambda name: len(addresses[name]), default="")
    return [
        DockEntry(str(entry.label), addresses[entry.url_name], entry.icon, entry.url_name == here, str(entry.line))
        for entry in seen
    ]


@register.simple_tag
def links_at_the_foot() -> list[tuple[str, str]]:
    """What the slices put into the foot of every page: label and address, in the reader's language."""
    return [(str(link.label), str(link.address)) for link in foot_links]


@register.simple_tag
def steps_of(now: int, of: int) -> list[bool]:
    """For each step in turn, whether it is reached."""
    return [step < int(now) for step in range(int(of))]


@register.simple_tag
def word(key: str, form: WordForm = "") -> str:
    """What this local calls one of something, such as "worksite"; form: "the" or "a" for the article before it."""
    return vocabulary.word(key, form=form)


@register.simple_tag
def words(key: str, count: int = 2, form: WordForm = "") -> str:
    """What this local calls so many of something; without a count, several."""
    return vocabulary.word(key, count=count, form=form)


@register.filter
def assessment_word(value: int | str | None) -> str:
    """What an assessment from 1 to 5 means; anything else is a person nobody has asked."""
    return str(ASSESSMENTS.get(str(value or ""), ASSESSMENTS[""]))


register.simple_tag(charts.bar_drawing)
register.simple_tag(charts.line_drawing)
register.simple_tag(charts.cell_drawing)
register.simple_tag(pictures.picture)


@register.filter
def skin_name(skin: str) -> str:
    """A skin by its inks."""
    return str({"purple": gettext_lazy("Purple over marigold"), "red": gettext_lazy("Red over teal")}.get(skin, skin))


@register.filter
def scheme_name(scheme: str) -> str:
    """A scheme by its word."""
    return str({"light": gettext_lazy("Light"), "dark": gettext_lazy("Dark")}.get(scheme, scheme))


@register.filter
def json_ld(described: Mapping[str, Any]) -> SafeString:
    """A description for search engines as JSON that cannot leave its element."""
    return SafeString(json.dumps(described, ensure_ascii=False).translate(ESCAPED))
