"""Every component renders, bare and with all that it declares, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from tests.ui.templates import component_names, declared
from unionhall.ui.styleguide import GuideForm

FORM = GuideForm({"name": "Rosa", "phone": "12"}, auto_id="t_%s")
OBJECTS: dict[tuple[str, str], Any] = {
    ("field", "field"): FORM["phone"],
    ("typeahead", "field"): FORM["school"],
    ("typeahead", "value"): FORM["school_id"],
    ("errors", "form"): FORM,
    ("pager", "page"): Paginator(range(30), 10).page(2),
    ("line-chart", "points"): [("A", 10), ("B", 20)],
    ("line-chart", "goal"): "15",
    ("wall-chart", "cells"): [("A", 1), ("B", "")],
    ("picture", "name"): "hall",
    ("empty", "picture"): "hall",
    ("hero", "picture"): "hero",
    ("area-card", "picture"): "wages",
    ("bar", "value"): "3",
    ("bar", "max"): "6",
    ("bar", "more"): "1",
    ("bar", "goal"): "5",
    ("steps", "now"): 2,
    ("steps", "of"): 3,
    ("progress", "value"): "3",
    ("progress", "max"): "6",
    ("sheet", "level"): "3",
    ("cell", "value"): "2",
    ("imprint", "changed"): "",
    ("dock", "current"): "",
}
NEEDED = {component: [key for name, key in OBJECTS if name == component] for component, _ in OBJECTS}


def print_out(source: str, **values: Any) -> str:
    """A template text with component tags, as the loader would compile it."""
    return Template(CottonCompiler().process(source)).render(Context(values))


def render(component: str, attributes: list[str]) -> str:
    """The component with those attributes, each an object that fits or its own name as a word."""
    values = {f"v{index}": OBJECTS.get((component, key), key) for index, key in enumerate(attributes)}
    written = " ".join(f':{key}="v{index}"' for index, key in enumerate(attributes))
    page = RequestFactory().get("/styleguide/")
    return print_out(f"<c-{component} {written}>inside</c-{component}>", request=page, **values)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("component", component_names())
def test_component_renders_with_all_it_declares(component: str, language: str) -> None:
    attributes = sorted(declared(component))

    with translation.override(language):
        html = render(component, attributes)

    assert "<c-" not in html
    assert "{{" not in html
    assert "{%" not in html


@pytest.mark.parametrize("component", component_names())
def test_component_renders_with_what_it_needs_only(component: str) -> None:
    assert "<c-" not in render(component, NEEDED.get(component, []))


def test_undeclared_attribute_is_not_swallowed_by_the_button() -> None:
    html = print_out('<c-button data-test="1" tone="line">Go</c-button>')

    assert html.strip() == '<button class="button button--line" type="submit" data-test="1">Go</button>'


def test_field_with_an_error_is_tied_to_its_sentence() -> None:
    html = print_out('<c-field :field="field" />', field=FORM["phone"])

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="t_phone_error"' in html
    assert 'id="t_phone_error"' in html
    assert "That is 8 digits." in html


def test_errors_lead_to_the_field_each_belongs_to() -> None:
    html = print_out('<c-errors :form="form" />', form=FORM)

    assert 'href="#t_phone"' in html
    assert 'href="#t_when_0"' in html
    assert "4 things to mend" in html


def test_text_of_a_caller_is_escaped_once() -> None:
    html = print_out('<c-notice title="{{ said }}">{{ said }}</c-notice>', said="<b>&")

    assert html.count("&lt;b&gt;&amp;") == 2
    assert "<b>" not in html
