"""Doubtful lines of lists beside those they may be, settled with one key."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import roster as factory
from tests.roster.people_lists import apply
from tests.roster.test_people_pages import page, sign_in
from unionhall.foundation.access import Reach, Role
from unionhall.roster.enums import Decision
from unionhall.roster.models import Doubt, Person

pytestmark = pytest.mark.django_db
OCT = date(2026, 10, 1)
ROSA = "00123,GARCIA,ROSA,Cafeteria Worker,Rosemead Street Elementary,213 555 0142,Active"
# Quite another name under a number that the source gave to Rosa before.
REUSED = "00123,Petrosyan,Anahit,Cook,Rosemead Street Elementary,213 555 0777,Active"


@pytest.fixture
def east():
    return factory.area("E")


@pytest.fixture
def doubt(east):
    """A line of the area that may be Rosa."""
    factory.worksite("Rosemead Street Elementary", area=east)
    apply(ROSA)
    apply(REUSED, day=OCT)
    return Doubt.objects.get()


@pytest.fixture
def organizer(east):
    return sign_in(Role.ORGANIZER, Reach.AREA, east.public_id)


def say(client, doubt, said):
    return client.post(reverse("review_line", args=[doubt.public_id]), {"said": said})


def test_line_stands_beside_its_candidates_with_keys(organizer, doubt):
    text = page(organizer, "review_lines")
    for part in ("Anahit Petrosyan", "Rosa Garcia", "(213) 555-0777", "1 of 1", 'data-key="1"', 'data-cell="other"'):
        assert part in text
    assert "Cook" in text


@pytest.mark.parametrize(
    ("said", "decision", "people"), [("1", Decision.SAME, 1), ("new", Decision.NEW, 2), ("skip", Decision.SKIP, 1)]
)
def test_one_key_settles_the_line(organizer, doubt, said, decision, people):
    assert say(organizer, doubt, said).status_code == 302
    doubt.refresh_from_db()
    assert (doubt.decision, Person.objects.count(), doubt.row) == (decision, people, "")
    assert "Nothing waits for you" in page(organizer, "review_lines")


def test_settled_line_is_offered_to_wait_again_to_those_who_may_settle_it(organizer, doubt):
    say(organizer, doubt, "new")
    away = sign_in(Role.ORGANIZER, Reach.AREA, factory.area("W").public_id, factory.area("S").public_id)
    assert "Settled last" not in page(away, "review_lines")
    assert away.post(reverse("review_undo"), {"line": doubt.public_id}).status_code == 404
    assert "Let it wait again" in page(organizer, "review_lines")

    answer = organizer.post(reverse("review_undo"), {"line": doubt.public_id})

    assert answer.headers["Location"].startswith(reverse("review_lines"))
    doubt.refresh_from_db()
    assert (doubt.decision, Person.objects.count()) == (Decision.OPEN, 1)


@pytest.mark.parametrize("said", ["2", "0", "", "perhaps"])
def test_unknown_candidate_settles_nothing(organizer, doubt, said):
    assert say(organizer, doubt, said).status_code == 404
    doubt.refresh_from_db()
    assert doubt.decision == Decision.OPEN


def test_line_of_another_area_is_for_the_data_desk(doubt):
    away = sign_in(Role.ORGANIZER, Reach.AREA, factory.area("W").public_id)
    assert "Nothing waits for you" in page(away, "review_lines")
    assert say(away, doubt, "1").status_code == 404
    assert "1 of 1" in page(sign_in(Role.DATA_ADMINISTRATOR, Reach.ALL), "review_lines")


def test_candidate_beyond_the_own_areas_is_counted_not_shown(organizer, doubt):
    rosa = Person.objects.get(name="Rosa Garcia")
    rosa.assignments.update(ends_on=OCT)
    text = page(organizer, "review_lines")
    assert ("One more candidate is beyond your areas" in text, "Rosa Garcia" in text) == (True, False)
    assert say(organizer, doubt, "1").status_code == 404


def test_nobody_else_sees_lines(doubt):
    steward = sign_in(Role.STEWARD, Reach.WORKSITE, doubt.site.public_id)
    assert steward.get(reverse("review_lines")).status_code == 403
    assert say(steward, doubt, "1").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_queue_takes_the_same_queries_for_one_and_three(organizer, east, count, django_assert_num_queries):
    factory.worksite("Rosemead Street Elementary", area=east)
    apply(*(ROSA.replace("00123", f"0012{n}").replace("0142", f"014{n}") for n in range(count)))
    apply(*(REUSED.replace("00123", f"0012{n}").replace("0777", f"077{n}") for n in range(count)), day=OCT)
    assert Doubt.objects.count() == count
    organizer.get(reverse("review_lines"))
    with django_assert_num_queries(14):
        organizer.get(reverse("review_lines"))
