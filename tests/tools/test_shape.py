"""The measures of `tools/shape.py`, on a small house of known size."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import shape

BUDGET = """
[tool.unionhall.shape]
function_p90 = 30
function_max = 6
file_p90 = 300
file_max = 20
view_max = 2
documented = ["operations"]
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Two slices, nothing wrong in them."""
    (tmp_path / "pyproject.toml").write_text(BUDGET, "utf-8")
    for name in ("roster", "site"):
        folder = tmp_path / "src/unionhall" / name
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
    write(tmp_path, "roster/operations.py", '"""Writes."""\n\n\ndef add() -> int:\n    """One more."""\n    return 1\n')
    return tmp_path


def write(house: Path, name: str, text: str) -> None:
    """A file of the house."""
    (house / "src/unionhall" / name).write_text(text, "utf-8")


def breaches(house: Path) -> list[str]:
    """What is broken in it."""
    _text, parts, cyclic = shape.table(house)
    return shape.breaches(house, parts, cyclic)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([], "–"), ([7], "7 / 7 / 7"), (range(1, 11), "5 / 9 / 10"), ([1, 1, 50], "1 / 50 / 50")],
)
def test_spread_tells_median_ninetieth_and_maximum(numbers: list[int], expected: str) -> None:
    assert shape.spread(numbers) == expected


@pytest.mark.parametrize(("flags", "expected"), [([], "–"), ([True] * 199 + [False], "99 %"), ([True], "100 %")])
def test_share_says_hundred_only_for_all(flags: list[bool], expected: str) -> None:
    assert shape.share(flags) == expected


def test_row_tells_files_lines_types_and_docstrings(house: Path) -> None:
    text, _parts, _cyclic = shape.table(house)

    assert "| roster | 1 | 6 / 6 / 6 | 3 / 3 / 3 | 100 % | 100 % | – |" in text


def test_house_in_order_breaks_no_budget(house: Path) -> None:
    assert breaches(house) == []


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("roster/models.py", "x = 1\n" * 21, "src/unionhall/roster/models.py: 21 lines, at most 20"),
        (
            "roster/queries.py",
            "def f() -> None:\n" + "    x = 1\n" * 6,
            "src/unionhall/roster/queries.py:1: f has 7 lines, at most 6",
        ),
        (
            "roster/views.py",
            'def f() -> None:\n    """Said."""\n    x = 1\n    y = 2\n',
            "src/unionhall/roster/views.py:1: f is a door of 3 lines, at most 2",
        ),
        (
            "site/operations.py",
            "\nclass Refused:\n    pass\n",
            "src/unionhall/site/operations.py:2: Refused says nothing: write its docstring",
        ),
    ],
)
def test_broken_budget_is_told_with_its_place(house: Path, name: str, text: str, sentence: str) -> None:
    write(house, name, text)

    assert breaches(house) == [sentence]


def test_private_and_nested_functions_owe_no_docstring(house: Path) -> None:
    write(house, "site/operations.py", "def _f() -> None:\n    def g() -> None:\n        pass\n")

    assert breaches(house) == []


def test_cycle_between_packages_is_found_and_counted(house: Path) -> None:
    write(house, "roster/queries.py", "import unionhall.site.queries\n")
    write(house, "site/queries.py", "from unionhall import roster\n")

    text, _parts, cyclic = shape.table(house)

    assert cyclic == ["roster", "site"]
    assert "2 of 2" in text
