"""`unionhall backup` and `unionhall restore` as typed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from unionhall.cli import backup as module
from unionhall.cli.vault import envelope
from unionhall.foundation.models import AuditEntry

UNIONHALL = Path(sys.executable).with_name("unionhall")


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(envelope, "COST", 1 << 10)


@pytest.fixture
def phrase(tmp_path):
    (tmp_path / "phrase").write_text("four words on paper\n")
    return tmp_path / "phrase"


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "data/media"
    (tmp_path / "data/media").mkdir(parents=True)
    (tmp_path / "data/media/flyer.jpg").write_bytes(b"picture")
    return tmp_path / "data"


@pytest.mark.django_db(transaction=True)
def test_backup_says_what_it_wrote_and_leaves_an_entry(cli, data, phrase, tmp_path):
    out = tmp_path / "hall.backup"

    result = cli("backup", "--out", str(out), "--passphrase-file", str(phrase), "--json")

    assert (result.exit_code, result.stderr) == (0, "")
    told = json.loads(result.stdout)
    assert (told["file"], told["bytes"], told["media_files"]) == (str(out), out.stat().st_size, 1)
    assert told["vendor"] == connection.vendor
    assert AuditEntry.objects.get(verb="cli.backup_made").detail["rows"] == told["rows"]
    assert sorted(path.name for path in data.iterdir()) == ["media"]


@pytest.mark.django_db(transaction=True)
def test_dry_runs_write_nothing(cli, data, phrase, tmp_path):
    out = tmp_path / "hall.backup"
    assert cli("backup", "--out", str(out), "--dry-run").exit_code == 0
    assert not out.exists()
    assert cli("backup", "--out", str(out), "--passphrase-file", str(phrase)).exit_code == 0
    AuditEntry.objects.create(at="2026-11-22T09:00:00Z", verb="test.later")

    result = cli("restore", str(out), "--passphrase-file", str(phrase), "--dry-run", "--json")

    assert (result.exit_code, json.loads(result.stdout)["dry_run"]) == (0, True)
    assert AuditEntry.objects.filter(verb="test.later").exists()


@pytest.mark.django_db(transaction=True)
def test_restore_asks_before_it_replaces(cli, data, phrase, tmp_path):
    out = tmp_path / "hall.backup"
    assert cli("backup", "--out", str(out), "--passphrase-file", str(phrase)).exit_code == 0

    result = cli("restore", str(out), "--passphrase-file", str(phrase))

    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "",
        "The database is not empty. Back it up, then restore with --yes to replace everything in it.\n",
    )


@pytest.mark.django_db(transaction=True)
def test_file_that_exists_is_kept(cli, data, phrase, tmp_path):
    out = tmp_path / "hall.backup"
    out.write_text("precious")

    result = cli("backup", "--out", str(out), "--passphrase-file", str(phrase))

    assert (result.exit_code, result.stderr) == (1, f"{out} exists. Take another name, or --overwrite.\n")
    assert out.read_text() == "precious"


def test_short_phrase_is_refused(cli, data, tmp_path):
    (tmp_path / "short").write_text("strike\n")

    result = cli("backup", "--out", str(tmp_path / "x"), "--passphrase-file", str(tmp_path / "short"))

    assert (result.exit_code, result.stderr) == (
        1,
        "The pass phrase must have 12 characters or more; four or five words are good.\n",
    )


def test_nobody_to_ask_is_said(cli, data, tmp_path):
    result = cli("backup", "--out", str(tmp_path / "x"))

    assert (result.exit_code, result.stderr) == (
        1,
        "There is nobody to ask for the pass phrase: give --passphrase-file FILE.\n",
    )


def test_restore_refuses_under_a_running_server(data):
    from unionhall.cli.failures import Stop
    from unionhall.cli.running import find_running, hold

    handle = hold(data, {"pid": 4242, "port": 8107})
    try:
        with pytest.raises(Stop) as stop:
            module.refuse_while_running(module.current_place())
    finally:
        os.close(handle)

    assert stop.value.sentence() == "Unionhall runs on this data folder (process 4242). Stop it, then restore."
    assert find_running(data) is None


def test_key_mark_tells_keys_apart(settings, tmp_path):
    settings.CONTACTS_KEY_FILE = tmp_path / "contacts.key"
    assert module.key_mark() == ""
    marks = []
    for key in ("0" * 64, "1" * 64):
        settings.CONTACTS_KEY_FILE.write_text(key)
        marks.append(module.key_mark())

    assert (len(set(marks)), [len(mark) for mark in marks]) == (2, [16, 16])


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_whole_round_trip_in_another_folder(cli, data, phrase, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has its own round trip")
    out = tmp_path / "hall.backup"
    AuditEntry.objects.create(at="2026-11-22T09:00:00Z", verb="test.before", actor_label="Alma")
    assert cli("backup", "--out", str(out), "--passphrase-file", str(phrase)).exit_code == 0
    other = tmp_path / "other"
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"DATA_DIR": str(other), "DEMO": "0", "DATABASE_URL": "", "TASKS_URL": "db://"}

    done = subprocess.run(
        [UNIONHALL, "restore", str(out), "--passphrase-file", str(phrase), "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (told["key_here"], told["media_files"]) == (False, 1)
    assert (other / "media/flyer.jpg").read_bytes() == b"picture"
    shutil.copy(connection.settings_dict["NAME"], tmp_path / "now")
    import sqlite3

    with sqlite3.connect(other / "unionhall.sqlite3") as restored:
        verbs = [row[0] for row in restored.execute("SELECT verb FROM foundation_auditentry ORDER BY id")]
    restored.close()
    assert verbs == ["test.before", "cli.backup_restored"]
