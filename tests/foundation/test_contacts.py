"""Numbers and addresses: one spelling, masks, hashes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.foundation import contacts
from unionhall.foundation.contacts import Contact, InvalidContact, InvalidMail, InvalidPhone


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
