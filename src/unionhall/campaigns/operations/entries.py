"""Entries: taken in once, answered, done, and each step taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.operations import ReasonWanted
from unionhall.campaigns.enums import REPLIES, EntryState, LetterKind, NoteKind
from unionhall.campaigns.events import EntryAnswered, EntryReceived
from unionhall.campaigns.models import Campaign, Entry, EntryNote
from unionhall.campaigns.operations.letters import write_entry_letter
from unionhall.campaigns.operations.record import record_participation
from unionhall.campaigns.queries.sealing import SignUp
from unionhall.foundation import audit, contacts, events
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import Invalid, Refused
from unionhall.roster import operations as roster
from unionhall.roster.access import in_management
from unionhall.roster.enums import ContactOwner
from unionhall.roster.models import ContactPoint, Person, Worksite
from unionhall.roster.queries import is_opted_out

# Whoever came by one of our forms comes by the same source, so that join and CAT know her as one person.
SOURCE: Final = "join"


class NothingToTakeBack(Refused):
    """Undo of something that was taken back already."""

    code = "nothing_to_take_back"
    message = _("This was taken back already. Nothing was changed.")


class EmptyNote(Invalid):
    """A note that says nothing."""

    code = "empty_note"
    message = _("Write a word or two first; an empty note helps nobody.")


class UnknownAct(Invalid):
    """Something that no button of ours says."""

    code = "unknown_act"
    message = _("This can be noted: called, texted, wrote, done. Open the entry again and press one of these.")


def receive_entry(*, campaign: Campaign, sign_up: SignUp, actor: Actor, at: datetime, proven: bool = False) -> Entry:
    """The entry of that person in that campaign: a new one, or the one she has already, so that two clicks make one.

    Person, consent, ledger, audit entry, confirmation and event come with a new entry. A second time she is told on her
    own channel that we had her, and another worksite is kept as a line under the entry: nothing written to us is lost.
    proven: she has shown that the contact is hers. Where its owner told us to stop, only that lets us write again.
    Whom the list calls management hears the same, and gets no account; whoever answers for the worksite sees why.
    """
    with transaction.atomic():
        person = roster.add_person(
            name=sign_up.name,
            worksite=sign_up.worksite,
            language=sign_up.language,
            contact=sign_up.contact,
            source=SOURCE,
            actor=actor,
            at=at,
        )
        caught = in_management(name=sign_up.name, contact=sign_up.contact, worksite=sign_up.worksite) is not None
        values = _first_values(person, sign_up, at) | {"is_caught": caught}
        entry, new = Entry.objects.get_or_create(campaign=campaign, kind=sign_up.kind, person=person, defaults=values)
        if proven or not is_opted_out(sign_up.contact):
            _agree(entry, sign_up, actor, at)
            write_entry_letter(LetterKind.JOINED if new else LetterKind.AGAIN, entry, sign_up.contact, at)
        if new:
            _welcome(entry, actor, at)
        elif sign_up.worksite_text != entry.worksite_text:
            _note_once(entry, NoteKind.AGAIN, sign_up.worksite_text, at)
        if proven and not entry.is_stopped:
            _prove(entry, sign_up, actor, at)
    return entry


def record_act(*, entry: Entry, kind: str, actor: Actor, at: datetime) -> EntryNote:
    """What one tap in the queue says: called, texted, wrote, or done. Raises UnknownAct for anything else."""
    if kind == NoteKind.DONE:
        return close_entry(entry=entry, actor=actor, at=at)
    return record_reply(entry=entry, kind=kind, actor=actor, at=at)


def record_reply(*, entry: Entry, kind: str, actor: Actor, at: datetime, text: str = "") -> EntryNote:
    """Write down that the person was called, texted or written to; the first such ends her wait. Raises UnknownAct."""
    if kind not in REPLIES:
        raise UnknownAct
    return _act(entry, NoteKind(kind), text, actor, at)


def add_note(*, entry: Entry, text: str, actor: Actor, at: datetime) -> EntryNote:
    """Add a note under the entry; it is no reply. Raises EmptyNote."""
    if not text.strip():
        raise EmptyNote
    return _act(entry, NoteKind.NOTE, text, actor, at)


def close_entry(*, entry: Entry, actor: Actor, at: datetime) -> EntryNote:
    """Say that all is done; the entry leaves the queue and can be taken back to it."""
    return _act(entry, NoteKind.DONE, "", actor, at)


def take_back(*, note: EntryNote, actor: Actor, at: datetime) -> Entry:
    """Undo one line under an entry; its state and first reply are what the lines left say. Raises NothingToTakeBack."""
    with transaction.atomic():
        if not EntryNote.objects.filter(pk=note.pk, taken_back_at=None).update(taken_back_at=at):
            raise NothingToTakeBack
        entry = _restate(note.entry_id)
        audit.record(
            actor=actor,
            verb="campaigns.entry_act_taken_back",
            at=at,
            obj=entry,
            place=_place(entry),
            detail={"kind": note.kind},
        )
    return entry


def place_entry(*, entry: Entry, worksite: Worksite, actor: Actor, at: datetime) -> Entry:
    """Say which worksite on our list the person meant: the entry moves to the queue of that site's area."""
    with transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(worksite=worksite)
        audit.record(actor=actor, verb="campaigns.entry_placed", at=at, obj=entry, place=worksite.public_id)
        entry.refresh_from_db()
    return entry


