"""Whether a point can be meant, how far things are, and whose area it is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.places import (
    NO_AREA,
    AreaChoice,
    AreaRule,
    Point,
    area_for,
    distance_km,
    judge_file,
    judge_point,
)

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
codes = st.text("123456789", min_size=5, max_size=5)
rules = st.lists(
    st.builds(
        AreaRule,
        id=st.integers(1, 50),
        code=st.text("ABC", min_size=1, max_size=3),
        centre=st.none() | points,
        zips=st.frozensets(codes, max_size=3),
    ),
    max_size=6,
    unique_by=lambda area: area.id,
)


@given(points, points)
def test_distance_is_the_same_there_and_back(one, other):
    assert distance_km(one, other) == pytest.approx(distance_km(other, one), abs=1e-6)
    assert 0 <= distance_km(one, other) <= 20_016


@given(points)
def test_distance_to_oneself_is_none(point):
    assert distance_km(point, point) == pytest.approx(0, abs=1e-6)


def test_distance_of_a_known_pair():
    los_angeles, san_francisco = Point(34.0522, -118.2437), Point(37.7749, -122.4194)
    assert distance_km(los_angeles, san_francisco) == pytest.approx(559, abs=1)


EAST = AreaRule(id=1, code="E", centre=Point(34.03, -118.16), zips=frozenset({"90022"}))
WEST = AreaRule(id=2, code="W", centre=Point(34.00, -118.45), zips=frozenset({"90049"}))
BARE = AreaRule(id=3, code="X")


def test_listed_zip_decides_before_any_distance():
    at_the_west_centre = Point(34.00, -118.45)
    assert area_for(at_the_west_centre, "90022-1234", [EAST, WEST]) == AreaChoice(id=1, by="zip")


def test_nearest_centre_decides_where_no_zip_is_listed():
    assert area_for(Point(34.01, -118.40), "90210", [EAST, WEST, BARE]) == AreaChoice(id=2, by="centre")


def test_without_zip_and_point_there_is_no_area():
    assert area_for(None, "", [EAST, WEST]) == NO_AREA
    assert area_for(None, "90210", [EAST, WEST]) == NO_AREA
    assert area_for(Point(34, -118), "90210", [BARE]) == NO_AREA


def test_zip_listed_twice_goes_to_the_nearer_area():
    both = [
        AreaRule(id=area.id, code=area.code, centre=area.centre, zips=frozenset({"90000"})) for area in (EAST, WEST)
    ]
    assert area_for(Point(34.00, -118.45), "90000", both) == AreaChoice(id=2, by="zip")
    assert area_for(None, "90000", both) == AreaChoice(id=1, by="zip")


@given(st.none() | points, st.just("") | codes, rules, st.randoms())
def test_order_of_areas_never_matters(point, zip_code, areas, chance: random.Random):
    shuffled = list(areas)
    chance.shuffle(shuffled)
    assert area_for(point, zip_code, shuffled) == area_for(point, zip_code, areas)


@given(points, st.just("") | codes, rules)
def test_no_area_is_nearer_than_the_one_chosen_by_centre(point, zip_code, areas):
    choice = area_for(point, zip_code, areas)
    if choice.by == "centre":
        chosen = next(area for area in areas if area.id == choice.id)
        assert all(
            distance_km(point, chosen.centre) <= distance_km(point, area.centre) for area in areas if area.centre
        )
    assert (choice.by == "zip") == any(zip_code in area.zips for area in areas if zip_code)


@pytest.mark.parametrize(
    ("latitude", "longitude", "verdict"),
    [
        (34.05, -118.24, "ok"),
        (21.3, -157.8, "ok"),
        (61.2, -149.9, "ok"),
        (18.4, -66.1, "ok"),
        (0.0, 0.0, "zero"),
        (-118.24, 34.05, "swapped"),
        (34.05, 118.24, "sign"),
        (1_840_000.0, 6_480_000.0, "feet"),
        (376_000.0, 3_768_000.0, "feet"),
        (float("nan"), 1.0, "feet"),
        (float("inf"), 1.0, "feet"),
        (48.85, 2.35, "elsewhere"),
        (95.0, -118.0, "elsewhere"),
    ],
)
def test_judge_point(latitude, longitude, verdict):
    assert judge_point(latitude, longitude) == verdict


@given(st.floats(17, 72), st.floats(-180, -91))
def test_every_swapped_point_is_seen_as_swapped(latitude, longitude):
    assert judge_point(latitude, longitude) == "ok"
    assert judge_point(longitude, latitude) == "swapped"


def test_judge_file_wants_most_points_wrong():
    assert judge_file([]) == "ok"
    assert judge_file(["zero", "zero"]) == "ok"
    assert judge_file(["ok", "swapped"]) == "ok"
    assert judge_file(["swapped", "swapped", "ok"]) == "swapped"
    assert judge_file(["feet", "feet", "swapped", "zero", "zero", "zero"]) == "feet"
