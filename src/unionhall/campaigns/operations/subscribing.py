"""Who reads the updates of a campaign: an audience of its own, beside the roster and never in it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import Audience, LetterKind
from unionhall.campaigns.events import Subscribed, SubscriptionStopped
from unionhall.campaigns.models import LANGUAGES, Campaign, Subscription
from unionhall.campaigns.operations.letters import write_subscription_letter
from unionhall.campaigns.queries.sealing import SignUp
from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor, system_actor
from unionhall.foundation.contacts import indexes_of, lookup
from unionhall.foundation.errors import Invalid
from unionhall.roster.queries import is_on_roster, is_opted_out

READER: Final = system_actor("who reads the updates")


def subscribe(*, campaign: Campaign, sign_up: SignUp, actor: Actor, at: datetime, proven: bool = False) -> Subscription:
    """Whoever is behind that contact hears from the campaign, once however often she asks; nobody enters the roster.

    A second time she is told on her own channel that we had her. proven: she has shown that the contact is hers; where
    its owner told us to stop, only that lets us write again.
    """
    stopped = is_opted_out(sign_up.contact) and not proven
    values = {
        "value": sign_up.contact.value,
        "audience": Audience.MEMBER if is_on_roster(sign_up.contact) else Audience.PUBLIC,
        "language": sign_up.language,
        "wording": sign_up.wording,
        "page_language": sign_up.page_language,
        "proven": proven,
        "agreed_at": at,
        "stopped_at": at if stopped else None,
    }
    with transaction.atomic():
        row, new = _row(campaign, sign_up, values)
        if not new and row.stopped_at is None:
            Subscription.objects.filter(pk=row.pk).update(
                language=sign_up.language, proven=row.proven or proven, audience=values["audience"]
            )
            row.refresh_from_db()
            write_subscription_letter(LetterKind.AGAIN, row, at)
            return row
        if not stopped:
            if not new:
                Subscription.objects.filter(pk=row.pk).update(**values)
                row.refresh_from_db()
            detail = {"campaign": campaign.slug, "channel": row.channel, "language": row.language}
            audit.record(actor=actor, verb="campaigns.subscribed", at=at, obj=row, detail=detail)
            write_subscription_letter(LetterKind.WELCOME, row, at)
            events.publish(Subscribed(subscription_id=row.pk, campaign_id=campaign.pk))
    return row


class UnknownWish(Invalid):
    """Something that no button of the preferences says."""

    code = "unknown_wish"
    message = _("Nothing was changed. Open the page again and press one of its buttons.")


def change_updates(*, subscription: Subscription, act: str, at: datetime, actor: Actor = READER) -> Subscription:
    """What one button of her preferences says: stop, go on, or a language. Raises UnknownWish for anything else.

    actor: who pressed it, where she is signed in.
    """
    if act == "stop":
        return stop_updates(subscription=subscription, actor=actor, at=at)
    if act == "resume":
        return resume_updates(subscription=subscription, actor=actor, at=at)
    if act in dict(LANGUAGES):
        return set_updates_language(subscription=subscription, language=act, actor=actor, at=at)
    raise UnknownWish


def set_updates_language(*, subscription: Subscription, language: str, actor: Actor, at: datetime) -> Subscription:
    """From now on the updates come in that language. language: "en" or "es"."""
    if subscription.language != language:
        with transaction.atomic():
            Subscription.objects.filter(pk=subscription.pk).update(language=language)
            subscription.language = language
            detail = {"language": language}
            audit.record(actor=actor, verb="campaigns.updates_language", at=at, obj=subscription, detail=detail)
    return subscription


def stop_updates(*, subscription: Subscription, actor: Actor, at: datetime) -> Subscription:
    """No more updates go there; what she had agreed to stays on record. Stopped already, nothing changes."""
    with transaction.atomic():
        if Subscription.objects.filter(pk=subscription.pk, stopped_at=None).update(stopped_at=at):
            subscription.stopped_at = at
            audit.record(actor=actor, verb="campaigns.updates_stopped", at=at, obj=subscription)
            events.publish(SubscriptionStopped(subscription.pk, subscription.campaign_id))
    return subscription


def resume_updates(*, subscription: Subscription, actor: Actor, at: datetime) -> Subscription:
    """She takes the stopping back, on the page that only her letter opens. Running already, nothing changes."""
    with transaction.atomic():
        if Subscription.objects.filter(pk=subscription.pk).exclude(stopped_at=None).update(stopped_at=None):
            subscription.stopped_at = None
            audit.record(actor=actor, verb="campaigns.updates_resumed", at=at, obj=subscription)
            events.publish(Subscribed(subscription_id=subscription.pk, campaign_id=subscription.campaign_id))
    return subscription


def _row(campaign: Campaign, sign_up: SignUp, values: dict[str, object]) -> tuple[Subscription, bool]:
    """The row of that contact, locked, or a new one; found under every key that is here."""
    known = Subscription.objects.select_for_update().filter(
        campaign=campaign, channel=sign_up.contact.kind, contact_index__in=lookup(sign_up.contact)
    )
    row = known.first()
    if row is not None:
        return row, False
    return Subscription.objects.get_or_create(
        campaign=campaign,
        channel=sign_up.contact.kind,
        contact_index=indexes_of(sign_up.contact).full,
        defaults=values,
    )
