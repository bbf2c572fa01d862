"""Lists of numbers and addresses that asked not to be written to, as texting and mail tools give them.

Source: docs/rules/contact-lists.md, section 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, tzinfo
from typing import Final

from unionhall.rulebook.cells import Cells, Fault, cleaned
from unionhall.rulebook.columns import Wanted
from unionhall.rulebook.days import DayStyle, read_day
from unionhall.rulebook.names import fold
from unionhall.rulebook.people_columns import NAMES, REACH
from unionhall.rulebook.reaching import ReachKind, RowContact, Ways, contacts_of

_TOOL: Final = (
    Wanted(
        "opted_out_at",
        ("opted out at", "opt out date", "opt out at", "optout date", "opted out on", "opted out date", "opt out time",
         "optout time", "optedout at", "unsubscribed at", "unsubscribe date", "unsubscribed on", "unsubscribe time",
         "unsub time", "unsub date", "date unsubscribed", "date opted out", "bounced at", "bounce date", "cleaned time",
         "suppressed at", "blocked at", "fecha de baja", "fecha baja"),
        (frozenset({"opt", "out", "date"}), frozenset({"unsubscribed", "at"}), frozenset({"unsubscribe", "date"})),
    ),
    Wanted(
        "opted_out",
        ("opted out", "opt out", "optout", "optedout", "is opted out", "has opted out", "unsubscribed", "unsubscribe",
         "do not contact", "do not text", "do not email", "do not call", "dnc", "stop", "suppressed", "blocked",
         "bounced", "baja", "dado de baja", "no contactar"),
        (frozenset({"opted", "out"}), frozenset({"opt", "out"}), frozenset({"unsubscribed"})),
        frozenset({"date", "time", "at", "reason", "campaign", "method", "source", "by"}),
    ),
    Wanted(
        "subscribed",
        ("subscribed", "is subscribed", "opted in", "opt in", "opt in status", "consent", "can text", "suscrito",
         "receives texts", "receives email"),
    ),
    Wanted(
        "contact_status",
        ("subscription status", "opt out status", "opt status", "status", "sms status", "text status", "email status",
         "contact status", "member status", "subscriber status", "can2 subscription status", "delivery status",
         "last reply", "last message", "keyword", "estado", "estatus"),
        (frozenset({"subscription", "status"}), frozenset({"status"})),
        frozenset({"date", "employment", "marital", "code"}),
    ),
    Wanted("channel", ("channel", "medium", "contact type", "type", "canal", "medio", "list type")),
    Wanted("scope", ("scope", "topic", "list", "list name", "campaign", "segment", "tema", "lista", "campana")),
)  # fmt: skip

WANTED: Final = (*_TOOL, *NAMES, *REACH)
FIELDS: Final = tuple(item.field for item in WANTED)
ALL: Final = "all"
LONGEST_SCOPE: Final = 80
_SIGNS: Final = frozenset({"opted_out_at", "opted_out", "subscribed", "contact_status"})
_CHANNELS: Final[Mapping[str, frozenset[ReachKind]]] = {
    **dict.fromkeys(
        (
            "sms",
            "text",
            "texts",
            "texting",
            "mms",
            "cell",
            "mobile",
            "phone",
            "call",
            "voice",
            "texto",
            "mensaje",
            "telefono",
        ),
        frozenset({"sms", "phone"}),
    ),
    **dict.fromkeys(("email", "mail", "emails", "correo"), frozenset({"mail"})),
}
_YES: Final = frozenset({"yes", "y", "true", "t", "1", "x", "si", "verdadero", "on"})
_NO: Final = frozenset({"no", "n", "false", "f", "0", "falso", "off", "never"})
# A status that is one of these, or holds it as words.
_OUT: Final = (
    "opted out", "opt out", "optout", "optedout", "stop", "stopped", "stopall", "unsubscribed",
    "unsubscribe", "unsub",
    "bounced", "bounce", "hard bounce", "soft bounce", "cleaned", "complaint", "complained", "spam", "spam complaint",
    "abuse", "do not contact", "do not text", "do not email", "do not call", "dnc", "blocked", "blacklisted", "removed",
    "revoked", "revoke", "quit", "cancel", "cancelled", "canceled", "suppressed", "undeliverable", "invalid",
    "wrong number", "refused", "baja", "dado de baja", "dada de baja", "alto", "parar", "no mas", "cancelado",
    "cancelada",
    "rebotado", "no contactar",
)  # fmt: skip
_IN: Final = (
    "subscribed", "active", "opted in", "opt in", "optin", "confirmed", "start", "unstop", "valid",
    "resubscribed", "suscrito", "suscrita", "activo", "activa", "alta", "confirmado", "confirmada", "sent", "delivered",
    "replied",
)  # fmt: skip
_BARE: Final = {"out": True, "end": True, "in": False, "ok": False}


@dataclass(frozen=True, slots=True)
class OptOutRow:
    """One number or address that asked not to be written to. scope: "all", or what the list calls the matter.

    opted_out_at: None where the list does not say when.
    """

    line: int
    kind: ReachKind
    value: str = field(repr=False)
    opted_out_at: datetime | None = None
    scope: str = ALL
    remarks: tuple[Fault, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Stays:
    """A line about somebody who did not opt out."""

    line: int


@dataclass(frozen=True, slots=True)
class OptOutReading:
    """What is known before a line is read. zone: of times without one. has_signs: see `has_signs`."""

    ways: Ways
    days: DayStyle
    zone: tzinfo = UTC
    has_signs: bool = True


def has_signs(columns: Iterable[str]) -> bool:
    """Whether the columns of a list tell who opted out; where none does, it is a list of opt-outs altogether."""
    return not _SIGNS.isdisjoint(columns)


def read_opt_out(cells: Cells, reading: OptOutReading) -> tuple[OptOutRow, ...] | Stays | Fault:
    """What a line asks not to be written to, one row for each number and address; Stays for who is still subscribed.

    A line with a status nobody knows, or without any number or address that can be one, is refused: an opt-out that is
    lost is worse than a line to look at.
    """
    cells = cells if cells.is_clean else cleaned(cells)
    verdict = _is_out(cells, reading.days) if reading.has_signs else True
    if isinstance(verdict, Fault):
        return verdict
    if not verdict:
        return Stays(cells.line)
    remarks: list[Fault] = []
    meant = _meant(contacts_of(cells, reading.ways, remarks), _text(cells, "channel"))
    if not meant:
        return remarks[0] if remarks else Fault(cells.line, "no_opt_out")
    at = _moment(_text(cells, "opted_out_at") or _text(cells, "opted_out"), reading)
    scope = _text(cells, "scope")[:LONGEST_SCOPE] or ALL
    return tuple(
        OptOutRow(cells.line, contact.kind, contact.value, at, scope, () if place else tuple(remarks))
        for place, contact in enumerate(meant)
    )


def _is_out(cells: Cells, days: DayStyle) -> bool | Fault:
    """Whether a line says that its owner opted out. One sign for it is enough; a day alone is one."""
    signs = [
        _of_flag(_text(cells, "opted_out"), days, yes=True),
        _of_flag(_text(cells, "subscribed"), days, yes=False),
        _of_status(_text(cells, "contact_status")),
    ]
    if True in signs:
        return True
    if False in signs:
        return False
    if _text(cells, "opted_out_at"):
        return True
    unclear = next((name for name in ("opted_out", "subscribed", "contact_status") if _text(cells, name)), "")
    if not unclear and "contact_status" in cells.values and not {"opted_out", "opted_out_at"} & cells.values.keys():
        unclear = "contact_status"
    return cells.fault(unclear, "unknown_opt_out") if unclear else False


def _of_flag(text: str, days: DayStyle, *, yes: bool) -> bool | None:
    """Whether a column of yes and no says "out". yes: what "yes" means; a day is a yes; a status is taken as it is."""
    folded = fold(text)
    if folded in _YES or (text and read_day(text, days)):
        return yes
    if folded in _NO:
        return not yes
    return _of_status(text)


def _of_status(text: str) -> bool | None:
    """Whether a status is one of those who opted out; None where nobody knows. What is out goes before what is in."""
    folded = fold(text)
    if folded in _BARE:
        return _BARE[folded]
    spaced = f" {folded} "
    if " not " in spaced.replace(" do not ", " "):
        return None
    if any(f" {word} " in spaced for word in _OUT):
        return True
    return False if any(f" {word} " in spaced for word in _IN) else None


def _meant(contacts: tuple[RowContact, ...], channel: str) -> list[RowContact]:
    """The contacts that a line is about: all, unless it names a channel."""
    kinds = next((_CHANNELS[word] for word in fold(channel).split() if word in _CHANNELS), None)
    return [contact for contact in contacts if kinds is None or contact.kind in kinds]


def _moment(text: str, reading: OptOutReading) -> datetime | None:
    """When somebody opted out: to the second where the list says it, else the beginning of the day."""
    try:
        found = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        day = read_day(text, reading.days)
        return datetime.combine(day, time(), tzinfo=reading.zone) if day else None
    if text.endswith(" UTC"):
        return found.replace(tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=reading.zone)


def _text(cells: Cells, name: str) -> str:
    return cells.values.get(name, "")
