"""Backup and restore of a PostgreSQL database, with its own programs."""

import os

import pytest
from django.db import connection

from tests import needs
from unionhall.cli.failures import Stop
from unionhall.cli.vault import archive, envelope, swap
from unionhall.cli.vault.places import Place, Postgres

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="DATABASE_URL names no PostgreSQL"),
]
PHRASE = "four words on paper"
ABOUT = {"version": "0", "made_at": "2026-11-22T09:00:00+00:00", "name": "Local 99", "key_mark": ""}


@pytest.fixture
def make_place(tmp_path, monkeypatch):
    """Makes a database with so many people, and its media folder; drops it afterwards."""
    import psycopg

    for program in ("pg_dump", "pg_restore", "psql"):
        needs.program(program)
    monkeypatch.setattr(envelope, "COST", 1 << 10)
    server = {"host": connection.settings_dict["HOST"], "user": connection.settings_dict["USER"]}
    server["port"] = connection.settings_dict["PORT"] or 5432
    names = []

    def make(name, people):
        database = f"vault_{name}_{os.getpid()}"
        with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
            admin.execute(f"CREATE DATABASE {database}")
        names.append(database)
        with psycopg.connect(dbname=database, **server) as opened:
            opened.execute("CREATE TABLE accounts_user (id BIGSERIAL PRIMARY KEY, name TEXT UNIQUE)")
            opened.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
            opened.execute("INSERT INTO django_migrations VALUES ('roster', '0001_initial')")
            opened.cursor().executemany(
                "INSERT INTO accounts_user (name) VALUES (%s)", [(f"Alma {number}",) for number in range(people)]
            )
        (tmp_path / name / "media").mkdir(parents=True)
        (tmp_path / name / "media/a.jpg").write_bytes(name.encode())
        keys = {"NAME": database, "HOST": server["host"], "PORT": server["port"], "USER": server["user"]}
        return Place(Postgres(keys), tmp_path / name / "media", tmp_path / name)

    yield make
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
        for database in names:
            admin.execute(f"DROP DATABASE {database} WITH (FORCE)")


def names_in(place):
    import psycopg

    with psycopg.connect(**place.database._connection()) as opened:
        return [row[0] for row in opened.execute("SELECT name FROM accounts_user ORDER BY id")]


def write(place, out):
    with archive.written_whole(out) as target:
        return archive.write(target, place=place, passphrase=PHRASE, about=ABOUT, step=lambda done, total: None)


def restore(place, file, *, counts=None):
    with swap.staged(place) as stage:
        with file.open("rb") as source:
            manifest = archive.read(source, passphrase=PHRASE, into=stage, step=lambda done, total: None)
        place.database.check(stage / archive.DATABASE, manifest.tables)
        swap.put_in_place(place, counts or manifest.tables)


def test_round_trip(make_place, tmp_path):
    hall, other = make_place("hall", 300), make_place("other", 3)

    manifest = write(hall, tmp_path / "hall.backup")
    restore(other, tmp_path / "hall.backup")

    assert (manifest.vendor, manifest.tables) == ("postgresql", {"accounts_user": 300, "django_migrations": 1})
    assert names_in(other) == names_in(hall)
    assert (other.media / "a.jpg").read_bytes() == b"hall"
    assert sorted(path.name for path in other.work.iterdir()) == ["media"]


def test_restore_that_lacks_rows_changes_nothing(make_place, tmp_path):
    hall, other = make_place("hall", 300), make_place("other", 3)
    write(hall, tmp_path / "hall.backup")

    with pytest.raises(Stop) as stop:
        restore(other, tmp_path / "hall.backup", counts={"accounts_user": 301})

    assert stop.value.sentence() == "psql refused: rows are missing in accounts_user. Nothing was replaced."
    assert names_in(other) == ["Alma 0", "Alma 1", "Alma 2"]
    assert (other.media / "a.jpg").read_bytes() == b"other"


def test_damaged_dump_is_refused(make_place, tmp_path):
    hall = make_place("hall", 3)
    (tmp_path / "dump").write_bytes(b"PGDMP and then nothing")

    with pytest.raises(Stop) as stop:
        hall.database.check(tmp_path / "dump", {})

    assert stop.value.sentence().startswith("pg_restore refused: ")
