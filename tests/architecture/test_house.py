"""The plan of the house is what stands: slices, storeys, folders, rulebook, names."""

from __future__ import annotations

import ast
import configparser
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from unionhall.config.slices import SLICES

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/unionhall"
NOT_SLICES = {"rulebook", "cli", "config"}
GROUND = {"foundation", "ui", "bench"}  # rooms of their own names: no floors
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "misc", "lib", "signals"}


def plan() -> configparser.ConfigParser:
    """.importlinter as it is read."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    return parser


def storeys() -> list[str]:
    """The packages on the storeys that are built, from the top down."""
    layers = re.sub(r"\(\w+\)", "", plan()["importlinter:contract:storeys"]["layers"])
    return re.findall(r"\w+", layers)


def packages() -> set[str]:
    """The folders below unionhall that are packages."""
    return {path.parent.name for path in SOURCE.glob("*/__init__.py")}


def modules(*parts: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file below a part of the source, parsed."""
    for path in sorted((SOURCE.joinpath(*parts)).rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


def test_storeys_are_the_folders_that_stand() -> None:
    assert set(storeys()) == packages()


def test_list_of_slices_is_the_storeys_in_their_order() -> None:
    names = [item.name for item in SLICES]

    assert set(names) == packages() - NOT_SLICES
    order = list(reversed(storeys()))
    stacked = [name for name in names if name != "bench"]
    assert stacked == sorted(stacked, key=order.index)


def test_floors_are_held_in_every_slice() -> None:
    containers = plan()["importlinter:contract:floors"]["containers"].split()

    assert set(containers) == {f"unionhall.{item.name}" for item in SLICES if item.name not in GROUND}


@pytest.mark.parametrize("name", [item.name for item in SLICES])
def test_slice_tells_what_it_does(name: str) -> None:
    page = ROOT / f"docs/slices/{name}.md"

    assert page.exists(), f"write docs/slices/{name}.md: what it does, its parts, how to extend it"
    assert len(page.read_text("utf-8")) > 300


def test_no_junk_drawer() -> None:
    found = {path for path in SOURCE.rglob("*") if path.stem in FORBIDDEN_NAMES and path.suffix in {"", ".py"}}

    assert found == set()


def test_rulebook_imports_nothing_but_the_standard_library_and_two_number_libraries() -> None:
    allowed = sys.stdlib_module_names | {"gmpy2", "rapidfuzz", "unionhall"}
    found = set()
    for path, tree in modules("rulebook"):
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            found |= {f"{path.name}: {name}" for name in names if name.split(".")[0] not in allowed}
            found |= {f"{path.name}: {name}" for name in names if re.match(r"unionhall\.(?!rulebook)", name)}

    assert found == set()


def test_rulebook_loads_no_framework() -> None:
    names = [
        ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")
        for path, _tree in modules("rulebook")
    ]
    code = f"import importlib, sys\nfor name in {names}: importlib.import_module(name)\n"
    code += "print([name for name in sys.modules if name.split('.')[0] in {'django', 'wagtail', 'asgiref'}])"

    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert said.strip() == "[]"


def test_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")

    assert "make run" in readme
    assert "make test" in readme


def test_makefile_has_fifteen_targets_at_most_and_each_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")

    phony = re.search(r"^\.PHONY:(.*)$", makefile, re.MULTILINE)
    assert phony
    targets = phony[1].split()
    said = re.findall(r"^([a-z-]+):.*## .+$", makefile, re.MULTILINE)
    assert sorted(targets) == sorted(said)
    assert len(targets) <= 15


def test_every_task_and_receiver_is_joined_when_django_wakes() -> None:
    ears = [path for name in ("tasks", "receivers") for path in SOURCE.glob(f"*/{name}.py")]
    modules = sorted(f"unionhall.{path.parent.name}.{path.stem}" for path in ears)
    code = f"import sys, django; django.setup(); print([m for m in {modules!r} if m not in sys.modules])"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "unionhall.config.settings.test",
        "PYTHONPATH": f"{ROOT / 'src'}",
        "DEMO": "1",
    }

    deaf = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)

    assert (deaf.stdout.strip(), deaf.returncode) == ("[]", 0), deaf.stderr


def test_no_module_stands_beside_a_package_of_its_name() -> None:
    """Python would take the package and never see the module."""
    shadowed = [path for path in SOURCE.rglob("*.py") if (path.parent / path.stem).is_dir()]

    assert shadowed == []
