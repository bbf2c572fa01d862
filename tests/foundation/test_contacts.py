"""Numbers and addresses: one spelling, masks, hashes."""

from __future__ import annotations

import csv

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from hypothesis import given
from hypothesis import strategies as st

from tests import needs
from unionhall.foundation import contacts
from unionhall.foundation.contacts import Contact, InvalidContact, InvalidMail, InvalidPhone
from unionhall.rulebook.addresses import Place
from unionhall.rulebook.reaching import RowContact


@pytest.mark.parametrize(
    "text", ["213 555 0142", "(213) 555-0142", "+1 213.555.0142", "1-213-555-0142", " 2135550142 "]
)
def test_normalize_phone_gives_one_spelling(text):
    assert contacts.normalize_phone(text) == "+12135550142"


def test_normalize_phone_knows_other_countries():
    assert contacts.normalize_phone("+52 55 5555 0142") == "+525555550142"


@pytest.mark.parametrize("text", ["", "call me", "555 0142", "213 555 014", "213 555 0142 x3", "+1 000 000 0000"])
def test_normalize_phone_refuses_what_cannot_be_dialled(text):
    with pytest.raises(InvalidPhone):
        contacts.normalize_phone(text)


def test_normalize_mail_drops_case_and_blanks():
    assert contacts.normalize_mail("  Rosa.Paz@Example.org ") == "rosa.paz@example.org"


@pytest.mark.parametrize("text", ["", "rosa", "rosa@", "@example.org", "rosa@example", "a b@example.org"])
def test_normalize_mail_refuses_what_is_no_address(text):
    with pytest.raises(InvalidMail):
        contacts.normalize_mail(text)


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        ("a@district.example", True),
        ("a@School.District.example", True),
        ("a@notdistrict.example", False),
        ("a@district.example.org", False),
    ],
)
def test_is_employer_mail_covers_subdomains_only(settings, mail, expected):
    settings.EMPLOYER_DOMAINS = ("District.example",)

    assert contacts.is_employer_mail(mail) is expected


def test_parse_contact_tells_numbers_from_addresses():
    assert contacts.parse_contact("213 555 0142") == Contact("sms", "+12135550142")
    assert contacts.parse_contact("Beto@example.org") == Contact("mail", "beto@example.org")


@pytest.mark.parametrize(
    ("text", "error"), [(" ", InvalidContact), ("Beto", InvalidContact), ("12", InvalidPhone), ("beto@", InvalidMail)]
)
def test_parse_contact_says_which_kind_is_wrong(text, error):
    with pytest.raises(error) as caught:
        contacts.parse_contact(text)

    assert type(caught.value) is error


@pytest.mark.parametrize(("value", "shown"), [("+12135550142", "•••• 0142"), ("rosa@example.org", "r•••@example.org")])
def test_mask_shows_just_enough(value, shown):
    contact = contacts.parse_contact(value)

    assert contacts.mask(value) == contacts.mask(contact) == str(contact) == shown
    assert value not in repr(contact)


@given(st.from_regex(r"\+1213555[0-9]{4}", fullmatch=True))
def test_a_number_is_found_by_its_ends(number):
    indexes = contacts.indexes_of(Contact("sms", number))

    assert contacts.lookup(Contact("sms", number)) == (indexes.full,)
    assert contacts.lookup_digits(number[-7:]) == (indexes.last7,)
    assert contacts.lookup_digits(number[-4:]) == (indexes.last4,)
    assert len({indexes.full, indexes.last7, indexes.last4}) == 3


def test_a_mail_has_one_index():
    contact = Contact("mail", "rosa@example.org")

    assert contacts.indexes_of(contact) == contacts.ContactIndexes(full=contacts.lookup(contact)[0])


@pytest.mark.parametrize("digits", ["", "123", "12345", "abcd", "12345678"])
def test_lookup_digits_wants_four_or_seven(digits):
    with pytest.raises(ValueError, match="last 7 or last 4"):
        contacts.lookup_digits(digits)


