"""Whether outlines can be meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.outlines import Outline, OutlineFile, judge_box, judge_outlines
from unionhall.rulebook.places import UNITED_STATES, Box, judge_point

HERE = Box(south=33.7, north=34.3, west=-118.7, east=-118.1)
SWAPPED = Box(south=-118.7, north=-118.1, west=33.7, east=34.3)
FEET = Box(south=1_800_000, north=1_900_000, west=6_400_000, east=6_500_000)


def outline(line: int, box: Box | None) -> Outline:
    return Outline(line=line, properties={}, box=box)


@pytest.mark.parametrize(
    ("box", "verdict"),
    [
        (HERE, "ok"),
        (Box(south=32.5, north=42.1, west=-124.6, east=-114.1), "ok"),
        (Box(south=51.0, north=71.6, west=-180.0, east=180.0), "ok"),
        (Box(south=51.0, north=53.0, west=172.0, east=179.9), "ok"),
        (Box(south=13.2, north=13.7, west=144.6, east=145.0), "ok"),
        (Box(south=-14.5, north=-14.1, west=-170.9, east=-169.4), "ok"),
        (SWAPPED, "swapped"),
        (Box(south=33.7, north=34.3, west=118.1, east=118.7), "sign"),
        (FEET, "feet"),
        (Box(south=33.0, north=float("inf"), west=-118.0, east=-117.0), "feet"),
        (Box(south=51.3, north=51.7, west=-0.5, east=0.3), "elsewhere"),
        (Box(south=0.0, north=0.0, west=0.0, east=0.0), "zero"),
    ],
)
def test_verdict_of_a_box(box, verdict):
    assert judge_box(box) == verdict


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_outline_around_a_point_of_the_states_is_at_home(latitude, longitude):
    box = Box(south=latitude, north=min(90, latitude + 0.1), west=longitude, east=min(180, longitude + 0.1))
    if UNITED_STATES.holds(latitude, longitude):
        assert judge_point(latitude, longitude) == judge_box(box) == "ok"


def test_file_is_wrong_where_most_of_it_is_and_fine_where_little_is():
    few = [outline(1, HERE), outline(2, SWAPPED), outline(3, None), outline(4, HERE)]
    assert judge_outlines(few) == ("ok", ("ok", "swapped", None, "ok"))
    most = [outline(1, HERE), outline(2, SWAPPED), outline(3, SWAPPED)]
    assert judge_outlines(most)[0] == "swapped"
    assert judge_outlines([outline(1, None)]) == ("ok", (None,))


def test_heads_of_a_file_are_of_all_its_outlines_in_their_order():
    first = Outline(line=1, properties={"b": "", "a": ""})
    second = Outline(line=2, properties={"a": "", "c": ""})
    assert OutlineFile(name="f", sha256="", outlines=(first, second)).heads == ("b", "a", "c")
