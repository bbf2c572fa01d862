"""Accounts for tests. The cast: Alma (steward), Beto (member), Cleo (outsider); staff are invented too."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from unionhall.accounts import operations
from unionhall.accounts.models import RoleGrant, User
from unionhall.accounts.queries import PROOFS_KEY, PROOFS_OWNER_KEY
from unionhall.foundation.access import Reach, Role, system_actor
from unionhall.foundation.contacts import parse_contact

AT = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
ACTOR = system_actor("test")
PASSWORD = "marigold-over-purple"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_numbers = itertools.count(1)


def make_user(name: str = "Beto Ruiz", *, language: str = "en") -> User:
    """An account without mail or password, as members have."""
    return User.objects.create_user(name=name, language=language)


def make_staff(name: str = "Priya Nair", *, email: str = "", language: str = "en") -> User:
    """An account with mail and PASSWORD."""
    address = email or f"staff{next(_numbers)}@example.org"
    return operations.create_staff(name=name, email=address, password=PASSWORD, language=language, actor=ACTOR, at=AT)


def grant(user: User, role: Role, reach: Reach = Reach.ALL, codes: Iterable[str] = ()) -> RoleGrant:
    """A role that holds from 2 March 2026 on."""
    return operations.grant_role(user=user, role=role, reach=reach, codes=codes, actor=ACTOR, at=AT)


def sign_in(client: Client, user: User, *, strong: bool = True) -> User:
    """Sign the account in; strong: with a second factor proved, which every role past one worksite wants."""
    client.force_login(user, backend=BACKEND)
    if strong:
        session = client.session
        session[PROOFS_OWNER_KEY] = str(user.pk)
        session[PROOFS_KEY] = [{"method": "password", "at": 0.0}, {"method": "mfa", "type": "totp", "at": 0.0}]
        session.save()
    return user


def signed_in_as(client: Client) -> int | None:
    """The account id the test client is signed in as, None for nobody."""
    session = client.session
    if not {SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY} <= set(session.keys()):
        return None
    return int(session[SESSION_KEY])


def make_member(name: str = "Beto Ruiz", *contacts: str, language: str = "en") -> User:
    """A member who signs in by those contacts, as typed; by 213 555 0142 where none is given."""
    parsed = [parse_contact(text) for text in contacts or ("213 555 0142",)]
    return operations.ensure_member(name=name, language=language, contacts=parsed, actor=ACTOR, at=AT)
