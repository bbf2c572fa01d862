"""What an export holds: worksites, doubtful matches, people, each as a sheet that is read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q

from unionhall.roster.enums import ExportKind
from unionhall.roster.models import (
    Assignment,
    BellTime,
    District,
    Doubt,
    LookAlike,
    Person,
    Shift,
    Worksite,
    WorksiteCode,
    WorksiteUnit,
)
from unionhall.roster.phrases import reasons_sentence, why_sentence
from unionhall.roster.queries.breach_sheet import BREACH_HEADS, breach_rows
from unionhall.roster.queries.districts import districts_of, kinds_of_districts
from unionhall.roster.queries.export_people import main_source_of_people, people_heads, people_rows
from unionhall.rulebook.cells_out import Sheet, joined_ids, plain_code
from unionhall.rulebook.matching import Reason
from unionhall.rulebook.site_hours import BellSaid, ShiftSaid, write_bells, write_shifts

AT_ONCE: Final = 1_000
SITES_AT_ONCE: Final = 500
WORKSITE_HEADS: Final = (
    "Unionhall ID",
    "Code",
    "Worksite name",
    "Kind",
    "Status",
    "Charter",
    "District",
    "Address",
    "City",
    "State",
    "ZIP",
    "Latitude",
    "Longitude",
    "Area",
    "In its area by",
    "Units",
    "Shifts",
    "Bells",
    "Codes by source",
    "Told by",
)
MATCH_HEADS: Final = (
    "Import",
    "Source",
    "Record",
    "Line",
    "Name",
    "Band",
    "Decision",
    "Person ID",
    "Rank",
    "Candidate ID",
    "Candidate",
    "Score",
    "Why",
)


@dataclass(frozen=True, slots=True)
class ExportFilter:
    """What shall be in a file. source: whose codes it gives, "" for the one that knows most. area: a public id.

    breach: what fell into wrong hands, as `BreachAsked.to_json` keeps it.
    """

    source: str = ""
    area: str = ""
    contacts: bool = False
    breach: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """For `Export.filter`; what is not narrowed is left out."""
        parts = {"source": self.source, "area": self.area, "contacts": self.contacts, "breach": dict(self.breach)}
        return {name: value for name, value in parts.items() if value}


def filter_of(kept: dict[str, Any]) -> ExportFilter:
    """The filter of an export as it is kept."""
    return ExportFilter(
        source=str(kept.get("source", "")),
        area=str(kept.get("area", "")),
        contacts=bool(kept.get("contacts")),
        breach=kept.get("breach", {}),
    )


def sheet_for(kind: str, wanted: ExportFilter, *, on: date) -> tuple[Sheet, str]:
    """The sheet of an export and the source whose codes it gives.

    kind: any but everything, else KeyError. on: the day whose districts are told.
    """
    return _SHEETS[ExportKind(kind)](wanted, on)


def _people(wanted: ExportFilter, on: date) -> tuple[Sheet, str]:
    source = wanted.source or main_source_of_people()
    rows = people_rows(source=source, area=wanted.area, contacts=wanted.contacts)
    return Sheet("People", people_heads(contacts=wanted.contacts), rows), source


def _worksites(wanted: ExportFilter, on: date) -> tuple[Sheet, str]:
    source, kinds = wanted.source or _main_source_of_places(), kinds_of_districts()
    heads = [f"District{part}: {kind}" for kind in kinds for part in (" code", "")]
    rows = _worksite_rows(source, wanted.area, kinds, on)
    return Sheet("Worksites", (*WORKSITE_HEADS, *heads), rows), source


def _matches(wanted: ExportFilter, on: date) -> tuple[Sheet, str]:
    return Sheet("Matches", MATCH_HEADS, _match_rows(wanted)), ""


def _breach(wanted: ExportFilter, on: date) -> tuple[Sheet, str]:
    return Sheet("Exposed", BREACH_HEADS, breach_rows(wanted.breach)), ""


_SHEETS: Final[dict[ExportKind, Callable[[ExportFilter, date], tuple[Sheet, str]]]] = {
    ExportKind.PEOPLE: _people,
    ExportKind.WORKSITES: _worksites,
    ExportKind.MATCHES: _matches,
    ExportKind.BREACH: _breach,
}


def _main_source_of_places() -> str:
    """The list that last spoke of the most worksites; "" where none did."""
    counted = Worksite.objects.exclude(source="").values_list("source").annotate(count=Count("pk"))
    found = counted.order_by("-count", "source").first()
    return str(found[0]) if found else ""


def _worksite_rows(source: str, area: str, kinds: Sequence[str], on: date) -> Iterator[tuple[str, ...]]:
    """Every worksite, live or not, in the order they came; six queries a portion."""
    sites = Worksite.objects.select_related("area")
    if area:
        sites = sites.filter(area__public_id=area)
    last = 0
    while portion := list(sites.filter(pk__gt=last).order_by("pk")[:SITES_AT_ONCE]):
        last = portion[-1].pk
        districts = districts_of(portion, on=on) if kinds else {}
        ids = [site.pk for site in portion]
        codes, hours = _codes_of(ids), _hours_of(ids)
        for site in portion:
            lies_in = _district_cells(districts.get(site.pk, []), kinds)
            yield (*_worksite_row(site, codes[site.pk], hours[site.pk], source), *lies_in)


def _codes_of(ids: Sequence[int]) -> dict[int, dict[str, list[tuple[int, str]]]]:
    """Worksite → source → (year, code), the latest year last."""
    found: dict[int, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    rows = WorksiteCode.objects.filter(worksite__in=ids, code__startswith="=").order_by("year", "pk")
    for pk, source, code, year in rows.values_list("worksite", "source", "code", "year"):
        found[pk][source].append((year, plain_code(code)))
    return found


def _hours_of(ids: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """Worksite → its units, shifts and bells, each as a cell that our importer reads back. Three queries."""
    units: dict[int, list[str]] = defaultdict(list)
    shifts: dict[int, list[ShiftSaid]] = defaultdict(list)
    bells: dict[int, list[BellSaid]] = defaultdict(list)
    for item in WorksiteUnit.objects.filter(worksite__in=ids).select_related("unit").order_by("unit__code", "pk"):
        units[item.worksite_id].append(item.unit.code)
    for shift in Shift.objects.filter(worksite__in=ids).order_by("starts_at", "name"):
        shifts[shift.worksite_id].append(ShiftSaid(shift.name, shift.starts_at, shift.ends_at, shift.days))
    for bell in BellTime.objects.filter(worksite__in=ids).order_by("rings_at", "name"):
        bells[bell.worksite_id].append(BellSaid(bell.name, bell.rings_at, bell.days))
    return {pk: ("; ".join(units[pk]), write_shifts(shifts[pk]), write_bells(bells[pk])) for pk in ids}


def _worksite_row(
    site: Worksite, codes: dict[str, list[tuple[int, str]]], hours: tuple[str, str, str], source: str
) -> tuple[str, ...]:
    own = codes.get(source, [])
    standing = [code for year, code in own if year == 0] or [code for _year, code in own[-1:]]
    spelled = {name: [f"{code} ({year})" if year else code for year, code in found] for name, found in codes.items()}
    return (
        site.public_id,
        standing[0] if standing else "",
        site.name,
        site.kind,
        site.status,
        "yes" if site.is_charter else "no",
        site.district,
        site.address,
        site.city,
        site.state,
        site.zip,
        "" if site.latitude is None else repr(site.latitude),
        "" if site.longitude is None else repr(site.longitude),
        str(site.area.name) if site.area else "",
        site.area_by,
        *hours,
        joined_ids(spelled),
        site.source,
    )


def _district_cells(districts: Sequence[District], kinds: Sequence[str]) -> Iterator[str]:
    """Code and name of the district of each kind; of several sources one after another."""
    for kind in kinds:
        found = [district for district in districts if district.kind == kind]
        yield "; ".join(dict.fromkeys(district.code for district in found))
        yield "; ".join(dict.fromkeys(district.name for district in found))


def _match_rows(wanted: ExportFilter) -> Iterator[tuple[str, ...]]:
    """Each doubtful row with each candidate, best first; a row without one stands once. Then who may stand twice."""
    doubts = Doubt.objects.select_related("imported")
    if wanted.source:
        doubts = doubts.filter(imported__source=wanted.source)
    if wanted.area:
        doubts = doubts.filter(site__area__public_id=wanted.area)
    last = 0
    while portion := list(doubts.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = portion[-1].pk
        names = _names_of(portion)
        for doubt in portion:
            yield from _doubt_rows(doubt, names)
    if not wanted.source:
        yield from _alike_rows(wanted.area)


def _names_of(doubts: Sequence[Doubt]) -> dict[tuple[str, int], tuple[str, str]]:
    """(record, database number) → public id and name, of every candidate and of what was decided."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for doubt in doubts:
        wanted[doubt.record] |= {int(one["pk"]) for one in doubt.candidates}
        wanted[doubt.record] |= {doubt.decided_pk} if doubt.decided_pk else set()
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for record, model in (("person", Person), ("worksite", Worksite)):
        rows = model._default_manager.filter(pk__in=wanted[record]).values_list("pk", "public_id", "name")
        found |= {(record, pk): (public_id, name) for pk, public_id, name in rows}
    return found


