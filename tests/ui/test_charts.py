"""Charts say the same as their numbers."""

from __future__ import annotations

import pytest

from unionhall.ui import charts


def test_bar_is_the_share_of_the_whole() -> None:
    assert charts.bar_drawing(41, 62) == (
        '<svg aria-hidden="true" focusable="false"><rect width="66.1%" height="100%"/></svg>'
    )


def test_bar_with_a_second_part_starts_it_where_the_first_ends() -> None:
    assert '<rect class="bar__more" x="50%" width="25%" height="100%"/>' in charts.bar_drawing(2, 4, more=1)


@pytest.mark.parametrize(("value", "width"), [(-1, "0"), (9, "100"), (0, "0")])
def test_bar_never_leaves_its_track(value: int, width: str) -> None:
    assert f'<rect width="{width}%"' in charts.bar_drawing(value, 4)


def test_bar_of_an_empty_whole_is_empty() -> None:
    assert '<rect width="0%"' in charts.bar_drawing(0, 0)


def test_line_has_a_figure_at_each_point_and_the_goal() -> None:
    drawing = charts.line_drawing([("Survey", 31), ("<b>", 71)], goal="75", goal_label="Goal", unit="%")

    assert drawing.count('class="chart__dot"') == 2
    assert ">31%</text>" in drawing
    assert ">Goal 75%</text>" in drawing
    assert "&lt;b&gt;" in drawing


def test_line_without_points_is_nothing() -> None:
    assert charts.line_drawing([]) == ""


def test_line_of_one_point_can_be_drawn() -> None:
    assert charts.line_drawing([("Survey", 0)]).count('class="chart__dot"') == 1


@pytest.mark.parametrize(("value", "height"), [(1, 36), (2, 24), (3, 12), (4, 0), (5, 0), ("2", 24)])
def test_cell_fills_from_below_with_the_strength_of_the_yes(value: int | str, height: int) -> None:
    drawing = charts.cell_drawing(value)

    assert f'y="{38 - height}" width="36" height="{height}"' in drawing
    assert f">{value}</text>" in drawing


@pytest.mark.parametrize("value", ["", None, 0, 7, "x"])
def test_cell_of_a_person_nobody_asked_is_dashed_and_has_no_numeral(value: object) -> None:
    drawing = charts.cell_drawing(value)  # type: ignore[arg-type]

    assert "cell--unknown" in drawing
    assert "<text" not in drawing


def test_cell_with_a_label_speaks_and_without_one_is_hidden() -> None:
    assert 'role="img" aria-label="1, leads"' in charts.cell_drawing(1, label="1, leads")
    assert 'aria-hidden="true"' in charts.cell_drawing(1)
