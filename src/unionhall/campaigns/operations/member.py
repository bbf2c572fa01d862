"""What a member does on her own page: asks for a call, puts right what is wrong, agrees and takes back, leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.models import User
from unionhall.accounts.operations import close_account, end_view_links
from unionhall.accounts.operations import set_language as set_account_language
from unionhall.campaigns.enums import Channel, EntryKind, EntryState, NoteKind
from unionhall.campaigns.events import MemberAsked
from unionhall.campaigns.models import Campaign, Entry, EntryNote, Leaving
from unionhall.campaigns.phrases import agreement_words
from unionhall.campaigns.queries.member import best_point, leaving_of, places_of
from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.foundation.contacts import Contact
from unionhall.foundation.errors import Invalid, Refused
from unionhall.foundation.hooks import ClockStand
from unionhall.roster import operations as roster
from unionhall.roster.enums import ConsentPurpose, ContactKind, ContactOwner
from unionhall.roster.models import Consent, ContactPoint, Person

TIME_TO_THINK: Final = timedelta(days=7)
SOURCE: Final = "my campaign"
LONGEST: Final = 2_000


class NothingSaid(Invalid):
    """A correction that says nothing."""

    code = "nothing_said"
    message = _("Write what is wrong and how it should be; then somebody can put it right.")


class NotLeaving(Refused):
    """Taking back what was not asked for, or is done already."""

    code = "not_leaving"
    message = _("There is nothing to take back: your account is as it was.")


@transaction.atomic
def ask_call(*, person: Person, campaign: Campaign, language: str, actor: Actor, at: datetime) -> Entry:
    """The member asks to be called; it stands in the queue of whoever answers for her worksite. Asked twice, it stands
    there once until somebody has answered.
    """
    waiting = Entry.objects.filter(person=person, kind=EntryKind.CALL, state=EntryState.OPEN).first()
    if waiting is not None:
        return waiting
    wording = gettext("Asked on her own page to be called back.")
    return _enter(person, campaign, EntryKind.CALL, wording, language, actor, at)


@transaction.atomic
def ask_correction(
    *, person: Person, campaign: Campaign, text: str, language: str, actor: Actor, at: datetime
) -> Entry:
    """The member says that something is wrong; her words wait in the queue. The same words again change nothing.

    text: as typed. Raises NothingSaid.
    """
    said = text.strip()[:LONGEST]
    if not said:
        raise NothingSaid
    same = EntryNote.objects.filter(entry__person=person, entry__kind=EntryKind.FIX, text=said, kind=NoteKind.SAID)
    waiting = same.filter(entry__state=EntryState.OPEN).select_related("entry").first()
    if waiting is not None:
        return waiting.entry
    wording = gettext("Asked on her own page to put something right.")
    entry = _enter(person, campaign, EntryKind.FIX, wording, language, actor, at)
    EntryNote.objects.create(entry=entry, kind=NoteKind.SAID, text=said, by_id=actor.user_id, at=at)
    return entry


@transaction.atomic
def say_name(*, person: Person, called: str, actor: Actor, at: datetime) -> Person:
    """What the member wants to be called, from now on and before every list; blank for her name as the lists have it.

    Raises NoSuchValue for one that is too long.
    """
    return roster.edit_person(person=person, values={"chosen_name": called.strip() or None}, actor=actor, at=at)


@transaction.atomic
def set_own_language(*, user: User, person: Person | None, language: str, actor: Actor, at: datetime) -> None:
    """The language in which pages, mail and people speak to the member. language: "en" or "es"."""
    set_account_language(user=user, language=language, actor=actor, at=at)
    if person is not None and person.language != language:
        roster.edit_person(person=person, values={"language": language}, actor=actor, at=at)


@transaction.atomic
def agree(
    *, person: Person, point: ContactPoint, purpose: str, union: str, language: str, actor: Actor, at: datetime
) -> Consent:
    """The member agrees with one tap; the words that stood beside it are kept. purpose: of ConsentPurpose.

    union: as it stood in those words. Raises EmployerChannel.
    """
    return roster.record_consent(
        person=person,
        contact_point=point,
        channel=point.kind,
        purpose=ConsentPurpose(purpose),
        wording=agreement_words(point.kind, purpose, union),
        language=language,
        actor=actor,
        at=at,
    )


@transaction.atomic
def take_agreement_back(*, person: Person, point: ContactPoint, purpose: str, actor: Actor, at: datetime) -> int:
    """The member takes back what she agreed to there; gives how many agreements stood."""
    standing = Consent.objects.filter(person=person, contact_point=point, purpose=purpose, withdrawn_at=None)
    rows = list(standing.select_related("person"))
    for consent in rows:
        roster.withdraw_consent(consent=consent, actor=actor, at=at)
    return len(rows)


@transaction.atomic
def add_own_contact(*, person: Person, contact: Contact, actor: Actor, at: datetime) -> ContactPoint:
    """A number or address that the member has just proved is hers counts from now on. Raises EmployerChannel."""
    point = roster.add_contact(person=person, contact=contact, owner=ContactOwner.PERSONAL, actor=actor, at=at)
    return roster.verify_contact(contact_point=point, actor=actor, at=at)


@transaction.atomic
def leave(
    *, person: Person, user: User, campaign: Campaign | None, language: str, actor: Actor, at: datetime
) -> Leaving:
    """Messages stop at once, the personal links too; the account is closed in a week, unless she takes it back.

    Her organizer reads it in the queue where there is a campaign. Asked twice, it stands once.
    """
    standing = leaving_of(person)
    if standing is not None:
        return standing
    stopped = roster.stop_messages(person=person, source=SOURCE, actor=actor, at=at)
    end_view_links(user=user, actor=actor, at=at)
    row = Leaving.objects.create(
        person=person,
        asked_at=at,
        closes_at=at + TIME_TO_THINK,
        consents=list(stopped.consents),
        opt_outs=list(stopped.opt_outs),
    )
    if campaign is not None:
        wording = gettext("Said on her own page that she leaves: messages stopped, the account closes in a week.")
        _enter(person, campaign, EntryKind.LEAVE, wording, language, actor, at)
    audit.record(actor=actor, verb="campaigns.member_leaves", at=at, obj=person, label=person.public_id)
    return row


@transaction.atomic
def take_leaving_back(*, person: Person, actor: Actor, at: datetime) -> Leaving:
    """All is as it was before she said that she leaves. Raises NotLeaving."""
    row = leaving_of(person)
    if row is None:
        raise NotLeaving
    roster.resume_messages(person=person, consents=row.consents, opt_outs=row.opt_outs, actor=actor, at=at)
    Leaving.objects.filter(pk=row.pk).update(taken_back_at=at)
    row.taken_back_at = at
    for entry in Entry.objects.filter(person=person, kind=EntryKind.LEAVE, state=EntryState.OPEN):
        EntryNote.objects.create(entry=entry, kind=NoteKind.DONE, by_id=actor.user_id, at=at)
        Entry.objects.filter(pk=entry.pk).update(state=EntryState.CLOSED)
    audit.record(actor=actor, verb="campaigns.member_stays", at=at, obj=person, label=person.public_id)
    return row


def forget_leavers(*, actor: Actor, at: datetime) -> int:
    """The accounts of those whose week is over are closed; gives how many. Safe to repeat at any time."""
    closed = 0
    over = Leaving.objects.filter(closes_at__lte=at, taken_back_at=None, closed_at=None)
    for pk in list(over.values_list("pk", flat=True)):
        with transaction.atomic():
            row = Leaving.objects.select_for_update(of=("self",)).select_related("person__user").get(pk=pk)
            if row.closed_at is not None or row.taken_back_at is not None:
                continue
            Leaving.objects.filter(pk=pk).update(closed_at=at)
            if row.person.user is not None:
                close_account(user=row.person.user, actor=actor, at=at, why="left")
            closed += 1
    return closed


def stand_of_leavers(at: datetime) -> ClockStand:
    """How many accounts are closed now, and how many weeks still run."""
    standing = Leaving.objects.filter(taken_back_at=None, closed_at=None)
    waiting = standing.filter(closes_at__gt=at).order_by("closes_at")
    first = waiting.first()
    return ClockStand(
        due=standing.filter(closes_at__lte=at).count(),
        waiting=waiting.count(),
        next_on=timezone.localdate(first.closes_at) if first else None,
    )


@transaction.atomic
def note_own_file(*, person: Person, format: str, actor: Actor, at: datetime) -> None:
    """The member took her own file along."""
    audit.record(
        actor=actor, verb="campaigns.own_file_taken", at=at, obj=person, label=person.public_id, detail={"as": format}
    )


def _enter(
    person: Person, campaign: Campaign, kind: EntryKind, wording: str, language: str, actor: Actor, at: datetime
) -> Entry:
    """An entry in the queue of whoever answers for the member's worksite."""
    places = places_of(person, on=timezone.localdate(at))
    site = places[0].worksite if places else None
    point = best_point(person)
    entry = Entry.objects.create(
        campaign=campaign,
        kind=kind,
        person=person,
        contact_point=point,
        worksite=site,
        worksite_text=site.name if site else "–",
        language=language,
        channel=Channel.MAIL if point is not None and point.kind == ContactKind.MAIL else Channel.SMS,
        consent_wording=wording,
        received_at=at,
    )
    place, detail = (site.public_id if site else ""), {"kind": kind.value, "campaign": campaign.slug}
    audit.record(actor=actor, verb="campaigns.member_asked", at=at, obj=entry, place=place, detail=detail)
    events.publish(MemberAsked(entry_id=entry.pk, campaign_id=campaign.pk, kind=kind.value, at=at))
    return entry
