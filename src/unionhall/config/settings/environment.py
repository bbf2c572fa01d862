"""Every environment variable, read once, typed and documented.

`docs/reference/settings.md` is generated from TABLE. A value that cannot be meant is reported by name, with the
sentence that mends it, all at once, and the start is refused.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

TRUE: Final = frozenset({"1", "true", "yes", "on"})
LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
FALSE: Final = frozenset({"0", "false", "no", "off", ""})


def boolean(text: str) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off or nothing. Raises ValueError for anything else."""
    word = text.strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise ValueError("write 1 or 0")


def whole_number(text: str) -> int:
    """A whole number of zero or more. Raises ValueError otherwise."""
    if not text.strip().isdigit():
        raise ValueError("write a whole number, 0 or more")
    return int(text)


def words(text: str) -> tuple[str, ...]:
    """The parts of a comma-separated list, without blanks."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def folder(text: str) -> Path:
    """An absolute folder. Raises ValueError where a file of that name stands."""
    path = Path(text).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ValueError("this is a file; name a folder")
    return path


def one_of(*schemes: str) -> Callable[[str], str]:
    """A parser of addresses that start with one of the schemes."""

    def parse(text: str) -> str:
        if urlsplit(text).scheme not in schemes:
            raise ValueError("it must start with " + " or ".join(f"{scheme}://" for scheme in schemes))
        return text

    return parse


def time_zone(text: str) -> str:
    """A zone of the tz database by name. Raises ValueError for an unknown one."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("name a zone of the tz database, such as America/Los_Angeles") from None
    return text


def log_level(text: str) -> str:
    """One of Python's levels, in whatever case it is written. Raises ValueError for another word."""
    if text.upper() not in LEVELS:
        raise ValueError("write " + " or ".join(LEVELS))
    return text.upper()


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, parser, default as written, and what it is for."""

    name: str
    parse: Callable[[str], Any]
    default: str
    help: str
    example: str = ""
    secret: bool = False


TABLE: Final[tuple[Variable, ...]] = (
    Variable(
        "BASE_URL",
        one_of("http", "https"),
        "http://localhost:8000",
        "The address members type; links in mail and texts start with it.",
        "https://campaign.example.org",
    ),
    Variable(
        "DATA_DIR", folder, "var", "Folder of the SQLite database, media, keys and built files.", "/var/lib/unionhall"
    ),
    Variable(
        "KEYS_DIR",
        folder,
        "",
        "Folder of the keys that encrypt contacts and sign cookies, kept out of backups. Empty: DATA_DIR/keys.",
        "/etc/unionhall/keys",
    ),
    Variable(
        "DATABASE_URL",
        one_of("sqlite", "postgres", "postgresql"),
        "",
        "The database. Empty: SQLite in DATA_DIR, tuned.",
        "postgres://unionhall@127.0.0.1:5432/unionhall",
        secret=True,
    ),
    Variable(
        "CACHE_URL",
        one_of("locmem", "redis", "rediss"),
        "locmem://",
        "The cache: this process, or Redis or Valkey for several workers.",
        "redis://127.0.0.1:6379/0",
        secret=True,
    ),
    Variable(
        "PAGE_CACHE_MB",
        whole_number,
        "32",
        "How much memory each web process may fill with finished public pages. 0: none are kept.",
        "128",
    ),
    Variable(
        "TASKS_URL",
        one_of("db", "redis", "rediss", "immediate"),
        "db://",
        "Where work waits: the database, Redis (needs requirements/redis.lock), or done at once.",
        "redis://127.0.0.1:6379/1",
        secret=True,
    ),
    Variable(
        "MAIL_URL",
        one_of("null", "console", "smtp", "smtps", "mailgun", "postmark", "sendgrid", "ses"),
        "null://",
        "How mail leaves. null:// sends nothing (in demo mode it is read at /hall/outbox/).",
        "smtps://user:password@mail.example.org:465",
        secret=True,
    ),
    Variable(
        "MAIL_FROM",
        str,
        "Unionhall <hall@localhost>",
        "The sender of mail that no campaign signs.",
        "Local 99 <hall@example.org>",
    ),
    Variable(
        "SMS_URL",
        one_of("null", "twilio"),
        "null://",
        "How texts leave. twilio://ACCOUNT:TOKEN@+12135550100",
        "twilio://ACCOUNT:TOKEN@+12135550100",
        secret=True,
    ),
    Variable("DEMO", boolean, "0", "Demo mode: invented people only, printed logins, outbox, banner, not indexed."),
    Variable("DEMO_PUBLIC", boolean, "0", "Lets a demo answer on other hosts than localhost."),
    Variable(
        "ALLOWED_HOSTS",
        words,
        "",
        "Further host names that are answered, comma-separated. The host of BASE_URL always is.",
        "www.example.org",
    ),
    Variable(
        "EMPLOYER_DOMAINS",
        words,
        "",
        "Mail domains of the employer: never written to, never a way to sign in.",
        "lausd.net",
    ),
    Variable("TIME_ZONE", time_zone, "America/Los_Angeles", "The local's zone, for every time shown."),
    Variable(
        "PROOF_BITS",
        whole_number,
        "15",
        "How much work a browser does before a sign-up is taken without a code; each more doubles it. 0: none.",
    ),
    Variable(
        "HELD_DAYS", whole_number, "30", "How many days a sign-up waits for its code before all of it is forgotten."
    ),
    Variable(
        "TRUST_PROXY",
        boolean,
        "0",
        "The server stands behind a proxy of ours that sets X-Forwarded-Proto and X-Forwarded-For.",
    ),
    Variable(
        "HSTS_SECONDS",
        whole_number,
        "31536000",
        "How long browsers insist on https. Only sent where BASE_URL is https.",
    ),
    Variable("DEBUG", boolean, "0", "Django's debug pages. Never where a member can reach the server."),
    Variable("LOG_LEVEL", log_level, "INFO", "DEBUG, INFO, WARNING or ERROR."),
)


def read(environ: Mapping[str, str]) -> dict[str, Any]:
    """The values of TABLE by name.

    environ: the process environment. An unset or empty variable takes its default; an empty default stays "".
    Raises ImproperlyConfigured with one line a wrong value, never the value of a secret.
    """
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for variable in TABLE:
        text = environ.get(variable.name, "").strip() or variable.default
        try:
            values[variable.name] = variable.parse(text) if text or variable.parse in (words, boolean) else ""
        except ValueError as error:
            shown = "its value" if variable.secret else f"“{text}”"
            example = f" For example: {variable.name}={variable.example}" if variable.example else ""
            wrong.append(f"{variable.name}: {shown} cannot be used; {error}.{example}")
    if wrong:
        raise ImproperlyConfigured("Settings to mend before Unionhall can start:\n  " + "\n  ".join(wrong))
    return values


ENV: Final[dict[str, Any]] = read(os.environ)
