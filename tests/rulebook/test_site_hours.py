"""Units, shifts and bells in the cells of lists: how people write them, and that what we write is read back."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.site_hours import (
    BellSaid,
    ShiftSaid,
    bells_of_day,
    read_bells,
    read_shifts,
    read_time,
    read_units,
    write_bells,
    write_shifts,
)

MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
NAMES = (
    st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=40)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
DAYS = st.sets(st.sampled_from("1234567"), min_size=1).map(lambda days: "".join(sorted(days)))
SHIFTS = st.builds(ShiftSaid, NAMES, MINUTES, MINUTES, DAYS).filter(lambda said: said.starts_at != said.ends_at)
BELLS = st.builds(BellSaid, NAMES, MINUTES, DAYS)


@pytest.mark.parametrize(
    ("text", "name", "hours", "days"),
    [
        ("Day 7:00-15:30", "Day", (7, 0, 15, 30), "12345"),
        ("Night 10 pm-6:30 am Sun-Thu", "Night", (22, 0, 6, 30), "12347"),
        ("Turno matutino 7:00 a 14:00 lun-vie", "Turno matutino", (7, 0, 14, 0), "12345"),
        ("Nocturno 10:00 p.m. a 6:00 a.m. sábado y domingo", "Nocturno", (22, 0, 6, 0), "67"),
        ("Custodial: 2:00 PM – 10:30 PM Tue, Thu", "Custodial", (14, 0, 22, 30), "24"),
        ("Shift A 0700-1530", "Shift A", (7, 0, 15, 30), "12345"),
        ("7-3:30", "07:00–15:30", (7, 0, 15, 30), "12345"),
        ("8-12 Sat", "08:00–12:00", (8, 0, 12, 0), "6"),
        ("Swing 3-11 pm", "Swing", (15, 0, 23, 0), "12345"),
    ],
)
def test_shifts_as_people_write_them(text, name, hours, days):
    assert read_shifts(text) == ((ShiftSaid(name, time(*hours[:2]), time(*hours[2:]), days),), ())


def test_several_shifts_of_a_cell_and_what_cannot_be_read():
    shifts, wrong = read_shifts("Day 7am-3:30pm; Swing | Night 22:00-06:00\nDay 8-8")
    assert [said.name for said in shifts] == ["Day", "Night"]
    assert wrong == ("Swing", "Day 8-8")


def test_bells_with_names_a_range_and_other_days():
    bells, wrong = read_bells("First bell 8:05; Minimum day Tue 1:30 PM; 8:00-2:45; soon")
    assert bells == (
        BellSaid("First bell", time(8, 5)),
        BellSaid("Minimum day", time(13, 30), "2"),
        BellSaid("Start", time(8)),
        BellSaid("End", time(14, 45)),
    )
    assert wrong == ("soon",)


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("8:00", "2:45", (time(8), time(14, 45))),
        ("8:00 AM", "2:45 PM", (time(8), time(14, 45))),
        ("08:00:00", "14:30:00", (time(8), time(14, 30))),
        ("0.34375", "0.614583", (time(8, 15), time(14, 45))),
        ("7:50 a.m.", "", (time(7, 50),)),
    ],
)
def test_start_and_end_of_the_day(start, end, found):
    bells, wrong = bells_of_day(start, end)
    assert tuple(said.rings_at for said in bells) == found
    assert wrong == ()


def test_what_is_no_time_is_told():
    assert bells_of_day("early", "3pm") == ((BellSaid("End", time(15)),), ("early",))
    assert [read_time(text) for text in ("25:00", "13 pm", "7:61", "", "noon", "0:00 am")] == [None] * 6


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Units F, G and S", ("F", "G", "S")),
        ("F/G; Unidad S", ("F", "G", "S")),
        ("Bargaining Unit F", ("F",)),
        ("", ()),
        ("F, F", ("F",)),
    ],
)
def test_units_of_a_cell(text, units):
    assert read_units(text) == units


@given(st.lists(SHIFTS, max_size=4, unique_by=lambda said: said.name))
def test_shifts_that_go_out_come_back(shifts):
    assert read_shifts(write_shifts(shifts)) == (tuple(shifts), ())


@given(st.lists(BELLS, max_size=4, unique_by=lambda said: said.name))
def test_bells_that_go_out_come_back(bells):
    assert read_bells(write_bells(bells)) == (tuple(bells), ())


@given(st.text(max_size=80))
def test_any_text_is_read_or_told(text):
    for read in (read_shifts, read_bells):
        found, _wrong = read(text)
        assert all(said.name and len(said.name) <= 40 and said.days for said in found)
