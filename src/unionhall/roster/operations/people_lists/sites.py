"""Which worksite, and which job title, a line of a list of people means.

Source: docs/rules/people.md, section 5.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from unionhall.roster.models import Classification, Unit, Worksite, WorksiteCode
from unionhall.rulebook.names import fold, site_key
from unionhall.rulebook.people_list import Job

FIRST_MONTH: Final = 7
LONG_CODE: Final = 4
_BARE: Final = "0123456789"


class NewTitle(NamedTuple):
    """A job title of a known unit that is not held yet."""

    unit: int
    code: str
    name: str


class Found(NamedTuple):
    """The worksite a line means, or why there is none: "unknown", "several" or "" where the line names none."""

    site: int | None
    why: str
    text: str


@dataclass(slots=True)
class Sites:
    """Worksites by what lists call them: own by a code of this source, others by a code of any, names by name key."""

    labels: dict[int, str]
    public: dict[int, str]
    areas: dict[int, int | None]
    own: dict[str, int]
    others: dict[str, set[int]]
    names: dict[str, set[int]]
    live: frozenset[int]
    units: dict[str, set[int]]
    titles: dict[tuple[int, str], int]
    unplaced: Counter[tuple[str, str]] = field(default_factory=Counter)
    _seen: dict[tuple[str, str], Found] = field(default_factory=dict)

    def find(self, job: Job) -> Found:
        """The worksite of a job: by the code of this source, by that of another, then by the name as lists write it."""
        found = self.place_of(job)
        if found.why:
            self.unplaced[found.text, found.why] += 1
        return found

    def place_of(self, job: Job) -> Found:
        """The same, without counting those that are not found."""
        key = (job.worksite_code, job.worksite)
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = self._find(*key)
        return found

    def title(self, job: Job) -> int | NewTitle | None:
        """The job title of a job, where its unit is known; None where it is not."""
        units = self.units.get(fold(job.unit), set()) if job.unit else set()
        if len(units) != 1 or not (job.job or job.job_code):
            return None
        (unit,) = units
        code = (job.job_code or fold(job.job))[:20].strip()
        held = self.titles.get((unit, code.casefold()))
        return held if held is not None else NewTitle(unit=unit, code=code, name=(job.job or job.job_code)[:200])

    def _find(self, code: str, name: str) -> Found:
        text = f"{code} {name}".strip()
        site = self.own.get(code.casefold()) or self.own.get(_bare(code)) if code else None
        if site is not None:
            return Found(site, "", text)
        named = self.names.get(site_key(name), set()) if name else set()
        coded = (self.others.get(code.casefold()) or self.others.get(_bare(code)) or set()) if code else set()
        # A short code of another source may mean anything: a name must not speak against it.
        trusted = coded & named or (coded if not name or (not named and len(code) >= LONG_CODE) else set())
        chosen = self._one(trusted or named)
        if chosen is not None:
            return Found(chosen, "", text)
        return Found(None, "several" if trusted or named else "unknown" if text else "", text)

    def _one(self, sites: set[int]) -> int | None:
        """The one that is meant: a live one before others."""
        if len(sites) > 1:
            sites = sites & self.live or sites
        return next(iter(sites)) if len(sites) == 1 else None


def read_sites(*, source: str, as_of: date) -> Sites:
    """The worksites as a list of that source and day calls them. Districts change their codes in July."""
    year = as_of.year if as_of.month >= FIRST_MONTH else as_of.year - 1
    fields = ("pk", "name", "public_id", "area_id", "name_key", "status", "merged_into_id")
    rows = list(Worksite.objects.order_by("pk").values_list(*fields))
    merged = {row[0]: row[6] for row in rows if row[6] is not None}
    names: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        names[row[4]].add(_end(row[0], merged))
    own, others = _codes(source, year, merged)
    units: dict[str, set[int]] = defaultdict(set)
    for pk, code, name in Unit.objects.order_by("pk").values_list("pk", "code", "name"):
        for text in _names_of_unit(code, name):
            units[text].add(pk)
    titles = Classification.objects.order_by("-pk").values_list("pk", "unit_id", "code")
    return Sites(
        labels={row[0]: row[1] for row in rows},
        public={row[0]: row[2] for row in rows},
        areas={row[0]: row[3] for row in rows},
        own=own,
        others=others,
        names=names,
        live=frozenset(row[0] for row in rows if row[5] == "live"),
        units=units,
        titles={(unit, code.casefold()): pk for pk, unit, code in titles},
    )


def _codes(source: str, year: int, merged: dict[int, int]) -> tuple[dict[str, int], dict[str, set[int]]]:
    """Codes of this source and of any other: of each the newest that holds in that school year."""
    own: dict[str, int] = {}
    newest: dict[tuple[str, str], int] = {}
    rows = WorksiteCode.objects.filter(year__lte=year).order_by("year", "pk")
    for said_by, code, site in rows.values_list("source", "code", "worksite_id"):
        if code.startswith("="):
            newest[said_by, code[1:].casefold()] = _end(site, merged)
    others: dict[str, set[int]] = defaultdict(set)
    for (said_by, code), site in newest.items():
        if said_by == source:
            own[code] = site
            own.setdefault(_bare(code), site)
        others[code].add(site)
        others[_bare(code)].add(site)
    return own, others


def _end(site: int, merged: dict[int, int]) -> int:
    """The worksite that stands for this one."""
    for _step in range(10):
        if site not in merged:
            break
        site = merged[site]
    return site


def _bare(code: str) -> str:
    """A code without the zeros at its front that spreadsheets lose."""
    text = code.casefold()
    return (text.lstrip("0") or "0") if text.strip(_BARE) == "" and text else text


def _names_of_unit(code: str, name: object) -> set[str]:
    texts = {fold(code), f"unit {fold(code)}", f"unidad {fold(code)}", f"bargaining unit {fold(code)}"}
    spoken = [getattr(name, language, "") for language in ("en", "es")]
    return {text for text in texts | {fold(str(part)) for part in spoken} if text}
