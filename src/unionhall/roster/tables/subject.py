"""The file of one person as it is taken along: to read, for a spreadsheet, or for another program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from unionhall.foundation.open_files import csv_pieces
from unionhall.roster.models import Person
from unionhall.roster.queries.subject import SectionShown

TYPES: Final = {"html": "text/html; charset=utf-8", "csv": "text/csv; charset=utf-8", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class SubjectFile:
    """One file. format: "html", "csv" or "json". name: without the person's name, since it lies about on phones."""

    format: str
    name: str
    data: bytes
    content_type: str


def subject_file(
    format: str, person: Person, sections: Sequence[SectionShown], *, at: datetime, reason: str = ""
) -> SubjectFile:
    """All that is held about a person, in the reader's language. format: one to read where it is none we know.

    reason: why it was taken, where somebody of ours takes it.
    """
    known = format if format in TYPES else "html"
    writers = {"html": _html, "csv": _csv, "json": _json}
    data = writers[known](person, sections, at, reason)
    name = f"unionhall-{person.public_id}-{timezone.localdate(at):%Y-%m-%d}.{known}"
    return SubjectFile(known, name, data, TYPES[known])


def _html(person: Person, sections: Sequence[SectionShown], at: datetime, reason: str) -> bytes:
    words = {"person": person, "sections": sections, "at": at, "reason": reason}
    return render_to_string("roster/subject_file.html", words).encode()


def _csv(person: Person, sections: Sequence[SectionShown], at: datetime, reason: str) -> bytes:
    heads = (gettext("Class"), gettext("What"), gettext("Value"), gettext("Source"), gettext("Date"), gettext("Why"))
    return b"".join(csv_pieces(heads, _rows(sections)))


def _rows(sections: Sequence[SectionShown]) -> Iterator[tuple[str, ...]]:
    for shown in sections:
        title, why = str(shown.section.title), str(shown.section.why)
        if not shown.lines:
            yield (title, gettext("held, given on a written request"), str(shown.count), "", "", why)
        for line in shown.lines:
            yield (title, line.label, line.value, line.source, line.on.isoformat() if line.on else "", why)


def _json(person: Person, sections: Sequence[SectionShown], at: datetime, reason: str) -> bytes:
    told = {
        "person": person.public_id,
        "taken_at": at.isoformat(),
        "reason": reason,
        "sections": [
            {
                "key": shown.key,
                "title": str(shown.section.title),
                "why": str(shown.section.why),
                "count": shown.count,
                "lines": [
                    {
                        "label": line.label,
                        "value": line.value,
                        "source": line.source,
                        "on": line.on.isoformat() if line.on else None,
                    }
                    for line in shown.lines
                ],
            }
            for shown in sections
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
