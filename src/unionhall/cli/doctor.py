"""What `unionhall check` looks at. Each examination gives findings; each finding that is not ok says what to do."""

from __future__ import annotations

import shutil
import socket
import ssl
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.core import checks, mail
from django.db import DatabaseError, connection
from django_tasks_db.models import DBTaskResult

from unionhall.campaigns.queries import owed
from unionhall.cli import prepare
from unionhall.cli.running import find_running
from unionhall.foundation import nightly
from unionhall.foundation.bilingual import BilingualField
from unionhall.foundation.health import QUEUE_LATE_SECONDS, queue_seconds
from unionhall.foundation.installation import find_installation
from unionhall.foundation.models import AuditEntry
from unionhall.roster.queries.access_review import open_reviews

State = Literal["ok", "look", "wrong"]

BACKUP_DAYS: Final = 2
KEYS_COPY_DAYS: Final = 400
FAILED_DAYS: Final = 7
CERTIFICATE_DAYS: Final = 14
LEAST_FREE_BYTES: Final = 1_000_000_000
TIMEOUT_SECONDS: Final = 5
PRAGMAS: Final = {"journal_mode": "wal", "synchronous": 2}
# A warning of Django's checks that stops a real local's members from coming in safely.
GRAVE: Final = frozenset({"foundation.W003", "foundation.W007"})
BUILT_AT_START: Final = "staticfiles.W004"
ROOMS: Final = {"W007": "mail", "W008": "texts", "E004": "texts", "E001": "keys", "W001": "keys", "E005": "keys"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. state: ok, look (would be better otherwise) or wrong. todo: what to do; blank when ok."""

    about: str
    state: State
    found: str
    todo: str = ""

    def told(self) -> dict[str, str]:
        """For `--json`."""
        return asdict(self)


def examine(*, at: datetime) -> Iterator[Finding]:
    """Every finding, in the order they are read. Without a database that answers, what needs it is left out."""
    yield from system()
    yield from disk()
    yield from languages()
    yield from certificate(at=at)
    yield from mail_server()
    database_findings = list(database())
    yield from database_findings
    if not any(finding.state == "wrong" for finding in database_findings):
        for look in (local, worker, letters, forgetting, access_reviews, backups):
            yield from look(at=at)
        yield from stale_content()


def system() -> Iterator[Finding]:
    """Django's system checks, ours among them: settings, keys, gateways, addresses."""
    try:
        messages = checks.run_checks(databases=["default"])
    except DatabaseError:
        messages = checks.run_checks()
    rooms = {"settings", "keys", "mail", "texts"}
    for message in messages:
        if message.id == BUILT_AT_START:
            continue
        room = ROOMS.get((message.id or "").removeprefix("foundation."), "settings")
        rooms.discard(room)
        grave = message.level >= checks.ERROR or (message.id in GRAVE and not settings.DEMO)
        yield Finding(room, "wrong" if grave else "look", message.msg, message.hint or "")
    mode = "demo mode" if settings.DEMO else "a real local"
    said = {
        "settings": f"{mode} at {settings.BASE_URL}",
        "keys": f"whole, in {settings.KEYS_DIR}",
        "mail": "kept in the outbox, as a demo does" if settings.DEMO else "leaves",
        "texts": "kept in the outbox, as a demo does" if settings.DEMO else "leave",
    }
    for room in sorted(rooms):
        yield Finding(room, "ok", said[room])


def disk() -> Iterator[Finding]:
    """Room for the database to grow and for a backup."""
    folder = Path(settings.DATA_DIR)
    if not folder.is_dir():
        return
    usage = shutil.disk_usage(folder)
    found = f"{usage.free / 1e9:.0f} GB free of {usage.total / 1e9:.0f} GB at {folder}"
    if usage.free < LEAST_FREE_BYTES:
        yield Finding("disk", "wrong", found, "Make room: a full disk refuses every sign-up and every vote.")
    else:
        yield Finding("disk", "ok", found)


def languages() -> Iterator[Finding]:
    """Every sentence of ours has its Spanish, and the compiled catalogue is not older than the written one."""
    missing = fuzzy = stale = 0
    for catalogue in sorted(Path(settings.SOURCE_DIR).glob("*/locale/*/LC_MESSAGES/django.po")):
        with catalogue.open("rb") as source:
            for message in read_po(source):
                missing += bool(message.id) and not any(_texts(message.string))
                fuzzy += bool(message.id) and message.fuzzy
        compiled = catalogue.with_suffix(".mo")
        stale += not compiled.is_file() or compiled.stat().st_mtime < catalogue.stat().st_mtime
    if stale:
        yield Finding("translations", "wrong", f"{stale} catalogues are not compiled", "Run: make setup")
    elif missing or fuzzy:
        found = f"{missing} sentences of the product lack their Spanish, {fuzzy} are doubtful"
        yield Finding("translations", "look", found, "Upgrade, or tell us: pages show those in English.")
    else:
        yield Finding("translations", "ok", "every sentence of the product has its Spanish")


def certificate(*, at: datetime) -> Iterator[Finding]:
    """The certificate of BASE_URL: what members' browsers will say of it."""
    address = urlsplit(settings.BASE_URL)
    if address.scheme != "https" or not address.hostname:
        return
    host, port = address.hostname, address.port or 443
    try:
        with (
            socket.create_connection((host, port), timeout=TIMEOUT_SECONDS) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as line,
        ):
            ends = ssl.cert_time_to_seconds(str((line.getpeercert() or {})["notAfter"]))
    except ssl.SSLError as error:
        reason = getattr(error, "verify_message", "") or error.reason or "no TLS"
        yield Finding("certificate", "wrong", f"{host}: {reason}", "Browsers will warn members off. Renew it.")
        return
    except OSError as error:
        todo = "Nothing answers there from this machine; look at your proxy and at the firewall."
        yield Finding("certificate", "look", f"{host}:{port}: {error.strerror or error}", todo)
        return
    days = (datetime.fromtimestamp(ends, UTC) - at).days
    todo = "Renew it, and see why it does not renew itself." if days < CERTIFICATE_DAYS else ""
    yield Finding("certificate", "wrong" if todo else "ok", f"{host}: {days} days left", todo)


def mail_server() -> Iterator[Finding]:
    """Whether the mail server takes our name and password; nothing is sent."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return
    try:
        line = mail.get_connection(timeout=TIMEOUT_SECONDS)
        line.open()
        line.close()
    except OSError as error:
        found = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} refuses: {error.__class__.__name__}"
        yield Finding("mail", "wrong", found, "Look at host, port, user and password in MAIL_URL.")


def database() -> Iterator[Finding]:
    """It answers, is tuned as we want it, whole, and has every table."""
    try:
        connection.ensure_connection()
        missing = prepare.missing_migrations()
    except DatabaseError as error:
        first = str(error).strip().splitlines()[0]
        yield Finding("database", "wrong", f"does not answer: {first}", "Look at DATABASE_URL and DATA_DIR.")
        return
    if missing:
        todo = "Run `unionhall run`, or `unionhall manage migrate`."
        yield Finding("database", "wrong", f"{missing} migrations are missing", todo)
        return
    yield from _sqlite() if connection.vendor == "sqlite" else _postgres()


def local(*, at: datetime) -> Iterator[Finding]:
    """What lives in the database."""
    held = find_installation()
    if held is None:
        todo = "`unionhall init` makes a real local, `unionhall demo` the invented one."
        yield Finding("local", "look", "none yet", todo)
        return
    yield Finding("local", "ok", f"{held.name}, {held.kind}, since {held.made_at:%Y-%m-%d}")
    if held.kind == "real" and held.rule_pack in {"", "none"}:
        yield Finding("rule pack", "look", "none picked", "Gates stay shut until counsel has confirmed a pack.")


def worker(*, at: datetime) -> Iterator[Finding]:
    """Whether somebody does what is queued."""
    state = find_running(Path(settings.DATA_DIR))
    waited = queue_seconds(at=at)
    if waited is None:
        yield Finding("worker", "ok", "queued outside the database: look at the queue there")
        return
    if waited > QUEUE_LATE_SECONDS:
        found = f"the oldest task has waited {waited // 60} minutes"
        yield Finding("worker", "wrong", found, "Start `unionhall run`, or `unionhall manage db_worker`.")
    elif state is None:
        yield Finding(
            "worker", "look", "`unionhall run` is not at work here", "Nothing waits. Start it for the members."
        )
    else:
        yield Finding("worker", "ok", f"at work since {state.get('since', '')[:16]}; nothing waits too long")
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=at - timedelta(days=FAILED_DAYS)).count()
    if failed:
        todo = "Their stories stand in /admin/ and in the log; each may be started again from its page."
        yield Finding("worker", "look", f"{failed} tasks failed in {FAILED_DAYS} days", todo)


def forgetting(*, at: datetime) -> Iterator[Finding]:
    """Whether the retention clocks were asked lately, and whether one of them fails."""
    held = find_installation()
    if held is None or held.kind == "demo":
        return
    stands = nightly.rounds(at=at)
    todo = "Keep `unionhall run` at work, or ask the clocks by a timer: unionhall people forget."
    if stands.last is None or stands.last.ended_at is None:
        fresh = at - held.made_at < nightly.LATE
        soon = "They are asked after three in the morning, while `unionhall run` is at work."
        state: State = "look" if fresh else "wrong"
        yield Finding("retention", state, "the clocks were never asked", soon if fresh else todo)
        return
    found = f"the clocks were asked last on {stands.last.ended_at:%Y-%m-%d %H:%M}"
    yield Finding("retention", "wrong" if stands.is_late else "ok", found, todo if stands.is_late else "")
    failing = [work.key for work in stands.last.works.exclude(error="")]
    if failing:
        todo = "Its story stands in the log; it is tried again the next night."
        yield Finding("retention", "wrong", f"clocks that failed: {', '.join(failing)}", todo)


def letters(*, at: datetime) -> Iterator[Finding]:
    """Whether forms that came in were taken in, and whether codes and confirmations went out."""
    found = owed(at=at)
    if found.stuck or found.late:
        said = f"{found.stuck} forms wait to be taken in, {found.late} letters wait to go"
        yield Finding("sign-ups", "wrong", said, "Start `unionhall run`, or `unionhall manage db_worker`.")
    elif not found.given_up:
        yield Finding("sign-ups", "ok", "every form was taken in, every letter went")
    if found.given_up:
        reasons = ", ".join(f"{count} {code}" for code, count in sorted(found.given_up.items()))
        todo = "Look at MAIL_URL and SMS_URL; the people stand in the queue or at /hall/held/, and can be called."
        yield Finding("sign-ups", "look", f"letters given up in 7 days: {reasons}", todo)


def access_reviews(*, at: datetime) -> Iterator[Finding]:
    """Whether somebody looked through who has access after each list of people."""
    waiting = [review.imported.file_name for review in open_reviews()]
    if waiting:
        todo = "A data administrator or officer settles it at /hall/access/."
        yield Finding("access", "look", f"nobody looked through who has access after {', '.join(waiting)}", todo)


def backups(*, at: datetime) -> Iterator[Finding]:
    """How old the newest backup is, and whether somebody wrote down where the keys' copy lies."""
    held = find_installation()
    if held is None or held.kind == "demo":
        yield Finding("backups", "ok", "nothing here that cannot be made again")
        return
    newest = AuditEntry.objects.filter(verb="cli.backup_made").first()
    todo = "Run: unionhall backup --out FILE. Better: every night, to another machine."
    if newest is None:
        yield Finding("backups", "wrong", "none was ever made", todo)
    else:
        old = at - newest.at > timedelta(days=BACKUP_DAYS)
        found = f"the newest is of {newest.at:%Y-%m-%d %H:%M}"
        yield Finding("backups", "wrong" if old else "ok", found, todo if old else "")
    yield _keys_copy(at)


def stale_content() -> Iterator[Finding]:
    """Short texts that were written in one language only."""
    parts = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, BilingualField) and model.__module__.startswith("unionhall."):
                texts = model._default_manager.values_list(field.name, flat=True).iterator()
                count = sum(len(text.missing()) == 1 for text in texts)
                parts += [f"{count} in {model._meta.verbose_name_plural} ({field.name})"] if count else []
    if parts:
        yield Finding("two languages", "look", "one language only: " + ", ".join(parts), "Write the other one.")
    else:
        yield Finding("two languages", "ok", "every short text stands in both")


