"""The databases of a test run: migrated once, kept under a fingerprint of the migrations, copied for each worker.

Each worker gets a real file (or a PostgreSQL database of its own), never shared memory, so that locks and live servers
behave as in the hall. After a test that really committed, the copy is put back as it was, with all that migrations
had written: Django's own flush would leave it empty.
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.core.management import call_command
from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = Path(tempfile.gettempdir()) / f"unionhall-test-databases-{os.getuid()}"
TEMPLATES_KEPT = 8


class TestDatabase(Protocol):
    """One worker's database."""

    def make(self) -> None:
        """Put the connection on a fresh migrated copy."""

    def restore(self) -> None:
        """Make the copy as it was before any test."""

    def remove(self) -> None:
        """Leave nothing behind."""


def choose(*, worker: str) -> TestDatabase:
    """The kind of test database that DATABASE_URL asks for. worker: "gw0", "gw1"..., or "main" without xdist."""
    return SqliteCopy(worker) if connection.vendor == "sqlite" else PostgresCopy(worker)


def fingerprint() -> str:
    """What the migrated tables depend on, as one short name: migrations, models, settings, locks."""
    digest = hashlib.sha256(connection.vendor.encode())
    package = ROOT / "src/unionhall"
    sources = [
        *package.glob("*/migrations/*.py"),
        *package.glob("*/models*/**/*.py"),
        *package.glob("*/models.py"),
        package / "config/slices.py",
        package / "config/settings/base.py",
        package / "config/settings/security.py",
        ROOT / "requirements/base.lock",
    ]
    for source in sorted(sources):
        digest.update(source.relative_to(ROOT).as_posix().encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@contextmanager
def only_one_worker() -> Iterator[None]:
    """Hold the others back while the template is made."""
    TEMPLATES.mkdir(mode=0o700, exist_ok=True)
    with (TEMPLATES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate_into(name: str) -> None:
    """Run every migration into the database of that name, which must exist or come into being by opening it."""
    use(name)
    gc.disable()  # a sixth of the time would go into looking for waste in the states of 250 migrations
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        gc.enable()
    connections.close_all()


def use(name: str) -> None:
    """Point the default connection at a database."""
    connections.close_all()
    connection.settings_dict["NAME"] = name
    connections.settings["default"]["NAME"] = name


class SqliteCopy:
    """A file of this worker's own, copied from the template.

    Each restoring makes a new file. Were the old one written over, a connection that some thread of an earlier test
    still holds would go on mapping its index of the log, and two processes could see two truths of one file.
    """

    def __init__(self, worker: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"unionhall-{worker}-"))
        self.template = TEMPLATES / f"{fingerprint()}.sqlite3"
        self.fresh = self.folder / "fresh"  # our own, should another checkout's run delete the template
        self.copies = 0

    def make(self) -> None:
        """Copy the template, which the first worker makes."""
        with only_one_worker():
            if not self.template.exists():
                draft = TEMPLATES / f"draft-{os.getpid()}.sqlite3"
                draft.unlink(missing_ok=True)
                migrate_into(str(draft))
                draft.replace(self.template)
            self.template.touch()
            shutil.copyfile(self.template, self.fresh)
            self._forget_old_templates()
        self.restore()

    def restore(self) -> None:
        """Put the connection on a new copy, then delete the old one, so that a live server sees no gap."""
        connections.close_all()
        old = list(self.folder.glob("test-*"))
        self.copies += 1
        new = self.folder / f"test-{self.copies}.sqlite3"
        shutil.copyfile(self.fresh, new)
        use(str(new))
        for leftover in old:
            leftover.unlink(missing_ok=True)

    def remove(self) -> None:
        """Delete the copy and its folder."""
        connections.close_all()
        shutil.rmtree(self.folder)

    def _forget_old_templates(self) -> None:
        kept = sorted(TEMPLATES.glob("????????????????.sqlite3"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in kept[TEMPLATES_KEPT:]:
            old.unlink()


class PostgresCopy:
    """A database of this worker's own, created from a template database on the same server."""

    def __init__(self, worker: str) -> None:
        self.name = f"test_unionhall_{worker}_{os.getpid()}"
        self.template = f"test_unionhall_{fingerprint()}"

    def make(self) -> None:
        """Copy the template, which the first worker makes; templates of other fingerprints are dropped."""
        with only_one_worker():
            self._copy()
        use(self.name)

    def restore(self) -> None:
        """Drop the copy, with whoever still looks at it, and copy anew."""
        with only_one_worker():
            self._admin(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
            self._copy()
        use(self.name)

    def remove(self) -> None:
        """Drop the copy."""
        self._admin(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def _copy(self) -> None:
        if self.template not in self._databases():
            self._make_template()
        self._admin(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')

    def _make_template(self) -> None:
        for old in self._databases():
            if len(old) == len(self.template) and not old.startswith(("test_unionhall_gw", "test_unionhall_main")):
                self._admin(f'DROP DATABASE IF EXISTS "{old}"')
        draft = f"{self.template}_draft"
        self._admin(f'DROP DATABASE IF EXISTS "{draft}"')
        self._admin(f'CREATE DATABASE "{draft}"')
        migrate_into(draft)
        self._admin(f'ALTER DATABASE "{draft}" RENAME TO "{self.template}"')

    def _databases(self) -> set[str]:
        rows = self._admin("SELECT datname FROM pg_database WHERE datname LIKE 'test_unionhall_%'")
        return {row[0] for row in rows}

    def _admin(self, statement: str) -> list[Any]:
        connections.close_all()
        with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]  # as Django's own test runner does
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
