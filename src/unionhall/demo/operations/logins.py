"""The demonstration's staff: accounts, roles, and the second-factor code of this minute."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from unionhall.accounts import operations as accounts
from unionhall.accounts.models import RoleGrant, SignInContact, User
from unionhall.demo import queries
from unionhall.foundation.access import Actor, Reach, Role
from unionhall.foundation.bilingual import as_bilingual

PASSWORD: Final = "two inks on paper"  # noqa: S105 - printed on every start; it opens invented data on this machine only


@dataclass(frozen=True, slots=True)
class Login:
    """What a visitor types to sign in as one of the cast. code: the second factor of this half minute."""

    name: str
    email: str
    does: str
    code: str


def make_staff(*, areas: dict[str, str], worksite: str, actor: Actor, at: datetime) -> int:
    """Accounts, roles and second factors of the cast; give how many.

    areas: public id by area code. worksite: public id of the steward's worksite.
    """
    cast = queries.content("cast")
    for one in cast:
        user = accounts.create_staff(
            name=one["name"], email=one["email"], password=PASSWORD, language=one["language"], actor=actor, at=at
        )
        accounts.enroll_totp(user=user, secret=secret_of(one["email"]), actor=actor, at=at)
        reach, codes = _scope(one, areas, worksite)
        accounts.grant_role(user=user, role=Role(one["role"]), reach=reach, codes=codes, actor=actor, at=at)
    return len(cast)


def logins(*, at: datetime) -> list[Login]:
    """Who of the cast can sign in, with the codes of that instant; nobody where the demonstration was not built."""
    there = set(User.objects.filter(is_active=True).values_list("email", flat=True))
    return [
        Login(one["name"], one["email"], str(as_bilingual(one["does"])), code_of(one["email"], at=at))
        for one in queries.content("cast")
        if one["email"] in there
    ]


def member_login() -> str:
    """The cell number of somebody who signed up and so signs in by code; "" where the demonstration was not built."""
    contact = SignInContact.objects.filter(kind="sms").order_by("pk").first()
    return contact.value if contact else ""


def cat_member_login() -> str:
    """The cell number of a CAT member with people of her own; "" where the demonstration has none."""
    mine = RoleGrant.objects.filter(role=Role.CAT_MEMBER, ended_at=None).values("user")
    contact = SignInContact.objects.filter(kind="sms", user__in=mine).order_by("pk").first()
    return contact.value if contact else ""


def secret_of(email: str) -> str:
    """The fixed second-factor secret of one of the cast, in base32. It guards invented data only."""
    return base64.b32encode(hashlib.sha256(f"demonstration {email}".encode()).digest()[:20]).decode()


def code_of(email: str, *, at: datetime) -> str:
    """The six digits that an authenticator app would show for one of the cast at that instant."""
    return str(format_hotp_value(hotp_value(secret_of(email), int(at.timestamp()) // app_settings.TOTP_PERIOD)))


def _scope(one: dict[str, Any], areas: dict[str, str], worksite: str) -> tuple[Reach, list[str]]:
    if "areas" in one:
        return Reach.AREA, [areas[code] for code in one["areas"]]
    if "worksite" in one:
        return Reach.WORKSITE, [worksite]
    return Reach.ALL, []
