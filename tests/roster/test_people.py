"""Adding persons and keeping their consent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import roster as factory
from unionhall.foundation.contacts import parse_contact
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations
from unionhall.roster.models import Assignment, Consent, ContactPoint, Person

pytestmark = pytest.mark.django_db


def add(name, site, contact="213 555 0142", source="join"):
    return operations.add_person(
        name=name,
        worksite=site,
        language="es",
        contact=parse_contact(contact),
        source=source,
        actor=factory.CLERK,
        at=factory.AT,
    )


def consent(person, **other):
    values = {
        "person": person,
        "contact_point": person.contact_points.get(),
        "channel": "sms",
        "purpose": "campaign",
        "wording": "Sí, mándenme noticias.",
        "language": "es",
        "actor": factory.CLERK,
        "at": factory.AT,
    }
    return operations.record_consent(**(values | other))


def test_add_person_keeps_name_place_and_an_encrypted_contact():
    site = factory.worksite()
    person = add("  Beto \x00  Luna\n", site)
    point = ContactPoint.objects.get()
    assert (person.name, person.name_key, person.language) == ("Beto Luna", "beto luna", "es")
    assert (point.person, point.value, point.owner) == (person, "+12135550142", "personal")
    assert Assignment.objects.values_list("person", "worksite").get() == (person.pk, site.pk)


def test_add_person_twice_changes_nothing():
    site = factory.worksite()
    first = add("Beto Luna", site)
    entries = AuditEntry.objects.count()
    assert add("beto LUNA", site, "(213) 555-0142") == first
    counts = (Person.objects.count(), ContactPoint.objects.count(), Assignment.objects.count())
    assert (counts, AuditEntry.objects.count()) == ((1, 1, 1), entries)


def test_add_person_knows_the_longer_name_again():
    site = factory.worksite()
    assert add("Rosa García", site) == add("Rosa Garcia Márquez", site)


def test_another_name_on_one_phone_is_another_member_of_the_household():
    site = factory.worksite()
    assert add("Rosa García", site) != add("Ana García", site)
    assert Person.objects.count() == 2


def test_another_source_never_touches_a_person_by_contact_alone():
    site = factory.worksite()
    assert add("Rosa García", site, source="list") != add("Rosa García", site, source="join")


def test_a_second_worksite_stands_beside_the_first():
    one, two = factory.worksite(), factory.worksite("Harbor Middle")
    person = add("Beto Luna", one)
    add("Beto Luna", two)
    assert set(Assignment.objects.filter(person=person).values_list("worksite", flat=True)) == {one.pk, two.pk}


def test_name_without_a_letter_is_refused():
    with pytest.raises(operations.NamelessPerson):
        add(" … ", factory.worksite())
    assert not Person.objects.exists()


def test_audit_names_the_person_by_public_id_and_never_the_contact():
    person = add("Beto Luna", factory.worksite())
    entry = AuditEntry.objects.get(verb="roster.person_added")
    assert (entry.object_label, entry.detail) == (person.public_id, {"person": person.public_id, "source": "join"})


def test_consent_is_kept_once_while_it_stands():
    person = add("Beto Luna", factory.worksite())
    first = consent(person)
    assert consent(person, wording="Otra vez") == first
    operations.withdraw_consent(consent=first, actor=factory.CLERK, at=factory.AT + timedelta(days=1))
    again = consent(person, at=factory.AT + timedelta(days=2))
    assert again != first
    assert Consent.objects.filter(withdrawn_at=None).get() == again


def test_withdrawing_twice_keeps_the_first_instant():
    given = consent(add("Beto Luna", factory.worksite()))
    for days in (1, 2):
        operations.withdraw_consent(consent=given, actor=factory.CLERK, at=factory.AT + timedelta(days=days))
    given.refresh_from_db()
    assert given.withdrawn_at == factory.AT + timedelta(days=1)
    assert AuditEntry.objects.filter(verb="roster.consent_withdrawn").count() == 1


def test_employers_mail_is_neither_consented_nor_verified(settings):
    settings.EMPLOYER_DOMAINS = ("lausd.example",)
    person = add("Beto Luna", factory.worksite(), "beto@school.lausd.example")
    point = person.contact_points.get()
    assert point.owner == "employer"
    with pytest.raises(operations.EmployerChannel):
        consent(person, channel="mail")
    with pytest.raises(operations.EmployerChannel):
        operations.verify_contact(contact_point=point, actor=factory.CLERK, at=factory.AT)


def test_verify_contact_keeps_the_first_instant():
    point = add("Beto Luna", factory.worksite()).contact_points.get()
    for days in (0, 1):
        operations.verify_contact(contact_point=point, actor=factory.CLERK, at=factory.AT + timedelta(days=days))
    point.refresh_from_db()
    assert point.verified_at == factory.AT


def test_database_refuses_a_verified_contact_of_the_employer():
    point = add("Beto Luna", factory.worksite()).contact_points.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactPoint.objects.filter(pk=point.pk).update(owner="employer", verified_at=factory.AT)
