"""One line of migrations an app."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import migrations


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The migrations of an app: a line of two."""
    folder = tmp_path / "src/unionhall/roster/migrations"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    add(folder, "0001_initial", "")
    add(folder, "0002_more", "('accounts', '0001_initial'), ('roster', '0001_initial')")
    return folder


def add(folder: Path, name: str, parents: str) -> None:
    """A migration that depends on others."""
    text = f"from django.db import migrations\n\n\nclass Migration:\n    dependencies = [{parents}]\n"
    (folder / f"{name}.py").write_text(text, "utf-8")


def test_written_ends_are_in_order(folder: Path, tmp_path: Path) -> None:
    migrations.write(tmp_path)

    assert (folder / "max_migration.txt").read_text("utf-8") == "0002_more\n"
    assert migrations.problems(tmp_path) == []


def test_end_that_is_not_named_is_a_problem(folder: Path, tmp_path: Path) -> None:
    assert migrations.problems(tmp_path) == [
        "src/unionhall/roster/migrations/max_migration.txt does not name 0002_more: run make migrations"
    ]


def test_fork_is_a_problem_and_is_not_written(folder: Path, tmp_path: Path) -> None:
    add(folder, "0002_other", "('roster', '0001_initial')")

    migrations.write(tmp_path)

    assert migrations.problems(tmp_path) == [
        "src/unionhall/roster/migrations: the line of migrations forks: 0002_more, 0002_other"
    ]
    assert not (folder / "max_migration.txt").exists()
