"""What can happen on the roster."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportApplied:
    """A file came in. import_id: its row; kind: what it brought; new, changed: how many records it touched."""

    import_id: int
    kind: str
    new: int
    changed: int


@dataclass(frozen=True, slots=True)
class ImportUndone:
    """An import was taken back. removed, restored, stands: records that went, went back, or were left."""

    import_id: int
    kind: str
    removed: int
    restored: int
    stands: int


@dataclass(frozen=True, slots=True)
class AreasAssigned:
    """Worksites came into other areas. moved: how many."""

    moved: int


@dataclass(frozen=True, slots=True)
class DistrictsAssigned:
    """Worksites lie in other districts. came, left: how many times one came into a district, or left one."""

    came: int
    left: int


@dataclass(frozen=True, slots=True)
class PersonAdded:
    """Somebody new is on the roster. public_id: of the person."""

    public_id: str


@dataclass(frozen=True, slots=True)
class PersonBecameManagement:
    """Somebody now stands on the employer's side; her account, if she had one, is closed. public_id: of the person."""

    public_id: str
    had_account: bool


@dataclass(frozen=True, slots=True)
class PeopleMerged:
    """Two records proved to be one person. kept, absorbed: public ids."""

    kept: str
    absorbed: str


@dataclass(frozen=True, slots=True)
class SiteDoubtSettled:
    """Somebody said what a doubtful line of a worksite list is. decision: same, new or skip."""

    import_id: int
    line: int
    decision: str


@dataclass(frozen=True, slots=True)
class WorksitesMerged:
    """Two worksites are one from now on. kept, absorbed: public ids."""

    kept: str
    absorbed: str


@dataclass(frozen=True, slots=True)
class PeopleParted:
    """A merge was taken back. kept, absorbed: public ids."""

    kept: str
    absorbed: str


@dataclass(frozen=True, slots=True)
class RollFrozen:
    """A list was frozen. roll: its public id; lines: how many persons."""

    roll: str
    lines: int


@dataclass(frozen=True, slots=True)
class FormerShrunk:
    """The retention clock ran out for former members, who were cut down to the minimal record. public_ids: whose."""

    public_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorksitesParted:
    """A merge of worksites was taken back. kept, absorbed: public ids."""

    kept: str
    absorbed: str


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """Somebody asked for a file with the data of many. export_id: its row."""

    export_id: int


@dataclass(frozen=True, slots=True)
class ExportDecided:
    """A second person agreed to an export or refused it. export_id: its row."""

    export_id: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class ExportReady:
    """The file of an export is made and waits for its asker. export_id: its row."""

    export_id: int
