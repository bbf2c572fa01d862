"""Telephone numbers and mail addresses: one spelling, what may be shown of them, and the hashes they are found by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from typing import Final, Literal

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import crypto
from unionhall.foundation.errors import Invalid
from unionhall.rulebook.addresses import PlaceTokens, place_of, place_tokens
from unionhall.rulebook.reaching import RowContact, Ways

HOME_REGION: Final = "US"
MASK: Final = "•••"
_is_mail = EmailValidator()

Kind = Literal["sms", "phone", "mail", "post"]
_Type = phonenumbers.PhoneNumberType
# What a text message reaches. Where fixed and cell numbers look alike, as in the United States, it may.
_TEXTABLE: Final = frozenset({_Type.MOBILE, _Type.FIXED_LINE_OR_MOBILE})
_MARKS: Final = {
    _Type.TOLL_FREE: "toll_free",
    _Type.VOIP: "internet_phone",
    _Type.PREMIUM_RATE: "premium_rate",
    _Type.PAGER: "pager",
}
# A number of the United States as nearly all lists write it. Whether there is such a number the library's own pattern
# tells, without the library's long way there; all other spellings go that way.
_PLAIN: Final = re.compile(r"\s*(?:\+?1[-. ]?)?(?:\((\d{3})\)|(\d{3}))[-. ]{0,2}(\d{3})[-. ]?(\d{4})\s*", re.ASCII)

# Addresses that the validator surely takes; it looks at all others.
_PLAIN_MAIL: Final = re.compile(
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.ASCII
)
_LONGEST_MAIL: Final = 254


class InvalidContact(Invalid):
    """Neither a telephone number nor a mail address."""

    code = "invalid_contact"
    message = _("Write a cell phone number with its area code, or a mail address.")


class InvalidPhone(InvalidContact):
    """No telephone number that can exist."""

    code = "invalid_phone"
    message = _("This phone number cannot be right. Write all ten digits, such as 213 555 0142.")


class InvalidMail(InvalidContact):
    """No mail address that can exist."""

    code = "invalid_mail"
    message = _("This mail address cannot be right. It looks like name@example.org.")


@dataclass(frozen=True, slots=True)
class Contact:
    """One normalized way to reach somebody.

    kind: "sms", "phone" (to be called, never texted), "mail" or "post". value: E.164, a mail address in small letters,
    or what `rulebook.addresses.Place.kept` gives.
    """

    kind: Kind
    value: str = field(repr=False)

    def __str__(self) -> str:
        return mask(self)


@dataclass(frozen=True, slots=True)
class ContactIndexes:
    """The keyed hashes kept beside an encrypted contact. last7 and last4 are blank for mail."""

    full: str
    last7: str = ""
    last4: str = ""


def normalize_phone(text: str, *, region: str = HOME_REGION) -> str:
    """The number as E.164, such as +12135550142. text: as people write it. region: of numbers without a country.

    Raises InvalidPhone for what cannot be dialled.
    """
    plain = _plain_number(text) if region == HOME_REGION else ""
    if plain:
        return plain
    number = _parsed(text, region)
    if number.extension:
        raise InvalidPhone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def ways(region: str = HOME_REGION) -> Ways:
    """How a list's numbers and addresses are judged here. region: of numbers without a country."""
    owners = tuple(map(str.lower, settings.EMPLOYER_DOMAINS))
    return Ways(phone=partial(reach_by_phone, region=region), mail=partial(_reach_by_mail, owners=owners))


def reach_by_phone(text: str, *, region: str = HOME_REGION) -> RowContact | str:
    """The number of a list and whether it can be texted; "no_phone" where it is none.

    A toll-free, internet or premium number, a pager, a fixed line and one with an extension are only called, as `mark`
    says. text and region: as for `normalize_phone`.
    """
    plain = _plain_number(text) if region == HOME_REGION else ""
    if plain:
        return RowContact("sms", plain)
    try:
        number = _parsed(text, region)
    except InvalidPhone:
        return "no_phone"
    kind = phonenumbers.number_type(number)
    mark = "extension" if number.extension else _MARKS.get(kind, "" if kind in _TEXTABLE else "fixed_line")
    number.extension = None
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return RowContact("phone" if mark else "sms", value, mark=mark)


def reach_by_mail(text: str) -> RowContact | str:
    """The address of a list and whose it is; "no_mail" where it is none."""
    return _reach_by_mail(text, owners=tuple(map(str.lower, settings.EMPLOYER_DOMAINS)))


def _reach_by_mail(text: str, *, owners: tuple[str, ...]) -> RowContact | str:
    mail = text.strip().lower()
    found = _PLAIN_MAIL.fullmatch(mail)
    try:
        mail = mail if found and len(mail) <= _LONGEST_MAIL else normalize_mail(mail)
    except InvalidMail:
        return "no_mail"
    return RowContact("mail", mail, "employer" if _is_of(mail.rpartition("@")[2], owners) else "personal")


