"""Those who seem to stand twice: found, laid side by side, settled with one key, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.factories import accounts
from tests.factories import roster as factory
from tests.roster.people_lists import apply
from tests.roster.test_people_pages import page, sign_in
from unionhall.foundation.access import Reach, Role
from unionhall.roster import operations
from unionhall.roster.models import Apart, LookAlike, Merge, Person
from unionhall.roster.queries import review

pytestmark = pytest.mark.django_db
TODAY = factory.AT.date()
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
    for part in ("Rosa García", "Rosa Garcia M", "1 of 1", "perhaps one person", 'data-key="1"', 'data-key="a"'):
        assert part in text
    assert 'data-mark="other"' in text
    assert "Same: surname; different: phone" in text


def settle(client, pair, said, keep="", same=()):
    values = {"said": said, "keep": keep, "same": [one.public_id for one in same]}
    return client.post(reverse("review_group", args=[pair.pk]), values)


@pytest.fixture
def chain(home, pair):
    """Three who are linked as A to B and B to C."""
    third = factory.person("Rosa G. Mora", site=home)
    look_alike(pair.second, third, score=0.6)
    return [pair.first, pair.second, third]


@pytest.mark.parametrize("kept", ["first", "second"])
def test_one_key_merges_and_undo_parts(organizer, pair, kept):
    settle(organizer, pair, "one", getattr(pair, kept).public_id, [pair.first, pair.second])
    assert Merge.objects.get().kept == getattr(pair, kept)
    assert "Undo" in page(organizer, "review")
    organizer.post(reverse("review_undo"))
    assert Merge.objects.get().parted_at is not None
    assert "1 of 1" in page(organizer, "review")
    assert "Taken back" in page(organizer, "review")


def test_two_people_are_not_asked_again_until_undo(organizer, pair):
    settle(organizer, pair, "apart")
    assert Apart.objects.count() == 1
    assert "Nothing waits for you" in page(organizer, "review")
    organizer.post(reverse("review_undo"))
    assert not Apart.objects.exists()


def test_a_chain_of_pairs_stands_side_by_side_as_one_group(organizer, chain):
    text = page(organizer, "review")
    assert "3 records" in text
    assert "1 of 1" in text
    assert all(f'value="{one.public_id}"' in text for one in chain)
    assert 'data-key="shift+3"' in text


def test_a_whole_group_becomes_one_person_and_comes_apart_again_exactly(organizer, chain, pair):
    settle(organizer, pair, "one", chain[2].public_id, chain)
    assert set(Person.objects.filter(merged_into=chain[2])) == set(chain[:2])
    organizer.post(reverse("review_undo"))
    assert not Person.objects.exclude(merged_into=None).exists()
    assert "3 records" in page(organizer, "review")


def test_what_is_not_marked_stays_and_is_asked_about_beside_the_merged_one(organizer, chain, pair):
    settle(organizer, pair, "one", chain[0].public_id, chain[:2])
    assert Merge.objects.get().absorbed == chain[1]
    text = page(organizer, "review")
    assert "2 records" in text
    assert f'value="{chain[0].public_id}"' in text
    assert f'value="{chain[2].public_id}"' in text


def test_a_chain_of_doubt_marks_only_its_likeliest_pair(chain):
    shown = review.group_page(factory.viewer(Role.DATA_ADMINISTRATOR, Reach.ALL, strong=True), on=TODAY, place=1)
    assert [one.is_marked for one in shown.members] == [True, True, False]
    LookAlike.objects.update(is_certain=True)
    shown = review.group_page(factory.viewer(Role.DATA_ADMINISTRATOR, Reach.ALL, strong=True), on=TODAY, place=1)
    assert [one.is_marked for one in shown.members] == [True, True, True]


@pytest.mark.parametrize(("usual", "kept"), [(0, 1), (1, 0)])
def test_who_was_chosen_to_stay_counts_as_marked_and_who_only_stood_so_does_not(organizer, chain, pair, usual, kept):
    """The first is named as the one that stays, and not marked."""
    values = {"said": "one", "keep": chain[0].public_id, "usual": chain[usual].public_id}
    values["same"] = [one.public_id for one in chain[1:]]
    organizer.post(reverse("review_group", args=[pair.pk]), values)
    assert {one.kept for one in Merge.objects.all()} == {chain[kept]}
    assert Merge.objects.count() == (1 if kept else 2)


def test_one_of_the_group_is_none_of_the_others(organizer, chain, pair):
    settle(organizer, pair, f"out:{chain[1].public_id}")
    assert {(one.first, one.second) for one in Apart.objects.all()} == {(chain[0], chain[1]), (chain[1], chain[2])}
    assert "Nothing waits for you" in page(organizer, "review")
    organizer.post(reverse("review_undo"))
    assert "3 records" in page(organizer, "review")


def test_undo_leaves_what_was_said_earlier(organizer, chain, pair):
    operations.say_apart(one=chain[0], other=chain[2], **BY)
    settle(organizer, pair, "apart")
    assert Apart.objects.count() == 3
    organizer.post(reverse("review_undo"))
    assert Apart.objects.count() == 1


def test_one_marked_record_alone_is_told_and_changes_nothing(organizer, chain, pair):
    answer = settle(organizer, pair, "one", chain[0].public_id, [chain[0]])
    assert answer.status_code == 422
    assert "Mark at least two records" in answer.content.decode()
    assert not Merge.objects.exists()


def test_group_with_two_accounts_is_refused_whole(organizer, chain, pair):
    for number, person in enumerate((chain[0], chain[2])):
        operations.link_user(person=person, user=accounts.make_member(f"Rosa {number}"), **BY)
    assert settle(organizer, pair, "one", chain[0].public_id, chain).status_code >= 400
    assert not Merge.objects.exists()


def test_each_value_says_who_says_it_and_whether_others_agree(home):
    apply("00123,GARCIA,ROSA,Cafeteria Worker,Rosemead Street Elementary,213 555 0142,Active")
    listed, other = Person.objects.get(), factory.person("Rosa García", site=home, contact="213 555 0143")
    look_alike(listed, other)
    shown = review.group_page(factory.viewer(Role.DATA_ADMINISTRATOR, Reach.ALL, strong=True), on=TODAY, place=1)
    rows = {row.field: row for row in shown.members[0].rows}
    assert rows["phones"].values == [("+12135550142", ["district"])]
    assert (rows["worksites"].mark, rows["name"].mark, rows["phones"].mark) == ("same", "other", "other")


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
    assert organizer.post(reverse("review_group", args=[pair.pk]), {"said": "first"}).status_code == 404
    assert "1 of 1" in page(sign_in(Role.DATA_ADMINISTRATOR, Reach.ALL), "review")


@pytest.mark.parametrize(("role", "reach"), [(Role.STEWARD, Reach.ALL), (Role.OFFICER, Reach.ALL)])
def test_nobody_else_reviews(pair, role, reach):
    client = sign_in(role, reach)
    assert client.get(reverse("review")).status_code == 403
    assert client.post(reverse("review_group", args=[pair.pk]), {"said": "first"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_queue_takes_the_same_queries_for_one_and_three(organizer, pair, home, count, django_assert_num_queries):
    for number in range(count - 1):
        one, other = factory.person(f"Ana {number} Soto", site=home), factory.person(f"Ana {number} Soto P", site=home)
        look_alike(one, other)
    organizer.get(reverse("review"))
    with django_assert_num_queries(12):
        organizer.get(reverse("review"))
