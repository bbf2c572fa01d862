"""`make slice`: the three lines, the refusals, and that what comes out passes the checks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import new_slice

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = (ROOT / ".importlinter").read_text("utf-8")
SLICES = (ROOT / "src/unionhall/config/slices.py").read_text("utf-8")


def house(tmp_path: Path) -> Path:
    """A copy of what a slice touches and is checked by."""
    for name in (".importlinter", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignore)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=ignore)
    return tmp_path


def run(root: Path, *command: str) -> str:
    """What a program of the environment says in that copy; its exit code must be 0."""
    environment = os.environ | {"PYTHONPATH": "src", "DJANGO_SETTINGS_MODULE": "unionhall.config.settings.test"}
    program = str(Path(sys.executable).parent / command[0])
    done = subprocess.run(
        [program, *command[1:]], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_storey_kept_for_a_slice_is_taken() -> None:
    planned = CONTRACTS.replace("    campaigns\n", "    (letters)\n    campaigns\n", 1)

    contracts = new_slice.with_storey(planned, "letters", "")

    assert "    letters\n    campaigns\n" in contracts


@pytest.mark.parametrize("beside", ["roster", "site"])
def test_storey_beside_another_is_shared(beside: str) -> None:
    contracts = new_slice.with_storey(CONTRACTS, "grievances", beside)

    line = next(line for line in contracts.split("\n") if "grievances" in line)
    assert line.strip().startswith(f"{beside} | grievances")


def test_slice_stands_in_the_list_where_its_storey_is() -> None:
    contracts = new_slice.with_storey(CONTRACTS, "grievances", "campaigns")

    source = new_slice.with_slice(SLICES, "grievances", contracts)

    names = [line.split('"')[1] for line in source.split("\n") if line.startswith("    Slice(")]
    assert names.index("roster") < names.index("grievances") < names.index("site")


@pytest.mark.parametrize("name", ["helpers", "Grievances", "roster", "class", "two words", ""])
def test_names_that_say_nothing_or_are_taken_are_refused(name: str) -> None:
    with pytest.raises(new_slice.CannotAdd):
        new_slice.check_name(name, ROOT)


def test_unknown_storey_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    shutil.copy(ROOT / ".importlinter", tmp_path / ".importlinter")
    (tmp_path / "src/unionhall/config").mkdir(parents=True)
    shutil.copy(ROOT / "src/unionhall/config/slices.py", tmp_path / "src/unionhall/config/slices.py")

    with pytest.raises(new_slice.CannotAdd):
        new_slice.add("grievances", storey="attic", root=tmp_path)

    assert (tmp_path / ".importlinter").read_text("utf-8") == CONTRACTS


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("NAME/models.py: Singular", "open_letters/models.py: OpenLetter"),
        ("add_SINGULAR", "add_open_letter"),
        ("CamelNameConfig", "OpenLettersConfig"),
        ("CamelWords", "Open letters"),
    ],
)
def test_skeleton_is_filled_with_the_forms_of_the_name(text: str, filled: str) -> None:
    assert new_slice.fill(text, "open_letters") == filled


@pytest.mark.slow
def test_new_slice_passes_contracts_lint_types_migrations_and_its_own_tests(tmp_path: Path) -> None:
    root = house(tmp_path)

    new_slice.tidy(new_slice.add("grievances", storey="", root=root), root)

    run(root, "lint-imports", "--no-cache")
    run(root, "ruff", "check", "--no-cache", "src/unionhall/grievances", "tests/grievances")
    run(root, "mypy", "--cache-dir", str(tmp_path / "types"), "-p", "unionhall.grievances")
    run(root, "django-admin", "makemigrations", "--check", "--dry-run")
    said = run(root, "pytest", "-q", "-p", "no:cacheprovider", "tests/grievances")
    assert "4 passed" in said
