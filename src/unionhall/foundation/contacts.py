"""Telephone numbers and mail addresses: one spelling, what may be shown of them, and the hashes they are found by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import crypto
from unionhall.foundation.errors import Invalid

HOME_REGION: Final = "US"
MASK: Final = "•••"
_is_mail = EmailValidator()

Kind = Literal["sms", "mail"]


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
    """One normalized way to reach somebody. kind: "sms" or "mail"; value: E.164, or an address in small letters."""

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


def normalize_phone(text: str) -> str:
    """The number as E.164, such as +12135550142. text: as people write it; without a country it is a US number.

    Raises InvalidPhone for what cannot be dialled.
    """
    try:
        number = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException as error:
        raise InvalidPhone from error
    if number.extension or not phonenumbers.is_valid_number(number):
        raise InvalidPhone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normalize_mail(text: str) -> str:
    """The address in small letters, without blanks around it. Raises InvalidMail for what cannot be one."""
    mail = text.strip().lower()
    try:
        _is_mail(mail)
    except ValidationError as error:
        raise InvalidMail from error
    return mail


def is_employer_mail(mail: str) -> bool:
    """Whether the address lies in a domain of the employer (EMPLOYER_DOMAINS) or below one. mail: any case."""
    domain = mail.strip().lower().rpartition("@")[2]
    return any(domain == owner or domain.endswith(f".{owner}") for owner in map(str.lower, settings.EMPLOYER_DOMAINS))


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
    if "@" in value:
        name, _at, domain = value.rpartition("@")
        return f"{name[:1]}{MASK}@{domain}"
    return f"{MASK}• {value[-4:]}"


def indexes_of(contact: Contact) -> ContactIndexes:
    """The hashes to keep beside the encrypted value, under the current key."""
    if contact.kind == "mail":
        return ContactIndexes(full=crypto.blind_index(contact.value, purpose="mail"))
    return ContactIndexes(
        full=crypto.blind_index(contact.value, purpose="phone"),
        last7=crypto.blind_index(contact.value[-7:], purpose="phone-last7"),
        last4=crypto.blind_index(contact.value[-4:], purpose="phone-last4"),
    )


def lookup(contact: Contact) -> tuple[str, ...]:
    """The `full` hashes of the contact under every key here, for `filter(index__in=...)`."""
    return crypto.blind_indexes(contact.value, purpose="mail" if contact.kind == "mail" else "phone")


def lookup_digits(digits: str) -> tuple[str, ...]:
    """The `last7` or `last4` hashes of the end of a number. digits: seven or four, else ValueError."""
    if not digits.isdecimal() or len(digits) not in (4, 7):
        raise ValueError("look a number up by its last 7 or last 4 digits")
    return crypto.blind_indexes(digits, purpose=f"phone-last{len(digits)}")
