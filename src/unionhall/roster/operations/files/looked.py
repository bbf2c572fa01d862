"""A list that was looked at, of whatever kind; and what reading one asks for: its source, its mapping, its refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, Protocol, TypeVar

from unionhall.foundation.collecting import collected_later
from unionhall.foundation.contacts import reach_by_mail, reach_by_phone
from unionhall.roster.operations.files.refusals import LONGEST_SOURCE, FileRefused
from unionhall.roster.queries import mapping_of_source, source_with_columns
from unionhall.rulebook.cells import Fault
from unionhall.rulebook.cells_out import source_given_out
from unionhall.rulebook.columns import NoHeader, UnknownHead
from unionhall.rulebook.reaching import Ways
from unionhall.rulebook.reports import Notice, Proposal, Report
from unionhall.rulebook.sheets import HeadedTable, SourceFile

WAYS: Final = Ways(phone=reach_by_phone, mail=reach_by_mail)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A file and how it is to be read.

    source: what to call the list; "" takes the source of the last list with the same columns, else the file's name.
    as_of: the day of which it speaks. mapping: field → head, before any guess; None takes the one last said for the
    source, where its heads are here. options: of its kind. but: the number of the import that is being resumed.
    """

    file: SourceFile
    source: str
    as_of: date
    mapping: Mapping[str, str] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    but: int | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """A list as it was looked at.

    plan: in memory, what it would do. every: gives each line with whom it was taken for, not the doubtful ones alone.
    """

    report: Report
    heads: tuple[str, ...]
    mapping: Mapping[str, str]
    options: Mapping[str, Any]
    plan: Any
    every: Callable[[], tuple[Proposal, ...]]

    def whole_report(self) -> Report:
        """The report with every line among its proposals."""
        with collected_later():
            return replace(self.report, proposals=self.every())


class ReadList(Protocol):
    """A file read as a list of its kind: its table, and why nothing of it can be taken."""

    @property
    def table(self) -> HeadedTable:
        """The sheet and its heads."""
        ...

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What its reader should know of it."""
        ...

    @property
    def whole(self) -> Fault | None:
        """Why the whole file is refused."""
        ...


R = TypeVar("R", bound=ReadList)


def open_list(
    asked: Asked,
    *,
    kind: str,
    no_header: str,
    table_of: Callable[[Mapping[str, str]], HeadedTable],
    read: Callable[[str, Mapping[str, str]], R],
) -> tuple[R, Report, Mapping[str, str]]:
    """The file read as a list, its report so far, and the mapping it was read by.

    no_header: the reason where no row names the columns. table_of: the sheet by a mapping. read: the list by a source
    and a mapping. Raises FileRefused.
    """
    report = Report(kind=kind, source="", as_of=asked.as_of, file=asked.file.name, sha256=asked.file.sha256)
    named = " ".join(asked.source.split())[:LONGEST_SOURCE]
    try:
        if not named:
            table = table_of(asked.mapping or {})
            named = source_given_out(table) or source_with_columns(kind, table.heads) or stem_of(asked.file.name)
        report = replace(report, source=named)
        found, mapping = _by_mapping(asked, kind, named, read)
    except NoHeader as error:
        raise _refused(report, Fault(line=0, code=no_header, other=_heads(error.heads))) from error
    except UnknownHead as error:
        fault = Fault(line=0, code="unknown_head", value=error.head, other=_heads(error.heads))
        raise _refused(report, fault) from error
    report = replace(report, header_row=found.table.header_row, rows_read=len(found.table.body))
    if found.whole is not None:
        every = tuple(replace(found.whole, line=row.line) for row in found.table.body)
        raise FileRefused(replace(report, refused=every, whole=found.whole))
    return found, report, mapping


def stem_of(name: str) -> str:
    """The source that a file without any other has: its name."""
    return " ".join(name.rsplit(".", 1)[0].split())[:LONGEST_SOURCE] or "list"


def _by_mapping(
    asked: Asked, kind: str, source: str, read: Callable[[str, Mapping[str, str]], R]
) -> tuple[R, Mapping[str, str]]:
    """The list by the mapping that was given; one that is only remembered gives way where its heads are not here."""
    if asked.mapping is not None:
        return read(source, asked.mapping), asked.mapping
    remembered = mapping_of_source(kind, source)
    try:
        return read(source, remembered), remembered
    except UnknownHead:
        return read(source, {}), {}


def _refused(report: Report, fault: Fault) -> FileRefused:
    return FileRefused(replace(report, whole=fault))


def _heads(heads: tuple[str, ...]) -> str:
    return ", ".join(head[:40] for head in heads[:20])
