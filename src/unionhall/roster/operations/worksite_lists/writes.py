"""Writing what a plan says of worksites: their rows, what sources call them, what undoes it, and what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from unionhall.roster.enums import ChangeKind, SiteKind
from unionhall.roster.models import Doubt, Import, ImportChange, Worksite, WorksiteCode
from unionhall.roster.operations.worksite_lists.known import TOUCHABLE, ListTerms, row_as_json
from unionhall.roster.operations.worksite_lists.plans import SiteChange, SiteDoubt
from unionhall.roster.operations.worksite_lists.within import WITHIN, write_within
from unionhall.rulebook.names import search_text, site_key

BATCH: Final = 500


def options_of(terms: ListTerms) -> dict[str, Any]:
    """How a list was read, as its import keeps it, so that a doubtful line can be written later by the same terms."""
    return {"columns": sorted(terms.columns), "kind": terms.kind.value, "charters": terms.charters}


def terms_of(imported: Import) -> ListTerms:
    """How the list of an import was read."""
    return ListTerms(
        source=imported.source,
        as_of=imported.as_of,
        columns=frozenset(imported.options.get("columns", ())),
        kind=SiteKind(imported.options.get("kind", SiteKind.SCHOOL)),
        charters=bool(imported.options.get("charters", False)),
    )


def write_changes(changes: Sequence[SiteChange], imported: Import) -> list[Worksite]:
    """The changes of a plan, each with what undoes it; gives the worksites in the order of the changes."""
    pairs = _write_sites(changes)
    codes = [
        WorksiteCode(
            worksite=site, source=imported.source, code=said.code, year=said.year, name=said.name, imported=imported
        )
        for change, site in pairs
        for said in change.codes
    ]
    WorksiteCode.objects.bulk_create(codes, batch_size=BATCH)
    ImportChange.objects.bulk_create(
        (
            ImportChange(
                imported=imported,
                kind=_kind_of(change),
                record="worksite",
                record_pk=site.pk,
                label=site.name,
                line=change.row.line,
                before=dict(change.touched.before),
                after=dict(change.touched.after),
                codes=[said.code for said in change.codes],
            )
            for change, site in pairs
        ),
        batch_size=BATCH,
    )
    return [site for _change, site in pairs]


def write_doubts(doubts: Sequence[SiteDoubt], imported: Import) -> None:
    """Lines that wait for somebody's word. One that waits already, from an earlier copy of the list, waits once."""
    Doubt.objects.bulk_create(
        (
            Doubt(
                imported=imported,
                record="worksite",
                line=doubt.row.line,
                label=doubt.row.name,
                row=row_as_json(doubt.row),
                candidates=[
                    {"pk": item.id, "score": item.score, "reasons": list(item.reasons)} for item in doubt.candidates
                ],
            )
            for doubt in doubts
            if not doubt.waits
        ),
        batch_size=BATCH,
    )


def put_values(site: Worksite, *, values: Mapping[str, Any]) -> None:
    """Set the touchable fields of a worksite from an undo record, and what is derived from them; not what is within."""
    for name, value in values.items():
        if name in WITHIN:
            continue
        setattr(site, name, date.fromisoformat(value) if name == "as_of" and value else value)
    site.name_key = site_key(site.name)[:400]
    site.search = search_text(site.name, site.city, site.address, site.zip)


def _write_sites(changes: Sequence[SiteChange]) -> list[tuple[SiteChange, Worksite]]:
    """Each change with its worksite, made or brought up to date."""
    held = Worksite.objects.in_bulk([change.id for change in changes if change.id is not None])
    pairs = [(change, held[change.id] if change.id is not None else Worksite()) for change in changes]
    for change, site in pairs:
        put_values(site, values=change.touched.after)
    Worksite.objects.bulk_create([site for change, site in pairs if change.id is None], batch_size=BATCH)
    touched = [site for change, site in pairs if change.id is not None and change.touched.after]
    Worksite.objects.bulk_update(touched, [*TOUCHABLE, "name_key", "search"], batch_size=BATCH)
    write_within((site, change.touched.after) for change, site in pairs)
    return pairs


def _kind_of(change: SiteChange) -> ChangeKind:
    if change.id is None:
        return ChangeKind.NEW
    return ChangeKind.CHANGED if change.touched.after else ChangeKind.CLAIMED