def _sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        found: dict[str, Any] = {}
        for name in PRAGMAS:
            cursor.execute(f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
        cursor.execute("PRAGMA quick_check(1)")
        whole = cursor.fetchone()[0] == "ok"
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute("PRAGMA page_size")
        size = pages * cursor.fetchone()[0]
    path = Path(str(connection.settings_dict["NAME"]))
    if not whole:
        yield Finding("database", "wrong", "SQLite finds it damaged", "Stop, copy the file away, and restore a backup.")
    elif wrong := [name for name, value in PRAGMAS.items() if found[name] != value]:
        todo = "Another program changed it. Start Unionhall anew; a disk over the network will not do."
        yield Finding("database", "wrong", f"not tuned: {', '.join(wrong)}", todo)
    elif path.is_file() and path.stat().st_mode & 0o077:
        yield Finding("database", "look", "others than its owner may read the file", f"Run: chmod 600 {path}")
    else:
        yield Finding("database", "ok", f"SQLite, {size / 1e6:.1f} MB, whole and tuned")


def _postgres() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
        version, size = cursor.fetchone()
    missing = [program for program in ("pg_dump", "pg_restore", "psql") if shutil.which(program) is None]
    if missing:
        todo = "On Debian or Ubuntu: sudo apt install postgresql-client"
        yield Finding("database", "wrong", f"no backup can be made without {', '.join(missing)}", todo)
    else:
        yield Finding("database", "ok", f"PostgreSQL {version.split()[0]}, {size / 1e6:.1f} MB")


def _keys_copy(at: datetime) -> Finding:
    entry = AuditEntry.objects.filter(verb="cli.keys_copy_recorded").first()
    todo = f"Copy {settings.KEYS_DIR} to paper or a stick, then: unionhall check --keys-copy “where it lies”"
    if entry is None:
        return Finding("keys' copy", "wrong", "nobody has written down where it lies; without it no backup helps", todo)
    if at - entry.at > timedelta(days=KEYS_COPY_DAYS):
        return Finding(
            "keys' copy", "look", f"last seen {entry.at:%Y-%m-%d}: {entry.why}", "See that it is still there."
        )
    return Finding("keys' copy", "ok", f"{entry.why} ({entry.at:%Y-%m-%d})")


def _texts(string: str | Iterable[str] | None) -> list[str]:
    return [string] if isinstance(string, str) else list(string or [])
