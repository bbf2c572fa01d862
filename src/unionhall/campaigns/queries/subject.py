"""What the campaigns hold about one person, class by class: for her own page and for the subject file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import EntryKind, NoteKind
from unionhall.campaigns.models import Entry, EntryNote, Leaving, Letter, Participation
from unionhall.foundation.hooks import Subject, SubjectLine, SubjectSection
from unionhall.foundation.models import AuditEntry
from unionhall.roster.queries.subject import spoken_contact, trail_lines

MOST: Final = 200
VERBS: Final[dict[str, str | Promise]] = {
    "campaigns.entry_act": _("somebody answered"),
    "campaigns.entry_act_taken_back": _("an answer was taken back"),
    "campaigns.entry_placed": _("the worksite was found"),
    "campaigns.link_sent": _("your own link was sent to you"),
    "campaigns.member_asked": _("you asked for something"),
    "campaigns.entry_received": _("you wrote to us"),
    "campaigns.took_part": _("took part"),
}


def _entries(subject: Subject) -> Iterator[SubjectLine]:
    mine = Entry.objects.filter(person=subject.person_id).select_related("campaign", "worksite", "contact_point")
    for entry in mine.order_by("-received_at"):
        day = timezone.localdate(entry.received_at)
        where = str(entry.worksite or entry.worksite_text)
        point = entry.contact_point
        value = ", ".join(filter(None, (where, spoken_contact(point.kind, point.value) if point else "")))
        yield SubjectLine(f"{capfirst(str(entry.get_kind_display()))}: {entry.campaign}", value, gettext("you"), day)
        yield SubjectLine(gettext("The words you agreed to"), entry.consent_wording, gettext("you"), day)
    for letter in Letter.objects.filter(entry__person=subject.person_id).order_by("-written_at"):
        written = timezone.localdate(letter.written_at)
        yield SubjectLine(gettext("A letter to you"), str(letter.get_kind_display()), letter.outcome, written)
    for leaving in Leaving.objects.filter(person=subject.person_id):
        ended = gettext("taken back") if leaving.taken_back_at else ""
        yield SubjectLine(
            gettext("You said that you leave"), ended, gettext("you"), timezone.localdate(leaving.asked_at)
        )
    lines = EntryNote.objects.filter(entry__person=subject.person_id).exclude(kind=NoteKind.NOTE)
    for line in lines.select_related("by").order_by("-at"):
        what = capfirst(str(line.get_kind_display()))
        yield SubjectLine(what, line.text, line.by.name if line.by else "", timezone.localdate(line.at))


def _acts(subject: Subject) -> Iterator[SubjectLine]:
    acts = dict(EntryKind.choices)
    for part in Participation.objects.filter(person=subject.person_id).select_related("campaign").order_by("-on", "pk"):
        yield SubjectLine(capfirst(str(acts.get(part.act, part.act))), str(part.campaign), part.source, part.on)


def _notes(subject: Subject) -> Iterator[SubjectLine]:
    notes = EntryNote.objects.filter(entry__person=subject.person_id, kind=NoteKind.NOTE).select_related("by")
    for note in notes.order_by("-at"):
        taken = f" ({gettext('taken back')})" if note.taken_back_at else ""
        day = timezone.localdate(note.at)
        yield SubjectLine(gettext("Note"), note.text + taken, note.by.name if note.by else "", day)


def _trail(subject: Subject) -> Iterable[SubjectLine]:
    mine = Entry.objects.filter(person=subject.person_id).values_list("pk", flat=True)
    about = AuditEntry.objects.filter(object_type="campaigns.entry", object_id__in=[str(pk) for pk in mine])
    return trail_lines(about.order_by("-at", "-pk")[:MOST], subject, {key: str(text) for key, text in VERBS.items()})


SECTIONS: Final = {
    "campaigns.entries": SubjectSection(
        title=_("What you sent us"),
        why=_("So that somebody answers, and to prove what you agreed to. Kept as long as the campaign's record."),
        tables=("campaigns.Entry", "campaigns.EntryNote", "campaigns.Leaving", "campaigns.Letter"),
        read=_entries,
    ),
    "campaigns.acts": SubjectSection(
        title=_("What you took part in"),
        why=_(
            "To count how strong we are at each worksite: that you took part and the day, never what you said or chose."
        ),
        tables=("campaigns.Participation",),
        read=_acts,
    ),
    "campaigns.notes": SubjectSection(
        title=_("Notes of your organizer"),
        why=_("What an organizer noted after a talk, so that nobody asks you twice."),
        tables=("campaigns.EntryNote",),
        read=_notes,
        shown=False,
    ),
    "campaigns.trail": SubjectSection(
        title=_("What was done with what you sent"),
        why=_("Every act stands in the trail, so that whoever misuses it is found. It is never changed or deleted."),
        tables=("foundation.AuditEntry",),
        read=_trail,
        left_out={
            "campaigns.Fact": "a public fact; who wrote it down is staff",
            "campaigns.PhaseRecord": "a public step; who wrote it down is staff",
            "campaigns.RecordChange": "a change of the public record; who made it is staff",
        },
    ),
}
