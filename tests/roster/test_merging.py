"""Two records made one person, and parted again exactly."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from tests.factories import accounts, campaigns
from tests.factories import roster as factory
from unionhall.campaigns.models import Participation
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations
from unionhall.roster.models import Apart, Assignment, Consent, ContactPoint, Merge, Person, PersonRecord
from unionhall.roster.operations.people.merging import relations_of

pytestmark = pytest.mark.django_db
LATER = factory.AT + timedelta(days=1)
BY: dict[str, Any] = {"actor": factory.CLERK, "at": factory.AT}


@pytest.fixture
def home():
    return factory.worksite()


@pytest.fixture
def kept(home):
    person = factory.person("Rosa García", site=home, contact="213 555 0142")
    record(person, "payroll", "=00123")
    return person


@pytest.fixture
def absorbed(home):
    person = factory.person("Rosa Garcia Márquez", site=home, contact="213 555 0177")
    record(person, "members", "=M-7")
    factory.person("Rosa Garcia Márquez", site=factory.worksite("Harbor Middle"), contact="213 555 0177")
    return person


def record(person, source, code):
    said = {"name": [person.name, "2026-11-01", None]}
    days = {"first_seen_on": factory.AT.date(), "last_seen_on": factory.AT.date()}
    return PersonRecord.objects.create(person=person, source=source, code=code, said=said, **days)


def same_phone(person, other):
    """The other person's phone, as a contact of this one too."""
    point = other.contact_points.get()
    fields = ("kind", "value", "index_full", "index_last7", "index_last4", "owner", "source", "added_at")
    return ContactPoint.objects.create(person=person, **{field: getattr(point, field) for field in fields})


def consent_to(point):
    values = {"channel": "sms", "purpose": "campaign", "wording": "Sí.", "language": "es"}
    return operations.record_consent(person=point.person, contact_point=point, **values, **BY)


def dump():
    """Every row of the roster, accounts and campaigns, but for merges themselves."""
    tables = [table for app in ("roster", "accounts", "campaigns") for table in apps.get_app_config(app).get_models()]
    return {
        table._meta.label: sorted(map(repr, table._base_manager.values_list())) for table in tables if table != Merge
    }


def test_all_that_hangs_on_the_absorbed_goes_over(kept, absorbed, home):
    consent = consent_to(absorbed.contact_points.get())
    operations.merge_people(kept=kept, absorbed=absorbed, **BY)

    assert set(kept.contact_points.values_list("value", flat=True)) == {"+12135550142", "+12135550177"}
    assert {"=00123", "=M-7"} < set(kept.records.values_list("code", flat=True))
    assert set(kept.assignments.values_list("worksite__name", flat=True)) == {home.name, "Harbor Middle"}
    assert Consent.objects.get(pk=consent.pk).person == kept
    absorbed.refresh_from_db()
    assert absorbed.merged_into == kept
    assert list(Person.objects.get_queryset().filter(merged_into=None)) == [kept]


def test_row_that_both_have_stays_where_it_is(kept, absorbed, home):
    operations.merge_people(kept=kept, absorbed=absorbed, **BY)
    assert Assignment.objects.get(person=absorbed).worksite == home
    assert Assignment.objects.filter(person=kept, worksite=home).count() == 1


def test_phone_that_both_have_keeps_consents_and_proof_with_the_kept_one(kept, absorbed):
    theirs = same_phone(absorbed, kept)
    consent = consent_to(theirs)
    operations.verify_contact(contact_point=theirs, **BY)
    operations.merge_people(kept=kept, absorbed=absorbed, **BY)

    mine = kept.contact_points.get(index_full=theirs.index_full)
    consent.refresh_from_db()
    assert (consent.person, consent.contact_point, mine.verified_at) == (kept, mine, factory.AT)


def test_parting_restores_every_table_exactly(kept, absorbed):
    consent_to(same_phone(absorbed, kept))
    consent_to(kept.contact_points.get())
    operations.verify_contact(contact_point=absorbed.contact_points.first(), **BY)
    user = accounts.make_user()
    operations.link_user(person=absorbed, user=user, **BY)
    campaign = campaigns.campaign()
    Participation.objects.create(campaign=campaign, person=absorbed, act="pledge", on=factory.AT.date(), source="t")
    for act in ("survey", "rally"):
        Participation.objects.create(campaign=campaign, person=kept, act=act, on=factory.AT.date(), source="t")
    Participation.objects.create(campaign=campaign, person=absorbed, act="rally", on=factory.AT.date(), source="t")
    third, fourth = factory.person("Ana Soto"), factory.person("Luz Paz")
    for one, other in ((absorbed, third), (kept, third), (fourth, absorbed)):
        operations.say_apart(one=one, other=other, **BY)
    operations.merge_people(kept=absorbed, absorbed=factory.person("R. Garcia"), **BY)
    before = dump()

    merge = operations.merge_people(kept=kept, absorbed=absorbed, **BY)
    assert dump() != before
    operations.part_people(merge=merge, actor=factory.CLERK, at=LATER)

    assert dump() == before


