"""docs/reference tells what is: each page is what the code would write now."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from tools import reference

ROOT = Path(__file__).resolve().parents[2]
# The shape changes with every line of code; `make check` compares it, the everyday tests do not.
PAGES = sorted(set(reference.PAGES) - {"shape.md"})


@pytest.mark.parametrize("name", PAGES)
def test_reference_page_is_what_the_code_writes(name: str) -> None:
    with translation.override("en"):
        now = reference.PAGES[name]()

    assert (ROOT / "docs/reference" / name).read_text("utf-8") == now, "run make docs"


def test_every_page_is_named_in_the_map() -> None:
    text = (ROOT / "docs/map.md").read_text("utf-8")

    assert [name for name in reference.PAGES if f"reference/{name}" not in text] == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    import re

    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text("utf-8"))

    assert [link for link in links if not (path.parent / link).exists()] == []
