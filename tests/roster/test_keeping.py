"""What is kept until when: the page of clocks, legal holds by two persons, and what the clocks leave alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.factories import accounts
from tests.factories import roster as factory
from tests.roster.test_retention import leave
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Role
from unionhall.foundation.hooks import retention_clocks
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations
from unionhall.roster.models import Hold, ImportFile, PersonRecord, Sight
from unionhall.roster.operations.keeping import files, sights
from unionhall.roster.queries.retention import clocks, holds

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"actor": factory.CLERK, "at": factory.AT}
GLORIA, SAMUEL = Actor(user_id=71, label="Gloria"), Actor(user_id=72, label="Samuel")


def place(**whom):
    return operations.place_hold(**{"person": None, "reason": "Case 12", **whom}, actor=GLORIA, at=factory.AT)


def lift(hold, actor=SAMUEL, why="Settled on 3 May"):
    return operations.lift_hold(hold=hold, why=why, actor=actor, at=factory.AT + timedelta(days=1))


def page_of(client, role, **query):
    accounts.grant(user := accounts.make_staff(f"{role.value} one"), role)
    accounts.sign_in(client, user)
    return user, client.get(reverse("keeping"), query)


def test_who_placed_a_hold_never_lifts_it():
    hold = place()

    with pytest.raises(operations.OwnHold):
        lift(hold, actor=GLORIA)
    assert list(holds()) == [hold]
    assert lift(hold).lifted_by == "Samuel"
    assert not holds().exists()


def test_database_refuses_a_hold_lifted_by_who_placed_it():
    hold = place()

    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.filter(pk=hold.pk).update(lifted_at=factory.AT + timedelta(days=1), lifted_by_id=71)


def test_operator_lifts_by_the_command_and_the_trail_says_so():
    assert lift(place(), actor=factory.CLERK).lifted_at is not None
    assert AuditEntry.objects.get(verb="roster.hold_lifted").actor_id is None


def test_same_hold_twice_is_one():
    assert place() == place()
    assert Hold.objects.count() == 1


def test_hold_on_a_worksite_keeps_all_who_ever_worked_there():
    here, there = factory.worksite("Harbor Middle"), factory.worksite("Mission Elementary")
    leave(factory.person("Alberto Luna", site=here))
    leave(factory.person("Ana Cruz", site=there))

    hold = place(worksite=here)

    found = clocks(today=factory.AT.date())
    assert (len(found.due), found.held) == (1, 1)
    assert AuditEntry.objects.get(verb="roster.hold_placed").place == here.public_id
    lift(hold)
    assert len(clocks(today=factory.AT.date()).due) == 2


def test_files_of_the_lists_that_hold_her_stay_while_a_hold_covers_her():
    ana = factory.person("Ana Cruz")
    hers, another = factory.imported(source="district"), factory.imported(source="elsewhere")
    days = {"first_seen_on": hers.as_of, "last_seen_on": hers.as_of}
    PersonRecord.objects.create(person=ana, source="district", code="=1", **days)
    for imported in (hers, another):
        ImportFile.objects.create(imported=imported, sealed=b"x", delete_on=date(2026, 1, 1))
    place(person=ana)

    assert (files.stand_of_lists(factory.AT).held, files.stand_of_lists(factory.AT).due) == (1, 1)
    assert files.forget_lists(**BY) == 1
    assert [kept.imported for kept in ImportFile.objects.all()] == [hers]


def test_files_of_lists_stay_while_a_hold_covers_everybody():
    imported = factory.imported()
    ImportFile.objects.create(imported=imported, sealed=b"x", delete_on=date(2026, 1, 1))
    hold = place()

    assert files.forget_lists(**BY) == 0
    assert (files.stand_of_lists(factory.AT).held, ImportFile.objects.count()) == (1, 1)
    lift(hold)
    assert (files.stand_of_lists(factory.AT).due, files.forget_lists(**BY)) == (1, 1)
    assert not ImportFile.objects.exists()


def see(person, *, viewer=71, at=factory.AT):
    sights.note_seen(viewer_id=viewer, person_ids=[person.pk], at=at)


def test_who_saw_whose_contacts_is_one_line_a_day_and_one_query(django_assert_num_queries):
    people = [factory.person(name) for name in ("Ana Cruz", "Beto Luna", "Cleo Park")]
    with django_assert_num_queries(1):
        sights.note_seen(viewer_id=71, person_ids=[person.pk for person in people], at=factory.AT)
    with django_assert_num_queries(1):
        sights.note_seen(viewer_id=71, person_ids=[people[0].pk, people[0].pk], at=factory.AT + timedelta(minutes=5))
    see(people[0], viewer=72)
    see(people[0], at=factory.AT + timedelta(days=1))

    assert Sight.objects.count() == 5
    assert Sight.objects.filter(person=people[0], viewer_id=71).order_by("at").first().at == factory.AT


def test_nobody_sees_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        sights.note_seen(viewer_id=None, person_ids=[1], at=factory.AT)
        sights.note_seen(viewer_id=71, person_ids=[], at=factory.AT)


def test_lines_of_a_year_ago_go_but_for_those_on_hold():
    ana, beto = factory.person("Ana Cruz"), factory.person("Beto Luna")
    for person in (ana, beto):
        see(person, at=factory.AT - timedelta(days=370))
        see(person)
    hold = place(person=ana)

    assert sights.stand_of_sights(factory.AT).due == 1
    assert sights.stand_of_sights(factory.AT).held == 1
    assert sights.forget_sights(**BY) == 1
    assert Sight.objects.filter(person=ana).count() == 2
    lift(hold)
    everybody = place()
    assert (sights.forget_sights(**BY), sights.stand_of_sights(factory.AT).held) == (0, 1)
    lift(everybody)
    assert (sights.forget_sights(**BY), Sight.objects.count()) == (1, 2)


def test_every_clock_says_how_it_stands_and_may_be_asked_twice():
    for _key, item in retention_clocks.items():
        before = item.stand(factory.AT)
        assert item.run(**BY) == before.due
        assert item.run(**BY) == 0


@pytest.mark.parametrize("language", ["en", "es"])
def test_page_says_each_clock_in_words(client, language):
    client.cookies["django_language"] = language
    place(person=factory.person("Ana Cruz"))
    _user, page = page_of(client, Role.DATA_ADMINISTRATOR)

    text = page.content.decode()
    assert "Ana Cruz" in text
    assert {"en": "Former members", "es": "Quienes se fueron"}[language] in text
    assert reverse("hold_place") not in text


def test_officer_places_a_hold_on_a_person_and_counsel_lifts_it(client):
    person = factory.person("Ana Cruz")
    gloria, page = page_of(client, Role.OFFICER, person=person.public_id)
    assert f'value="{person.public_id}"' in page.content.decode()

    answer = client.post(
        reverse("hold_place"), {"scope": "person", "person": "Ana Cruz", "whom": person.public_id, "reason": "Case 12"}
    )

    hold = Hold.objects.get()
    assert (answer.status_code, hold.person, hold.placed_by_id) == (302, person, gloria.pk)
    own = client.post(reverse("hold_lift", args=[hold.public_id]), {"why": "Settled"})
    assert (own.status_code, "another officer or counsel" in own.content.decode()) == (422, True)

    page_of(client, Role.COUNSEL)
    client.post(reverse("hold_lift", args=[hold.public_id]), {"why": "Settled"})
    hold.refresh_from_db()
    assert (hold.lifted_by, hold.lifted_why) == ("counsel one", "Settled")
    assert "Settled" in client.get(reverse("keeping")).content.decode()


def test_name_that_fits_nobody_or_several_is_answered_with_a_way(client):
    for _twice in range(2):
        factory.person("Ana Cruz")
    page_of(client, Role.OFFICER)

    def told(**data):
        answer = client.post(reverse("hold_place"), {"reason": "Case 12", **data})
        return answer.status_code, answer.content.decode()

    status, text = told(scope="person", person="Ana Cruz")
    assert (status, "Several people are called that" in text) == (422, True)
    status, text = told(scope="person", person="Zoe Nobody")
    assert (status, "Nobody of that name" in text) == (422, True)
    status, text = told(scope="worksite", worksite="Nowhere")
    assert (status, "exactly this name" in text) == (422, True)
    assert not Hold.objects.exists()


def test_worksite_and_everybody_are_held_by_their_words(client):
    site = factory.worksite("Harbor Middle")
    page_of(client, Role.OFFICER)

    client.post(reverse("hold_place"), {"scope": "worksite", "worksite": "Harbor Middle", "reason": "Case 12"})
    client.post(reverse("hold_place"), {"scope": "everybody", "reason": "Case 13"})

    assert set(Hold.objects.values_list("worksite", "person")) == {(site.pk, None), (None, None)}


def test_page_asks_the_same_number_of_questions_for_one_hold_and_three(client, django_assert_num_queries):
    place()
    page_of(client, Role.OFFICER)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("keeping"))
    for name in ("Ana Cruz", "Beto Luna"):
        place(person=factory.person(name))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("keeping"))


def test_late_round_is_said(client):
    _user, page = page_of(client, Role.OFFICER)

    assert "No round was ever made here" in page.content.decode()


def test_unknown_hold_is_not_there(client):
    page_of(client, Role.OFFICER)

    assert client.post(reverse("hold_lift", args=["nothing"]), {"why": "x"}).status_code == 404
    assert clock.now() is not None


QUERIES = 46