def library(text: str, region: str = "US") -> str:
    """What the library alone says of a number: E.164, or "" where it refuses."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ""
    if number.extension or not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def ours(text: str, region: str = "US") -> str:
    try:
        return contacts.normalize_phone(text, region=region)
    except InvalidPhone:
        return ""


digits = st.text(alphabet="0123456789", min_size=10, max_size=10)
spellings = st.sampled_from(
    ["{0}{1}{2}", "({0}) {1}-{2}", "{0}-{1}-{2}", "{0}.{1}.{2}", "+1 {0} {1} {2}", "1-{0}-{1}-{2}", "+1{0}{1}{2}",
     " ({0}){1}-{2} ", "({0}) - {1}.{2}", "1 ({0}) {1} {2}"]
)  # fmt: skip


@given(digits, spellings)
def test_quick_way_for_plain_numbers_agrees_with_the_library(number, spelling):
    text = spelling.format(number[:3], number[3:6], number[6:])
    assert ours(text) == library(text)


@given(st.integers(200, 999), st.integers(0, 9_999_999))
def test_quick_way_agrees_for_every_area(area, rest):
    text = f"{area}{rest:07}"
    assert ours(text) == library(text)
    found = contacts.reach_by_phone(text)
    assert (found.value if isinstance(found, RowContact) else "") == library(text)


@given(st.text(alphabet="0123456789+()-. x", max_size=18))
def test_quick_way_agrees_for_any_text(text):
    assert ours(text) == library(text)


def test_numbers_of_all_regions_are_read_from_any_spelling():
    path = needs.shared("data/phones/example_numbers.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [
        (row["region"], row[way])
        for row in rows
        for way in ("e164", "national", "international", "rfc3966")
        if row[way] and ours(row[way], row["region"]) != (row["e164"] if row["status"] == "valid" else "")
    ]
    assert wrong == []
    assert sum(row["status"] == "valid" for row in rows) == 767


def test_only_cells_are_texted():
    path = needs.shared("data/phones/example_numbers.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["status"] == "valid"]
    texted = set()
    for row in rows:
        found = contacts.reach_by_phone(row["national"], region=row["region"])
        assert isinstance(found, RowContact)
        if found.kind == "sms":
            texted.add((row["region"], row["type"]))
    assert {kind for _region, kind in texted} == {"FIXED_LINE", "MOBILE"}
    assert {region for region, kind in texted if kind == "FIXED_LINE"} >= {"US", "CA"}
    assert ("GB", "FIXED_LINE") not in texted
    assert {region for region, kind in texted if kind == "MOBILE"} == {
        row["region"] for row in rows if row["type"] == "MOBILE"
    }


@pytest.mark.parametrize(
    ("text", "kind", "mark"),
    [
        ("213 555 0142", "sms", ""),
        ("213 555 0142 x12", "phone", "extension"),
        ("(213) 555-0142 ext. 7", "phone", "extension"),
        ("800 555 0142", "phone", "toll_free"),
        ("900 555 0142", "phone", "premium_rate"),
        ("+44 20 7946 0000", "phone", "fixed_line"),
        ("+44 7400 123456", "sms", ""),
    ],
)
def test_reach_by_phone(text, kind, mark):
    found = contacts.reach_by_phone(text)
    assert isinstance(found, RowContact)
    assert (found.kind, found.mark) == (kind, mark)
    assert "x" not in found.value


def test_what_is_no_contact_says_why():
    assert contacts.reach_by_phone("12") == "no_phone"
    assert contacts.reach_by_mail("rosa@") == "no_mail"


@given(st.from_regex(r"[a-z0-9._%+@-]{1,20}@[a-z0-9.-]{1,20}", fullmatch=True))
def test_quick_way_for_plain_addresses_agrees_with_the_validator(text):
    try:
        EmailValidator()(text)
    except ValidationError:
        expected = "no_mail"
    else:
        expected = text
    found = contacts.reach_by_mail(text)
    assert (found if isinstance(found, str) else found.value) == expected


def test_ways_know_whose_an_address_is(settings):
    settings.EMPLOYER_DOMAINS = ["District.example"]
    judge = contacts.ways().mail
    found = [judge(text) for text in ("A@School.District.example", "a@home.example")]
    assert [item.owner for item in found if isinstance(item, RowContact)] == ["employer", "personal"]


def test_number_is_found_whether_it_is_texted_or_called():
    texted, called = Contact("sms", "+12135550142"), Contact("phone", "+12135550142")
    assert contacts.indexes_of(texted) == contacts.indexes_of(called)
    assert contacts.lookup(called) == contacts.lookup(texted)


def home(address: str, zip_code: str = "90012") -> Contact:
    return Contact("post", Place(address, "Los Angeles", "CA", zip_code).kept)


def test_address_is_found_however_it_is_spelled():
    one, other = contacts.indexes_of(home("12 N. Main St. #4")), contacts.indexes_of(home("12 NORTH MAIN STREET APT 4"))
    assert one == other
    assert one.full in contacts.lookup(home("12 north main st unit 4", "90012-1234"))


def test_address_with_a_slip_shares_a_part():
    one, other = contacts.indexes_of(home("12 Main St")), contacts.indexes_of(home("12 Mian St"))
    assert one.full != other.full
    assert one.last7 == other.last7
    assert one.last4 != other.last4


def test_hashes_of_addresses_are_none_of_numbers():
    found = contacts.indexes_of(home("12 Main St", ""))
    assert (found.last7, found.last4) == ("", "")
    assert contacts.indexes_of(Contact("mail", "12 main street los angeles")).full != found.full


def test_mask_of_an_address_is_its_zip_code():
    assert contacts.mask(home("12 Main St")) == "••• 90012"
