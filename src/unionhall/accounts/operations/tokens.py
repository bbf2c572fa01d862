"""Personal links and paper codes: dated, of few uses, opened by a button."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from unionhall.accounts import queries
from unionhall.accounts.enums import LINK_LIFE, LINK_USES, PAPER_LIFE, TokenKind
from unionhall.accounts.models import SignInToken, User
from unionhall.foundation import audit, crypto
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import Refused
from unionhall.foundation.ids import ALPHABET

PAPER_LENGTH: Final = 10


class LinkWorn(Refused):
    """A link or paper code that is unknown, used up, or past its day: never said which."""

    code = "link_worn"
    status = 410
    message = _("This link or paper code does not work any more. Ask for a code by text or mail, or ask your steward.")


@transaction.atomic
def make_personal_link(*, user: User, at: datetime, actor: Actor | None = None) -> str:
    """The address by which the account signs in within seven days, five times at most; shown here once and never again.

    It leads to a page with one button in the account's language, since scanners open links. actor: who sends it.
    """
    token = secrets.token_urlsafe(16)
    _keep(user=user, kind=TokenKind.LINK, token=token, at=at, life=LINK_LIFE, uses=LINK_USES, actor=actor)
    with translation.override(user.language):
        return settings.BASE_URL + reverse("sign_in_link", args=[token])


@transaction.atomic
def issue_paper_code(*, user: User, actor: Actor, at: datetime) -> str:
    """Ten signs to write on paper for a member without a phone: once, within two days. Older papers stop working.

    Groups of five, such as "k7rqm-2xw9d"; letters that are read as one another are not among them.
    """
    SignInToken.objects.filter(user=user, kind=TokenKind.PAPER, expires_at__gt=at).update(uses_left=0)
    signs = "".join(secrets.choice(ALPHABET) for _ in range(PAPER_LENGTH))
    _keep(user=user, kind=TokenKind.PAPER, token=signs, at=at, life=PAPER_LIFE, uses=1, actor=actor)
    return f"{signs[:5]}-{signs[5:]}"


def redeem_token(*, kind: TokenKind, token: str, at: datetime) -> User:
    """Who signs in by that link or paper code; one use is taken. token: as typed. Raises LinkWorn."""
    with transaction.atomic():
        row = queries.find_living_token(kind=kind, token=token, at=at)
        if row is None or not SignInToken.objects.filter(pk=row.pk, uses_left__gt=0).update(
            uses_left=F("uses_left") - 1, used_at=at
        ):
            raise LinkWorn
        audit.record(actor=row.user.as_actor(), verb=f"accounts.signed_in_by_{kind.value}", at=at, obj=row.user)
        return row.user


def _keep(
    *, user: User, kind: TokenKind, token: str, at: datetime, life: timedelta, uses: int, actor: Actor | None
) -> None:
    doer = actor or user.as_actor()
    SignInToken.objects.create(
        user=user,
        kind=kind,
        token=crypto.blind_index(f"{kind.value}:{token}", purpose="token"),
        made_at=at,
        made_by_id=doer.user_id,
        expires_at=at + life,
        uses_left=uses,
    )
    audit.record(actor=doer, verb=f"accounts.{kind.value}_made", at=at, obj=user, detail={"uses": uses})
