"""The report on a list of people, put together from its plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Final

from unionhall.roster.operations.files.looked import ReadList
from unionhall.roster.operations.files.reports import about_the_file
from unionhall.roster.operations.people_lists.plans import Item, PeoplePlan
from unionhall.rulebook.cells import Fault
from unionhall.rulebook.matching import Likeness, Reason
from unionhall.rulebook.reports import Candidate, Notice, Proposal, Report, SiteSums
from unionhall.rulebook.sheets import SourceFile

MOST_NAMED: Final = 200
MOST_ALIKE: Final = 50
_BY_ID: Final = (Reason("same_id"),)


def report_of(report: Report, plan: PeoplePlan, *, file: SourceFile, read: ReadList) -> Report:
    """The report with everything the plan knows; its proposals are the doubtful lines."""
    return replace(
        report,
        new=plan.count("new"),
        changed=plan.count("changed"),
        unchanged=plan.count("unchanged"),
        review=plan.count("review"),
        gone=plan.gone,
        moved=plan.moved,
        missing=plan.missing,
        conflicts=len({conflict.person for conflict in plan.conflicts}),
        people=plan.people,
        notices=_notices(plan, file=file, read=read),
        proposals=tuple(proposal_of(plan, item) for item in plan.items if item.kind == "review"),
        by_worksite=_by_worksite(plan),
    )


def all_proposals(plan: PeoplePlan) -> tuple[Proposal, ...]:
    """Every line with the person it was recognized as, may be, or is not."""
    persons = plan.known.persons.rows
    found = [proposal_of(plan, item) for item in plan.items]
    for same in plan.same:
        public, name = persons[same.person][1:3]
        found.append(Proposal(same.line, name, "certain", (Candidate(public, name, 1.0, "", _BY_ID),)))
    return tuple(sorted(found, key=attrgetter("line")) if plan.same else found)


def proposal_of(plan: PeoplePlan, item: Item) -> Proposal:
    """One entry with whom it may be, best first."""
    likely: Sequence[Likeness] = item.likely
    if item.kind in ("changed", "unchanged") and not likely and item.person is not None:
        likely = (Likeness(item.person, 1.0, _BY_ID if item.code.startswith("=") else (Reason("same_name"),)),)
    row = item.told.entry.row
    candidates = tuple(_candidate(plan, one) for one in likely)
    return Proposal(line=row.line, name=row.name, band=item.band.value, candidates=candidates)


def _candidate(plan: PeoplePlan, one: Likeness) -> Candidate:
    person = plan.known.persons[one.key]
    return Candidate(id=person.public_id, name=person.name, score=round(one.score, 3), reasons=one.reasons)


def _by_worksite(plan: PeoplePlan) -> tuple[SiteSums, ...]:
    labels, public = plan.known.sites.labels, plan.known.sites.public
    lines = sorted(plan.sites.items(), key=lambda item: (labels[item[0]], item[0]))
    return tuple(
        SiteSums(
            id=public[site],
            worksite=labels[site],
            adds=line.adds,
            moves_in=line.moves_in,
            moves_out=line.moves_out,
            leaves=line.leaves,
            conflicts=line.conflicts,
        )
        for site, line in lines
    )


def _notices(plan: PeoplePlan, *, file: SourceFile, read: ReadList) -> tuple[Notice, ...]:
    found: list[Notice] = []
    if not plan.absences and all(item.kind in ("unchanged", "review") for item in plan.items):
        found.append(Notice("nothing_changed"))
    found += _absence(plan)
    found += _unplaced(plan)
    managers = sum(item.told.texts.get("employment") == "management" for item in plan.items)
    repeats = sum(item.told.entry.repeats for item in plan.items)
    for code, count in (("in_management", managers), ("repeated_person", repeats)):
        if count:
            found.append(Notice(code, fields={"count": count}))
    found += [*read.notices, *about_the_file(file, read.table)]
    found += _conflicts(plan)
    return (*found, *_remarks(item.told.entry.row.remarks for item in plan.items))


def _absence(plan: PeoplePlan) -> Iterator[Notice]:
    steps = Counter(absence.step for absence in plan.absences)
    if steps[1]:
        yield Notice("first_missing", fields={"count": steps[1]})
    if steps[2]:
        yield Notice("second_missing", fields={"count": steps[2]})
    if plan.stopped:
        yield Notice("absence_stopped", fields={"count": plan.stopped})
    if plan.is_late and plan.known.previous is not None:
        yield Notice("late_list", fields={"count": plan.gone, "day": plan.known.previous.isoformat()})


def _unplaced(plan: PeoplePlan) -> Iterator[Notice]:
    texts = plan.known.sites.unplaced.most_common()
    for (text, why), count in texts[:MOST_ALIKE]:
        yield Notice("unplaced_several" if why == "several" else "unplaced", fields={"text": text, "count": count})
    rest = texts[MOST_ALIKE:]
    if rest:
        yield Notice("unplaced_more", fields={"texts": len(rest), "count": sum(count for _text, count in rest)})


def _conflicts(plan: PeoplePlan) -> Iterator[Notice]:
    for conflict in plan.conflicts[:MOST_NAMED]:
        name = plan.known.persons[conflict.person].name
        yield Notice("conflict", line=conflict.line, fields={"name": name, "field": conflict.field})
    rest = {conflict.person for conflict in plan.conflicts[MOST_NAMED:]}
    if rest:
        yield Notice("conflicts_more", fields={"count": len(rest)})


def _remarks(groups: Iterable[Sequence[Fault]]) -> Iterator[Notice]:
    """What was left out, line by line; of one kind the first, and how many more."""
    by_code: dict[str, list[Fault]] = defaultdict(list)
    for faults in groups:
        for fault in faults:
            by_code[fault.code].append(fault)
    for faults in by_code.values():
        for fault in faults[:MOST_ALIKE]:
            yield _notice(fault)
        if len(faults) > MOST_ALIKE:
            more = _notice(faults[MOST_ALIKE])
            yield Notice(more.code, fields={**more.fields, "more": len(faults) - MOST_ALIKE})


def _notice(fault: Fault) -> Notice:
    return Notice(fault.code, line=fault.line, fields={"value": fault.value, "other": fault.other})
