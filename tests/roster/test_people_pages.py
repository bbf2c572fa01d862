"""The pages of people: who sees whom, what stands there, what is written by hand and taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import accounts
from tests.factories import roster as factory
from unionhall.foundation.access import Reach, Role
from unionhall.roster import operations
from unionhall.roster.models import Assignment, Import, OptOut, Person, PersonRecord

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"actor": factory.CLERK, "at": factory.AT}


@pytest.fixture
def east():
    return factory.area("E")


@pytest.fixture
def home(east):
    return factory.worksite("Rosemead Street Elementary", area=east)


@pytest.fixture
def beto(home):
    return factory.person("Alberto Luna", site=home, contact="213 555 0142")


@pytest.fixture
def cleo():
    return factory.person("Cleo Park", site=factory.worksite("Harbor Middle", area=factory.area("W")))


def sign_in(role: Role, reach: Reach, *codes: str) -> Client:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    user = accounts.make_staff(email=f"{role.value}-{len(codes)}@example.org")
    accounts.grant(user, role, reach, codes)
    accounts.sign_in(client, user)
    return client


@pytest.fixture
def organizer(east):
    return sign_in(Role.ORGANIZER, Reach.AREA, east.public_id)


@pytest.fixture
def administrator():
    return sign_in(Role.DATA_ADMINISTRATOR, Reach.ALL)


def page(client: Client, name: str, *args: Any, query: str = "") -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def test_list_shows_the_own_people_only(organizer, beto, cleo):
    text = page(organizer, "people")
    assert ("Alberto Luna" in text, "Cleo Park" in text, "1 person" in text) == (True, False, True)


def test_finding_stays_within_the_own_people(organizer, beto, cleo):
    assert "Alberto Luna" in page(organizer, "people", query="?q=0142")
    assert "Nobody found" in page(organizer, "people", query="?q=cleo")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?membership=member", ["Alberto Luna"]),
        ("?language=en", ["Cleo Park"]),
        ("?phone=no", ["Dora Vega"]),
        ("?gone=former", ["Eva Ruiz"]),
        ("?gone=missing", ["Dora Vega"]),
        ("?membership=nonsense", ["Alberto Luna", "Cleo Park", "Dora Vega"]),
    ],
)
def test_filters_narrow_the_list(administrator, beto, cleo, home, query, shown):
    dora, eva = factory.person("Dora Vega", site=home, contact="dora@example.org"), factory.person("Eva Ruiz")
    Person.objects.filter(pk=beto.pk).update(membership="member")
    Person.objects.filter(pk=cleo.pk).update(language="en")
    Person.objects.filter(pk=dora.pk).update(missing_since=factory.AT.date())
    Person.objects.filter(pk=eva.pk).update(employment="separated")
    text = page(administrator, "people", query=query)
    assert [name for name in ("Alberto Luna", "Cleo Park", "Dora Vega", "Eva Ruiz") if name in text] == shown


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_for_one_and_three(organizer, home, count, django_assert_num_queries):
    for number in range(count):
        factory.person(f"Ana {number} Soto", site=home)
    organizer.get(reverse("people"))
    with django_assert_num_queries(9):
        organizer.get(reverse("people"))


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_however_much_is_held(organizer, beto, count, django_assert_num_queries):
    for number in range(count):
        record(beto, f"list {number}", f"={number}", {"name": ["Alberto Luna", "2026-11-01", None]})
    organizer.get(reverse("person", args=[beto.public_id]))
    with django_assert_num_queries(16):
        organizer.get(reverse("person", args=[beto.public_id]))


def record(person, source, code, said):
    return PersonRecord.objects.create(
        person=person, source=source, code=code, said=said, first_seen_on="2026-01-01", last_seen_on="2026-11-01"
    )


def test_page_says_where_each_value_and_phone_comes_from(organizer, beto):
    imported = Import.objects.create(
        kind="people",
        source="payroll",
        as_of="2026-11-01",
        file_name="november.xlsx",
        sha256="0" * 64,
        applied_at=factory.AT,
    )
    point = beto.contact_points.get()
    said = {
        "name": ["LUNA, ALBERTO", "2026-10-01", imported.pk],
        "hired_on": ["2011-08-15", "2026-10-01", imported.pk],
        "contacts": [[point.pk], "2026-10-01", imported.pk],
    }
    record(beto, "payroll", "=00123", said)
    operations.edit_person(person=beto, values={"name": "Alberto Luna", "chosen_name": "Beto"}, **BY)
    text = page(organizer, "person", beto.public_id)
    for part in ("LUNA, ALBERTO", "from november.xlsx", "00123", "Beto", "(213) 555-0142", "tel:+12135550142"):
        assert part in text
    assert "stands before every list" in text
    assert "Only this source speaks of it: payroll" in text


def test_who_said_stop_is_not_texted_and_the_employers_mail_is_marked(organizer, beto, settings):
    settings.EMPLOYER_DOMAINS = ("lausd.example",)
    point = beto.contact_points.get()
    OptOut.objects.create(
        kind="sms", index_full=point.index_full, value=point.value, source="tool", opted_out_at=factory.AT
    )
    from unionhall.foundation.contacts import parse_contact

    operations.add_contact(person=beto, contact=parse_contact("beto@lausd.example"), owner="personal", **BY)
    text = page(organizer, "person", beto.public_id)
    assert ("sms:+1" in text, "said stop" in text, "the employer reads it" in text) == (False, True, True)
    assert "mailto:" not in text


@pytest.mark.parametrize(
    ("role", "reach", "status", "sees_phone", "edits"),
    [
        (Role.DATA_ADMINISTRATOR, Reach.ALL, 200, True, True),
        (Role.ORGANIZER, Reach.AREA, 200, True, True),
        (Role.STEWARD, Reach.WORKSITE, 200, True, False),
        (Role.CAT_MEMBER, Reach.TURF, 200, True, False),
        (Role.OFFICER, Reach.ALL, 200, False, False),
        (Role.COMMUNICATIONS, Reach.ALL, 403, False, False),
        (Role.MEMBER, Reach.OWN, 403, False, False),
    ],
)
def test_doors_of_the_page(beto, home, east, role, reach, status, sees_phone, edits):
    codes = {Reach.AREA: [east.public_id], Reach.WORKSITE: [home.public_id], Reach.TURF: [beto.public_id]}
    client = sign_in(role, reach, *codes.get(reach, []))
    response = client.get(reverse("person", args=[beto.public_id]))
    text = response.content.decode()
    edit = reverse("person_edit", args=[beto.public_id])
    assert (response.status_code, "555-0142" in text, edit in text) == (status, sees_phone, edits)
    assert client.get(edit).status_code == (200 if edits else 403)


def test_other_turf_and_strangers_find_no_page(organizer, cleo):
    assert organizer.get(reverse("person", args=[cleo.public_id])).status_code == 404
    assert organizer.get(reverse("person_edit", args=[cleo.public_id])).status_code == 404
    assert Client().get(reverse("person", args=[cleo.public_id])).status_code in (302, 401)
    assert Client().get(reverse("people")).status_code in (302, 401)


def test_edit_by_hand_is_saved_and_taken_back(organizer, beto):
    address = reverse("person_edit", args=[beto.public_id])
    organizer.post(address, {"name": "", "chosen_name": "Beto", "language": "en"})
    beto.refresh_from_db()
    assert (beto.name, beto.chosen_name, beto.language) == ("Alberto Luna", "Beto", "en")
    text = page(organizer, "person", beto.public_id)
    assert "Saved." in text
    organizer.post(reverse("person_undo", args=[beto.public_id]), {"act": "edit", "chosen_name": "", "language": ""})
    beto.refresh_from_db()
    assert (beto.chosen_name, beto.language) == ("", "es")


def test_contact_is_added_retired_and_taken_back(organizer, beto):
    organizer.post(reverse("person_contact", args=[beto.public_id]), {"contact": "323 555 0188", "owner": "personal"})
    point = beto.contact_points.get(value__isnull=False, source="hand")
    assert point.is_current
    organizer.post(reverse("person_retire", args=[beto.public_id, point.pk]))
    point.refresh_from_db()
    assert not point.is_current
    undo = reverse("person_undo", args=[beto.public_id])
    organizer.post(undo, {"act": "retire", "point": point.pk})
    point.refresh_from_db()
    assert point.is_current
    organizer.post(undo, {"act": "add", "point": point.pk})
    point.refresh_from_db()
    assert not point.is_current


def test_wrong_contact_is_a_sentence_beside_the_box(organizer, beto):
    answer = organizer.post(reverse("person_contact", args=[beto.public_id]), {"contact": "12", "owner": "personal"})
    assert (answer.status_code, "This phone number cannot be right" in answer.content.decode()) == (422, True)


def test_contact_of_somebody_else_is_not_touched(organizer, beto, cleo):
    point = cleo.contact_points.get()
    assert organizer.post(reverse("person_retire", args=[beto.public_id, point.pk])).status_code == 404
    point.refresh_from_db()
    assert point.is_current


def test_merged_record_leads_to_the_kept_one_and_is_parted_there(organizer, beto, home):
    other = factory.person("Beto Luna", site=home)
    merge = operations.merge_people(kept=beto, absorbed=other, **BY)
    answer = organizer.get(reverse("person", args=[other.public_id]))
    assert (answer.status_code, answer.url) == (302, reverse("person", args=[beto.public_id]))
    assert "Part them again" in page(organizer, "person", beto.public_id)
    organizer.post(reverse("person_part", args=[merge.pk]))
    other.refresh_from_db()
    assert other.merged_into is None


def test_turf_follows_somebody_who_was_merged(beto, home):
    other = factory.person("Beto Luna", site=home)
    client = sign_in(Role.CAT_MEMBER, Reach.TURF, other.public_id)
    operations.merge_people(kept=beto, absorbed=other, **BY)
    assert "Alberto Luna" in page(client, "people")


def test_clock_stands_on_the_list_of_administrators_only(organizer, administrator, beto):
    assert "The retention clock" not in page(organizer, "people")
    Assignment.objects.filter(person=beto).update(ends_on="2020-01-01")
    Person.objects.filter(pk=beto.pk).update(employment="separated")
    assert "unionhall people shrink" in page(administrator, "people")


def test_pages_speak_spanish(organizer, beto):
    organizer.cookies["django_language"] = "es"
    assert "Cómo comunicarse" in page(organizer, "person", beto.public_id)
    assert "¿De dónde viene esto?" in page(organizer, "person", beto.public_id)


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_editing_takes_the_same_queries(organizer, beto, count, django_assert_num_queries):
    for number in range(count):
        record(beto, f"list {number}", f"={number}", {"name": ["Alberto Luna", "2026-11-01", None]})
    address = reverse("person_edit", args=[beto.public_id])
    organizer.get(address)
    with django_assert_num_queries(16):
        organizer.get(address)
