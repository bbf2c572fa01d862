"""Each contract of .importlinter catches a breach that is planted in a copy of the house."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).parent / "lint-imports"

BREACHES = [
    ("Storeys", "foundation/planted.py", "import unionhall.roster.models\n"),
    ("Storeys", "misc/__init__.py", '"""A stray room."""\n'),
    ("Floors", "roster/models/planted.py", "import unionhall.roster.operations\n"),
    ("Floors", "roster/helpers.py", '"""A junk drawer."""\n'),
    ("Pure", "rulebook/planted.py", "import django\n"),
    ("Verifier", "../unionhall_verify/planted.py", "import unionhall.rulebook\n"),
    ("Fronts", "site/queries.py", "import unionhall.accounts.views\n"),
    ("Acyclic", "foundation/one/__init__.py", "import unionhall.foundation.two\n"),
]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the source and its contracts."""
    shutil.copy(ROOT / ".importlinter", tmp_path / ".importlinter")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    return tmp_path


def broken(house: Path) -> set[str]:
    """The contracts that do not hold, by the first word of their names."""
    command = [str(LINT), "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(house / "src"), "COLUMNS": "200"}
    done = subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)
    lines = done.stdout.split("\n")
    return {line.split(":")[0] for line in lines if line.rstrip().endswith("BROKEN")}


def plant(house: Path, name: str, text: str) -> None:
    """Write a breach; where a module of that name is a file already, the line goes into it."""
    path = house / "src/unionhall" / name
    as_file = path.parent.with_suffix(".py")
    if as_file.exists():
        path = as_file
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text("utf-8") if path.exists() else ""
    path.write_text(before + text, "utf-8")


@pytest.mark.slow
def test_house_as_it_stands_breaks_no_contract(house: Path) -> None:
    assert broken(house) == set()


@pytest.mark.slow
@pytest.mark.parametrize(("contract", "name", "text"), BREACHES)
def test_planted_breach_is_caught(house: Path, contract: str, name: str, text: str) -> None:
    plant(house, name, text)
    if contract == "Acyclic":
        plant(house, "foundation/two.py", "import unionhall.foundation.one\n")
    if contract == "Fronts":
        (house / "src/unionhall/accounts/views.py").touch()

    assert contract in broken(house)
