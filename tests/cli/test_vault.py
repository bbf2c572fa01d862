"""Backup and restore at the level of files: whole, or not at all."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing

import pytest

from unionhall.cli.failures import Stop
from unionhall.cli.vault import archive, envelope, swap
from unionhall.cli.vault.places import Place, Sqlite

PHRASE = "four words on paper"
ABOUT = {"version": "0", "made_at": "2026-11-22T09:00:00+00:00", "name": "Local 99", "key_mark": ""}


def silent(done, total):
    """A step nobody sees."""


def make_place(folder, *, people=2500, media=("a.jpg", "deep/b.pdf")):
    folder.mkdir()
    with closing(sqlite3.connect(folder / "hall.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE accounts_user (id INTEGER PRIMARY KEY, name TEXT)")
        database.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        database.execute("INSERT INTO django_migrations VALUES ('roster', '0001_initial')")
        database.executemany("INSERT INTO accounts_user (name) VALUES (?)", [(f"Alma {n}",) for n in range(people)])
        database.commit()
    place = Place(Sqlite(folder / "hall.sqlite3"), folder / "media", folder)
    for name in media:
        (place.media / name).parent.mkdir(parents=True, exist_ok=True)
        (place.media / name).write_bytes(os.urandom(70_000))
    return place


def write(place, out, phrase=PHRASE):
    with archive.written_whole(out) as target:
        return archive.write(target, place=place, passphrase=phrase, about=ABOUT, step=silent)


def read(file, into=None, phrase=PHRASE):
    with file.open("rb") as source:
        return archive.read(source, passphrase=phrase, into=into, step=silent)


def restore(place, file):
    with swap.staged(place) as stage:
        with file.open("rb") as source:
            manifest = archive.read(source, passphrase=PHRASE, into=stage, step=silent)
        place.database.check(stage / archive.DATABASE, manifest.tables)
        swap.put_in_place(place, manifest.tables)


def content(place):
    with closing(sqlite3.connect(place.database.path)) as database:
        names = [row[0] for row in database.execute("SELECT name FROM accounts_user ORDER BY id")]
    return names, {
        path.relative_to(place.media).as_posix(): path.read_bytes() for path in archive.media_files(place.media)
    }


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(envelope, "COST", 1 << 10)


@pytest.fixture
def hall(tmp_path):
    return make_place(tmp_path / "hall")


@pytest.fixture
def backup(hall, tmp_path):
    write(hall, tmp_path / "hall.backup")
    return tmp_path / "hall.backup"


def test_round_trip_gives_back_every_row_and_byte(hall, backup, tmp_path):
    other = make_place(tmp_path / "other", people=3, media=("old.jpg",))

    restore(other, backup)

    assert content(other) == content(hall)
    assert sorted(path.name for path in (tmp_path / "other").iterdir()) == ["hall.sqlite3", "media"]


def test_restore_into_nothing(hall, backup, tmp_path):
    folder = tmp_path / "new"
    folder.mkdir()
    empty = Place(Sqlite(folder / "hall.sqlite3"), folder / "media", folder)
    assert empty.database.rows() == 0

    restore(empty, backup)

    assert content(empty) == content(hall)
    assert (folder / "hall.sqlite3").stat().st_mode & 0o777 == 0o600


def test_manifest_counts_what_is_inside(hall, backup):
    manifest = read(backup)

    assert (manifest.tables, manifest.rows()) == ({"accounts_user": 2500, "django_migrations": 1}, 2501)
    assert (manifest.migrations, manifest.media_files, manifest.media_bytes) == (["roster.0001_initial"], 2, 140_000)


def test_backup_is_consistent_while_others_write(hall, tmp_path):
    with closing(sqlite3.connect(hall.database.path)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO accounts_user (name) VALUES ('Beto')")
        manifest = write(hall, tmp_path / "x.backup")
        writer.commit()

    assert manifest.tables["accounts_user"] == 2500


def test_neither_names_nor_pictures_can_be_read_in_the_file(hall, backup):
    sealed = backup.read_bytes()
    picture = (hall.media / "a.jpg").read_bytes()

    assert b"Alma 17" in hall.database.path.read_bytes()
    assert (b"Alma 17" in sealed, picture[:64] in sealed, backup.stat().st_mode & 0o777) == (False, False, 0o600)


def test_wrong_phrase_is_told_from_damage(backup):
    with pytest.raises(envelope.WrongPassphrase):
        read(backup, phrase="another phrase")


def test_every_damaged_byte_is_noticed(backup):
    whole = backup.read_bytes()
    places = [*range(len(envelope.MAGIC), 400, 13), *range(400, len(whole), len(whole) // 40), len(whole) - 1]
    for place in places:
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises((envelope.Damaged, envelope.WrongPassphrase)):
            read(backup)


def test_every_cut_is_noticed(backup):
    whole = backup.read_bytes()
    for length in [0, 5, *range(len(envelope.MAGIC), len(whole), len(whole) // 30), len(whole) - 1]:
        backup.write_bytes(whole[:length])
        with pytest.raises((envelope.Damaged, envelope.NotABackup)):
            read(backup)


def test_something_after_the_end_is_noticed(backup):
    backup.write_bytes(backup.read_bytes() + b"x")

    with pytest.raises(envelope.Damaged) as damaged:
        read(backup)

    assert damaged.value.sentence() == (
        "The backup file is damaged (something stands after its end). Nothing was restored; use another copy of it."
    )


def test_frames_cannot_change_places(tmp_path):
    first = tmp_path / "frames"
    with first.open("wb") as target:
        writer = envelope.Writer(target, PHRASE)
        writer.write(b"a" * envelope.CHUNK_BYTES + b"b" * envelope.CHUNK_BYTES + b"c")
        writer.finish()
    whole = first.read_bytes()
    frame = envelope.CHUNK_BYTES + envelope.TAG_BYTES + 4
    start = len(whole) - 1 - envelope.TAG_BYTES - 4 - 2 * frame
    one, two = whole[start : start + frame], whole[start + frame : start + 2 * frame]
    first.write_bytes(whole[:start] + two + one + whole[start + 2 * frame :])

    with first.open("rb") as source, pytest.raises(envelope.Damaged):
        envelope.Reader(source, PHRASE).read()


def test_failed_backup_leaves_the_old_file(hall, backup, monkeypatch):
    before = backup.read_bytes()
    monkeypatch.setattr(archive, "_add_file", lambda *args: (_ for _ in ()).throw(OSError(28, "No space left")))

    with pytest.raises(OSError, match="No space left"):
        write(hall, backup)

    assert backup.read_bytes() == before
    assert sorted(path.name for path in backup.parent.iterdir()) == ["hall", "hall.backup"]


def test_damaged_database_is_not_backed_up(hall, tmp_path):
    with closing(sqlite3.connect(hall.database.path)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("CREATE INDEX by_name ON accounts_user (name)")
        database.execute("PRAGMA writable_schema=ON")
        database.execute("UPDATE sqlite_master SET rootpage = 2 WHERE name = 'by_name'")
        database.commit()

    with pytest.raises(Stop):
        write(hall, tmp_path / "x.backup")

    assert not (tmp_path / "x.backup").exists()


def test_failed_restore_leaves_everything(hall, backup, tmp_path):
    other = make_place(tmp_path / "other", people=3, media=("old.jpg",))
    before = content(other)
    backup.write_bytes(backup.read_bytes()[:-1])

    with pytest.raises(envelope.Damaged):
        restore(other, backup)

    assert content(other) == before
    assert sorted(path.name for path in (tmp_path / "other").iterdir()) == ["hall.sqlite3", "media"]


def test_restore_waits_for_nobody_who_has_the_database_open(hall, backup):
    with closing(sqlite3.connect(hall.database.path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM accounts_user").fetchone()
        with pytest.raises(Stop) as stop:
            restore(hall, backup)

    assert stop.value.sentence() == "Something still has the database open. Stop `unionhall run` first."


@pytest.mark.parametrize("killed_at", ["rename", "replace", "rmtree"])
def test_switch_killed_half_way_is_finished_by_the_next_comer(hall, backup, tmp_path, killed_at):
    other = make_place(tmp_path / "other", people=3, media=("old.jpg",))
    script = textwrap.dedent(f"""
        import os, shutil, signal, sys
        from pathlib import Path
        from unionhall.cli.vault import archive, swap
        from unionhall.cli.vault.places import Place, Sqlite
        folder = Path({str(other.work)!r})
        place = Place(Sqlite(folder / "hall.sqlite3"), folder / "media", folder)
        module = shutil if {killed_at!r} == "rmtree" else os
        real = getattr(module, {killed_at!r})
        def last(*args, **named):
            if (folder / "restore.part/READY").exists() or {killed_at!r} == "rmtree":
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **named)
        with swap.staged(place) as stage:
            with open({str(backup)!r}, "rb") as source:
                counts = archive.read(source, passphrase={PHRASE!r}, into=stage, step=lambda a, b: None).tables
            setattr(module, {killed_at!r}, last)
            swap.put_in_place(place, counts)
    """)
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr

    swap.finish_interrupted(other)

    assert content(other) == content(hall)
    assert sorted(path.name for path in other.work.iterdir()) == ["hall.sqlite3", "media"]


def test_stage_that_was_never_ready_is_thrown_away(hall):
    before = content(hall)
    (hall.work / swap.STAGE).mkdir()
    (hall.work / swap.STAGE / archive.DATABASE).write_bytes(b"half")

    assert swap.finish_interrupted(hall) is False

    assert content(hall) == before
    assert not (hall.work / swap.STAGE).exists()


def test_strange_names_are_refused(tmp_path, hall):
    for name in ("../evil", "/etc/passwd", "media/../../evil", "keys/contacts.key"):
        with pytest.raises(envelope.Damaged):
            archive._target(tmp_path, name)
