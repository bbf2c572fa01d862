"""Lists of contacts and of opt-outs, as texting and mail tools give them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rulebook.people import READING, WAYS, cells
from unionhall.rulebook import contact_list, opt_out_list
from unionhall.rulebook.cells import Fault
from unionhall.rulebook.columns import guess_columns
from unionhall.rulebook.contact_list import ContactRow, read_contact, read_contacts
from unionhall.rulebook.keys import Keys
from unionhall.rulebook.opt_out_list import OptOutReading, OptOutRow, Stays, has_signs, read_opt_out
from unionhall.rulebook.reaching import RowContact

OUT = OptOutReading(ways=WAYS, days=READING.days, zone=ZoneInfo("America/Los_Angeles"))
PHONE = "213-555-0142"


def test_contact_of_somebody():
    line = cells(id="007", name="PAZ, ROSA", cell=PHONE, mail="Rosa@Home.example", language="es")
    assert read_contact(line, ways=WAYS, keys=Keys()) == ContactRow(
        line=2,
        contacts=(RowContact("sms", "+12135550142"), RowContact("mail", "rosa@home.example")),
        id="007",
        name="Rosa Paz",
        given_name="Rosa",
        family_name="Paz",
        language="es",
    )


def test_contacts_without_a_way_are_refused():
    found = read_contacts([cells(name="Rosa"), cells(3, name="Rosa", cell="12")], ways=WAYS, keys=Keys())
    assert found == [Fault(2, "no_way"), Fault(3, "no_phone", "cell", "•••")]


@pytest.mark.parametrize(
    ("heads", "fields"),
    [
        (["cell", "opted_out", "opted_out_at", "first_name"], ["cell", "opted_out", "opted_out_at", "first"]),
        (["Phone Number", "Subscription Status", "Opt-out Date"], ["phone", "contact_status", "opted_out_at"]),
        (["Email Address", "unsubscribed_at", "Status"], ["mail", "opted_out_at", "contact_status"]),
        (["To", "Keyword", "Contact phone"], ["", "contact_status", "phone"]),
        (["Teléfono", "Fecha de baja"], ["phone", "opted_out_at"]),
    ],
)
def test_heads_of_tools(heads, fields):
    found = {place: field for field, place in guess_columns(heads, opt_out_list.WANTED).items()}
    assert [found.get(place, "") for place in range(len(heads))] == fields


@pytest.mark.parametrize(
    "signs",
    [
        {"opted_out": "Yes"},
        {"opted_out": "TRUE"},
        {"opted_out": "2026-05-01"},
        {"opted_out": "1"},
        {"subscribed": "No"},
        {"subscribed": "unsubscribed"},
        {"contact_status": "Opted Out"},
        {"contact_status": "STOP"},
        {"contact_status": "opted_out"},
        {"contact_status": "Hard Bounce"},
        {"contact_status": "Unsubscribed (admin)"},
        {"contact_status": "do not contact"},
        {"contact_status": "Dado de baja"},
        {"contact_status": "subscribed", "opted_out": "yes"},
        {"opted_out_at": "2026-05-01"},
    ],
)
def test_lines_that_opt_out(signs):
    found = read_opt_out(cells(phone=PHONE, **signs), OUT)
    assert isinstance(found, tuple)
    assert [(row.kind, row.value, row.scope) for row in found] == [("sms", "+12135550142", "all")]


@pytest.mark.parametrize(
    "signs",
    [
        {"opted_out": "No"},
        {"opted_out": ""},
        {"opted_out": "0", "contact_status": "Active"},
        {"subscribed": "yes"},
        {"contact_status": "Subscribed"},
        {"contact_status": "Opted In"},
        {"contact_status": "Delivered"},
        {"opted_out_at": ""},
        {"opted_out_at": "2026-05-01", "contact_status": "Resubscribed"},
    ],
)
def test_lines_that_stay(signs):
    assert read_opt_out(cells(phone=PHONE, **signs), OUT) == Stays(2)


@pytest.mark.parametrize(
    ("signs", "column"),
    [
        ({"contact_status": "purple"}, "contact_status"),
        ({"contact_status": ""}, "contact_status"),
        ({"contact_status": "not subscribed?"}, "contact_status"),
        ({"opted_out": "perhaps"}, "opted_out"),
    ],
)
def test_status_that_nobody_knows_is_to_be_looked_at(signs, column):
    found = read_opt_out(cells(phone=PHONE, **signs), OUT)
    assert isinstance(found, Fault)
    assert (found.code, found.column) == ("unknown_opt_out", column)


def test_list_without_signs_is_of_opt_outs():
    bare = OptOutReading(ways=WAYS, days=READING.days, has_signs=has_signs(["phone", "name"]))
    found = read_opt_out(cells(phone=PHONE, mail="rosa@home.example"), bare)
    assert isinstance(found, tuple)
    assert [row.kind for row in found] == ["sms", "mail"]


def test_channel_says_what_is_meant():
    line = cells(phone=PHONE, mail="rosa@home.example", opted_out="yes", channel="E-mail list", scope="Newsletter")
    found = read_opt_out(line, OUT)
    assert isinstance(found, tuple)
    assert [(row.kind, row.scope) for row in found] == [("mail", "Newsletter")]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-05-01T13:45:00Z", datetime(2026, 5, 1, 13, 45, tzinfo=UTC)),
        ("2026-05-01 13:45:00 UTC", datetime(2026, 5, 1, 13, 45, tzinfo=UTC)),
        ("2026-05-01 13:45:00", datetime(2026, 5, 1, 20, 45, tzinfo=UTC)),
        ("5/1/2026", datetime(2026, 5, 1, 7, tzinfo=UTC)),
        ("", None),
    ],
)
def test_when_somebody_opted_out(text, at):
    found = read_opt_out(cells(phone=PHONE, opted_out="yes", opted_out_at=text), OUT)
    assert isinstance(found, tuple)
    assert [row.opted_out_at for row in found] == [at]


def test_opt_out_of_nothing_is_refused():
    assert read_opt_out(cells(phone="", opted_out="yes"), OUT) == Fault(2, "no_opt_out")
    assert read_opt_out(cells(phone="12", opted_out="yes"), OUT) == Fault(2, "no_phone", "phone", "•••")


def test_opt_out_never_shows_what_it_is():
    assert "0142" not in repr(read_opt_out(cells(phone=PHONE, opted_out="yes"), OUT))


@given(st.dictionaries(st.sampled_from(opt_out_list.FIELDS), st.text(max_size=30), max_size=8))
def test_any_line_opts_out_or_stays_or_is_refused(values):
    found = read_opt_out(cells(**values), OUT)
    assert isinstance(found, Fault | Stays) or all(isinstance(row, OptOutRow) for row in found)


@given(st.dictionaries(st.sampled_from(contact_list.FIELDS), st.text(max_size=30), max_size=8))
def test_any_line_has_contacts_or_is_refused(values):
    found = read_contact(cells(**values), ways=WAYS, keys=Keys())
    assert isinstance(found, Fault) or found.contacts
