"""Lists that are applied whole or not at all, worksites and outlines of districts: looked at, kept, applied later.

Source: docs/rules/imports.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from unionhall.foundation.access import Actor
from unionhall.roster.enums import ImportKind
from unionhall.roster.models import Import
from unionhall.roster.operations.boundary_lists.applying import apply_boundaries, preview_boundaries
from unionhall.roster.operations.files.received import receive_file
from unionhall.roster.operations.worksite_lists.applying import apply_worksites, preview_worksites
from unionhall.rulebook import directory, districts
from unionhall.rulebook.reports import Report
from unionhall.rulebook.sheets import choose_table


@dataclass(frozen=True, slots=True)
class WholeWay:
    """How such lists of one kind come in. fields: what a mapping may name. heads: those of a file, by a mapping."""

    fields: tuple[str, ...]
    heads: Callable[[Any, Mapping[str, str]], Sequence[str]]
    preview: Callable[..., Report]
    apply: Callable[..., Report]
    options: tuple[str, ...]


WHOLE: Final[Mapping[str, WholeWay]] = {
    ImportKind.WORKSITES.value: WholeWay(
        directory.FIELDS,
        lambda file, mapping: choose_table(file.tables, directory.WANTED, mapping).heads,
        preview_worksites,
        apply_worksites,
        ("charters",),
    ),
    ImportKind.BOUNDARIES.value: WholeWay(
        districts.FIELDS, lambda file, mapping: file.heads, preview_boundaries, apply_boundaries, ("kind",)
    ),
}


def receive_whole(
    *,
    kind: str,
    file: Any,
    data: bytes,
    source: str,
    as_of: date,
    mapping: Mapping[str, str] | None,
    options: Mapping[str, Any] | None,
    actor: Actor,
    at: datetime,
) -> Import:
    """Such a list is looked at and kept; nothing is written yet. Arguments as for `receive`. Raises FileRefused."""
    way, said = WHOLE[kind], mapping or {}
    chosen = {name: value for name, value in (options or {}).items() if name in way.options}
    report = way.preview(file=file, source=source, as_of=as_of, mapping=said, **chosen)
    return receive_file(
        data=data,
        report=report,
        columns=list(way.heads(file, said)),
        mapping=said,
        options=chosen,
        actor=actor,
        at=at,
    )


def apply_whole(*, imported: Import, file: Any, actor: Actor, at: datetime) -> Report:
    """The list that was kept is applied in one transaction. file: the file again. Raises NotToApply, FileRefused."""
    way = WHOLE[imported.kind]
    chosen = {name: value for name, value in imported.options.items() if name in way.options}
    return way.apply(
        file=file,
        source=imported.source,
        as_of=imported.as_of,
        mapping=imported.mapping,
        **chosen,
        actor=actor,
        at=at,
        imported=imported,
    )
