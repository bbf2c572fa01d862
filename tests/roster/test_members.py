"""The account behind a person: opened by her own contacts, told apart on a shared phone, vouched for face to face."""

from __future__ import annotations

import pytest

from tests.factories import roster as factory
from unionhall.accounts.models import SignInContact, User
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations
from unionhall.roster.access import MemberDirectory
from unionhall.roster.models import Person

pytestmark = pytest.mark.django_db
AT = factory.AT
PHONE = "213 555 0142"


def opened(person: Person) -> User | None:
    return operations.open_account(person=person, actor=factory.actor(), at=AT)


def test_open_account_gives_a_person_her_own_way_in():
    rosa = factory.person("Rosa Méndez", contact=PHONE)

    user = opened(rosa)

    assert user is not None
    assert (user.name, user.language, user.has_usable_password()) == ("Rosa Méndez", "es", False)
    assert Person.objects.get(pk=rosa.pk).user == user
    assert [contact.value for contact in user.sign_in_contacts.all()] == ["+12135550142"]


def test_open_account_twice_changes_nothing():
    rosa = factory.person("Rosa Méndez", contact=PHONE)
    first = opened(rosa)
    entries = AuditEntry.objects.count()

    again = opened(Person.objects.get(pk=rosa.pk))

    assert again == first
    assert (User.objects.count(), SignInContact.objects.count(), AuditEntry.objects.count()) == (1, 1, entries)


def test_open_account_never_opens_by_the_employers_mail(settings):
    settings.EMPLOYER_DOMAINS = ("employer.example.org",)
    rosa = factory.person("Rosa Méndez", contact="rosa@employer.example.org")

    assert opened(rosa) is None
    assert User.objects.count() == 0


def test_two_people_on_one_phone_get_an_account_each():
    rosa, ana = factory.person("Rosa Méndez", contact=PHONE), factory.person("Ana Méndez", contact=PHONE)

    assert opened(rosa) != opened(ana)


def test_a_person_who_stands_twice_on_the_roster_keeps_one_account_with_the_first_record():
    rosa = factory.person("Rosa Méndez", contact=PHONE)
    again = operations.add_person(
        name="Rosa Méndez",
        worksite=factory.worksite("Alder Middle"),
        language="es",
        contact=factory.parse_contact(PHONE),
        source="card",
        actor=factory.actor(),
        at=AT,
    )

    assert opened(rosa) == opened(again)
    assert (Person.objects.get(pk=rosa.pk).user_id is None, Person.objects.get(pk=again.pk).user_id) == (False, None)


@pytest.mark.parametrize(
    ("first_name", "site", "who"),
    [
        ("rosa", "palo verde", "Rosa Méndez"),
        ("Ana", "Alder", "Ana Méndez"),
        ("Rosa", "Alder", None),
        ("", "palo verde", None),
        ("Rosa", "", None),
        ("Ros", "palo verde", None),
    ],
)
def test_directory_tells_a_family_apart_by_first_name_and_worksite(first_name, site, who):
    rosa = factory.person("Rosa Méndez", site=factory.worksite("Palo Verde Elementary"), contact=PHONE)
    ana = factory.person("Ana Méndez", site=factory.worksite("Alder Middle"), contact=PHONE)
    accounts = {person.name: opened(person).pk for person in (rosa, ana)}

    found = MemberDirectory().find_account(user_ids=list(accounts.values()), first_name=first_name, site_text=site)

    assert found == accounts.get(who)


def test_directory_names_nobody_where_two_fit():
    site = factory.worksite("Palo Verde Elementary")
    twins = [opened(factory.person(name, site=site, contact=PHONE)).pk for name in ("Rosa Méndez", "Rosa Paz")]

    assert MemberDirectory().find_account(user_ids=twins, first_name="Rosa", site_text="palo verde") is None


def test_a_steward_vouches_for_her_own_worksite_only():
    site, other = factory.worksite("Palo Verde Elementary"), factory.worksite("Alder Middle")
    member = opened(factory.person("Rosa Méndez", site=site, contact=PHONE)).pk
    own, stranger = (
        factory.viewer(Role.STEWARD, Reach.WORKSITE, place.public_id, user_id=member + 1) for place in (site, other)
    )

    assert MemberDirectory().may_vouch(viewer=own, user_id=member) is True
    assert MemberDirectory().may_vouch(viewer=stranger, user_id=member) is False
