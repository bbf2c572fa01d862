"""Reads of accounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from unionhall.accounts.enums import DEVICE_LIFE, TokenKind, needs_second_factor
from unionhall.accounts.models import Device, Invitation, Lockdown, RoleGrant, SignInToken, User
from unionhall.foundation import crypto
from unionhall.foundation.access import PUBLIC, Grant, Reach, Role, Viewer

TOTP_PERIOD_SECONDS: Final = 30
# Where allauth keeps what this session has proved, and whose proof it is.
PROOFS_KEY: Final = "account_authentication_methods"
PROOFS_OWNER_KEY: Final = "account_authentication_methods_user"


def get_viewer(request: HttpRequest, *, on: date) -> Viewer:
    """Who is in front of this request, with the grants that hold on that day; the public where nobody is signed in.

    A grant that wants a second factor is left out while the session has not proved one: no door opens by forgetting to
    ask. One query, once a request, beside the two by which Django finds the session and its account.
    """
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return PUBLIC
    strong = is_strong(request.session, user)
    grants = tuple(grant for grant in held_grants(request, on=on) if strong or not needs_second_factor(grant))
    return Viewer(user_id=user.pk, name=user.name, grants=grants, strong=strong)


def held_grants(request: HttpRequest, *, on: date) -> tuple[Grant, ...]:
    """Every grant of the account of this request that holds on that day, proved or not; read once a request."""
    kept: tuple[date, tuple[Grant, ...]] | None = getattr(request, "_unionhall_grants", None)
    if kept is None or kept[0] != on:
        rows = RoleGrant.objects.filter(user=request.user.pk).holding(on)
        kept = (on, tuple(row.as_grant() for row in rows))
        request._unionhall_grants = kept  # type: ignore[attr-defined]
    return kept[1]


def wants_second_factor(request: HttpRequest, *, on: date) -> bool:
    """Whether the account in front of this request holds a role that its session has not proved itself for."""
    user = request.user
    if not isinstance(user, User) or is_strong(request.session, user):
        return False
    return user.is_superuser or any(needs_second_factor(grant) for grant in held_grants(request, on=on))


def is_strong(session: Mapping[str, Any], user: User) -> bool:
    """Whether this session has proved a second factor or a passkey of this very account.

    Read from the record that allauth writes when a code or a key was verified; there is no flag to set.
    """
    if session.get(PROOFS_OWNER_KEY) != str(user.pk):
        return False
    proofs = session.get(PROOFS_KEY)
    return isinstance(proofs, list) and any(proof.get("method") == "mfa" for proof in proofs)


def totp_code(*, secret: str, at: datetime) -> str:
    """The six digits that an authenticator app with that base32 secret shows at that instant."""
    return str(format_hotp_value(hotp_value(secret, int(at.timestamp()) // TOTP_PERIOD_SECONDS)))


def find_remembered(*, token: str, at: datetime) -> Device | None:
    """The remembered browser of that cookie, if it was not revoked and was used within ninety days."""
    hashes = crypto.blind_indexes(token, purpose="device")
    rows = Device.objects.select_related("user").filter(token__in=hashes, ended_at=None, user__is_active=True)
    return rows.filter(seen_at__gt=at - DEVICE_LIFE).first()


def open_devices(user: User, *, at: datetime) -> QuerySet[Device]:
    """Where the account is signed in or remembered, the place used last first; sessions that ran out are left out."""
    running = Session.objects.filter(expire_date__gt=at).values("session_key")
    remembered = Q(seen_at__gt=at - DEVICE_LIFE) & ~Q(token="")
    return user.devices.filter(Q(session__in=running) | remembered, ended_at=None)


def find_living_token(*, kind: TokenKind, token: str, at: datetime) -> SignInToken | None:
    """The link or paper code of that secret, if it may still be used. token: as typed. Takes no use."""
    plain = "".join(token.lower().split()).replace("-", "") if kind is TokenKind.PAPER else token.strip()
    hashes = crypto.blind_indexes(f"{kind.value}:{plain}", purpose="token")
    rows = SignInToken.objects.select_related("user").filter(token__in=hashes, kind=kind, user__is_active=True)
    return rows.filter(expires_at__gt=at, uses_left__gt=0).first()


def opens_hall(user: User, *, on: date) -> bool:
    """Whether the account belongs in the Hall: staff, or a role beyond that of a plain member."""
    if user.is_staff or user.is_superuser:
        return True
    return user.role_grants.holding(on).exclude(role=Role.MEMBER).exists()


def second_factors(user: User) -> list[str]:
    """The kinds of second factor the account has: "totp", "webauthn"; recovery codes do not count."""
    kinds = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return sorted(set(kinds.values_list("type", flat=True)))


def find_lockdown() -> Lockdown | None:
    """The lockdown that stands, or none. One query."""
    return Lockdown.objects.filter(stands="yes").first()


def officers(*, on: date) -> QuerySet[User]:
    """The active accounts that hold an officer's role on that day, by name."""
    held = RoleGrant.objects.holding(on).filter(role=Role.OFFICER, reach=Reach.ALL)
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def find_officer_by_code(*, email: str, code: str, on: date) -> User | None:
    """The officer of that mail, if the six digits are what their authenticator app shows now; else none."""
    user = officers(on=on).filter(email__iexact=email.strip()).first()
    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first() if user else None
    return user if factor is not None and factor.wrap().validate_code(code.strip()) else None


def find_invitation(*, token: str) -> Invitation | None:
    """The invitation of a link's secret, whatever its state; none where no link had it."""
    hashes = crypto.blind_indexes(f"invitation:{token.strip()}", purpose="token")
    return Invitation.objects.select_related("invited_by").filter(token__in=hashes).first()


def grant_of(invitation: Invitation) -> Grant:
    """What an invitation offers, as the value that access doors read."""
    return Grant(role=Role(invitation.role), reach=Reach(invitation.reach), codes=frozenset(invitation.codes))
