"""The calendar: pages in both languages, and a file that phones keep in step with."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client

from tests.factories import campaigns as factory
from tests.factories import roster
from unionhall.campaigns import operations, queries
from unionhall.campaigns.enums import Part
from unionhall.campaigns.forms import record as forms
from unionhall.campaigns.models import CalendarDate, Campaign, RecordChange
from unionhall.foundation.bilingual import Bilingual

pytestmark = pytest.mark.django_db
DAY = date(2031, 5, 6)
HERE = ZoneInfo("America/Los_Angeles")
BY = {"actor": factory.CLERK, "at": factory.AT}


@pytest.fixture
def campaign() -> Campaign:
    return factory.campaign()


def events(client: Client, address: str = "/en/river/calendar.ics") -> dict[str, icalendar.Event]:
    """The events of a calendar by their titles, read as a calendar program reads them."""
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.content)
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def take_out(row: CalendarDate) -> None:
    operations.remove_row(part=Part.DATES, row=row, title=row.title, **BY)


def test_calendar_program_reads_day_hour_and_place(client, campaign):
    factory.session(campaign, DAY)
    factory.session(
        campaign,
        DAY,
        title=Bilingual("Rally, and a walk", "Mitin"),
        starts_at=time(16),
        ends_at=time(18),
        place="7 Hill St",
    )

    found = events(client)

    whole, rally = found["Session 5"], found["Rally, and a walk"]
    assert (whole["DTSTART"].dt, whole["DTEND"].dt) == (DAY, DAY + timedelta(days=1))
    assert rally["DTSTART"].dt == datetime(2031, 5, 6, 16, tzinfo=HERE)
    assert rally["DTEND"].dt == datetime(2031, 5, 6, 18, tzinfo=HERE)
    assert str(rally["LOCATION"]) == "7 Hill St"
    assert str(rally["URL"]).endswith("/en/river/events/rally-and-a-walk-2031-05-06/")


def test_an_hour_without_an_end_takes_an_hour(client, campaign):
    factory.session(campaign, DAY, starts_at=time(23, 30))

    event = events(client)["Session 5"]

    assert event["DTEND"].dt == datetime(2031, 5, 7, 0, 30, tzinfo=HERE)


def test_spanish_calendar_has_the_same_events_in_spanish(client, campaign):
    factory.session(campaign, DAY)

    english, spanish = events(client)["Session 5"], events(client, "/es/river/calendar.ics")["Sesión 5"]

    assert english["UID"] == spanish["UID"]
    assert "/es/river/eventos/" in str(spanish["URL"])


def test_every_change_is_told_by_a_higher_count_of_the_same_event(client, campaign):
    row = factory.session(campaign, DAY)
    first = events(client)["Session 5"]

    operations.record_date(
        campaign=campaign, row=row, kind="session", on=DAY, title=row.title, line=row.line, called_off=True, **BY
    )
    off = events(client)["Called off: Session 5"]
    operations.take_back_change(change=RecordChange.objects.filter(part=Part.DATES)[0], **BY)
    on_again = events(client)["Session 5"]

    assert first["UID"] == off["UID"] == on_again["UID"]
    assert first["SEQUENCE"] < off["SEQUENCE"] < on_again["SEQUENCE"]
    assert [event["STATUS"] for event in (first, off, on_again)] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]


@pytest.mark.parametrize("how", ["removed", "creation taken back"])
def test_a_day_that_is_gone_is_told_as_called_off(client, campaign, how):
    row = factory.session(campaign, DAY)
    before = events(client)["Session 5"]

    if how == "removed":
        take_out(row)
    else:
        operations.take_back_change(change=RecordChange.objects.filter(part=Part.DATES)[0], **BY)

    gone = events(client)["Called off: Session 5"]
    assert not CalendarDate.objects.exists()
    assert gone["UID"] == before["UID"]
    assert gone["SEQUENCE"] > before["SEQUENCE"]
    assert gone["STATUS"] == "CANCELLED"


def test_area_and_worksite_get_their_own_days_beside_those_of_all(client, campaign):
    east = roster.area("E")
    school = roster.worksite("Alder Street Elementary", area=east)
    factory.session(campaign, DAY)
    factory.session(campaign, DAY, title=Bilingual("East", "Este"), area=east)
    factory.session(campaign, DAY, title=Bilingual("Alder", "Aliso"), worksite=school)
    take_out(factory.session(campaign, DAY, title=Bilingual("Gone", "Fuera"), area=east))

    assert set(events(client)) == {"Session 5"}
    assert set(events(client, "/en/river/calendar.ics?area=E")) == {"Session 5", "East", "Called off: Gone"}
    at_school = events(client, f"/en/river/calendar.ics?worksite={school.public_id}")
    assert set(at_school) == {"Session 5", "East", "Alder", "Called off: Gone"}
    assert set(events(client, "/en/river/calendar.ics?area=nowhere")) == {"Session 5"}


@pytest.mark.parametrize("days", [1, 3])
def test_calendar_asks_the_database_as_often_for_one_day_as_for_three(
    client, campaign, django_assert_num_queries, days
):
    for number in range(days):
        factory.session(campaign, DAY + timedelta(days=number), title=Bilingual(f"Day {number}", f"Día {number}"))

    with django_assert_num_queries(6):
        page = client.get("/en/river/calendar/").content.decode()
    with django_assert_num_queries(4):
        client.get("/en/river/calendar.ics")

    assert page.count('class="update"') == days


def test_page_of_a_day_tells_people_and_search_engines_the_same(client, campaign, django_assert_num_queries):
    row = factory.session(
        campaign, DAY, starts_at=time(16), place="7 Hill St", title=Bilingual("A </script> day", "Día")
    )

    with django_assert_num_queries(5):
        page = client.get(f"/en/river/events/{row.slug}/").content.decode()

    described = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    event = json.loads(described[1])
    assert (event["@type"], event["name"], event["location"]["name"]) == ("Event", "A </script> day", "7 Hill St")
    assert event["startDate"] == "2031-05-06T16:00:00-07:00"
    assert "7 Hill St" in page
    assert f"/es/river/eventos/{row.slug}/" in page


def test_called_off_is_said_on_page_and_list_and_nothing_is_offered(client, campaign):
    row = factory.session(campaign, DAY, called_off=True)

    page = client.get(f"/es/river/eventos/{row.slug}/").content.decode()
    listed = client.get("/es/river/calendario/").content.decode()

    assert ".ics" not in page
    for said in (page, listed):
        assert "Cancelado" in said


def test_one_day_can_be_put_into_a_calendar(client, campaign):
    row = factory.session(campaign, DAY)

    assert set(events(client, f"/en/river/events/{row.slug}/event.ics")) == {"Session 5"}


@pytest.mark.parametrize("address", ["/en/river/events/nothing/", "/es/river/eventos/nothing/evento.ics"])
def test_a_day_that_there_is_not_is_said_kindly(client, campaign, address):
    assert client.get(address).status_code == 404


def form(**fields: str) -> forms.DateForm:
    words = {"title_en": "Picket", "title_es": "Piquete", "line_en": "", "line_es": ""}
    return forms.DateForm({"kind": "action", "on": "2031-05-06", **words, **fields})


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"starts_at": "16:00", "ends_at": "15:00"}, "ends_at"),
        ({"ends_at": "15:00"}, "ends_at"),
        ({"worksite": "Nowhere High"}, "worksite"),
        ({"worksite": "Alder Street Elementary", "area": "E"}, "worksite"),
    ],
)
def test_form_says_what_cannot_be(fields, wrong):
    roster.worksite("Alder Street Elementary", area=roster.area("E"))

    assert list(form(**fields).errors) == [wrong]


def test_worksite_named_in_the_form_is_kept_and_told_in_the_history(campaign):
    roster.worksite("Alder Street Elementary")
    row = factory.session(campaign, DAY)
    filled = form(worksite="Alder Street Elementary", starts_at="16:00", ends_at="17:30")
    assert filled.is_valid()

    operations.record_date(campaign=campaign, row=row, **filled.said(), **BY)

    told = {change.label: change.after for change in queries.keeping.history(campaign, Part.DATES)[0].differences}
    assert told["Worksite"] == "Alder Street Elementary"
    assert "5:30" in told["Until"]
