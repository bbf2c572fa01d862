"""Letters to those who wrote to us: owed from the moment they are written down, sent by day, tried again, given up.

What a letter says is made when it goes. A code is made anew with each try, and kept as a keyed hash only.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext

from unionhall.accounts.enums import CODE_DIGITS
from unionhall.accounts.operations import make_personal_link
from unionhall.campaigns.enums import Channel, EntryKind, LetterKind, SlipState
from unionhall.campaigns.events import LetterOwed
from unionhall.campaigns.models import Entry, Letter, Slip, Subscription
from unionhall.campaigns.queries.holding import preferences_token
from unionhall.campaigns.queries.sealing import open_slip
from unionhall.foundation import crypto, events, gateways
from unionhall.foundation.contacts import Contact, indexes_of
from unionhall.foundation.gateways import Message
from unionhall.roster.queries import is_opted_out, stewards_of
from unionhall.rulebook.letters import awake_at, is_quiet, next_try

# Nobody's telephone is rung by strangers through our forms: beyond these a letter is given up, and what was sent to us
# stays. One school is one address, so that a whole shift has its codes.
AN_HOUR_TO_ONE_CONTACT: Final = 3
A_DAY_TO_ONE_CONTACT: Final = 8
CODES_AN_HOUR_FROM_ONE_ADDRESS: Final = 80
# A second click is no second sign-up.
SAME_CLICK: Final = timedelta(minutes=10)
KEY_BYTES: Final = 16

_PURPOSES: Final = {
    LetterKind.CODE: "campaigns.code",
    LetterKind.JOINED: "campaigns.joined",
    LetterKind.AGAIN: "campaigns.again",
    LetterKind.WELCOME: "campaigns.welcome",
}


def write_slip_letter(slip: Slip, at: datetime) -> Letter | None:
    """Owe a code to whoever sent the slip; none where one was written this minute. In the caller's transaction."""
    if slip.letters.filter(written_at__gt=at - timedelta(minutes=1)).exists():
        return None
    return _write(LetterKind.CODE, slip.channel, slip.contact_index, at, at, slip=slip)


def write_entry_letter(kind: LetterKind, entry: Entry, contact: Contact, at: datetime) -> Letter | None:
    """Owe a letter about an entry; "again" only where none was written lately. In the caller's transaction."""
    if kind == LetterKind.AGAIN and entry.letters.filter(written_at__gt=at - SAME_CLICK).exists():
        return None
    return _write(kind, contact.kind, indexes_of(contact).full, at, _by_day(contact.kind, at), entry=entry)


def write_subscription_letter(kind: LetterKind, subscription: Subscription, at: datetime) -> Letter | None:
    """Owe a letter about updates, as for an entry."""
    if kind == LetterKind.AGAIN and subscription.letters.filter(written_at__gt=at - SAME_CLICK).exists():
        return None
    channel, index = subscription.channel, subscription.contact_index
    return _write(kind, channel, index, at, _by_day(channel, at), subscription=subscription)


def send_letter(*, letter_id: int, at: datetime) -> bool:
    """Send a letter that is owed and due; whether it went. Never called inside a transaction.

    Claimed before it is sent, so that a task that runs twice sends once. What the provider refuses for good, what may
    not be sent and what failed too often is given up, with the reason; what may go later is owed again.
    """
    owed = Letter.objects.filter(pk=letter_id, sent_at=None, ended_at=None)
    letter = owed.filter(due_at__lte=at).first()
    if letter is None:
        return False
    if letter.kind != LetterKind.CODE and letter.channel == Channel.SMS and _is_night(at):
        return _later(letter, _by_day(letter.channel, at))
    pause = next_try(letter.tries + 1)
    claimed = owed.filter(tries=letter.tries).update(tries=F("tries") + 1, due_at=at + (pause or SAME_CLICK))
    if not claimed:
        return False
    message = _message(letter, at)
    if isinstance(message, str):
        return _end(letter, message, at)
    delivery = gateways.deliver(message, at=at)
    if delivery.went:
        Letter.objects.filter(pk=letter.pk).update(sent_at=at, outcome="")
        if letter.entry_id:
            Entry.objects.filter(pk=letter.entry_id, confirmed_at=None).update(confirmed_at=at)
        return True
    if pause is None or not delivery.may_retry:
        return _end(letter, delivery.code or "refused", at)
    Letter.objects.filter(pk=letter.pk).update(outcome=delivery.code[:60])
    return _later(letter, at + pause)


def confirm_entry(*, entry_id: int, at: datetime) -> bool:
    """Send the confirmation of an entry if it is still owed; whether it went."""
    letter = Letter.objects.filter(entry_id=entry_id, kind=LetterKind.JOINED).first()
    return letter is not None and send_letter(letter_id=letter.pk, at=at)


def _write(kind: LetterKind, channel: str, index: str, at: datetime, due_at: datetime, **about: object) -> Letter:
    letter = Letter.objects.create(
        kind=kind, channel=channel, contact_index=index, written_at=at, due_at=due_at, **about
    )
    events.publish(LetterOwed(letter_id=letter.pk, due_at=due_at))
    return letter


def _message(letter: Letter, at: datetime) -> Message | str:
    """The letter as it goes out, or in a word why it may not."""
    if _too_many(letter, at):
        return "too_many"
    if letter.slip_id:
        return _code_message(Slip.objects.select_related("campaign").get(pk=letter.slip_id), at)
    if letter.entry_id:
        return _entry_message(letter, Entry.objects.with_rows().get(pk=letter.entry_id), at)
    rows = Subscription.objects.select_related("campaign")
    return _updates_message(letter, rows.get(letters__pk=letter.pk))


