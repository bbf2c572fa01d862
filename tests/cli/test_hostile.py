"""What people really type: missing files, folders, junk, closed doors. A sentence and exit 1 or 2, never a trace."""

import json
import os
import re

import pytest
from django.db import connection

from unionhall.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)
TRACE = re.compile(r"Traceback|File \".*\", line \d+|This is a fault of Unionhall")
JUNK = bytes(range(256)) * 40


@pytest.fixture
def things(tmp_path, settings):
    """Paths by name: what is missing, a folder, junk, nothing inside, a good pass phrase, no UTF-8."""
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path / "data", tmp_path / "data/media"
    settings.MEDIA_ROOT.mkdir(parents=True)
    (tmp_path / "folder").mkdir()
    (tmp_path / "junk").write_bytes(JUNK)
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "phrase").write_text("four words on paper\n")
    (tmp_path / "almost").write_bytes(b"UNIONHALL BACKUP 1\n" + JUNK)
    (tmp_path / "huge head").write_bytes(b"UNIONHALL BACKUP 1\n\xff\xff\xff\xff")
    names = ("folder", "junk", "empty", "phrase", "almost", "huge head", "missing", "missing/below")
    return {name: str(tmp_path / name) for name in names}


def refused(result):
    said = result.stderr.strip()
    assert not TRACE.search(said + result.stdout), said
    assert (result.exit_code in {1, 2}, bool(said), result.stdout) == (True, True, "")
    return said


@pytest.mark.parametrize("name", ["missing", "missing/below", "folder", "junk", "empty", "almost", "huge head"])
@pytest.mark.parametrize("dry", [[], ["--dry-run"], ["--json"]])
def test_restore_of_what_is_no_backup(cli, things, name, dry):
    refused(cli("restore", things[name], "--passphrase-file", things["phrase"], "--yes", *dry))


@pytest.mark.parametrize("name", ["folder", "missing/below", "junk"])
def test_backup_to_where_no_file_can_be(cli, things, name):
    refused(cli("backup", "--out", things[name], "--passphrase-file", things["phrase"]))


@pytest.mark.parametrize("name", ["missing", "folder", "junk", "empty"])
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_pass_phrase_that_cannot_be_read(cli, things, name, command):
    words = ["backup", "--out", things["missing"]] if command == "backup" else ["restore", things["almost"]]

    refused(cli(*words, "--passphrase-file", things[name]))

    assert not os.path.exists(things["missing"])


def test_backup_into_a_closed_folder(cli, things, tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root opens every door")
    (tmp_path / "folder").chmod(0o500)

    said = refused(cli("backup", "--out", things["folder"] + "/x", "--passphrase-file", things["phrase"]))

    assert said.startswith("Permission denied")


@pytest.mark.parametrize(
    "words",
    [
        ["backup"],
        ["restore"],
        ["run", "--port", "none"],
        ["run", "--host", "not a host"],
        ["run", "--workers", "-1"],
        ["demo", "--people", "many"],
        ["demo", "--campaign", "strike"],
        ["init", "--languages", "xx", "--yes"],
        ["init", "--password-file", "/nowhere/at/all", "--yes"],
        ["check", "--keys-copy", "x" * 300],
        ["check", "--what"],
        ["bench", "--out", "/nowhere/at/all.md"],
        ["bench", "\x00"],
        ["manage", "no-such-command"],
        ["import"],
        ["import", "worksites"],
        ["import", "worksites", "/nowhere/at/all.csv"],
        ["imports", "show", "ñ"],
        ["imports", "undo", "999999"],
        ["-x"],
    ],
)
def test_odd_words(cli, things, settings, words):
    settings.DEMO = words[0] == "demo"

    refused_or_told = cli(*words)

    assert not TRACE.search(refused_or_told.stderr + refused_or_told.stdout)
    assert refused_or_told.exit_code in {1, 2}


@pytest.mark.parametrize("name", ["folder", "junk", "empty", "almost"])
def test_import_of_what_is_no_list(cli, things, name):
    refused_or_told = cli("import", "worksites", things[name], "--yes")

    assert not TRACE.search(refused_or_told.stderr + refused_or_told.stdout)
    assert refused_or_told.exit_code in {1, 2}


def test_nothing_of_this_leaves_a_trace_in_the_record(cli, things):
    before = AuditEntry.objects.count()

    for name in ("junk", "almost", "missing"):
        cli("restore", things[name], "--passphrase-file", things["phrase"], "--yes")

    assert AuditEntry.objects.count() == before
    assert connection.vendor in {"sqlite", "postgresql"}


def test_json_of_a_refusal_is_silence_on_standard_output(cli, things):
    result = cli("restore", things["junk"], "--passphrase-file", things["phrase"], "--json")

    assert (result.exit_code, result.stdout) == (1, "")
    with pytest.raises(json.JSONDecodeError):
        json.loads(result.stderr)
