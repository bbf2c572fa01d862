"""An entry of a list as plain JSON, for the doubts that wait encrypted until somebody settles them."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date

from unionhall.rulebook.matching import Likeness, Reason
from unionhall.rulebook.people_entries import PersonEntry
from unionhall.rulebook.people_list import Job, PersonRow
from unionhall.rulebook.reaching import RowContact


def entry_as_text(entry: PersonEntry) -> str:
    """The entry as JSON; remarks are left out. It holds contacts: only ever kept encrypted."""
    row = asdict(replace(entry.row, remarks=()))
    row["hired_on"] = entry.row.hired_on.isoformat() if entry.row.hired_on else None
    row["contacts"] = [asdict(contact) for contact in entry.row.contacts]
    kept = {"lines": entry.lines, "row": row, "jobs": [asdict(job) for job in entry.jobs]}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def entry_of_text(text: str) -> PersonEntry:
    """The entry that `entry_as_text` wrote."""
    kept = json.loads(text)
    row = kept["row"]
    row["hired_on"] = date.fromisoformat(row["hired_on"]) if row["hired_on"] else None
    row["contacts"] = tuple(RowContact(**contact) for contact in row["contacts"])
    row["job"] = Job(**row["job"]) if row["job"] else None
    row["remarks"] = ()
    jobs = tuple(Job(**job) for job in kept["jobs"])
    return PersonEntry(lines=tuple(kept["lines"]), row=PersonRow(**row), jobs=jobs)


def likely_as_json(likely: tuple[Likeness, ...]) -> list[dict[str, object]]:
    """Candidates as a doubt keeps them."""
    return [
        {
            "pk": one.key,
            "score": round(one.score, 3),
            "reasons": [[reason.code, reason.sign, reason.one, reason.other] for reason in one.reasons],
        }
        for one in likely
    ]


def reasons_of_json(reasons: list[list[object]]) -> tuple[Reason, ...]:
    """The reasons of a candidate that a doubt keeps, for its sentence."""
    return tuple(Reason(str(code), int(str(sign)), str(one), str(other)) for code, sign, one, other in reasons)
