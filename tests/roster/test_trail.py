"""The trail: who may read which part of it, how it is narrowed and paged, who saw whose contacts, and evidence."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.urls import reverse

from tests.factories import accounts
from tests.factories import roster as factory
from unionhall.accounts import operations as account_operations
from unionhall.accounts.models import User
from unionhall.foundation import audit
from unionhall.foundation.access import Actor, Grant, Reach, Role, Viewer
from unionhall.foundation.models import AuditEntry
from unionhall.roster.models import Person, Sight
from unionhall.roster.operations.keeping import evidence
from unionhall.roster.queries.trail import TrailAsked, sights_leaf, trail_leaf

pytestmark = pytest.mark.django_db
AT = factory.AT
PHONE = "213 555 0142"


@pytest.fixture
def east():
    return factory.worksite("Harbor Middle", area=factory.area("E"))


@pytest.fixture
def west():
    return factory.worksite("Mission Elementary", area=factory.area("W"))


def note(verb="roster.person_edited", *, minutes=0, obj=None, place="", actor=factory.CLERK, why=""):
    at = AT + timedelta(minutes=minutes)
    return audit.record(actor=actor, verb=verb, at=at, obj=obj, place=place, why=why)


def viewer(role, reach=Reach.ALL, *codes, strong=True):
    return Viewer(900, "Vi", (Grant(role, reach, frozenset(codes)),), strong=strong)


def read(who, **asked):
    return [row.entry for row in trail_leaf(who, TrailAsked(**asked)).rows]


def test_whole_trail_is_for_data_desk_officers_and_counsel():
    entries = [note(), note("roster.roll_frozen", minutes=1), note("wagtail.publish", minutes=2)]
    for role in (Role.DATA_ADMINISTRATOR, Role.OFFICER, Role.COUNSEL):
        assert read(viewer(role)) == entries[::-1]


def test_organizer_reads_what_happened_in_her_areas(east, west):
    here, _there = note(place=east.public_id), note(place=west.public_id)
    area = note("roster.area_put", minutes=1, place=east.area.public_id)

    assert read(viewer(Role.ORGANIZER, Reach.AREA, east.area.public_id)) == [area, here]


def test_organizer_reads_all_about_a_person_of_her_areas_and_nothing_about_another(east, west):
    ana, beto = factory.person("Ana Cruz", site=east), factory.person("Beto Luna", site=west)
    about, _other = note(obj=ana), note(obj=beto)
    priya = viewer(Role.ORGANIZER, Reach.AREA, east.area.public_id)

    assert about in read(priya, person=ana)
    assert read(priya, person=beto) == []


def test_election_reads_votes_and_communications_reads_pages():
    note()
    roll, page = note("roster.roll_frozen", minutes=1), note("wagtail.workflow.start", minutes=2)

    assert read(viewer(Role.ELECTION_COMMITTEE)) == read(viewer(Role.ELECTION_OBSERVER)) == [roll]
    assert read(viewer(Role.COMMUNICATIONS)) == [page]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CAT_MEMBER, Role.STEWARD, Role.BARGAINING_TEAM])
def test_nobody_else_reads_any(role):
    note()

    assert read(viewer(role)) == []


def test_without_a_second_factor_nothing_is_read():
    note()

    assert read(viewer(Role.OFFICER, strong=False)) == []


def test_trail_is_narrowed_by_person_doer_place_day_matter_and_what_stands_out(east):
    ana, gloria = factory.person("Ana Cruz", site=east), accounts.make_staff("Gloria Reyes")
    about = note(obj=ana)
    hers = note("accounts.role_granted", minutes=1, actor=gloria.as_actor())
    there = note("roster.worksite_edited", minutes=2, place=east.public_id)
    loud = note("roster.export_taken", minutes=3)
    late = note("roster.person_added", minutes=60 * 48)
    officer = viewer(Role.OFFICER)

    assert about in read(officer, person=ana)
    assert read(officer, doer=gloria) == [hers]
    assert there in read(officer, places=(east.public_id,))
    assert read(officer, first=late.at.date()) == [late]
    assert late not in read(officer, last=AT.date())
    assert read(officer, group="exports") == [loud]
    assert read(officer, loud=True, first=AT.date(), last=AT.date()) == [loud, about]


def test_contacts_and_account_of_a_person_count_as_hers(east):
    ana = factory.person("Ana Cruz", site=east, contact=PHONE)
    user = accounts.make_user("Ana Cruz")
    Person.objects.filter(pk=ana.pk).update(user=user)
    ana.refresh_from_db()
    point = note("roster.contact_retired", minutes=1, obj=ana.contact_points.get())
    account = note("accounts.account_closed", minutes=2, obj=user)

    found = read(viewer(Role.OFFICER), person=ana)

    assert found[:2] == [account, point]


def test_pages_of_fifty_hold_every_entry_once_though_many_are_of_one_instant():
    made = [note(minutes=0 if number < 60 else number) for number in range(120)]
    officer, cursor, found, pages = viewer(Role.OFFICER), "", [], 0
    while True:
        leaf = trail_leaf(officer, TrailAsked(before=cursor))
        found += [row.entry.pk for row in leaf.rows]
        pages += 1
        cursor = leaf.next
        if not cursor:
            break

    assert (pages, sorted(found)) == (3, sorted(entry.pk for entry in made))
    assert found == list(AuditEntry.objects.order_by("-at", "-pk").values_list("pk", flat=True))


def test_cursor_of_nonsense_begins_at_the_top():
    entry = note()

    assert read(viewer(Role.OFFICER), before="yesterday~x") == [entry]


def test_trail_is_read_by_the_same_number_of_questions_for_one_line_and_fifty(django_assert_num_queries, east):
    ana = factory.person("Ana Cruz", site=east)
    note(obj=ana, place=east.public_id)
    with django_assert_num_queries(LEAF):
        trail_leaf(viewer(Role.OFFICER), TrailAsked())
    for number in range(60):
        note(minutes=number, obj=factory.person(f"Beto {number}", site=east), place=east.public_id)
    with django_assert_num_queries(LEAF):
        trail_leaf(viewer(Role.OFFICER), TrailAsked())


def test_names_stand_for_those_in_reach_and_ids_for_the_others(east, west):
    ana, beto = factory.person("Ana Cruz", site=east), factory.person("Beto Luna", site=west)
    alma = accounts.make_user("Alma Reyes")
    note(obj=ana, place=east.public_id, actor=alma.as_actor())
    audit.record(
        actor=factory.CLERK, verb="roster.person_shrunk", at=AT, obj=beto, label=beto.public_id, place=east.public_id
    )

    rows = trail_leaf(viewer(Role.ORGANIZER, Reach.AREA, east.area.public_id), TrailAsked()).rows
    told = {row.entry.verb: row for row in rows}

    assert told["roster.person_edited"].what == "Ana Cruz"
    assert told["roster.person_edited"].who == alma.public_id
    assert told["roster.person_shrunk"].what == beto.public_id
    assert told["roster.person_edited"].place == "Harbor Middle"


def sign_in(client, role, reach=Reach.ALL, *codes):
    user = accounts.make_staff(f"{role.value} one")
    accounts.grant(user, role, reach, codes)
    accounts.sign_in(client, user)
    return user


def test_page_of_a_person_leaves_one_line_a_day_of_who_saw_her_contacts(client, east):
    ana = factory.person("Ana Cruz", site=east, contact=PHONE)
    priya = sign_in(client, Role.ORGANIZER, Reach.AREA, east.area.public_id)
    for _twice in range(2):
        assert client.get(reverse("person", args=[ana.public_id])).status_code == 200

    assert list(Sight.objects.values_list("viewer_id", "person_id")) == [(priya.pk, ana.pk)]
    page = client.get(reverse("trail"), {"what": "seen"}).content.decode()
    assert "organizer one was shown how to reach Ana Cruz." in page
    assert "555" not in page.split('class="trail"')[1].split("</ol>")[0]


def test_name_without_a_contact_leaves_no_line(client, east):
    sign_in(client, Role.OFFICER)
    ana = factory.person("Ana Cruz", site=east, contact=PHONE)
    client.get(reverse("person", args=[ana.public_id]))

    assert not Sight.objects.exists()


def test_organizer_reads_who_saw_those_of_her_areas_only(east, west):
    for site in (east, west):
        person = factory.person("Ana Cruz", site=site)
        Sight.objects.create(viewer_id=7, person=person, day=AT.date(), at=AT)
    on = AT.date()

    assert len(sights_leaf(viewer(Role.ORGANIZER, Reach.AREA, east.area.public_id), TrailAsked(), on=on).rows) == 1
    assert len(sights_leaf(viewer(Role.OFFICER), TrailAsked(), on=on).rows) == 2
    assert len(sights_leaf(viewer(Role.OFFICER), TrailAsked(places=(west.public_id,)), on=on).rows) == 1
    assert sights_leaf(viewer(Role.OFFICER), TrailAsked(first=date(2030, 1, 1)), on=on).rows == []
    assert sights_leaf(viewer(Role.COMMUNICATIONS), TrailAsked(), on=on).rows == []


@pytest.mark.parametrize(("language", "sentence"), [("en", "took a file out"), ("es", "sacó un archivo de la casa")])
def test_page_tells_acts_in_sentences_and_marks_what_stands_out_in_words(client, language, sentence):
    sign_in(client, Role.OFFICER)
    note("roster.export_taken", why="audit of May")
    client.cookies["django_language"] = language
    page = client.get(reverse("trail")).content.decode()

    assert sentence in page
    assert {"en": "Went out", "es": "Salió"}[language] in page
    assert "audit of May" in page


def test_several_of_a_name_are_offered_and_none_is_said(client, east):
    sign_in(client, Role.OFFICER)
    people = [factory.person("Ana Cruz", site=east) for _twice in range(2)]

    page = client.get(reverse("trail"), {"person": "Ana Cruz"}).content.decode()
    assert all(f"person={person.public_id}" in page for person in people)
    assert "Nobody and nothing" in client.get(reverse("trail"), {"doer": "Zoe Nobody"}).content.decode()
    one = client.get(reverse("trail"), {"person": people[0].public_id}).content.decode()
    assert "Only: Ana Cruz" in one


def test_place_is_meant_by_its_name_or_id(client, east):
    sign_in(client, Role.OFFICER)
    note(place=east.public_id, why="in the east")
    note(why="elsewhere")
    for text in (east.name, east.public_id, east.area.public_id):
        page = client.get(reverse("trail"), {"place": text}).content.decode()
        assert ("in the east" in page, "elsewhere" in page) == (True, False)


def test_printed_page_holds_more_and_no_form(client):
    sign_in(client, Role.OFFICER)
    for number in range(60):
        note(minutes=number)
    page = client.get(reverse("trail"), {"print": "1"}).content.decode()

    assert page.count('class="act"') + page.count('class="act" data') >= 60
    assert reverse("trail_take") not in page


def test_evidence_holds_the_entries_asked_for_and_its_digest_stays(client):
    sign_in(client, Role.COUNSEL)
    note("roster.export_taken", why="=1+1")
    note("roster.person_added")
    answer = client.post(reverse("trail_take") + "?about=exports", {"why": "Case 12, exhibit C"})

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    entry = AuditEntry.objects.get(verb="roster.trail_taken")
    assert [(row["verb"], row["why"]) for row in rows] == [("roster.export_taken", "'=1+1")]
    assert entry.detail == {"rows": 1, "sha256": sha256(answer.content).hexdigest()}
    assert (entry.why, answer.headers["Cache-Control"]) == ("Case 12, exhibit C", "no-store, private")


def test_evidence_wants_a_reason(client):
    sign_in(client, Role.OFFICER)
    answer = client.post(reverse("trail_take"), {"why": " "})

    assert (answer.status_code, AuditEntry.objects.filter(verb="roster.trail_taken").exists()) == (422, False)


def test_no_evidence_leaves_while_the_rooms_are_closed_nor_more_than_a_file_holds(monkeypatch):
    note()
    monkeypatch.setattr(evidence, "MOST", 0)
    by = {"why": "Case 12", "actor": Actor(7, "Gloria"), "at": AT}
    with pytest.raises(evidence.TooMuchEvidence):
        evidence.take_evidence(entries=AuditEntry.objects.all(), **by)

    account_operations.begin_lockdown(why="a phone", actor=accounts.ACTOR, at=AT)
    with pytest.raises(account_operations.LockedDown):
        evidence.take_evidence(entries=[], **by)


def test_no_page_of_the_trail_holds_a_contact(client, east):
    factory.person("Ana Cruz", site=east, contact=PHONE)
    sign_in(client, Role.DATA_ADMINISTRATOR)
    assert User.objects.exists()

    for query in ({}, {"what": "seen"}, {"print": "1"}):
        page = client.get(reverse("trail"), query).content.decode()
        assert "555-0142" not in page
        assert "5550142" not in page


LEAF = 4


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_act_and_three(client, count, django_assert_num_queries):
    sign_in(client, Role.OFFICER)
    for minutes in range(count):
        note(minutes=minutes)
    with django_assert_num_queries(6):
        assert client.get(reverse("trail")).status_code == 200
