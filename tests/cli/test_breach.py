"""`unionhall people breach`: who was exposed, told on a line, in JSON, or written to a file that stands in the log."""

from __future__ import annotations

import json

import pytest

from tests.factories import accounts, roster
from unionhall.foundation.models import AuditEntry
from unionhall.roster.models import Export
from unionhall.roster.operations.keeping.sights import note_seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def alma():
    user = accounts.make_staff("Alma Reyes", email="alma@example.org")
    person = roster.person("Ana Cruz", contact="213 555 0142")
    note_seen(viewer_id=user.pk, person_ids=[person.pk], at=roster.AT)
    return user


def test_exposed_persons_are_counted_by_class_and_state(cli, alma):
    result = cli("people", "breach", "--account", "alma@example.org", "--json")

    told = json.loads(result.stdout)
    assert result.exit_code == 0, result.stderr
    assert (told["persons"], told["states"], told["exposed"]["reach"]) == (1, {"unknown": 1}, 1)
    assert told["openings"][0]["way"] == "seen"
    assert AuditEntry.objects.filter(verb="roster.breach_asked").count() == 1


def test_list_is_written_with_a_reason_and_stands_in_the_log(cli, alma, tmp_path):
    without = cli("people", "breach", "--account", alma.public_id, "--out", str(tmp_path / "a.csv"))
    words = ["--out", str(tmp_path / "a.csv"), "--reason", "notice by law"]
    written = cli("people", "breach", "--account", alma.public_id, *words)

    assert (without.exit_code, written.exit_code) == (1, 0), written.stderr
    assert "'+12135550142" in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert (Export.objects.get().kind, Export.objects.get().reason) == ("breach", "notice by law")


@pytest.mark.parametrize(("words", "code"), [([], 2), (["--account", "nobody"], 1), (["--export", "none"], 1)])
def test_what_cannot_be_meant_is_refused(cli, db, words, code):
    assert cli("people", "breach", *words).exit_code == code
