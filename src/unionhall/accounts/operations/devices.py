"""Where somebody is signed in: remembered, seen, ended."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from importlib import import_module
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from unionhall.accounts.enums import Method
from unionhall.accounts.models import Device, User
from unionhall.foundation import audit, crypto
from unionhall.foundation.access import Actor

SEEN_EVERY: Final = timedelta(hours=1)
_BROWSERS: Final = (("Edg", "Edge"), ("SamsungBrowser", "Samsung Internet"), ("Firefox|FxiOS", "Firefox"))
_BROWSERS_LAST: Final = (("CriOS|Chrome", "Chrome"), ("Safari", "Safari"))
_MACHINES: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


@transaction.atomic
def note_sign_in(*, user: User, session_key: str, agent: str, method: Method, at: datetime) -> Device:
    """A new place where the account is signed in. agent: the browser's own description; kept as a few words only."""
    device = Device.objects.create(
        user=user, name=name_of(agent), session=session_key, method=method, signed_in_at=at, seen_at=at
    )
    verb = f"accounts.signed_in_by_{method.value}"
    if method in (Method.PASSWORD, Method.PASSKEY, Method.DEVICE):
        audit.record(actor=user.as_actor(), verb=verb, at=at, obj=user, detail={"device": device.pk})
    return device


@transaction.atomic
def remember_device(*, device: Device, at: datetime) -> str:
    """The secret for the cookie of a browser to be remembered for ninety days; its keyed hash is kept."""
    token = secrets.token_urlsafe(24)
    device.token = crypto.blind_index(token, purpose="device")
    device.seen_at = at
    device.save(update_fields=["token", "seen_at"])
    return token


def follow_session(*, user: User, former: str, session_key: str) -> None:
    """The same place under its session's new key, as after a change of password."""
    Device.objects.filter(user=user, session=former, ended_at=None).update(session=session_key)


def note_seen(*, user: User, session_key: str, at: datetime) -> None:
    """The session was used; written down once an hour at most."""
    rows = Device.objects.filter(user=user, session=session_key, ended_at=None)
    rows.filter(seen_at__lt=at - SEEN_EVERY).update(seen_at=at)


@transaction.atomic
def end_device(*, device: Device, actor: Actor, at: datetime) -> None:
    """That browser is signed out and no longer remembered. Ending what has ended changes nothing."""
    if device.ended_at is not None:
        return
    device.ended_at, device.token = at, ""
    device.save(update_fields=["ended_at", "token"])
    _forget_session(device.session)
    audit.record(actor=actor, verb="accounts.device_ended", at=at, obj=device)


def end_sessions(*, user: User, actor: Actor, at: datetime, but: str = "") -> int:
    """Every browser of the account is signed out, but for the session of that key; gives how many were."""
    devices = list(user.devices.filter(ended_at=None).exclude(session=but))
    for device in devices:
        end_device(device=device, actor=actor, at=at)
    return len(devices)


def name_of(agent: str) -> str:
    """The browser and the machine in words, such as "Chrome on Android"; never the whole description."""
    browser = next((name for sign, name in (*_BROWSERS, *_BROWSERS_LAST) if re.search(sign, agent)), "")
    machine = next((name for sign, name in _MACHINES if sign in agent), "")
    if browser and machine:
        return gettext("%(browser)s on %(machine)s") % {"browser": browser, "machine": machine}
    return browser or machine or gettext("A browser")


def _forget_session(key: str) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore(key).delete()
