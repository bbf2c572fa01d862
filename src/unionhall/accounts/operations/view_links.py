"""The link that only shows harmless things: sent to a channel the member controls, opened without signing in."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, Literal

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.enums import VIEW_LIFE, VIEW_USES, ContactKind, TokenKind
from unionhall.accounts.events import ViewLinkAsked
from unionhall.accounts.models import SignInContact, SignInToken, User
from unionhall.foundation import audit, crypto, events, gateways
from unionhall.foundation.access import Actor
from unionhall.foundation.contacts import is_employer_mail
from unionhall.foundation.errors import Refused
from unionhall.foundation.gateways import Message

SENT_A_DAY: Final = 3


class TooManyLinks(Refused):
    """More links asked for in a day than anybody needs."""

    code = "too_many_links"
    status = 429
    message = _("Several links went out to you today. Look for the newest one, or try again tomorrow.")


@transaction.atomic
def ask_view_link(*, user: User, actor: Actor, at: datetime) -> None:
    """A link shall be sent to the account's own channel. Raises TooManyLinks."""
    lately = SignInToken.objects.filter(user=user, kind=TokenKind.VIEW, made_at__gt=at - timedelta(days=1))
    if lately.count() >= SENT_A_DAY:
        raise TooManyLinks
    audit.record(actor=actor, verb="accounts.view_link_asked", at=at, obj=user)
    events.publish(ViewLinkAsked(user_id=user.pk))


def make_view_token(*, user: User, at: datetime) -> str:
    """The secret of a new link of sixty days; its keyed hash is kept. It signs nobody in."""
    token = secrets.token_urlsafe(16)
    SignInToken.objects.create(
        user=user,
        kind=TokenKind.VIEW,
        token=crypto.blind_index(f"{TokenKind.VIEW.value}:{token}", purpose="token"),
        made_at=at,
        expires_at=at + VIEW_LIFE,
        uses_left=VIEW_USES,
    )
    return token


def send_view_link(*, user: User, address: str, at: datetime, only: Collection[str] | None = None) -> bool:
    """Send the link to the channel that was added first and is not the employer's; gives whether a message went.

    only: the numbers and addresses it may go to, where somebody else had it sent.
    """
    mine = [
        one
        for one in SignInContact.objects.filter(user=user).order_by("added_at", "pk")
        if only is None or one.value in only
    ]
    contact = next((one for one in mine if one.kind == ContactKind.SMS or not is_employer_mail(one.value)), None)
    if contact is None:
        return False
    channel: Literal["mail", "sms"] = "mail" if contact.kind == ContactKind.MAIL else "sms"
    with translation.override(user.language):
        words = {"address": address}
        body = gettext("My campaign: your place, who stands for you, what comes next. %(address)s") % words
        body += "\n" + gettext("Reply STOP to stop.") if channel == "sms" else ""
        subject = gettext("My campaign") if channel == "mail" else ""
    message = Message(
        channel=channel, to=contact.value, body=body, subject=subject, language=user.language, purpose="view_link"
    )
    return gateways.deliver(message, at=at).went


@transaction.atomic
def end_view_links(*, user: User, actor: Actor, at: datetime) -> int:
    """No link that was sent to the account shows anything any more; gives how many there were."""
    living = SignInToken.objects.filter(user=user, kind=TokenKind.VIEW, uses_left__gt=0, expires_at__gt=at)
    ended = living.update(uses_left=0)
    if ended:
        audit.record(actor=actor, verb="accounts.view_links_ended", at=at, obj=user, detail={"count": ended})
    return ended