def clear_entry(*, entry: Entry, reason: str, actor: Actor, at: datetime) -> Entry:
    """She is let in although the list calls her management: a parent may be a manager elsewhere, or the list wrong.

    reason: stands in the trail. Raises ReasonWanted, NothingToTakeBack.
    """
    why = " ".join(reason.split())[:250]
    if not why:
        raise ReasonWanted
    with transaction.atomic():
        if not Entry.objects.filter(pk=entry.pk, is_caught=True, cleared_at=None).update(cleared_at=at):
            raise NothingToTakeBack
        entry.refresh_from_db()
        _let_in(entry, actor, at)
        audit.record(actor=actor, verb="campaigns.entry_cleared", at=at, obj=entry, place=_place(entry), why=why)
    return entry


def _first_values(person: Person, sign_up: SignUp, at: datetime) -> dict[str, object]:
    return {
        "contact_point": _point_of(person, sign_up),
        "worksite": sign_up.worksite,
        "worksite_text": sign_up.worksite_text,
        "language": sign_up.language,
        "channel": sign_up.contact.kind,
        "shifts": list(sign_up.shifts),
        "speaks": list(sign_up.speaks),
        "consent_wording": sign_up.wording,
        "received_at": at,
    }


def _point_of(person: Person, sign_up: SignUp) -> ContactPoint | None:
    return person.contact_points.filter(
        kind=sign_up.contact.kind, index_full__in=contacts.lookup(sign_up.contact)
    ).first()


def _agree(entry: Entry, sign_up: SignUp, actor: Actor, at: datetime) -> None:
    """Keep what she agreed to, word for word, with channel and purpose; once while it stands."""
    roster.record_consent(
        person=entry.person,
        contact_point=_point_of(entry.person, sign_up),
        channel=sign_up.contact.kind,
        purpose="campaign",
        wording=sign_up.wording,
        language=sign_up.page_language,
        actor=actor,
        at=at,
    )


def _prove(entry: Entry, sign_up: SignUp, actor: Actor, at: datetime) -> None:
    point = _point_of(entry.person, sign_up)
    if point is not None and point.owner == ContactOwner.PERSONAL:
        roster.verify_contact(contact_point=point, actor=actor, at=at)


def _welcome(entry: Entry, actor: Actor, at: datetime) -> None:
    """All that comes with a new entry, in the transaction that made it."""
    if not entry.is_caught:
        _let_in(entry, actor, at)
    detail = {"campaign": entry.campaign.slug, "kind": entry.kind, "language": entry.language}
    detail |= {"caught": "management"} if entry.is_caught else {}
    audit.record(actor=actor, verb="campaigns.entry_received", at=at, obj=entry, place=_place(entry), detail=detail)
    events.publish(EntryReceived(entry_id=entry.pk, campaign_id=entry.campaign_id, at=at))


def _let_in(entry: Entry, actor: Actor, at: datetime) -> None:
    """Her account, and that she took part."""
    roster.open_account(person=entry.person, actor=actor, at=at)
    day = timezone.localdate(at)
    record_participation(campaign=entry.campaign, person=entry.person, act=entry.kind, on=day, source="campaigns")


def _act(entry: Entry, kind: NoteKind, text: str, actor: Actor, at: datetime) -> EntryNote:
    with transaction.atomic():
        waited = entry.first_reply_at is None
        note = EntryNote.objects.create(entry=entry, kind=kind, text=text.strip(), by_id=actor.user_id, at=at)
        fresh = _restate(entry.pk)
        audit.record(
            actor=actor,
            verb="campaigns.entry_act",
            at=at,
            obj=fresh,
            place=_place(fresh),
            detail={"kind": kind.value, "note": note.public_id},
        )
        if waited and fresh.first_reply_at is not None:
            events.publish(EntryAnswered(entry_id=fresh.pk, at=at))
    return note


def _restate(entry_id: int) -> Entry:
    """Set state, first reply and who gave it from the lines that stand, and give the entry back as it is now."""
    entry = Entry.objects.select_for_update().get(pk=entry_id)
    notes = list(entry.notes.filter(taken_back_at=None))
    first = next((note for note in notes if note.kind in REPLIES), None)
    entry.first_reply_at = max(first.at, entry.received_at) if first else None
    entry.answered_by_id = first.by_id if first else None
    if any(note.kind == NoteKind.DONE for note in notes):
        entry.state = EntryState.CLOSED
    else:
        entry.state = EntryState.ANSWERED if first else EntryState.OPEN
    entry.save(update_fields=["first_reply_at", "answered_by", "state"])
    return entry


def _note_once(entry: Entry, kind: NoteKind, text: str, at: datetime) -> None:
    EntryNote.objects.get_or_create(entry=entry, kind=kind, text=text, taken_back_at=None, defaults={"at": at})


def _place(entry: Entry) -> str:
    return entry.worksite.public_id if entry.worksite else ""
