"""Messages about the keys of a staff account: a link to a new password, and a notice when a key changed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.events import KeyChanged, PasswordResetAsked
from unionhall.accounts.models import User
from unionhall.foundation import audit, events, gateways
from unionhall.foundation.gateways import Message

CHANGES: Final[dict[str, str | Promise]] = {
    "password_changed": _("Your password was changed."),
    "password_reset": _("Your password was reset."),
    "totp_activated": _("An authenticator app was added to your account."),
    "totp_deactivated": _("The authenticator app was removed from your account."),
    "webauthn_added": _("A passkey was added to your account."),
    "webauthn_removed": _("A passkey was removed from your account."),
    "recovery_codes_generated": _("New recovery codes were made for your account."),
}


@transaction.atomic
def ask_password_reset(*, email: str, at: datetime) -> None:
    """The asking for a new password is passed on; the same work is done for a mail that is no account's."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True, is_staff=True).first()
    events.publish(PasswordResetAsked(user_id=user.pk if user else 0))


def send_password_reset(*, user_id: int, at: datetime) -> bool:
    """Send the link by which a staff account sets a new password; gives whether a message went. The link lives in the
    message alone, and dies with its use, with a sign-in, or after three days.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not user.email:
        return False
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    with translation.override(user.language):
        subject = gettext("A new password")
        body = gettext(
            "Somebody, probably you, asked for a new password. Choose it here:\n\n%(link)s\n\nIf it was not you, do "
            "nothing: your password stays as it is."
        ) % {"link": settings.BASE_URL + path}
    return gateways.deliver(_mail(user, subject, body, "password_reset"), at=at).went


@transaction.atomic
def note_key_change(*, user: User, change: str, at: datetime) -> None:
    """A key of the account changed, as trail and owner shall know. change: a name among CHANGES; others pass."""
    if change not in CHANGES:
        return
    audit.record(actor=user.as_actor(), verb=f"accounts.{change}", at=at, obj=user)
    events.publish(KeyChanged(user_id=user.pk, change=change))


def send_key_notice(*, user_id: int, change: str, at: datetime) -> bool:
    """Tell the owner by mail that a key changed, and what to do if it was not them; gives whether a message went."""
    user = User.objects.filter(pk=user_id).first()
    if user is None or not user.email:
        return False
    with translation.override(user.language):
        subject = gettext("Your sign-in was changed")
        advice = gettext("If it was not you, call the office at once and set a new password.")
        body = f"{CHANGES[change]}\n\n{advice}"
    return gateways.deliver(_mail(user, subject, body, "key_notice"), at=at).went


def _mail(user: User, subject: str, body: str, purpose: str) -> Message:
    return Message(
        channel="mail", to=user.email or "", subject=subject, body=body, language=user.language, purpose=purpose
    )
