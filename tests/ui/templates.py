"""How the tests read templates: which components exist, what each declares, how every template uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django_cotton.compiler_regex import Tag

SOURCES = Path(__file__).resolve().parents[2] / "src" / "unionhall"
COMPONENTS = SOURCES / "ui" / "templates" / "cotton"
DECLARATION = re.compile(r"<c-vars\s([^>]*?)/?>", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
ANYWHERE = frozenset({"class", "id"})
PREFIXES = ("hx-", "aria-", "data-")


@dataclass(frozen=True, slots=True)
class Use:
    """One component tag in one template."""

    template: Path
    component: str
    attributes: tuple[str, ...]
    slot_of: str = ""


def templates() -> list[Path]:
    """Every HTML template of every slice."""
    return sorted(SOURCES.glob("*/templates/**/*.html"))


def component_names() -> list[str]:
    """Every component as it is written in a tag."""
    return sorted(path.stem.replace("_", "-") for path in COMPONENTS.glob("*.html"))


def declared(component: str) -> frozenset[str]:
    """The attributes and slots that a component declares in its <c-vars>."""
    text = (COMPONENTS / f"{component.replace('-', '_')}.html").read_text("utf-8")
    match = DECLARATION.search(text)
    if not match:
        return frozenset()
    return frozenset(found[0].removeprefix(":") for found in Tag.attr_pattern.findall(match[1]))


def uses(template: Path) -> Iterator[Use]:
    """Every component tag of a template; for a slot, its name and the component it stands in."""
    open_ones: list[str] = []
    for match in Tag.tag_pattern.finditer(COMMENT.sub("", template.read_text("utf-8"))):
        tag = Tag(match)
        name = tag.tag_name.removeprefix("c-")
        attributes = Tag.attr_pattern.findall(tag.attrs)
        if name == "vars":
            continue
        if tag.is_closing:
            if name != "slot":
                open_ones.pop()
            continue
        if name == "slot":
            slot = next(value for key, _, value, _ in attributes if key == "name")
            yield Use(template, name, (slot,), slot_of=open_ones[-1])
            continue
        yield Use(template, name, tuple(found[0].lstrip(":") for found in attributes))
        if not tag.is_self_closing:
            open_ones.append(name)
