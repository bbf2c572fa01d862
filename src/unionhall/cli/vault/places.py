"""What a backup holds and where it goes back to: one database of either kind, and the media folder."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from unionhall.cli.failures import Stop

Counts = dict[str, int]
COUNTED: Final = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


class Database(Protocol):
    """One database of either kind."""

    @property
    def vendor(self) -> str:
        """Its kind as Django says it: sqlite or postgresql."""

    def dump(self, target: Path) -> Counts:
        """A consistent copy in one file, while others go on writing; gives the rows of each table in that copy."""

    def check(self, copy: Path, counts: Mapping[str, int]) -> None:
        """The copy can be read whole and holds those rows. Raises Stop otherwise."""

    def rows(self) -> int:
        """How many people's accounts, entries of the trail and such it holds now; 0 where there are no tables."""

    def migrations(self) -> list[str]:
        """Which migrations it has, `app.name`, sorted."""


@dataclass(frozen=True, slots=True)
class Place:
    """A database, its media folder, and a folder on the same disk where work in progress may lie."""

    database: Database
    media: Path
    work: Path


@dataclass(frozen=True, slots=True)
class Sqlite:
    """A SQLite file."""

    path: Path
    vendor: str = "sqlite"

    def dump(self, target: Path) -> Counts:
        """See Database. In one step, so that a busy hall cannot make it start over for ever."""
        if not self.path.is_file():
            raise Stop(f"There is no database at {self.path}. Start with `unionhall init` or `unionhall demo`.")
        with closing(_open(self.path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            return _count(copy)

    def check(self, copy: Path, counts: Mapping[str, int]) -> None:
        """See Database."""
        try:
            with closing(_open(copy)) as opened:
                said = opened.execute("PRAGMA integrity_check").fetchone()[0]
                if said != "ok" or opened.execute("PRAGMA foreign_key_check").fetchone():
                    raise Stop(f"The copy of the database is not sound: {said}. Nothing was replaced.")
                found = _count(opened)
        except sqlite3.DatabaseError as error:
            raise Stop(f"The copy of the database cannot be read: {error}. Nothing was replaced.") from None
        if found != dict(counts):
            raise Stop("The copy of the database lacks rows that were counted. Nothing was replaced.")

    def rows(self) -> int:
        """See Database."""
        if not self.path.is_file():
            return 0
        with closing(_open(self.path)) as opened:
            return _telling(_count(opened))

    def migrations(self) -> list[str]:
        """See Database."""
        with closing(_open(self.path)) as opened:
            return migrations_in(opened)

    def settle(self) -> None:
        """Everything stands in the one file: no write-ahead log beside it. Raises Stop while somebody has it open."""
        if not self.path.is_file():
            return
        try:
            with closing(sqlite3.connect(self.path, timeout=2, isolation_level=None)) as opened:
                if opened.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
                    raise sqlite3.OperationalError("open elsewhere")
        except sqlite3.OperationalError:
            raise Stop("Something still has the database open. Stop `unionhall run` first.") from None


def migrations_in(opened: sqlite3.Connection) -> list[str]:
    """The migrations written down in an open SQLite database."""
    return sorted(f"{app}.{name}" for app, name in opened.execute("SELECT app, name FROM django_migrations"))


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=20)


def _count(opened: sqlite3.Connection) -> Counts:
    names = [row[0] for row in opened.execute(COUNTED)]
    # Table names come from the database itself and are quoted.
    return {name: opened.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def _telling(counts: Mapping[str, int]) -> int:
    """Rows that somebody has entered: accounts, the trail, and the mark of an installation."""
    kept = ("accounts_user", "foundation_auditentry", "foundation_installation")
    return sum(counts.get(name, 0) for name in kept)


@dataclass(frozen=True, slots=True)
class Postgres:
    """A PostgreSQL database; wants the client programs pg_dump, pg_restore and psql."""

    settings: Mapping[str, Any]
    vendor: str = "postgresql"

    def dump(self, target: Path) -> Counts:
        """See Database. One exported snapshot for the dump and the counts."""
        import psycopg

        with psycopg.connect(**self._connection()) as opened, opened.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            snapshot = _one(cursor.execute("SELECT pg_export_snapshot()"))
            counts = self._count(cursor)
            snap, file = f"--snapshot={snapshot}", f"--file={target}"
            self._call("pg_dump", "--format=custom", "--no-owner", "--no-privileges", snap, file)
        return counts

    def check(self, copy: Path, counts: Mapping[str, int]) -> None:
        """See Database. The rows are counted when it is restored, inside that transaction."""
        self._call("pg_restore", "--file=/dev/null", str(copy), connect=False)

    def rows(self) -> int:
        """See Database."""
        import psycopg

        with psycopg.connect(**self._connection()) as opened, opened.cursor() as cursor:
            return _telling(self._count(cursor))

    def migrations(self) -> list[str]:
        """See Database."""
        import psycopg

        with psycopg.connect(**self._connection()) as opened, opened.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            return sorted(f"{app}.{name}" for app, name in cursor.fetchall())

    def replace(self, copy: Path, counts: Mapping[str, int]) -> None:
        """Put the copy in the place of what is there, in one transaction that also counts the rows."""
        sql = copy.with_suffix(".sql")
        with sql.open("wb") as script:
            script.write(b"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n")
            script.flush()
            self._call("pg_restore", "--no-owner", "--no-privileges", "--file=-", str(copy), connect=False, out=script)
            script.write(b"\n" + "\n".join(map(_assertion, counts, counts.values())).encode())
        self._call("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={sql}")

    def _count(self, cursor: Any) -> Counts:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        names = [row[0] for row in cursor.fetchall()]
        return {name: _one(cursor.execute(f'SELECT count(*) FROM "{name}"')) for name in names}  # noqa: S608 (own names)

    def _connection(self) -> dict[str, Any]:
        keys = {"dbname": "NAME", "host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
        return {name: self.settings[key] for name, key in keys.items() if self.settings.get(key)}

    def _call(self, program: str, *words: str, connect: bool = True, out: Any = subprocess.DEVNULL) -> None:
        path = shutil.which(program)
        if path is None:
            raise Stop(f"{program} is missing. On Debian or Ubuntu: sudo apt install postgresql-client")
        names = {"dbname": "PGDATABASE", "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
        known = {names[key]: str(value) for key, value in self._connection().items()} if connect else {}
        done = subprocess.run(  # noqa: S603 (one of three fixed programs)
            [path, *words], env=os.environ | known, stdout=out, stderr=subprocess.PIPE, check=False
        )
        if done.returncode:
            lines = done.stderr.decode(errors="replace").strip().splitlines()
            told = [line for line in lines if "ERROR:" in line] or lines[-1:] or [f"exit {done.returncode}"]
            raise Stop(f"{program} refused: {told[0].split('ERROR:')[-1].strip()}. Nothing was replaced.")


def _one(cursor: Any) -> Any:
    return cursor.fetchone()[0]


def _assertion(table: str, count: int) -> str:
    return (
        f'DO $$ BEGIN IF (SELECT count(*) FROM public."{table}") <> {int(count)} THEN '  # noqa: S608 (own names)
        f"RAISE EXCEPTION 'rows are missing in {table}'; END IF; END $$;"
    )
