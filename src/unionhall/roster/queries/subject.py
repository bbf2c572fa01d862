"""What the roster holds about one person, class by class: for her own page and for the subject file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

import phonenumbers
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.models import User
from unionhall.foundation.hooks import Subject, SubjectLine, SubjectSection, subject_sections
from unionhall.foundation.models import AuditEntry
from unionhall.roster.models import (
    AccessItem,
    Apart,
    Assignment,
    ChapterPerson,
    Consent,
    Doubt,
    Hold,
    ImportChange,
    LookAlike,
    Merge,
    OptOut,
    Person,
    PersonRecord,
    RollLine,
    Sight,
    UnionOffice,
)
from unionhall.roster.queries import words
from unionhall.roster.queries.person import Reach, reaches_of, values_of
from unionhall.rulebook.cells_out import plain_code

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class SectionShown:
    """One class of what is held, as she reads it. lines: none where she is only told that there are some."""

    key: str
    section: SubjectSection
    count: int
    lines: Sequence[SubjectLine] = field(default=())


def subject_of(person: Person) -> Subject:
    """The person as the sections of the subject file ask for her."""
    return Subject(person_id=person.pk, public_id=person.public_id, user_id=person.user_id)


def held_about(person: Person, *, all_lines: bool = False) -> list[SectionShown]:
    """All that is held about a person, class by class, those without a line left out.

    all_lines: whether lines are given that she herself is only told of, as in the file that an officer hands out.
    """
    subject = subject_of(person)
    keys = subject_sections.keys()
    return [shown for key in keys if (shown := _section(key, subject, all_lines=all_lines)).count]


def _section(key: str, subject: Subject, *, all_lines: bool) -> SectionShown:
    section = subject_sections.get(key)
    assert section is not None  # noqa: S101 - the key comes from the registry
    lines = tuple(section.read(subject))
    return SectionShown(key, section, len(lines), lines if section.shown or all_lines else ())


def spoken_contact(kind: str, value: str) -> str:
    """A number as people here write it, (213) 555-0142; an address in one line."""
    if kind in ("sms", "phone"):
        return phonenumbers.format_number(phonenumbers.parse(value), phonenumbers.PhoneNumberFormat.NATIONAL)
    return ", ".join(part for part in value.split("\n") if part)


def trail_lines(
    entries: Iterable[AuditEntry], subject: Subject, says: dict[str, str] | None = None
) -> list[SubjectLine]:
    """Entries of the trail as lines: what was done, by whom and when. says: verb → words, for those that are none of
    ours.
    """
    said = says or {}
    return [
        SubjectLine(
            label=capfirst(said.get(entry.verb) or words.verb_words(entry.verb)),
            value=entry.why,
            source=_doer(entry, subject),
            on=timezone.localdate(entry.at),
        )
        for entry in entries
    ]


def _who(subject: Subject) -> Iterator[SubjectLine]:
    person = Person.objects.get(pk=subject.person_id)
    for best in values_of(person):
        if best.value or best.said:
            for one in best.said or ():
                mark = "" if one.value == best.value else f" ({gettext('another source says otherwise')})"
                yield SubjectLine(
                    words.field_label(best.field),
                    words.field_words(best.field, one.value) + mark,
                    words.source_label(one.source),
                    one.on,
                )
            if not best.said:
                yield SubjectLine(words.field_label(best.field), words.field_words(best.field, best.value))
    yield SubjectLine(gettext("On our roster since"), "", words.source_label(person.source), _day(person.added_at))
    if person.missing_since:
        yield SubjectLine(gettext("Missing from the last list since"), "", "", person.missing_since)


def _ids(subject: Subject) -> Iterator[SubjectLine]:
    for record in PersonRecord.objects.filter(person=subject.person_id, code__startswith="="):
        yield SubjectLine(gettext("Your id there"), plain_code(record.code), record.source, record.last_seen_on)


def _contacts(subject: Subject) -> Iterator[SubjectLine]:
    for reach in reaches_of(Person.objects.get(pk=subject.person_id)):
        yield _contact(reach)
        if reach.opted_out is not None:
            out: OptOut = reach.opted_out
            yield SubjectLine(
                gettext("Nobody writes there"), "", words.source_label(out.source), _day(out.opted_out_at)
            )


def _contact(reach: Reach) -> SubjectLine:
    point = reach.point
    marks = [str(point.get_owner_display())]
    marks += [gettext("no longer used")] if not point.is_current else []
    marks += [gettext("proved by you")] if point.verified_at else []
    value = f"{spoken_contact(point.kind, point.value)} ({', '.join(marks)})"
    return SubjectLine(
        capfirst(str(point.get_kind_display())), value, words.source_label(point.source), _day(point.added_at)
    )


def _places(subject: Subject) -> Iterator[SubjectLine]:
    rows = Assignment.objects.filter(person=subject.person_id).select_related("worksite", "classification")
    for place in rows.order_by("-ends_on", "pk"):
        parts = [str(place.classification) if place.classification else "", place.shift]
        parts += [f"{place.hours.normalize():f} h"] if place.hours is not None else []
        parts += [_days(place.starts_on, place.ends_on)]
        yield SubjectLine(
            place.worksite.name, ", ".join(filter(None, parts)), words.source_label(place.source), place.starts_on
        )


def _consents(subject: Subject) -> Iterator[SubjectLine]:
    for consent in Consent.objects.filter(person=subject.person_id).order_by("-given_at", "-pk"):
        label = f"{capfirst(str(consent.get_channel_display()))}: {consent.get_purpose_display()}"
        ended = consent.withdrawn_at
        taken_back = (
            gettext("Taken back on %(day)s. ") % {"day": date_format(timezone.localdate(ended))} if ended else ""
        )
        yield SubjectLine(label, taken_back + consent.wording, gettext("you"), _day(consent.given_at))


def _union(subject: Subject) -> Iterator[SubjectLine]:
    for office in UnionOffice.objects.filter(person=subject.person_id).select_related("worksite", "chapter", "area"):
        where = office.worksite or office.chapter or office.area or ""
        value = ", ".join(filter(None, (str(where), _days(office.starts_on, office.ends_on))))
        yield SubjectLine(capfirst(str(office.get_kind_display())), value, "", office.starts_on)
    for belongs in ChapterPerson.objects.filter(person=subject.person_id).select_related("chapter"):
        yield SubjectLine(str(belongs.chapter), _days(belongs.starts_on, belongs.ends_on), "", belongs.starts_on)


def _lists(subject: Subject) -> Iterator[SubjectLine]:
    changes = ImportChange.objects.filter(record="person", record_pk=subject.person_id).select_related("imported")
    for change in changes.order_by("-imported", "-pk")[:MOST]:
        line = gettext("line %(line)s") % {"line": change.line} if change.line else ""
        value = ", ".join(filter(None, (str(change.get_kind_display()), change.imported.file_name, line)))
        yield SubjectLine(gettext("A list that spoke of you"), value, change.imported.source, change.imported.as_of)
    settled = Doubt.objects.filter(record="person", decided_pk=subject.person_id).select_related("imported")
    for doubt in settled[:MOST]:
        value = gettext("a line that somebody said is yours")
        yield SubjectLine(gettext("A list that spoke of you"), value, doubt.imported.source, doubt.imported.as_of)
    for row in RollLine.objects.filter(person=subject.public_id).select_related("roll").order_by("-roll")[:MOST]:
        yield SubjectLine(gettext("A frozen list you stand in"), row.roll.name, row.roll.reason, row.roll.as_of)


def _merges(subject: Subject) -> Iterator[SubjectLine]:
    merges = Merge.objects.filter(Q(kept=subject.person_id) | Q(absorbed=subject.person_id))
    for merge in merges.select_related("absorbed", "kept"):
        other = merge.absorbed if merge.kept_id == subject.person_id else merge.kept
        yield SubjectLine(gettext("Two records made one"), other.public_id, merge.merged_by, _day(merge.merged_at))
    pair = Q(first=subject.person_id) | Q(second=subject.person_id)
    for apart in Apart.objects.filter(pair).select_related("first", "second"):
        other = apart.second if apart.first_id == subject.person_id else apart.first
        yield SubjectLine(gettext("Said to be somebody else"), other.public_id, apart.said_by, _day(apart.said_at))
    for alike in LookAlike.objects.filter(pair).select_related("first", "second"):
        other = alike.second if alike.first_id == subject.person_id else alike.first
        yield SubjectLine(gettext("May be the same person"), other.public_id, "", _day(alike.found_at))


def _holds(subject: Subject) -> Iterator[SubjectLine]:
    for hold in Hold.objects.filter(person=subject.person_id):
        yield SubjectLine(gettext("Legal hold"), hold.reason, hold.placed_by, _day(hold.placed_at))


def _sights(subject: Subject) -> Iterator[SubjectLine]:
    rows = list(Sight.objects.filter(person=subject.person_id)[:MOST])
    names = dict(User.objects.filter(pk__in={row.viewer_id for row in rows}).values_list("pk", "name"))
    for row in rows:
        who = gettext("you") if row.viewer_id == subject.user_id else names.get(row.viewer_id, "")
        yield SubjectLine(gettext("Your contacts were shown to"), who, "", row.day)


def _reviews(subject: Subject) -> Iterator[SubjectLine]:
    for item in AccessItem.objects.filter(person=subject.person_id).select_related("review").order_by("-review")[:MOST]:
        found = f"{item.get_found_display()}, {item.get_decision_display()}"
        opened = _day(item.review.opened_at)
        yield SubjectLine(gettext("Your role was looked through"), found, item.decided_by, opened)


def _trail(subject: Subject) -> Iterable[SubjectLine]:
    points = Person.objects.get(pk=subject.person_id).contact_points.values_list("pk", flat=True)
    consents = Consent.objects.filter(person=subject.person_id).values_list("pk", flat=True)
    about = Q(object_type="roster.person", object_id=str(subject.person_id))
    about |= Q(object_type="roster.contactpoint", object_id__in=[str(pk) for pk in points])
    about |= Q(object_type="roster.consent", object_id__in=[str(pk) for pk in consents])
    return trail_lines(AuditEntry.objects.filter(about).order_by("-at", "-pk")[:MOST], subject)


def _doer(entry: AuditEntry, subject: Subject) -> str:
    if entry.actor_id is None:
        return gettext("the system")
    return gettext("you") if entry.actor_id == subject.user_id else entry.actor_label


def _day(when: datetime | None) -> date | None:
    return timezone.localdate(when) if when else None


def _days(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return ""
    return " – ".join(date_format(day) if day else "…" for day in (first, last)) if last else ""


SECTIONS: Final = {
    "roster.person": SubjectSection(
        title=_("Who you are"),
        why=_(
            "To know who is in the unit and whom to call. A year after you leave, all but your name, your ids and "
            "since when you were what is deleted."
        ),
        tables=("roster.Person", "roster.PersonRecord"),
        read=_who,
    ),
    "roster.ids": SubjectSection(
        title=_("Your ids on lists"),
        why=_("To find you again on the next list of the same source. Kept as long as your record."),
        tables=("roster.PersonRecord",),
        read=_ids,
    ),
    "roster.contacts": SubjectSection(
        title=_("How to reach you"),
        why=_(
            "To write and call where you agreed to it. Kept encrypted; deleted a year after you leave. That you want "
            "no messages is kept for good, so that no list brings you back."
        ),
        tables=("roster.ContactPoint", "roster.OptOut"),
        read=_contacts,
    ),
    "roster.places": SubjectSection(
        title=_("Where you work"),
        why=_("To know your steward, your area and your vote. A year after you leave only the last place is kept."),
        tables=("roster.Assignment",),
        read=_places,
    ),
    "roster.consents": SubjectSection(
        title=_("What you agreed to"),
        why=_("The proof of what you were asked and what you said. Kept for good, without your number."),
        tables=("roster.Consent",),
        read=_consents,
    ),
    "roster.union": SubjectSection(
        title=_("Your part in the union"),
        why=_("Offices and chapters are the history of the local. Kept for good."),
        tables=("roster.UnionOffice", "roster.ChapterPerson"),
        read=_union,
    ),
    "roster.lists": SubjectSection(
        title=_("Lists you stand in"),
        why=_(
            "Which list brought what, so that a wrong one can be taken back; and the lists of voters that were frozen, "
            "so that a count can be checked."
        ),
        tables=("roster.ImportChange", "roster.Doubt", "roster.RollLine"),
        read=_lists,
    ),
    "roster.merges": SubjectSection(
        title=_("Records that look like yours"),
        why=_("So that nobody stands twice. They speak of other people too, so they are not shown here."),
        tables=("roster.Merge", "roster.Apart", "roster.LookAlike"),
        read=_merges,
        shown=False,
    ),
    "roster.holds": SubjectSection(
        title=_("Legal holds"),
        why=_("Counsel's word that nothing may be deleted while a case goes on."),
        tables=("roster.Hold",),
        read=_holds,
        shown=False,
    ),
    "roster.sights": SubjectSection(
        title=_("Who was shown your contacts"),
        why=_("One line a day for each of ours to whom your number or address was shown, so that a leak is found."),
        tables=("roster.Sight",),
        read=_sights,
    ),
    "roster.reviews": SubjectSection(
        title=_("Roles that were looked through"),
        why=_(
            "After each list, roles of those who left or changed sides are ended. Part of the record, kept for good."
        ),
        tables=("roster.AccessItem",),
        read=_reviews,
    ),
    "roster.trail": SubjectSection(
        title=_("What was done with your record"),
        why=_("Every act stands in the trail, so that whoever misuses it is found. It is never changed or deleted."),
        tables=("foundation.AuditEntry",),
        read=_trail,
        left_out={
            "foundation.Job": "long work that staff started; its files are deleted",
            "foundation.OutboxMessage": "messages of a demonstration only",
            "roster.LineSeen": "a keyed digest of a line, so that the same list is read faster",
            "roster.Export": "what staff took out; who asked stands in the trail",
            "roster.Import": "what staff brought in; who did stands in the trail",
        },
    ),
}
