"""What an operator should mend before members come: each finding with the sentence that mends it."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections, models

from unionhall.foundation import audit, crypto
from unionhall.foundation.fields import EncryptedTextField
from unionhall.foundation.gateways.mail import NULL_BACKEND
from unionhall.foundation.gateways.sms import gateway_for

LOCAL_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})
LOCMEM: Final = "django.core.cache.backends.locmem.LocMemCache"
IMMEDIATE: Final = "django_tasks.backends.immediate.ImmediateBackend"


def check_keys(app_configs: object = None, **kwargs: Any) -> list[CheckMessage]:
    """The key files are there, whole, and nobody else's to read."""
    found: list[CheckMessage] = []
    for path in crypto.key_files(Path(settings.CONTACTS_KEY_FILE)):
        try:
            crypto.read_key(path)
        except crypto.KeyUnusable:
            hint = (
                "Restore it into KEYS_DIR from your copy, owned by the user that runs Unionhall. Never make a new one."
            )
            found.append(
                Error(f"The key file {path.name} is missing, unreadable or damaged.", hint, id="foundation.E001")
            )
            continue
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            hint = f"Run: chmod 600 {path}"
            found.append(Warning(f"Others than its owner may read {path.name}.", hint, id="foundation.W001"))
    return found


def check_demo(app_configs: object = None, **kwargs: Any) -> list[CheckMessage]:
    """A demonstration stays at home, and its pages stay out of a real local."""
    found: list[CheckMessage] = []
    if apps.is_installed("unionhall.demo") and not settings.DEMO:
        hint = "Take it out of INSTALLED_APPS: config/slices.py does so unless DEMO=1."
        found.append(Error("The demonstration's pages are installed outside demo mode.", hint, id="foundation.E002"))
    if settings.DEMO and set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS - {"testserver"}:
        hint = "Unset DEMO_PUBLIC, unless strangers are meant to try the invented local."
        found.append(Warning("The demonstration answers to others than this machine.", hint, id="foundation.W002"))
    return found


def check_address(app_configs: object = None, **kwargs: Any) -> list[CheckMessage]:
    """A public address is safe to sign in at."""
    found: list[CheckMessage] = []
    address = urlsplit(settings.BASE_URL)
    public = (address.hostname or "") not in LOCAL_HOSTS
    if public and settings.DEBUG:
        hint = "Set DEBUG=0: its pages show settings and data to whoever causes an error."
        found.append(Error("DEBUG is on at a public address.", hint, id="foundation.E003"))
    if public and address.scheme == "http":
        hint = f"Set BASE_URL=https://{address.netloc} and let your proxy speak TLS: docs/operate/nginx.md."
        found.append(Warning("Members would send passwords and codes unencrypted.", hint, id="foundation.W003"))
    if address.scheme == "https" and settings.SECURE_PROXY_SSL_HEADER is None:
        hint = "Set TRUST_PROXY=1 where a proxy of yours speaks TLS; otherwise every page redirects to itself."
        found.append(Warning("BASE_URL is https and no proxy is trusted.", hint, id="foundation.W004"))
    return found


def check_machinery(app_configs: object = None, **kwargs: Any) -> list[CheckMessage]:
    """Cache and queue fit a house with several workers."""
    found: list[CheckMessage] = []
    several = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    if several and settings.CACHES["default"]["BACKEND"] == LOCMEM:
        hint = "Set CACHE_URL=redis://127.0.0.1:6379/0, or run one web worker."
        found.append(
            Warning("Each web worker has a cache of its own; limits hold per worker.", hint, id="foundation.W005")
        )
    if settings.TASKS["default"]["BACKEND"] == IMMEDIATE and not settings.DEMO:
        hint = "Set TASKS_URL=db:// and keep the worker running; `unionhall run` starts both."
        found.append(Warning("Long work holds up the page that starts it.", hint, id="foundation.W006"))
    return found


def check_gateways(app_configs: object = None, **kwargs: Any) -> list[CheckMessage]:
    """Mail and texts can leave, and never reach the employer."""
    try:
        gateway_for(settings.SMS_URL)
    except ValueError as error:
        return [Error("SMS_URL cannot be used.", f"Please {error}.", id="foundation.E004")]
    if settings.DEMO:
        return []
    found: list[CheckMessage] = []
    if settings.EMAIL_BACKEND == NULL_BACKEND:
        hint = "Set MAIL_URL, for example MAIL_URL=smtps://user:password@mail.example.org:465"
        found.append(Warning("No mail leaves: sign-in codes reach nobody by mail.", hint, id="foundation.W007"))
    if settings.SMS_URL.startswith("null"):
        hint = "Set SMS_URL, for example SMS_URL=twilio://ACCOUNT:TOKEN@+12135550100"
        found.append(Warning("No text leaves: sign-in codes reach nobody by text.", hint, id="foundation.W008"))
    if not settings.EMPLOYER_DOMAINS:
        hint = "Set EMPLOYER_DOMAINS to the employer's mail domains, comma-separated."
        found.append(Warning("Mail could go to addresses the employer reads.", hint, id="foundation.W009"))
    return found


def check_database(
    app_configs: object = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The trail is guarded by the database, and what lies encrypted in it can be read with the keys here."""
    if "default" not in (databases or ()):
        return []
    found: list[CheckMessage] = []
    tables = set(connections["default"].introspection.table_names())
    if "foundation_auditentry" in tables and not audit.is_guarded():
        hint = "Run: unionhall manage migrate. If it stays, a migration dropped the triggers: make them anew."
        found.append(Warning("The database does not refuse changes to the audit trail.", hint, id="foundation.W010"))
    lost = sorted(
        f"{model._meta.label}.{field.name}" for model, field in encrypted_fields() if _is_lost(model, field, tables)
    )
    if lost:
        hint = "Put the key they were written with back into KEYS_DIR, as contacts.old-NAME.key beside contacts.key."
        found.append(Error(f"Values cannot be read with the keys here: {', '.join(lost)}.", hint, id="foundation.E005"))
    return found


def encrypted_fields() -> Iterable[tuple[type[models.Model], EncryptedTextField]]:
    """Every encrypted column of the product, with its table."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField) and model._meta.managed and not model._meta.proxy:
                yield model, field


def start() -> None:
    """Join Django's checks. Called once, when every app is loaded."""
    every: tuple[Callable[..., list[CheckMessage]], ...] = (
        check_keys,
        check_demo,
        check_address,
        check_machinery,
        check_gateways,
    )
    for check in every:
        register(check, Tags.security)
    register(check_database, Tags.database)


def _is_lost(model: type[models.Model], field: EncryptedTextField, tables: set[str]) -> bool:
    """Whether the newest value of the column was written with a key that is not here."""
    if model._meta.db_table not in tables:
        return False
    connection = connections["default"]
    names = (field.column, model._meta.db_table, model._meta.pk.column)
    column, table, key = (connection.ops.quote_name(str(name)) for name in names)
    question = f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY {key} DESC LIMIT 1"  # noqa: S608 - our names
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return row is not None and not crypto.is_readable(bytes(row[0]))
