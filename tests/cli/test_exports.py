"""`unionhall export`, as an operator types it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.factories import roster
from unionhall.foundation.models import AuditEntry
from unionhall.roster.models import Export

pytestmark = pytest.mark.django_db


def read(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_people_go_to_a_pipe_and_into_the_log(cli):
    person = roster.person("Beto Luna", contact="213 555 0142")

    result = cli("export", "people")

    assert result.exit_code == 0, result.stderr
    rows = read(result.stdout)
    assert [(row["Unionhall ID"], row["Cell phone"]) for row in rows] == [(person.public_id, "'+12135550142")]
    kept = Export.objects.get()
    assert (kept.kind, kept.asked_by, kept.reason, kept.rows) == ("people", "command line", "not given", 1)
    assert kept.public_id in rows[0]["Export"]
    assert AuditEntry.objects.filter(verb="roster.export_taken").count() == 1


@pytest.mark.parametrize(("name", "words", "start"), [
    ("list.csv", [], b"\xef\xbb\xbfUnionhall ID,"),
    ("list.xlsx", [], b"PK"),
    ("list.json", [], b"[\n{"),
    ("list.txt", ["--format", "json"], b"[\n{"),
])  # fmt: skip
def test_file_is_written_as_its_name_or_the_option_says(cli, tmp_path, name, words, start):
    roster.worksite()

    result = cli("export", "worksites", "--out", str(tmp_path / name), *words, "--reason", "site visits", "--json")

    told = json.loads(result.stdout)
    assert (told["rows"], told["reason"], told["kind"]) == (1, "site visits", "worksites")
    assert (tmp_path / name).read_bytes().startswith(start)


def test_contacts_can_be_left_out(cli, tmp_path):
    roster.person("Beto Luna", contact="213 555 0142")

    cli("export", "people", "--no-contacts", "--out", str(tmp_path / "list.csv"))

    assert "2135550142" not in (tmp_path / "list.csv").read_text("utf-8-sig")
    assert Export.objects.get().filter == {}


@pytest.mark.parametrize("kind", ["people", "worksites", "matches"])
def test_empty_roster_gives_heads_alone(cli, kind):
    result = cli("export", kind)

    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)


@pytest.mark.parametrize(("words", "code"), [
    (("people", "--format", "xlsx"), 2),
    (("people", "--format", "pdf"), 2),
    (("nothing",), 2),
    (("people", "--campaign", "nowhere"), 1),
    (("people", "--out", "/no/such/folder/list.csv"), 1),
])  # fmt: skip
def test_wrong_words_are_refused_without_a_trace(cli, words, code):
    result = cli("export", *words)

    assert (result.exit_code, "Traceback" in result.stderr) == (code, False)
    assert not Export.objects.exists()


def test_everything_goes_into_a_folder(cli, tmp_path):
    roster.person("Beto Luna")

    result = cli("export", "everything", "--out", str(tmp_path / "all"), "--json")

    told = json.loads(result.stdout)
    assert told["rows"] == len([path for path in (tmp_path / "all").rglob("*") if path.is_file()]) - 2
    assert "Beto Luna" in (tmp_path / "all/people.csv").read_text("utf-8-sig")
