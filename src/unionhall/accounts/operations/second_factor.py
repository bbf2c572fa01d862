"""The second factor, set without the person in front of the screen: for the demonstration and the operator."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.db import transaction

from unionhall.accounts.models import User
from unionhall.foundation import audit
from unionhall.foundation.access import Actor


@transaction.atomic
def enroll_totp(*, user: User, secret: str, actor: Actor, at: datetime) -> None:
    """The account now wants codes of this secret at sign-in; a secret it had before is replaced.

    secret: base32, as authenticator apps take it; stored encrypted, never logged.
    """
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret)}, created_at=at
    )
    audit.record(actor=actor, verb="accounts.totp_enrolled", at=at, obj=user)