def test_edits_after_the_merge_stay_with_the_kept_one(kept, absorbed):
    merge = operations.merge_people(kept=kept, absorbed=absorbed, **BY)
    operations.edit_person(person=kept, values={"chosen_name": "Rosi"}, actor=factory.CLERK, at=LATER)
    added = same_phone(kept, factory.person("Ana Soto", contact="213 555 0199"))
    operations.part_people(merge=merge, actor=factory.CLERK, at=LATER)

    kept.refresh_from_db()
    absorbed.refresh_from_db()
    added.refresh_from_db()
    assert (kept.chosen_name, absorbed.chosen_name, added.person) == ("Rosi", "", kept)
    assert kept.contact_points.count() == 2


def test_account_goes_over_and_comes_back(kept, absorbed):
    user = accounts.make_user()
    operations.link_user(person=absorbed, user=user, **BY)
    merge = operations.merge_people(kept=kept, absorbed=absorbed, **BY)
    assert Person.objects.get(user=user) == kept
    operations.part_people(merge=merge, actor=factory.CLERK, at=LATER)
    assert Person.objects.get(user=user) == absorbed


def test_two_accounts_are_refused(kept, absorbed):
    operations.link_user(person=kept, user=accounts.make_user(), **BY)
    operations.link_user(person=absorbed, user=accounts.make_user(), **BY)
    before = dump()
    with pytest.raises(operations.BothHaveAccounts):
        operations.merge_people(kept=kept, absorbed=absorbed, **BY)
    assert dump() == before


def test_merges_are_parted_in_the_order_they_came(kept, absorbed):
    third = factory.person("Rosa M. García")
    first = operations.merge_people(kept=kept, absorbed=absorbed, **BY)
    second = operations.merge_people(kept=third, absorbed=kept, **BY)
    absorbed.refresh_from_db()
    assert absorbed.merged_into == third
    with pytest.raises(operations.MergedOnSince):
        operations.part_people(merge=first, **BY)
    operations.part_people(merge=second, actor=factory.CLERK, at=LATER)
    operations.part_people(merge=first, actor=factory.CLERK, at=LATER)
    assert Person.objects.filter(merged_into=None).count() == 3


def test_what_cannot_be_is_refused(kept, absorbed):
    with pytest.raises(operations.SamePerson):
        operations.merge_people(kept=kept, absorbed=kept, **BY)
    with pytest.raises(operations.SamePerson):
        operations.say_apart(one=kept, other=kept, **BY)
    merge = operations.merge_people(kept=kept, absorbed=absorbed, **BY)
    with pytest.raises(operations.MergedAlready):
        operations.merge_people(kept=kept, absorbed=absorbed, **BY)
    operations.part_people(merge=merge, actor=factory.CLERK, at=LATER)
    with pytest.raises(operations.PartedAlready):
        operations.part_people(merge=merge, actor=factory.CLERK, at=LATER)


def test_trail_names_both_by_public_id_and_no_contact(kept, absorbed):
    operations.merge_people(kept=kept, absorbed=absorbed, **BY)
    entry = AuditEntry.objects.get(verb="roster.people_merged")
    assert (entry.object_label, entry.detail) == (kept.public_id, {"absorbed": absorbed.public_id, "rows": 4})
    assert "555" not in str(Merge.objects.get().before)


def test_apart_is_said_once_and_taken_back(kept, absorbed):
    apart = operations.say_apart(one=absorbed, other=kept, **BY)
    assert operations.say_apart(one=kept, other=absorbed, **BY) == apart
    assert (apart.first, apart.second) == (kept, absorbed)
    operations.unsay_apart(apart=apart, **BY)
    assert not Apart.objects.exists()


def test_tables_of_other_slices_are_known():
    found = {name for name, _table, _field in relations_of(Person)}
    assert {"campaigns.entry.person", "campaigns.participation.person", "roster.consent.person"} < found
    assert not any(name.startswith(("roster.merge.", "roster.apart.")) for name in found)
