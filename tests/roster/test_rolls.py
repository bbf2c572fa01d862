"""Frozen lists: drawn as of a day, kept, checked again."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.factories import roster as factory
from tests.roster.test_people_pages import page, sign_in
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations
from unionhall.roster.models import Assignment, Person, Roll, RollLine
from unionhall.roster.queries import rolls as queries
from unionhall.rulebook.rolls import Line, text_of

pytestmark = pytest.mark.django_db
TODAY = factory.AT.date()
BY: dict[str, Any] = {"actor": factory.CLERK, "at": factory.AT}


@pytest.fixture
def east():
    return factory.worksite("Rosemead Street Elementary", area=factory.area("E"))


@pytest.fixture
def west():
    return factory.worksite("Harbor Middle", area=factory.area("W"))


@pytest.fixture
def beto(east):
    return factory.person("Beto Luna", site=east)


@pytest.fixture
def cleo(west):
    return factory.person("Cleo Park", site=west)


def freeze(asked=None, as_of=TODAY, name="Strike vote", reason="Board, May 3"):
    return operations.freeze_roll(name=name, asked=asked or {}, as_of=as_of, reason=reason, **BY)


def line(person, site):
    return Line(person.public_id, site.public_id, "")


def test_dates_of_assignments_decide_who_was_where(beto, cleo, east, west):
    Assignment.objects.filter(person=beto).update(ends_on=date(2026, 6, 12))
    Assignment.objects.create(person=beto, worksite=west, starts_on=date(2026, 8, 10), source="t")
    Assignment.objects.filter(person=cleo).update(starts_on=date(2026, 9, 1))

    assert queries.roll_lines({}, date(2026, 6, 12)) == (line(beto, east),)
    assert queries.roll_lines({}, date(2026, 7, 1)) == ()
    assert queries.roll_lines({}, date(2026, 8, 10)) == (line(beto, west),)
    assert set(queries.roll_lines({}, TODAY)) == {line(beto, west), line(cleo, west)}


def test_filter_narrows_and_knows_its_keys(beto, cleo, east, west):
    Person.objects.filter(pk=cleo.pk).update(membership="member")
    assert queries.roll_lines({"areas": ["E"]}, TODAY) == (line(beto, east),)
    assert queries.roll_lines({"worksites": [west.public_id]}, TODAY) == (line(cleo, west),)
    assert queries.roll_lines({"membership": ["member"], "areas": ["E", "W"]}, TODAY) == (line(cleo, west),)
    with pytest.raises(queries.UnknownFilter):
        queries.roll_lines({"shoe_size": ["7"]}, TODAY)


def test_management_and_merged_records_are_on_no_list(beto, cleo, east):
    Person.objects.filter(pk=cleo.pk).update(employment="management")
    operations.merge_people(kept=beto, absorbed=factory.person("Alberto Luna", site=east), **BY)
    assert queries.roll_lines({}, TODAY) == (line(beto, east),)


def test_frozen_list_proves_itself_by_hand(beto, cleo, east, west):
    roll = freeze({"areas": ["W", "E", "E"]})
    rows = RollLine.objects.filter(roll=roll).values_list("person", "worksite", "unit")
    by_hand = "".join(f"{person}\t{site}\t{unit}\n" for person, site, unit in sorted(rows))

    assert (roll.filter, roll.lines) == ({"areas": ["E", "W"]}, 2)
    assert roll.sha256 == hashlib.sha256(by_hand.encode()).hexdigest()
    assert text_of(queries.lines_of_roll(roll)) == by_hand
    assert [row.place for row in queries.rows_of_roll(roll)] == [1, 2]
    assert AuditEntry.objects.get(verb="roster.roll_frozen").detail["sha256"] == roll.sha256


def test_check_says_who_is_gone_who_came_and_who_moved(beto, cleo, east, west):
    dora, luz = factory.person("Dora Vega", site=east), factory.person("Luz Paz", site=east)
    roll = freeze()
    assert queries.check_roll(roll).difference.is_none
    Assignment.objects.filter(person=beto).update(worksite=west)
    Assignment.objects.filter(person=cleo).delete()
    operations.merge_people(kept=luz, absorbed=dora, **BY)
    new = factory.person("Eva Ruiz", site=east)

    check = queries.check_roll(roll)

    assert check.is_whole
    assert set(check.difference.gone) == {line(cleo, west), line(dora, east)}
    assert check.difference.added == (line(new, east),)
    assert check.difference.moved == ((line(beto, east), line(beto, west)),)
    assert check.merged == {dora.public_id: luz.public_id}


def test_touched_line_is_found_out(beto, east):
    roll = freeze()
    RollLine.objects.filter(roll=roll).update(unit="X")
    assert not queries.check_roll(roll).is_whole


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"name": " "}, operations.NamelessRoll),
        ({"reason": ""}, operations.NamelessRoll),
        ({"as_of": TODAY + timedelta(days=1)}, operations.DayToCome),
        ({"asked": {"areas": ["nowhere"]}}, operations.EmptyRoll),
    ],
)
def test_refusals_freeze_nothing(beto, asked, error):
    with pytest.raises(error):
        freeze(**asked)
    assert not Roll.objects.exists()


@pytest.mark.parametrize(
    ("role", "strong", "sees"),
    [
        (Role.DATA_ADMINISTRATOR, True, True),
        (Role.ELECTION_OBSERVER, True, True),
        (Role.COUNSEL, True, True),
        (Role.DATA_ADMINISTRATOR, False, False),
        (Role.ORGANIZER, True, False),
        (Role.MEMBER, True, False),
    ],
)
def test_who_may_see_a_frozen_list(beto, role, strong, sees):
    roll = freeze()
    viewer = factory.viewer(role, Reach.ALL, strong=strong)
    if sees:
        assert queries.get_roll(viewer, roll.public_id) == roll
    else:
        with pytest.raises(queries.NoSuchRoll):
            queries.get_roll(viewer, roll.public_id)


def test_names_of_lines_take_two_queries(beto, cleo, east, django_assert_num_queries):
    roll = freeze()
    viewer = factory.viewer(Role.OFFICER, Reach.ALL, strong=True)
    rows = list(queries.rows_of_roll(roll))
    with django_assert_num_queries(2):
        named = queries.named_lines(viewer, rows)
    assert {line.name for line in named} == {"Beto Luna", "Cleo Park"}
    assert {line.worksite for line in named} == {"Rosemead Street Elementary", "Harbor Middle"}


def test_pages_freeze_show_check_and_hand_out_the_file(beto, cleo, east):
    client = sign_in(Role.DATA_ADMINISTRATOR, Reach.ALL)
    asked = {"name": "Strike vote", "reason": "Board", "as_of": TODAY.isoformat(), "areas": ["E"]}
    assert "1 person would be on it." in client.post(reverse("roll_new"), asked).content.decode()
    assert not Roll.objects.exists()
    client.post(reverse("roll_new"), {**asked, "freeze": "yes"})
    roll = Roll.objects.get()
    assert "Strike vote" in page(client, "rolls")
    text = page(client, "roll", roll.public_id, query="?check=1")
    assert ("Beto Luna" in text, roll.sha256 in text, "line for line" in text) == (True, True, True)
    file = client.get(reverse("roll_file", args=[roll.public_id]))
    assert hashlib.sha256(file.content).hexdigest() == roll.sha256
    assert b"Beto" not in file.content


def test_page_says_what_would_be_others(beto, cleo, east, west):
    roll = freeze()
    Assignment.objects.filter(person=beto).update(worksite=west)
    text = page(sign_in(Role.COUNSEL, Reach.ALL), "roll", roll.public_id, query="?check=1")
    assert "1 line would be another" in text
    assert "Rosemead Street Elementary → Harbor Middle" in text


def test_refusal_is_a_sentence_above_the_form(beto):
    client = sign_in(Role.DATA_ADMINISTRATOR, Reach.ALL)
    asked = {"name": "x", "reason": "y", "as_of": "2000-01-01", "freeze": "yes"}
    Assignment.objects.update(starts_on=TODAY)
    answer = client.post(reverse("roll_new"), asked)
    assert (answer.status_code, "Nobody fits this filter" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("role", "looks", "freezes"),
    [(Role.ELECTION_OBSERVER, 200, 403), (Role.COUNSEL, 200, 403), (Role.ORGANIZER, 403, 403)],
)
def test_doors_of_the_lists(beto, role, looks, freezes):
    roll = freeze()
    client = sign_in(role, Reach.ALL)
    found = [client.get(reverse(name, args=[roll.public_id])).status_code for name in ("roll", "roll_file")]
    assert found == [looks, looks]
    assert client.get(reverse("roll_new")).status_code == freezes


@pytest.mark.parametrize("count", [1, 3])
def test_pages_of_lists_take_the_same_queries_for_one_and_three(beto, east, count, django_assert_num_queries):
    for number in range(count):
        factory.person(f"Ana {number} Soto", site=east)
        factory.area(f"N{number}")
        roll = freeze({"areas": ["E"]})
    client = sign_in(Role.DATA_ADMINISTRATOR, Reach.ALL)
    client.get(reverse("rolls"))
    with django_assert_num_queries(5):
        client.get(reverse("rolls"))
    with django_assert_num_queries(12):
        client.get(reverse("roll", args=[roll.public_id]) + "?check=1")
    with django_assert_num_queries(5):
        client.get(reverse("roll_new"))