def _code_message(slip: Slip, at: datetime) -> Message | str:
    if slip.state != SlipState.HELD:
        return "settled"
    contact = open_slip(slip).contact
    if is_opted_out(contact):
        return "opted_out"
    digits, key = str(secrets.randbelow(10**CODE_DIGITS)).zfill(CODE_DIGITS), secrets.token_urlsafe(KEY_BYTES)
    Slip.objects.filter(pk=slip.pk, state=SlipState.HELD).update(
        code=code_hash(slip, digits), code_made_at=at, tries=0, key=key_hash(slip, key)
    )
    with translation.override(slip.language):
        link = settings.BASE_URL + reverse("campaign_code_link", args=[slip.campaign.slug, slip.public_id, key])
        words = {"code": digits, "link": link, "campaign": slip.campaign}
        subject = gettext("%(code)s is your code for %(campaign)s") % {"code": digits, "campaign": slip.campaign.name}
        return _said("code", LetterKind.CODE, contact, slip.language, subject, words)


def _entry_message(letter: Letter, entry: Entry, at: datetime) -> Message | str:
    point = entry.contact_point
    if point is None:
        return "contact_gone"
    contact = Contact(kind="mail" if point.kind == "mail" else "sms", value=point.value)
    if is_opted_out(contact):
        return "opted_out"
    again = letter.kind == LetterKind.AGAIN
    name = "again" if again else "cat" if entry.kind == EntryKind.CAT else "joined"
    with translation.override(entry.language):
        home = settings.BASE_URL + reverse("campaign_home", args=[entry.campaign.slug])
        words: dict[str, object] = {"entry": entry, "campaign": entry.campaign, "home": home}
        if again:
            words |= _kind_words(entry, at)
            subject = gettext("%(campaign)s: we had your name already")
        else:
            subject = gettext("%(campaign)s: we have your name")
        return _said(
            name, LetterKind(letter.kind), contact, entry.language, subject % {"campaign": entry.campaign.name}, words
        )


def _kind_words(entry: Entry, at: datetime) -> dict[str, object]:
    """What helps somebody who asked a second time: who her steward is, and her own way in."""
    leaders = stewards_of(entry.worksite, timezone.localdate(at)) if entry.worksite else []
    names = [str(person) for person in leaders[:2]]
    user = entry.person.user
    link = make_personal_link(user=user, at=at) if user is not None and user.is_active else ""
    return {"stewards": pgettext("between two names", " and ").join(names), "link": link}


def _updates_message(letter: Letter, subscription: Subscription) -> Message | str:
    contact = Contact(kind="mail" if subscription.channel == Channel.MAIL else "sms", value=subscription.value)
    if subscription.stopped_at is not None or is_opted_out(contact):
        return "opted_out"
    campaign = subscription.campaign
    with translation.override(subscription.language):
        token = preferences_token(subscription)
        words = {
            "campaign": campaign,
            "again": letter.kind == LetterKind.AGAIN,
            "home": settings.BASE_URL + reverse("campaign_home", args=[campaign.slug]),
            "preferences": settings.BASE_URL + reverse("campaign_preferences", args=[campaign.slug, token]),
        }
        subject = gettext("%(campaign)s: you get our updates") % {"campaign": campaign.name}
        return _said("welcome", LetterKind(letter.kind), contact, subscription.language, subject, words)


def _said(
    name: str, kind: LetterKind, contact: Contact, language: str, subject: str, words: dict[str, object]
) -> Message:
    channel = "mail" if contact.kind == "mail" else "sms"
    body = render_to_string(f"campaigns/letters/{name}_{channel}.txt", words).strip()
    return Message(
        channel="mail" if contact.kind == "mail" else "sms",
        to=contact.value,
        body=body,
        subject=subject if channel == "mail" else "",
        language=language,
        purpose=_PURPOSES[kind],
    )


def code_hash(slip: Slip, digits: str) -> str:
    """The keyed hash by which a typed code is known, under the current key."""
    return crypto.blind_index(f"{slip.pk}:{digits}", purpose="slip-code")


def key_hash(slip: Slip, key: str) -> str:
    """The keyed hash by which the link of a letter is known, under the current key."""
    return crypto.blind_index(f"{slip.pk}:{key}", purpose="slip-key")


def _too_many(letter: Letter, at: datetime) -> bool:
    """Whether this contact, or for codes this address, has had its share."""
    sent = Letter.objects.filter(sent_at__gt=at - timedelta(days=1), contact_index=letter.contact_index)
    lately = sent.filter(sent_at__gt=at - timedelta(hours=1))
    if lately.count() >= AN_HOUR_TO_ONE_CONTACT or sent.count() >= A_DAY_TO_ONE_CONTACT:
        return True
    asker = letter.slip.asker if letter.slip else ""
    if not asker:
        return False
    codes = Letter.objects.filter(kind=LetterKind.CODE, slip__asker=asker, sent_at__gt=at - timedelta(hours=1))
    return codes.count() >= CODES_AN_HOUR_FROM_ONE_ADDRESS


def _later(letter: Letter, due_at: datetime) -> bool:
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(due_at=due_at)
        events.publish(LetterOwed(letter_id=letter.pk, due_at=due_at))
    return False


def _end(letter: Letter, outcome: str, at: datetime) -> bool:
    Letter.objects.filter(pk=letter.pk).update(ended_at=at, outcome=outcome[:60])
    return False


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _is_night(at: datetime) -> bool:
    """Whether texts wait for the morning; in a demonstration nothing leaves the house, so that nobody is woken."""
    return not settings.DEMO and is_quiet(at, _zone())


def _by_day(channel: str, at: datetime) -> datetime:
    return awake_at(at, _zone()) if channel == Channel.SMS and not settings.DEMO else at
