"""How mail leaves: MAIL_URL made into what Django and django-anymail want. A demonstration keeps every mail instead."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from .base import DEMO
from .environment import ENV

DJANGO: Final = "django.core.mail.backends.{}.EmailBackend"
OUTBOX: Final = "unionhall.foundation.gateways.outbox.OutboxBackend"
TIMEOUT_SECONDS: Final = 15


def mail_settings(url: str) -> dict[str, Any]:
    """The Django settings that an address of MAIL_URL means. Raises ImproperlyConfigured, never with the address in it.

    null:// nothing leaves · console:// printed · smtp://USER:PASSWORD@HOST:587 (STARTTLS where there is a user; ?tls=1
    or 0 says otherwise) · smtps://USER:PASSWORD@HOST:465 · mailgun://KEY@DOMAIN (?eu=1) · postmark://TOKEN@ ·
    sendgrid://KEY@ · ses://USER:PASSWORD@REGION (the SMTP door of SES).
    """
    parts = urlsplit(url)
    if parts.scheme in ("null", "console"):
        return {"EMAIL_BACKEND": DJANGO.format("dummy" if parts.scheme == "null" else "console")}
    if parts.scheme in ("smtp", "smtps", "ses"):
        return _smtp(parts)
    return _provider(parts)


def _smtp(parts: SplitResult) -> dict[str, Any]:
    if not parts.hostname:
        raise ImproperlyConfigured("MAIL_URL names no host. For example: smtps://user:password@mail.example.org:465")
    direct = parts.scheme != "smtp"
    start_tls = parse_qs(parts.query).get("tls", ["1" if parts.username else "0"])[0] == "1"
    host = f"email-smtp.{parts.hostname}.amazonaws.com" if parts.scheme == "ses" else parts.hostname
    return {
        "EMAIL_BACKEND": DJANGO.format("smtp"),
        "EMAIL_HOST": host,
        "EMAIL_PORT": parts.port or (465 if direct else 587 if start_tls else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": direct,
        "EMAIL_USE_TLS": start_tls and not direct,
        "EMAIL_TIMEOUT": TIMEOUT_SECONDS,
    }


def _provider(parts: SplitResult) -> dict[str, Any]:
    key = unquote(parts.username or "")
    if not key:
        raise ImproperlyConfigured(
            "MAIL_URL names no key. For example: postmark://TOKEN@ or mailgun://KEY@mg.example.org"
        )
    anymail: dict[str, Any] = {"REQUESTS_TIMEOUT": TIMEOUT_SECONDS}
    if parts.scheme == "mailgun":
        if not parts.hostname:
            raise ImproperlyConfigured("MAIL_URL names no sending domain. For example: mailgun://KEY@mg.example.org")
        anymail |= {"MAILGUN_API_KEY": key, "MAILGUN_SENDER_DOMAIN": parts.hostname}
        if parse_qs(parts.query).get("eu") == ["1"]:
            anymail["MAILGUN_API_URL"] = "https://api.eu.mailgun.net/v3"
    else:
        anymail["POSTMARK_SERVER_TOKEN" if parts.scheme == "postmark" else "SENDGRID_API_KEY"] = key
    return {"EMAIL_BACKEND": f"anymail.backends.{parts.scheme}.EmailBackend", "ANYMAIL": anymail}


_chosen = mail_settings(ENV["MAIL_URL"])
EMAIL_BACKEND: str = OUTBOX if DEMO else _chosen["EMAIL_BACKEND"]
EMAIL_HOST: str = _chosen.get("EMAIL_HOST", "localhost")
EMAIL_PORT: int = _chosen.get("EMAIL_PORT", 25)
EMAIL_HOST_USER: str = _chosen.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD: str = _chosen.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL: bool = _chosen.get("EMAIL_USE_SSL", False)
EMAIL_USE_TLS: bool = _chosen.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT: int = TIMEOUT_SECONDS
ANYMAIL: dict[str, Any] = _chosen.get("ANYMAIL", {})
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV["MAIL_FROM"]
SMS_URL: str = ENV["SMS_URL"]
EMPLOYER_DOMAINS: tuple[str, ...] = ENV["EMPLOYER_DOMAINS"]
