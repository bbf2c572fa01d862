"""Judges of contacts for the rules' own tests: simple ones, since the rulebook knows no framework and no library."""

from __future__ import annotations

from datetime import date

from unionhall.rulebook.cells import Cells
from unionhall.rulebook.days import DayStyle
from unionhall.rulebook.people_list import Reading
from unionhall.rulebook.reaching import RowContact, Ways

AS_OF = date(2026, 11, 22)


def phone(text: str) -> RowContact | str:
    """Ten digits are a number; those of 800 are only called."""
    digits = "".join(letter for letter in text if letter.isdecimal())
    if len(digits) != 10:
        return "no_phone"
    free = digits.startswith("800")
    return RowContact("phone" if free else "sms", f"+1{digits}", mark="toll_free" if free else "")


def mail(text: str) -> RowContact | str:
    """Anything with one @ between letters is an address; those at work.example are the employer's."""
    name, _at, domain = text.partition("@")
    if not name or "." not in domain or " " in text:
        return "no_mail"
    return RowContact("mail", text.lower(), "employer" if domain.lower() == "work.example" else "personal")


WAYS = Ways(phone=phone, mail=mail)
READING = Reading(ways=WAYS, days=DayStyle(as_of=AS_OF), births=DayStyle(as_of=AS_OF))


def cells(line: int = 2, **values: str) -> Cells:
    """The cells of a line, each under a head called like its field."""
    return Cells(line=line, values=values, heads={name: name for name in values})
