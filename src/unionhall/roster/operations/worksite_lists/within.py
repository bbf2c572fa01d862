"""What lists say of the inside of a worksite, its units, shifts and bells, as undo records keep it.

units: numbers, rising. shifts: [name, start, end, days] each, bells: [name, time, days], by name; times as "07:30".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import time
from typing import Any, Final

from unionhall.roster.models import BellTime, Shift, Unit, Worksite, WorksiteUnit
from unionhall.rulebook.directory import SiteRow
from unionhall.rulebook.names import fold

WITHIN: Final = ("units", "shifts", "bells")
_BATCH: Final = 500
_Row = WorksiteUnit | Shift | BellTime


def held_within(ids: Collection[int] | None = None) -> dict[int, dict[str, list[Any]]]:
    """Units, shifts and bells of worksites, by their numbers; a worksite without any has empty lists. Three queries.

    ids: only these worksites; every one otherwise.
    """
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: {name: [] for name in WITHIN})
    for name, (table, told, _made) in _TABLES.items():
        rows = table._base_manager.all() if ids is None else table._base_manager.filter(worksite__in=ids)
        for row in rows.iterator():
            found[row.worksite_id][name].append(told(row))
        for values in found.values():
            values[name].sort()
    return found


def said_within(row: SiteRow, held: Mapping[str, Any], units: Mapping[str, Collection[int]]) -> dict[str, list[Any]]:
    """What a line says of the inside, beside what is held: a blank cell says nothing.

    Units, shifts and bells that a cell names are all there are; a start and an end of the day leave other bells as they
    are. units: folded code or name → numbers; one that names none, or several, is left out.
    """
    said: dict[str, list[Any]] = {}
    known = sorted({pk for text in row.units for pk in known_units(text, units)})
    if known:
        said["units"] = known
    if row.shifts:
        said["shifts"] = sorted([s.name, f"{s.starts_at:%H:%M}", f"{s.ends_at:%H:%M}", s.days] for s in row.shifts)
    if row.bells:
        bells = {bell[0]: bell for bell in held.get("bells", ())} if row.adds_bells else {}
        bells |= {bell.name: [bell.name, f"{bell.rings_at:%H:%M}", bell.days] for bell in row.bells}
        said["bells"] = sorted(bells.values())
    return said


def known_units(text: str, units: Mapping[str, Collection[int]]) -> Collection[int]:
    """The one unit that a text names, by its code or name; nothing where it names none or several."""
    found = units.get(fold(text), ())
    return found if len(found) == 1 else ()


def units_by_word() -> dict[str, set[int]]:
    """Folded code or name of each unit → numbers. One query."""
    found: dict[str, set[int]] = defaultdict(set)
    for unit in Unit.objects.order_by("pk"):
        for text in (unit.code, unit.name.en, unit.name.es, str(unit)):
            if fold(text):
                found[fold(text)].add(unit.pk)
    return found


def write_within(values: Iterable[tuple[Worksite, Mapping[str, Any]]]) -> None:
    """Let each worksite have exactly the units, shifts and bells that its values name; what they lack stays."""
    pairs = list(values)
    for name, (table, told, made) in _TABLES.items():
        wanted = {site.pk: [list(item) if isinstance(item, (list, tuple)) else item for item in said[name]]
                  for site, said in pairs if name in said}  # fmt: skip
        ids = list(wanted)
        for start in range(0, len(ids), _BATCH):
            part = ids[start : start + _BATCH]
            rows = list(table._base_manager.filter(worksite__in=part))
            stays = {(row.worksite_id, str(told(row))) for row in rows if told(row) in wanted[row.worksite_id]}
            goes = [row.pk for row in rows if told(row) not in wanted[row.worksite_id]]
            table._base_manager.filter(pk__in=goes).delete()
            fresh = [made(pk, item) for pk in part for item in wanted[pk] if (pk, str(item)) not in stays]
            table._base_manager.bulk_create(fresh, batch_size=_BATCH)


def _shift(pk: int, item: list[str]) -> Shift:
    starts_at, ends_at = time.fromisoformat(item[1]), time.fromisoformat(item[2])
    return Shift(worksite_id=pk, name=item[0], starts_at=starts_at, ends_at=ends_at, days=item[3])


_TABLES: Final[dict[str, tuple[type[Any], Callable[[Any], Any], Callable[[int, Any], _Row]]]] = {
    "units": (WorksiteUnit, lambda row: row.unit_id, lambda pk, item: WorksiteUnit(worksite_id=pk, unit_id=item)),
    "shifts": (
        Shift,
        lambda row: [row.name, f"{row.starts_at:%H:%M}", f"{row.ends_at:%H:%M}", row.days],
        _shift,
    ),
    "bells": (
        BellTime,
        lambda row: [row.name, f"{row.rings_at:%H:%M}", row.days],
        lambda pk, item: BellTime(worksite_id=pk, name=item[0], rings_at=time.fromisoformat(item[1]), days=item[2]),
    ),
}
