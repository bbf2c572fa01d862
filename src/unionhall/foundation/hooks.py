"""Where a higher slice adds to what a lower one shows: typed registries, filled while the apps start.

Each hook is one line here; the documentation lists them from `all_hooks()`. A slice registers in its `apps.py`, or in a
module imported there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Generic, Protocol, TypeVar

from django.db import models
from django.utils.functional import Promise

from unionhall.foundation.access import Actor, Role, Viewer
from unionhall.foundation.bilingual import Bilingual

T = TypeVar("T")

_all: dict[str, Hook[Any]] = {}


class Hook(Generic[T]):
    """A typed registry: what was registered, by key, in the order of `order` and then of registering."""

    def __init__(self, name: str, *, says: str) -> None:
        if name in _all:
            raise ValueError(f"there is a hook named {name} already")
        self.name = name
        self.says = says
        self._items: dict[str, tuple[int, T]] = {}
        _all[name] = self

    def register(self, key: str, item: T, *, order: int = 100) -> T:
        """Add one item. key: unique in this hook, `slice.name`. Raises ValueError for a second item of that key."""
        if key in self._items:
            raise ValueError(f"{self.name} has {key} already")
        self._items[key] = (order, item)
        return item

    def remove(self, key: str) -> None:
        """Take one item out again, for tests. Raises KeyError where there is none."""
        del self._items[key]

    def keys(self) -> tuple[str, ...]:
        """The keys, in the order of the items."""
        return tuple(sorted(self._items, key=lambda key: self._items[key][0]))

    def items(self) -> tuple[tuple[str, T], ...]:
        """The items with their keys, in order."""
        return tuple((key, self._items[key][1]) for key in self.keys())

    def get(self, key: str) -> T | None:
        """The item of that key, or none."""
        found = self._items.get(key)
        return found[1] if found else None

    def __iter__(self) -> Iterator[T]:
        return (self._items[key][1] for key in self.keys())

    def __len__(self) -> int:
        return len(self._items)


def all_hooks() -> tuple[Hook[Any], ...]:
    """Every hook of the product by name, for the documentation and its test."""
    return tuple(_all[name] for name in sorted(_all))


@dataclass(frozen=True, slots=True)
class HallEntry:
    """One entry of the Hall's dock and menu. roles: who sees it; none named means everybody who is signed in.

    line: what the room is for, in a few words, for the menu. A phone's dock has place for four entries; the others
    stand in the menu, so that those used every day want a low order.
    """

    label: str | Promise
    url_name: str
    icon: str
    roles: tuple[Role, ...] = ()
    line: str | Promise = ""


@dataclass(frozen=True, slots=True)
class HallNotice:
    """Something that waits for whoever is in the Hall. address: where it is settled, a path of ours."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class ClockStand:
    """How one retention clock stands. due: how many it forgets now; waiting: whose time still runs; held: how many a
    legal hold keeps; no_day: of how many nobody knows when their time began; next_on: the next day it forgets any.
    """

    due: int = 0
    waiting: int = 0
    held: int = 0
    no_day: int = 0
    next_on: date | None = None


class Forget(Protocol):
    """Forgets what is due."""

    def __call__(self, *, actor: Actor, at: datetime) -> int:
        """How many were forgotten. Safe to repeat."""


@dataclass(frozen=True, slots=True)
class RetentionClock:
    """One class of data that goes by itself. what: the class; lasts: when it goes; remains: what stays of it.

    run: forgets what is due and gives how many; safe to repeat. stand: how it stands, changing nothing. stops_on_hold:
    whether a legal hold keeps it; secrets that open doors go whatever stands.
    """

    what: str | Promise
    lasts: str | Promise
    remains: str | Promise
    run: Forget
    stand: Callable[[datetime], ClockStand]
    stops_on_hold: bool = False


@dataclass(frozen=True, slots=True)
class FootLink:
    """One link in the foot of every page. address: a path, translated where the two languages have different ones."""

    label: str | Promise
    address: str | Promise