def _doubt_rows(doubt: Doubt, names: dict[tuple[str, int], tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    decided = names.get((doubt.record, doubt.decided_pk or 0), ("", ""))[0]
    first = (
        str(doubt.imported_id),
        doubt.imported.source,
        doubt.record,
        str(doubt.line),
        doubt.label,
        "review",
        doubt.decision,
        decided,
    )
    if not doubt.candidates:
        yield (*first, "", "", "", "", "")
    for rank, one in enumerate(doubt.candidates, start=1):
        public_id, name = names.get((doubt.record, int(one["pk"])), ("", ""))
        yield (*first, str(rank), public_id, name, str(one.get("score", "")), _why(one.get("reasons", [])))


def _alike_rows(area: str) -> Iterator[tuple[str, ...]]:
    """Each two persons of the roster who may be one: the first as the name, the second as the candidate."""
    pairs = LookAlike.objects.select_related("first", "second")
    if area:
        there = Assignment.objects.filter(ends_on=None, worksite__area__public_id=area).values("person_id")
        pairs = pairs.filter(Q(first__in=there) | Q(second__in=there))
    last = 0
    while portion := list(pairs.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = portion[-1].pk
        for pair in portion:
            band, known = "certain" if pair.is_certain else "review", pair.first
            told = ("", "", "person", "", known.name, band, "", known.public_id, "1")
            yield (*told, pair.second.public_id, pair.second.name, f"{pair.score:.3f}", _why(pair.reasons))


def _why(reasons: Sequence[Any]) -> str:
    """Why two may be one, in words; reasons: a code each, or [code, sign, one, other]."""
    told = [Reason(*reason) for reason in reasons if isinstance(reason, list)]
    plain = [why_sentence(reason) for reason in reasons if isinstance(reason, str)]
    return "; ".join([*([reasons_sentence(told)] if told else []), *plain])
