"""Two worksites that are one: found, seen side by side, merged and parted in the browser."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.urls import reverse

from tests.factories import roster as factory
from tests.roster.test_people_pages import sign_in
from unionhall.foundation.access import Reach, Role
from unionhall.roster import operations
from unionhall.roster.models import Assignment, Worksite, WorksiteMerge

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"actor": factory.CLERK, "at": factory.AT}


@pytest.fixture
def desk():
    return sign_in(Role.DATA_ADMINISTRATOR, Reach.ALL)


@pytest.fixture
def two():
    """A school that closed, with two people, and the one it went into, where one of them works too."""
    fields = {"address": "1 Oak St", "city": "Reseda", "zip": "91335"}
    gone, kept = factory.worksite("Oak Elementary", **fields), factory.worksite("Elm Elementary", **fields)
    rosa, _beto = factory.person("Rosa García", site=gone), factory.person("Beto Luna", site=gone)
    Assignment.objects.create(person=rosa, worksite=kept, source="test")
    operations.put_shift(worksite=gone, name="Night", starts_at=time(22), ends_at=time(6), **BY)
    return gone, kept


def address(site, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('worksite_merge', args=[site.public_id])}?{query}"


def test_the_other_is_found_by_zip_code_or_by_words(desk, two):
    gone, kept = two
    factory.worksite("Harbor Middle", zip="90710")
    offered = desk.get(address(gone)).content.decode()
    assert (f"into={kept.public_id}" in offered, "Harbor Middle" in offered) == (True, False)
    assert "Harbor Middle" in desk.get(address(gone, q="harb mid")).content.decode()
    assert "None here" in desk.get(address(gone, q="nowhere")).content.decode()


def test_both_stand_side_by_side_with_what_would_move(desk, two):
    gone, kept = two
    text = desk.get(address(gone, into=kept.public_id)).content.decode()
    for part in (
        "2 people go over.",
        "1 person has the same job at both",
        "Night 22:00–06:00",
        "Merge into Elm Elementary",
    ):
        assert part in text
    assert f"into={gone.public_id}" in text
    assert not WorksiteMerge.objects.exists()


def test_merging_moves_people_and_undo_brings_all_of_it_back(desk, two):
    gone, kept = two
    answer = desk.post(address(gone), {"into": kept.public_id}, follow=True)
    assert "Oak Elementary: merged into this one." in answer.content.decode()
    assert Worksite.objects.get(pk=gone.pk).merged_into == kept
    assert Assignment.objects.filter(worksite=kept, ends_on=None).count() == 2
    back = desk.post(reverse("worksite_part", args=[WorksiteMerge.objects.get().pk]), follow=True).content.decode()
    assert "Parted: both are as they were." in back
    assert Worksite.objects.get(pk=gone.pk).merged_into is None
    assert Assignment.objects.filter(worksite=gone, ends_on=None).count() == 2


def test_one_that_is_merged_already_is_neither_offered_nor_merged_again(desk, two):
    gone, kept = two
    desk.post(address(gone), {"into": kept.public_id})
    other = factory.worksite("Ash Middle", zip="91335")
    assert gone.name not in desk.get(address(other)).content.decode()
    assert desk.post(address(gone), {"into": other.public_id}).status_code == 409
    assert WorksiteMerge.objects.count() == 1


def test_without_another_one_nothing_happens(desk, two):
    assert desk.post(address(two[0]), {}).status_code == 422
    assert desk.post(address(two[0]), {"into": "nowhere"}).status_code == 404
    assert not WorksiteMerge.objects.exists()


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.STEWARD, Role.OFFICER])
def test_only_the_data_desk_merges_worksites(two, role):
    gone, kept = two
    client = sign_in(role, Reach.ALL)
    assert client.get(address(gone)).status_code == 403
    assert client.post(address(gone), {"into": kept.public_id}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_costs_the_same_for_one_and_three(desk, two, count, django_assert_num_queries):
    gone, kept = two
    for number in range(count):
        factory.person(f"Person {number}", site=gone)
        operations.put_bell(worksite=gone, name=f"Bell {number}", rings_at=time(8, number), **BY)
    desk.get(address(gone, into=kept.public_id))
    with django_assert_num_queries(15):
        desk.get(reverse("worksite_merge", args=[gone.public_id]), {"into": kept.public_id})
