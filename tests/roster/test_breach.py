"""Who was exposed: by what an account saw and took, by one file or list, by everything; and the page that says it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import accounts
from tests.factories import roster as factory
from unionhall.accounts.enums import Method
from unionhall.accounts.operations import note_sign_in
from unionhall.foundation.access import Role
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations
from unionhall.roster.enums import BreachWay, ContactKind, Exposed
from unionhall.roster.models import ContactPoint, Export, Person
from unionhall.roster.operations.keeping.sights import note_seen
from unionhall.roster.queries import ExportFilter, sheet_for
from unionhall.roster.queries.breach import BreachAsked, asked_of, breach_of, page_of, states_of

pytestmark = pytest.mark.django_db
AT = factory.AT
LATER = AT + timedelta(days=3)


@pytest.fixture
def site():
    return factory.worksite("Harbor Middle", area=factory.area("E"))


@pytest.fixture
def alma():
    return accounts.make_staff("Alma Reyes")


@pytest.fixture
def ana(site):
    person = factory.person("Ana Cruz", site=site, contact="213 555 0142")
    ContactPoint.objects.create(
        person=person,
        kind=ContactKind.POST,
        value="1 Elm St.\nReno\nnv\n89501",
        index_full="h",
        source="x",
        added_at=AT,
    )
    return person


@pytest.fixture
def beto(site):
    return factory.person("Beto Luna", site=site, contact="213 555 0143")


def see(user, *people, at=AT):
    note_seen(viewer_id=user.pk, person_ids=[one.pk for one in people], at=at)


def names(found):
    return [row.person.name for row in page_of(found)]


def test_account_exposes_whom_it_was_shown_in_the_days_asked_for_and_what_we_hold(alma, ana, beto):
    see(alma, ana)
    see(alma, beto, at=LATER)
    see(accounts.make_staff("Lee Ward"), beto)

    both = breach_of(BreachAsked(doer=alma))
    first = breach_of(BreachAsked(doer=alma, last=timezone.localdate(AT)))

    assert (names(both), names(first)) == (["Ana Cruz", "Beto Luna"], ["Ana Cruz"])
    row = page_of(first)[0]
    assert Exposed.HOME in row.exposed
    assert Exposed.BIRTH not in row.exposed
    assert Exposed.TALKS not in row.exposed
    assert (row.state, row.ways, row.site) == ("NV", (ContactKind.SMS, ContactKind.POST), "Harbor Middle")
    assert states_of(both) == [("", 1), ("NV", 1)]


def test_notes_of_talks_count_where_the_account_reads_them(alma, ana):
    accounts.grant(alma, Role.ORGANIZER)
    see(alma, ana)

    assert Exposed.TALKS in page_of(breach_of(BreachAsked(doer=alma)))[0].exposed


def test_device_narrows_to_the_time_it_was_open(alma, ana, beto):
    device = note_sign_in(user=alma, session_key="d" * 32, agent="", method=Method.PASSKEY, at=AT + timedelta(days=1))
    see(alma, ana)
    see(alma, beto, at=LATER)

    assert names(breach_of(BreachAsked(doer=alma, device=device))) == ["Beto Luna"]


def export(alma, *, at=AT, taken=True, **wanted):
    return Export.objects.create(
        kind=wanted.pop("kind", "people"),
        format="csv",
        filter=wanted,
        reason="a case",
        asked_by=alma.name,
        asked_by_id=alma.pk,
        asked_at=at,
        made_at=at,
        decided_by_id=alma.pk + 1,
        taken_at=at if taken else None,
        state="taken" if taken else "expired",
    )


def test_file_exposes_whom_it_held_that_day_and_contacts_only_where_it_had_them(alma, ana, site):
    west = factory.person("Cleo Park", site=factory.worksite("Mission", area=factory.area("W")))
    plain, there = export(alma), export(alma, contacts=True, area=site.area.public_id)
    Person.objects.filter(pk=factory.person("Dora Late", site=site).pk).update(added_at=LATER)

    without, within = breach_of(BreachAsked(export=plain)), breach_of(BreachAsked(export=there))

    assert names(without) == ["Ana Cruz", west.name]
    assert names(within) == ["Ana Cruz"]
    assert Exposed.REACH not in without.of[ana.pk]
    assert Exposed.REACH in within.of[ana.pk]
    assert names(breach_of(BreachAsked(export=export(alma, kind="worksites")))) == []


def test_account_exposes_the_files_it_fetched_and_the_whole_files_it_read(alma, ana, beto):
    export(alma, kind="matches")
    export(alma, taken=False)
    operations.read_file(person=beto, reason="her request", format="page", actor=alma.as_actor(), at=AT)

    found = breach_of(BreachAsked(doer=alma))

    assert names(found) == ["Beto Luna"]
    assert [one.way for one in found.openings] == [BreachWay.FILE, BreachWay.WHOLE_FILE]
    assert Exposed.TALKS in found.of[beto.pk]


def test_frozen_list_exposes_names_and_everything_exposes_everybody(ana, beto):
    roll = operations.freeze_roll(
        name="Vote", asked={}, as_of=AT.date(), reason="Board", actor=factory.CLERK, at=AT + timedelta(days=1)
    )

    assert breach_of(BreachAsked(roll=roll)).of == {ana.pk: {Exposed.NAMES}, beto.pk: {Exposed.NAMES}}
    assert names(breach_of(BreachAsked(whole=True))) == ["Ana Cruz", "Beto Luna"]


def test_merged_record_counts_as_who_it_became(alma, ana, beto):
    see(alma, beto)
    operations.merge_people(kept=ana, absorbed=beto, actor=factory.CLERK, at=AT)

    assert names(breach_of(BreachAsked(doer=alma))) == ["Ana Cruz"]


def test_what_was_asked_is_kept_and_read_back(alma):
    asked = BreachAsked(doer=alma, first=AT.date(), last=LATER.date())

    assert asked_of(asked.to_json()) == asked
    assert BreachAsked().is_blank
    assert not asked.is_blank


def page(client, role, **query):
    accounts.grant(user := accounts.make_staff(f"{role.value} one"), role)
    accounts.sign_in(client, user)
    return user, client.get(reverse("breach"), query)


def test_page_names_whom_to_tell_and_how_but_no_contact_and_stands_in_the_trail(client, alma, ana):
    see(alma, ana)

    _user, answer = page(client, Role.COUNSEL, doer=alma.public_id)
    shown = answer.content.decode()

    assert "Ana Cruz" in shown
    assert "home address" in shown
    assert "NV" in shown
    assert "555" not in shown
    assert "Elm St" not in shown
    entry = AuditEntry.objects.get(verb="roster.breach_asked")
    assert entry.detail == {"asked": {"doer": alma.pk}, "persons": 1}
    assert "Ask the second person" not in shown


def test_page_without_a_question_and_with_no_one_found_says_what_to_do(client, alma):
    user, blank = page(client, Role.OFFICER)
    nobody = client.get(reverse("breach"), {"doer": alma.public_id})
    wrong = client.get(reverse("breach"), {"export": "nothere"})

    assert "Say what fell into wrong hands" in blank.content.decode()
    assert "Nobody, as far as we know" in nobody.content.decode()
    assert "There is none of this id" in wrong.content.decode()
    assert AuditEntry.objects.filter(verb="roster.breach_asked", actor_id=user.pk).count() == 1


def test_data_administrator_asks_for_the_file_and_it_holds_the_contacts(client, alma, ana):
    see(alma, ana)
    page(client, Role.DATA_ADMINISTRATOR)

    where = f"{reverse('breach_file')}?doer={alma.public_id}"
    refused = client.post(where, {"reason": "", "format": "csv"})
    asked = client.post(where, {"reason": "notice to the state", "format": "csv"})

    kept = Export.objects.get()
    assert (refused.status_code, asked["Location"]) == (422, reverse("export", args=[kept.public_id]))
    assert (kept.kind, kept.state, kept.filter["breach"]) == ("breach", "asked", {"doer": alma.pk})
    sheet, _source = sheet_for("breach", ExportFilter(breach=kept.filter["breach"]), on=AT.date())
    row = dict(zip(sheet.heads, next(iter(sheet.rows)), strict=True))
    assert (row["Full name"], row["State of residence"], row["Cell phone"]) == ("Ana Cruz", "NV", "+12135550142")
    assert row["Can be told by"] == "sms; post"


@pytest.mark.parametrize("people", [1, 3])
def test_page_costs_the_same_queries_for_one_and_for_three(
    client,
    alma,
    site,
    people,
    django_assert_num_queries,
):
    see(alma, *(factory.person(f"Ana {number}", site=site) for number in range(people)))
    page(client, Role.OFFICER)

    with django_assert_num_queries(25):
        client.get(reverse("breach"), {"doer": alma.public_id})
