"""What people of ours write by hand about a person."""

from __future__ import annotations

import pytest

from tests.factories import roster as factory
from unionhall.accounts.operations import ensure_member
from unionhall.foundation import events
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.contacts import parse_contact
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations
from unionhall.roster.events import PersonBecameManagement
from unionhall.roster.models import ContactPoint, Person, PersonRecord

pytestmark = pytest.mark.django_db


def edit(person, **values):
    return operations.edit_person(person=person, values=values, actor=factory.CLERK, at=factory.AT)


def add(person, text="323 555 0177", **other):
    values = {"person": person, "contact": parse_contact(text), "owner": "personal"} | other
    return operations.add_contact(**values, actor=factory.CLERK, at=factory.AT)


def retire(point):
    return operations.retire_contact(contact_point=point, actor=factory.CLERK, at=factory.AT)


def said(person, source):
    return PersonRecord.objects.get(person=person, source=source).said


def test_added_person_has_a_record_of_what_she_said():
    person = factory.person("Rosa García")
    record = PersonRecord.objects.get(person=person)
    assert (record.source, record.code) == ("join", person.public_id)
    assert record.said == {
        "name": ["Rosa García", "2026-11-22", None],
        "language": ["es", "2026-11-22", None],
        "contacts": [[person.contact_points.get().pk], "2026-11-22", None],
        "places": [[person.assignments.get().pk], "2026-11-22", None],
    }
    assert person.search == " rosa garcia"


def test_second_worksite_is_added_to_the_record():
    person = factory.person("Rosa García", contact="213 555 0142")
    factory.person("Rosa García", contact="213 555 0142")
    assert said(person, "join")["places"][0] == sorted(person.assignments.values_list("pk", flat=True))


def test_edit_stands_beside_what_she_said_and_holds():
    person = edit(factory.person("Rosa Garcia"), name=" Rosa  García ", birth="02-29", employment="leave")
    assert (person.name, person.birth, person.employment, person.language) == ("Rosa García", "02-29", "leave", "es")
    assert said(person, "join")["name"][0] == "Rosa Garcia"
    assert said(person, "hand")["name"] == ["Rosa García", "2026-11-22", None]
    entry = AuditEntry.objects.get(verb="roster.person_edited")
    assert entry.detail == {"person": person.public_id, "fields": ["birth", "employment", "name"]}


def test_search_finds_every_name_she_was_ever_given():
    person = edit(factory.person("Rosa Garcia"), name="Rosa Márquez", chosen_name="Rosi")
    assert person.search == " rosa marquez rosi rosa garcia"


def test_edit_that_says_nothing_new_changes_nothing():
    person = edit(factory.person("Rosa Garcia"), name="Rosa")
    before = list(PersonRecord.objects.order_by("pk").values())
    edit(person, name="Rosa")
    assert list(PersonRecord.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.filter(verb="roster.person_edited").count() == 1


def test_taking_our_word_back_lets_the_others_decide_again():
    person = edit(factory.person("Rosa Garcia"), name="Rosa")
    assert edit(person, name=None).name == "Rosa Garcia"
    assert not PersonRecord.objects.filter(source="hand").exists()
    edit(person, birth=None)
    assert not PersonRecord.objects.filter(source="hand").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " … "),
        ("name", "x" * 201),
        ("birth", "1980-02-03"),
        ("birth", "13-01"),
        ("hired_on", "3/4/2020"),
        ("employment", "king"),
        ("language", "xx"),
        ("public_id", "x"),
    ],
)
def test_edit_refuses_what_cannot_stand_there(field, value):
    person = factory.person()
    with pytest.raises(operations.NoSuchValue):
        edit(person, **{field: value})
    assert not PersonRecord.objects.filter(source="hand").exists()


def test_person_made_management_loses_every_door(django_capture_on_commit_callbacks, monkeypatch):
    from unionhall.accounts.operations import grant_role

    heard = []
    monkeypatch.setitem(events._listeners, PersonBecameManagement, [heard.append])
    site = factory.worksite()
    person = factory.person("Rosa Garcia", site=site)
    user = ensure_member(
        name=person.name, language="es", contacts=[parse_contact("213 555 0142")], actor=factory.CLERK, at=factory.AT
    )
    grant = grant_role(
        user=user, role=Role.STEWARD, reach=Reach.WORKSITE, codes=[site.public_id], actor=factory.CLERK, at=factory.AT
    )
    operations.link_user(person=person, user=user, actor=factory.CLERK, at=factory.AT)
    with django_capture_on_commit_callbacks(execute=True):
        edit(person, employment="management")
    user.refresh_from_db()
    grant.refresh_from_db()
    assert (user.is_active, grant.ended_at) == (False, factory.AT)
    assert heard == [PersonBecameManagement(public_id=person.public_id, had_account=True)]
    entry = AuditEntry.objects.get(verb="roster.became_management")
    assert (entry.place, entry.detail) == (site.public_id, {"person": person.public_id, "account": True})


def test_add_contact_keeps_it_once_and_says_who_said_so():
    person = factory.person()
    point = add(person)
    assert (point.value, point.source, point.is_current) == ("+13235550177", "hand", True)
    assert add(person) == point
    assert person.contact_points.count() == 2
    assert said(person, "hand")["contacts"][0] == [point.pk]
    assert AuditEntry.objects.filter(verb="roster.contact_added").count() == 1


def test_add_contact_in_the_employers_domain_is_the_employers(settings):
    settings.EMPLOYER_DOMAINS = ("lausd.example",)
    assert add(factory.person(), "rosa@lausd.example").owner == "employer"


def test_retired_contact_is_kept_and_current_again_when_added_again():
    person = factory.person(contact="213 555 0142")
    point = person.contact_points.get()
    retire(retire(point))
    assert ContactPoint.objects.values_list("is_current", "value").get() == (False, "+12135550142")
    assert AuditEntry.objects.filter(verb="roster.contact_retired").count() == 1
    assert said(person, "hand") == {"retired": [[point.pk], "2026-11-22", None]}
    add(person, "213 555 0142")
    assert ContactPoint.objects.get().is_current
    assert said(person, "hand") == {"contacts": [[point.pk], "2026-11-22", None]}
    assert Person.objects.count() == 1
