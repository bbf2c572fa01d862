"""The import report: the same for every importer, on screen, in JSON and in the browser.

Source: docs/rules/imports.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from unionhall.rulebook.directory import Fault
from unionhall.rulebook.matching import Reason


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know that hinders nothing. fields: what its sentence names."""

    code: str
    line: int | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


class Candidate(NamedTuple):
    """A record that a line may speak of. score: from 0 to 1. why: a reason code; of a person, reasons say it."""

    id: str
    name: str
    score: float
    why: str = ""
    reasons: tuple[Reason, ...] = ()


class Proposal(NamedTuple):
    """What a line may be, best first."""

    line: int
    name: str
    band: Literal["certain", "review", "new"]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class SiteSums:
    """What a list does at one worksite, in people. id: its public id."""

    id: str
    worksite: str
    adds: int = 0
    moves_in: int = 0
    moves_out: int = 0
    leaves: int = 0
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What a file would do, or did. Counts are of rows, but moved, missing, conflicts and people, which count people.

    gone: records of the source that the file lacks. import_id: None on a dry run. whole: why the whole file was
    refused, None otherwise.
    """

    kind: str
    source: str
    as_of: date
    file: str
    sha256: str
    rows_read: int = 0
    header_row: int | None = None
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    review: int = 0
    refused: tuple[Fault, ...] = ()
    notices: tuple[Notice, ...] = ()
    moved: int = 0
    missing: int = 0
    conflicts: int = 0
    people: int = 0
    proposals: tuple[Proposal, ...] = ()
    by_worksite: tuple[SiteSums, ...] = ()
    seconds: float = 0.0
    import_id: int | None = None
    whole: Fault | None = None

    def adds_up(self) -> bool:
        """Whether each row read is counted exactly once."""
        return self.rows_read == self.new + self.changed + self.unchanged + self.review + len(self.refused)
