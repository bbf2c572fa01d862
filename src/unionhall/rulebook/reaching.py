"""Ways to reach somebody, as a line of a list gives them.

How numbers and addresses are spelled, and which are the employer's, only the installation knows: `Ways` brings it in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from unionhall.rulebook.addresses import Place, read_zip
from unionhall.rulebook.cells import Cells, Fault, plain_text

ReachKind = Literal["sms", "phone", "mail", "post"]
Owner = Literal["personal", "employer"]

LONGEST: Final = {"address": 250, "city": 120, "state": 40}
_NUMBERS: Final = ("cell", "phone", "phone_2", "home_phone", "work_phone")
_MAILS: Final = ("personal_mail", "mail", "work_mail")
_OF_EMPLOYER: Final = frozenset({"work_phone", "work_mail"})
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
    """All ways to reach somebody that a line gives, each once, the likeliest first.

    remarks: grows by what was left out or is never texted, masked. A blank is no fault: people may lawfully keep their
    numbers to themselves.
    """
    found: dict[str, RowContact] = {}
    values = cells.values
    for name in _NUMBERS:
        if values.get(name):
            # A list that tells cells from home phones means it.
            called = name == "home_phone" and "cell" in cells.heads
            _judge(cells, name, ways.phone, found, remarks, voice=called)
    for name in _MAILS:
        if values.get(name):
            _judge(cells, name, ways.mail, found, remarks)
    post = _post(cells, remarks) if values.get("address") else None
    return (*found.values(), post) if post else tuple(found.values())


def _judge(
    cells: Cells,
    name: str,
    judge: Callable[[str], RowContact | str],
    found: dict[str, RowContact],
    remarks: list[Fault],
    *,
    voice: bool = False,
) -> None:
    """Add what one cell gives to what was found."""
    text = plain_text(cells.values[name])
    if not text:
        return
    first = judge(text)
    answers = [first]
    if isinstance(first, str):
        parts = several(cells.values[name])
        answers = [judge(part) for part in parts] if len(parts) > 1 else [first]
    for answer in answers:
        if isinstance(answer, str):
            remarks.append(cells.masked_fault(name, answer))
            continue
        if answer.mark in _REMARKED:
            remarks.append(cells.masked_fault(name, answer.mark))
        if answer.value not in found:
            kind: ReachKind = "phone" if voice and answer.kind == "sms" else answer.kind
            owner: Owner = "employer" if name in _OF_EMPLOYER else answer.owner
            same = kind == answer.kind and owner == answer.owner
            found[answer.value] = answer if same else RowContact(kind, answer.value, owner, answer.mark)


def _post(cells: Cells, remarks: list[Fault]) -> RowContact | None:
    """The address of a line, as `Place.kept` keeps it; a wrong ZIP code costs only the ZIP code."""
    texts = {name: plain_text(cells.values.get(name, "")) for name in ("address", "address_2", "city", "state", "zip")}
    if not texts["address"]:
        return None
    street = f"{texts['address']} {texts['address_2']}".strip()
    area = read_zip(texts["zip"])
    if texts["zip"] and not area:
        remarks.append(cells.masked_fault("zip", "no_home_zip"))
    for name, text in (("address", street), ("city", texts["city"]), ("state", texts["state"])):
        if len(text) > LONGEST[name]:
            remarks.append(cells.masked_fault(name, "long_address"))
            return None
    return RowContact("post", Place(street, texts["city"], texts["state"], area).kept)