@dataclass(frozen=True, slots=True)
class MirroredAct:
    """An act that another log wrote down, as the trail keeps it."""

    at: datetime
    actor: Actor
    verb: str
    object_type: str
    object_id: str
    object_label: str


@dataclass(frozen=True, slots=True)
class AuditMirror:
    """A log of other software that the trail repeats. model: its table, or the abstract one above several.

    read: one new row → the act.
    """

    model: type[models.Model]
    read: Callable[[Any], MirroredAct]


@dataclass(frozen=True, slots=True)
class OpenFile:
    """One file of the export of everything. path: below its folder, parts joined by "/". says: what it holds.

    pieces: gives the bytes, some at a time, read once.
    """

    path: str
    says: Bilingual
    pieces: Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class ExportSection:
    """What one slice gives to the export of everything: each of its tables as a CSV file, and files of its own.

    app: the label of the slice's app. left_out: "Model" or "Model.field" → why it stays in the house, such as a secret.
    files: further files, such as pages and pictures.
    """

    app: str
    left_out: Mapping[str, str]
    files: Callable[[], Iterator[OpenFile]] | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose file is read: one person of the roster. user_id: her account, where she has one."""

    person_id: int
    public_id: str
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """One thing that is held about a person. source: who says it, in words; on: the day it was said or written down."""

    label: str
    value: str
    source: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class SubjectSection:
    """One class of what is held about a person, for her own page and for the subject file.

    why: what it is kept for, and how long, in a sentence or two. tables: "app.Model" of every table it reads. read: the
    lines of one person, newest or most telling first, in the reader's language. shown: whether she reads the lines at
    /me/; where not, she is told that there are some and asks for them in writing. left_out: "app.Model" of tables that
    point at people and stand in no section → why.
    """

    title: str | Promise
    why: str | Promise
    tables: tuple[str, ...]
    read: Callable[[Subject], Iterable[SubjectLine]]
    shown: bool = True
    left_out: Mapping[str, str] = field(default_factory=dict)


NOT_SAID: Final = Bilingual()


class CodeState(StrEnum):
    """Whether what was said under a short code still holds."""

    HOLDS = "holds"
    CHANGED = "changed"
    REPLACED = "replaced"
    ENDED = "ended"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the union said under a short code. kind: "page", "text message" and the like, as a noun in the reader's
    language. title: blank where somebody took her leave back. at: when it was said. address: where it may be read as it
    was. since: when another state than HOLDS began. now_title, now_address: what holds now, where there is something.
    """

    kind: str | Promise
    title: Bilingual
    at: datetime
    address: Bilingual = NOT_SAID
    state: CodeState = CodeState.HOLDS
    since: date | None = None
    now_title: Bilingual = NOT_SAID
    now_address: Bilingual = NOT_SAID


# The eight letters and the day → what was said under them; None where that slice never said anything under them.
FindSpoken = Callable[[str, date], Spoken | None]

hall_entries: Hook[HallEntry] = Hook("hall_entries", says="Entries of the Hall's dock and menu.")
foot_links: Hook[FootLink] = Hook("foot_links", says="Links in the foot of every page, such as privacy.")
audit_mirrors: Hook[AuditMirror] = Hook("audit_mirrors", says="Logs of other software, repeated in the audit trail.")
export_sections: Hook[ExportSection] = Hook(
    "export_sections", says="What each slice gives to the export of everything."
)
subject_sections: Hook[SubjectSection] = Hook(
    "subject_sections", says="What each slice holds about one person: for her own page and the subject file."
)
retention_clocks: Hook[RetentionClock] = Hook(
    "retention_clocks", says="Classes of data that are forgotten by themselves, every night."
)
spoken_codes: Hook[FindSpoken] = Hook(
    "spoken_codes", says="What each slice said under a short code: pages, texts, mails, flyers."
)
minute_clocks: Hook[Callable[[datetime], bool]] = Hook(
    "minute_clocks", says="What begins by itself at an instant: asked each minute, gives whether anything did."
)
hall_notices: Hook[Callable[[Viewer], Iterable[HallNotice]]] = Hook(
    "hall_notices", says="What waits for the viewer above the rooms of the Hall, such as an access review."
)
