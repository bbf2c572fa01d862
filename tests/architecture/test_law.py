"""What no import contract can see: clocks, saves, doors, positional booleans, inline styles, budgets of queries."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import get_language

from unionhall.config.slices import SLICES

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/unionhall"
DOORS = {"views", "tasks", "receivers", "feeds", "management", "checks", "urls", "wagtail_hooks", "apps"}
NO_FLOORS = {"cli", "config", "demo", "bench", "ui"}  # doors throughout
CLOCKS = {"now", "utcnow", "today", "localdate", "localtime"}
# The clock itself; a worker's sign of life; a mail backend, which Django calls without an instant.
READS_CLOCK = {"foundation/clock.py", "foundation/jobs.py", "foundation/gateways/outbox.py"}
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))


@cache
def parsed() -> dict[str, ast.Module]:
    """Every Python file of the product by its path below unionhall, without migrations."""
    files = (path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts)
    return {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8")) for path in files}


def floor(name: str) -> str:
    """The floor that a file stands on: roster/views/places.py is on views."""
    parts = Path(name).with_suffix("").parts
    return parts[1] if len(parts) > 1 else parts[0]


def calls(name: str) -> Iterator[tuple[ast.Call, str]]:
    """Every call in a file, with what is called as it is written."""
    for node in ast.walk(parsed()[name]):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def places(found: list[tuple[str, int]]) -> list[str]:
    """file:line, as an editor opens it."""
    return [f"src/unionhall/{name}:{line}" for name, line in found]


def test_clock_is_read_at_the_doors_only() -> None:
    found = [
        (name, node.lineno)
        for name in parsed()
        if floor(name) not in DOORS and name.split("/")[0] not in NO_FLOORS and name not in READS_CLOCK
        for node, called in calls(name)
        if called.split(".")[-1] in CLOCKS and not node.args and not node.keywords
    ]

    assert places(found) == []


def test_views_reach_objects_through_access_only() -> None:
    found = [
        (name, node.lineno)
        for name in parsed()
        if floor(name) == "views"
        for node, called in calls(name)
        if ".objects" in called or called in {"get_object_or_404", "get_list_or_404"}
    ]

    assert places(found) == []


def test_forms_save_nothing() -> None:
    found = [
        (name, node.lineno)
        for name in parsed()
        if floor(name) in {"forms", "tables"}
        for node, called in calls(name)
        if called.endswith((".save", ".create", ".bulk_create", ".update_or_create", ".get_or_create"))
    ]

    assert places(found) == []


def test_no_boolean_is_passed_by_position() -> None:
    found = []
    for name, tree in parsed().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and floor(name) in {"operations", "queries", "access"}:
                positional = [*node.args.posonlyargs, *node.args.args]
                booleans = [a for a in positional if a.annotation and ast.unparse(a.annotation) == "bool"]
                found += [(name, node.lineno)] if booleans else []

    assert places(found) == []


def offered(slice_name: str) -> set[str] | None:
    """What the operations of a slice offer to others: the names of its `__all__`; None where they are one file."""
    package = parsed().get(f"{slice_name}/operations/__init__.py")
    if package is None:
        return None
    lists = [
        node.value
        for node in package.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    return {name for value in lists if isinstance(value, ast.List) for name in ast.literal_eval(value)}


def test_operations_take_keywords_only() -> None:
    """What the files of one package share among themselves is theirs to shape."""
    found = []
    for name, tree in parsed().items():
        if floor(name) == "operations" and name.split("/")[0] not in NO_FLOORS:
            names = offered(name.split("/")[0])
            for node in tree.body:
                if isinstance(node, ast.FunctionDef) and (node.name[0] != "_" if names is None else node.name in names):
                    found += [(name, node.lineno)] if len(node.args.args) > 1 else []

    assert places(found) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_template_carries_no_inline_script_or_style(path: Path) -> None:
    text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", path.read_text("utf-8"), flags=re.DOTALL)

    assert re.findall(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\bsrc=)(?![^>]*json)", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_template_asks_no_third_party(path: Path) -> None:
    text = path.read_text("utf-8")

    assert re.findall(r"""(?:src|href|action|srcset)\s*=\s*["'](?:https?:)?//[^"']*""", text) == []


def looping_pages() -> dict[tuple[str, str], set[str]]:
    """Slice and template of every page that loops over something → the views that render it."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, tree in parsed().items():
        if floor(name) == "views" and name.split("/")[0] != "ui":  # the style guide shows no rows
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    for template in looping_templates(node):
                        found[name.split("/")[0], template] |= doors_of(node.name, tree)
    return found


def doors_of(name: str, tree: ast.Module) -> set[str]:
    """The views behind a function: itself, or those of its module that call it where it is their own part."""
    if not name.startswith("_"):
        return {name}
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name != name]
    callers = {node.name for node in functions if f"{name}(" in ast.unparse(node)}
    return set().union(*(doors_of(caller, tree) for caller in callers))


def looping_templates(view: ast.FunctionDef) -> Iterator[str]:
    """The templates with a loop that are named in a view."""
    for node in ast.walk(view):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html"):
            path = SOURCE / node.value.split("/")[0] / "templates" / node.value
            if path.exists() and "{% for " in path.read_text("utf-8"):
                yield node.value


@pytest.mark.parametrize(("slice_name", "template"), sorted(looping_pages()))
def test_page_with_a_list_has_a_budget_of_queries(slice_name: str, template: str) -> None:
    reached: set[str] = set()
    for path in sorted((ROOT / "tests" / slice_name).rglob("test_*.py")):
        for text in budgeted_texts(ast.parse(path.read_text("utf-8"))):
            reached |= views_at(slice_name, text)

    assert reached & looping_pages()[slice_name, template], f"no test in tests/{slice_name} counts its queries"


def budgeted_texts(tree: ast.Module) -> Iterator[str]:
    """Every text in the tests that count queries, with the constants of the module that they use."""
    constants = {ast.unparse(node.targets[0]): node.value for node in tree.body if isinstance(node, ast.Assign)}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and "num_queries" in ast.unparse(node):
            used = [constants[item.id] for item in ast.walk(node) if getattr(item, "id", "") in constants]
            for part in (node, *used):
                yield from texts(part)


def texts(tree: ast.AST) -> Iterator[str]:
    """Every text in a piece of code; what an f-string puts in is written as an id."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "2345bcdfghjk" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def views_at(slice_name: str, text: str) -> set[str]:
    """The views of a slice behind an address or the name of one, whatever its changing parts are."""
    module = import_module(f"unionhall.{slice_name}.urls")
    found = set()
    with translation.override("es" if text.startswith("/es/") else "en"):
        plain = [("/", pattern) for pattern in module.urlpatterns]
        localized = [(f"/{get_language()}/", pattern) for pattern in getattr(module, "localized_urlpatterns", [])]
        for prefix, pattern in plain + localized:
            route = re.sub(r"<[^>]+>", "[^/]+", prefix + str(pattern.pattern).lstrip("^"))
            if text == getattr(pattern, "name", None) or re.fullmatch(route, text.split("?")[0]):
                found.add(getattr(pattern.callback, "__name__", ""))
    return found


def test_every_model_is_in_the_glossary() -> None:
    from django.apps import apps

    ours = [model.__name__ for item in SLICES for model in apps.get_app_config(label(item.name)).get_models()]
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8")

    assert [name for name in ours if f"`{name}`" not in glossary] == []


def label(name: str) -> str:
    """The label of a slice's app."""
    return "unionhall_site" if name == "site" else name
