"""Those who seem to stand twice: found, laid side by side, settled with one key, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.factories import roster as factory
from tests.roster.test_people_pages import page, sign_in
from unionhall.foundation.access import Reach, Role
from unionhall.roster import operations
from unionhall.roster.models import Apart, LookAlike, Merge, Person

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"actor": factory.CLERK, "at": factory.AT}


@pytest.fixture
def east():
    return factory.area("E")


@pytest.fixture
def home(east):
    return factory.worksite("Rosemead Street Elementary", area=east)


@pytest.fixture
def pair(home):
    """Two of the area who look like one, as the rule would say."""
    first, second = factory.person("Rosa García", site=home), factory.person("Rosa Garcia M", site=home)
    return look_alike(first, second)


def look_alike(first, second, score=0.9):
    reasons = [["same_surname", 1, "", ""], ["other_phone", -1, "", ""]]
    return LookAlike.objects.create(first=first, second=second, score=score, reasons=reasons, found_at=factory.AT)


@pytest.fixture
def organizer(east):
    return sign_in(Role.ORGANIZER, Reach.AREA, east.public_id)


def test_those_with_one_phone_and_name_are_found_once(home):
    one = factory.person("Rosa García Márquez", site=home, contact="213 555 0142")
    other = Person.objects.create(
        name="Rosa Garcia Marquez", name_key="rosa garcia marquez", source="list", added_at=factory.AT
    )
    point = one.contact_points.get()
    point.pk, point.person = None, other
    point.save(force_insert=True)
    factory.person("Ana Soto", site=home)
    assert operations.find_look_alikes(**BY) == 1
    found = LookAlike.objects.get()
    assert (found.first, found.second) == (one, other)
    assert operations.find_look_alikes(**BY) == 1
    assert LookAlike.objects.get().pk == found.pk
    operations.say_apart(one=one, other=other, **BY)
    assert operations.find_look_alikes(**BY) == 0
    assert not LookAlike.objects.exists()


def test_pair_stands_side_by_side_with_reasons_and_keys(organizer, pair):
    text = page(organizer, "review")
    for part in ("Rosa García", "Rosa Garcia M", "1 of 1", "Perhaps one person.", 'data-key="1"', 'data-key="n"'):
        assert part in text
    assert 'data-mark="other"' in text
    assert "Same: surname; different: phone" in text


@pytest.mark.parametrize("said", ["first", "second"])
def test_one_key_merges_and_undo_parts(organizer, pair, said):
    organizer.post(reverse("review_pair", args=[pair.pk]), {"said": said})
    assert Merge.objects.get().kept == getattr(pair, said)
    assert "Undo" in page(organizer, "review")
    organizer.post(reverse("review_undo"))
    assert Merge.objects.get().parted_at is not None
    assert "1 of 1" in page(organizer, "review")


def test_two_people_are_not_asked_again_until_undo(organizer, pair):
    organizer.post(reverse("review_pair", args=[pair.pk]), {"said": "two"})
    assert Apart.objects.count() == 1
    assert "Nothing waits for you" in page(organizer, "review")
    organizer.post(reverse("review_undo"))
    assert not Apart.objects.exists()


def test_unknown_word_changes_nothing(organizer, pair):
    organizer.post(reverse("review_pair", args=[pair.pk]), {"said": "perhaps"})
    assert (Merge.objects.count(), Apart.objects.count()) == (0, 0)


def test_later_leads_to_the_next_and_round_again(organizer, pair, home):
    look_alike(factory.person("Ana Soto", site=home), factory.person("Ana Soto P", site=home), score=0.5)
    assert "2 of 2" in page(organizer, "review", query="?at=2")
    assert "Ana Soto" in page(organizer, "review", query="?at=2")
    assert "1 of 2" in page(organizer, "review", query="?at=3")


def test_worksite_narrows_the_queue(organizer, pair, home, east):
    other = factory.worksite("Harbor Middle", area=east)
    assert "1 of 1" in page(organizer, "review", query=f"?site={home.public_id}")
    assert "Nothing waits here" in page(organizer, "review", query=f"?site={other.public_id}")


def test_pair_of_which_one_is_elsewhere_is_for_the_data_desk_only(organizer, home):
    away = factory.person("Rosa Garcia", site=factory.worksite("Harbor Middle", area=factory.area("W")))
    pair = look_alike(*sorted((factory.person("Rosa García", site=home), away), key=lambda one: one.pk))
    assert "Nothing waits for you" in page(organizer, "review")
    assert organizer.post(reverse("review_pair", args=[pair.pk]), {"said": "first"}).status_code == 404
    assert "1 of 1" in page(sign_in(Role.DATA_ADMINISTRATOR, Reach.ALL), "review")


@pytest.mark.parametrize(("role", "reach"), [(Role.STEWARD, Reach.ALL), (Role.OFFICER, Reach.ALL)])
def test_nobody_else_reviews(pair, role, reach):
    client = sign_in(role, reach)
    assert client.get(reverse("review")).status_code == 403
    assert client.post(reverse("review_pair", args=[pair.pk]), {"said": "first"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_queue_takes_the_same_queries_for_one_and_three(organizer, pair, home, count, django_assert_num_queries):
    for number in range(count - 1):
        one, other = factory.person(f"Ana {number} Soto", site=home), factory.person(f"Ana {number} Soto P", site=home)
        look_alike(one, other)
    organizer.get(reverse("review"))
    with django_assert_num_queries(11):
        organizer.get(reverse("review"))