def normalize_mail(text: str) -> str:
    """The address in small letters, without blanks around it. Raises InvalidMail for what cannot be one."""
    mail = text.strip().lower()
    if _PLAIN_MAIL.fullmatch(mail) and len(mail) <= _LONGEST_MAIL:
        return mail
    try:
        _is_mail(mail)
    except ValidationError as error:
        raise InvalidMail from error
    return mail


def is_employer_mail(mail: str) -> bool:
    """Whether the address lies in a domain of the employer (EMPLOYER_DOMAINS) or below one. mail: any case."""
    return _is_of(mail.strip().lower().rpartition("@")[2], tuple(map(str.lower, settings.EMPLOYER_DOMAINS)))


@lru_cache(maxsize=4_096)
def _is_of(domain: str, owners: tuple[str, ...]) -> bool:
    """Whether a domain is one of the owners', in small letters, or lies below one."""
    return any(domain == owner or domain.endswith(f".{owner}") for owner in owners)


def parse_contact(text: str) -> Contact:
    """The number or address somebody typed into one box. Raises InvalidPhone, InvalidMail or InvalidContact."""
    if not text.strip():
        raise InvalidContact
    if "@" in text:
        return Contact(kind="mail", value=normalize_mail(text))
    if not re.search(r"\d", text):
        raise InvalidContact
    return Contact(kind="sms", value=normalize_phone(text))


def mask(contact: Contact | str) -> str:
    """What may be shown so that its owner knows it: "•••• 0142", "r•••@example.org"."""
    value = contact.value if isinstance(contact, Contact) else contact
    if isinstance(contact, Contact) and contact.kind == "post":
        return f"{MASK} {place_of(value).zip}".strip()
    if "@" in value:
        name, _at, domain = value.rpartition("@")
        return f"{name[:1]}{MASK}@{domain}"
    return f"{MASK}• {value[-4:]}"


def indexes_of(contact: Contact) -> ContactIndexes:
    """The hashes to keep beside the encrypted value, under the current key.

    Of a "post": `full` of the whole address, `last7` of house number and ZIP code, `last4` of street and ZIP code.
    """
    if contact.kind == "mail":
        return ContactIndexes(full=crypto.blind_index(contact.value, purpose="mail"))
    if contact.kind == "post":
        tokens = _tokens(contact)
        return ContactIndexes(
            full=crypto.blind_index(tokens.whole, purpose="post"),
            last7=_index_of(tokens.number_zip, purpose="post-number-zip"),
            last4=_index_of(tokens.street_zip, purpose="post-street-zip"),
        )
    return ContactIndexes(
        full=crypto.blind_index(contact.value, purpose="phone"),
        last7=crypto.blind_index(contact.value[-7:], purpose="phone-last7"),
        last4=crypto.blind_index(contact.value[-4:], purpose="phone-last4"),
    )


def lookup(contact: Contact) -> tuple[str, ...]:
    """The `full` hashes of the contact under every key here, for `filter(index__in=...)`.

    A number is found whether it was kept to be texted or to be called, and an address however it is spelled.
    """
    if contact.kind == "post":
        return crypto.blind_indexes(_tokens(contact).whole, purpose="post")
    return crypto.blind_indexes(contact.value, purpose="mail" if contact.kind == "mail" else "phone")


def lookup_digits(digits: str) -> tuple[str, ...]:
    """The `last7` or `last4` hashes of the end of a number. digits: seven or four, else ValueError."""
    if not digits.isdecimal() or len(digits) not in (4, 7):
        raise ValueError("look a number up by its last 7 or last 4 digits")
    return crypto.blind_indexes(digits, purpose=f"phone-last{len(digits)}")


def _plain_number(text: str) -> str:
    """A number of a place in the United States as E.164; "" for all that the library must look at."""
    found = _PLAIN.fullmatch(text)
    if not found:
        return ""
    digits = "".join(found.groups(""))
    return f"+1{digits}" if _home_numbers().fullmatch(digits) else ""


@cache
def _home_numbers() -> re.Pattern[str]:
    """The library's own pattern of numbers that are of a place in the United States."""
    about = phonenumbers.PhoneMetadata.metadata_for_region(HOME_REGION)
    pattern = about.fixed_line.national_number_pattern if about and about.fixed_line else None
    return re.compile(pattern or "(?!)")


def _parsed(text: str, region: str) -> phonenumbers.PhoneNumber:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        raise InvalidPhone from error
    if not phonenumbers.is_valid_number(number):
        raise InvalidPhone
    return number


def _tokens(contact: Contact) -> PlaceTokens:
    place = place_of(contact.value)
    return place_tokens(place.address, place.city, place.zip)


def _index_of(text: str, *, purpose: str) -> str:
    return crypto.blind_index(text, purpose=purpose) if text else ""
