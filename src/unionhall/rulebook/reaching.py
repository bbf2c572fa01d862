"""Ways to reach somebody, as a line of a list gives them.

How numbers and addresses are spelled, and which are the employer's, only the installation knows: `Ways` brings it in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from unionhall.rulebook.addresses import read_zip
from unionhall.rulebook.cells import Cells, Fault

ReachKind = Literal["sms", "phone", "mail", "post"]
Owner = Literal["personal", "employer"]

LONGEST_ADDRESS: Final = 250
LONGEST_CITY: Final = 160
_REACHED: Final = ("cell", "phone", "phone_2", "home_phone", "work_phone", "personal_mail", "mail", "work_mail")
_MAILS: Final = frozenset({"personal_mail", "mail", "work_mail"})
_OF_EMPLOYER: Final = frozenset({"work_phone", "work_mail"})
_SPECIAL: Final = _OF_EMPLOYER | {"home_phone"}
# Marks worth a word to whoever sends the list; that a number is a fixed line is not.
_REMARKED: Final = frozenset({"toll_free", "internet_phone", "premium_rate", "pager", "extension"})
_BETWEEN: Final = re.compile(r"\s*(?:[/;,|\n]|\s(?:or|and|o|y|&)\s)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RowContact:
    """One way to reach somebody. kind "sms" can be texted, "phone" only called. value: normalized; of a "post" the
    text of `Place.kept`. owner: the employer's is never written to. mark: why it is never texted, "" if nothing.
    """

    kind: ReachKind
    value: str = field(repr=False)
    owner: Owner = "personal"
    mark: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Ways:
    """How contacts are judged. Each gives the contact, or the reason code why the text is none.

    phone: of a number as people write it. mail: of a mail address.
    """

    phone: Callable[[str], RowContact | str]
    mail: Callable[[str], RowContact | str]


def several(text: str) -> list[str]:
    """The numbers or addresses of a cell that holds more than one: "213 555 0142 / 323 555 0188"."""
    return [part for part in _BETWEEN.split(text.strip()) if part]


def contacts_of(cells: Cells, ways: Ways, remarks: list[Fault]) -> tuple[RowContact, ...]:
    """All ways to reach somebody that a line gives, each once, the likeliest first. cells: clean.

    remarks: grows by what was left out or is never texted, masked. A blank is no fault: people may lawfully keep their
    numbers to themselves.
    """
    found: dict[str, RowContact] = {}
    values = cells.values
    for name in _REACHED:
        text = values.get(name)
        if text:
            judge = ways.mail if name in _MAILS else ways.phone
            answer = judge(text)
            if isinstance(answer, RowContact) and not answer.mark and name not in _SPECIAL:
                found.setdefault(answer.value, answer)
            else:
                _add(cells, name, answer, judge, found, remarks)
    if values.get("address"):
        post = _post(cells, remarks)
        if post:
            found[post.value] = post
    return tuple(found.values())


def _add(
    cells: Cells,
    name: str,
    answer: RowContact | str,
    judge: Callable[[str], RowContact | str],
    found: dict[str, RowContact],
    remarks: list[Fault],
) -> None:
    """Add what one cell gives to what was found."""
    if isinstance(answer, str):
        parts = several(cells.values[name])
        if len(parts) > 1:
            for part in parts:
                _add_one(cells, name, judge(part), found, remarks)
            return
    _add_one(cells, name, answer, found, remarks)


def _add_one(
    cells: Cells, name: str, answer: RowContact | str, found: dict[str, RowContact], remarks: list[Fault]
) -> None:
    if isinstance(answer, str):
        remarks.append(cells.masked_fault(name, answer))
        return
    if answer.mark in _REMARKED:
        remarks.append(cells.masked_fault(name, answer.mark))
    if answer.value in found:
        return
    if name in _OF_EMPLOYER:
        answer = RowContact(answer.kind, answer.value, "employer", answer.mark)
    elif name == "home_phone" and answer.kind == "sms" and "cell" in cells.heads:
        # A list that tells cells from home phones means it.
        answer = RowContact("phone", answer.value, answer.owner, "home")
    found[answer.value] = answer


def _post(cells: Cells, remarks: list[Fault]) -> RowContact | None:
    """The address of a line, as `Place.kept` keeps it; a wrong ZIP code costs only the ZIP code."""
    values = cells.values
    street, unit, written = values["address"], values.get("address_2", ""), values.get("zip", "")
    city, state = values.get("city", ""), values.get("state", "")
    area = written and read_zip(written)
    if written and not area:
        remarks.append(cells.masked_fault("zip", "no_home_zip"))
    if unit:
        street = f"{street} {unit}"
    if len(street) > LONGEST_ADDRESS or len(city) + len(state) > LONGEST_CITY:
        remarks.append(cells.masked_fault("address", "long_address"))
        return None
    return RowContact("post", f"{street}\n{city}\n{state}\n{area}")
