"""`unionhall import people`, `contacts`, `optouts` and `imports resume`, as an operator types them."""

from __future__ import annotations

import json

import pytest

from tests.factories import roster as factory
from unionhall.roster.models import Import, OptOut, Person
from unionhall.roster.operations.people_lists import applying as people_imports

pytestmark = pytest.mark.django_db

LIST = """Employee ID,Last Name,First Name,Site,Cell Phone
00123,GARCIA,ROSA,Harbor Middle,213 555 0142
00124,LUNA,BETO,Harbor MS,213 555 0143
,,,,
00125,,,Harbor Middle,
"""


@pytest.fixture
def people(tmp_path):
    factory.worksite("Harbor Middle")
    path = tmp_path / "district.csv"
    path.write_text(LIST, "utf-8")
    return str(path)


def answer(result):
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def interrupt(*_args):
    raise KeyboardInterrupt


def test_dry_run_proposes_every_line_and_writes_nothing(cli, people):
    report = answer(cli("import", "people", people, "--dry-run", "--json"))
    assert (report["rows_read"], report["new"], len(report["refused"]), report["people"]) == (3, 2, 1, 2)
    assert [(one["line"], one["band"]) for one in report["proposals"]] == [(2, "new"), (3, "new")]
    assert report["by_worksite"][0]["adds"] == 2
    assert report["import_id"] is None
    assert not Import.objects.exists()


def test_import_says_what_it_did_and_is_undone(cli, people):
    report = answer(cli("import", "people", people, "--as-of", "2026-09-01", "--json"))
    assert (report["kind"], report["source"], report["new"], report["proposals"]) == ("people", "district", 2, [])
    again = cli("import", "people", people, "--as-of", "2026-10-01", "--yes")
    assert "This list holds nothing new: nothing was changed." in again.stdout
    shown = cli("imports", "show", str(report["import_id"]))
    assert "line 2: new Rosa Garcia" in shown.stdout
    latest = Import.objects.latest("pk").pk
    assert answer(cli("imports", "undo", str(latest), "--json"))["removed"] == 0
    undone = answer(cli("imports", "undo", str(report["import_id"]), "--json"))
    assert (undone["removed"], undone["stands"]) == (2, [])
    assert not Person.objects.exists()


def test_stopped_import_is_named_and_resumed(cli, people, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(people_imports, "write_portion", interrupt)
        result = cli("import", "people", people, "--yes")
    number = Import.objects.get().pk
    assert result.exit_code == 1
    assert f"`unionhall imports resume {number}` goes on" in result.stderr
    assert "being applied" in cli("imports").stdout
    report = answer(cli("imports", "resume", str(number), "--json"))
    assert (report["import_id"], report["new"], Person.objects.count()) == (number, 2, 2)


def test_same_command_goes_on_with_what_was_stopped(cli, people, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(people_imports, "write_portion", interrupt)
        assert cli("import", "people", people, "--yes").exit_code == 1
    answer(cli("import", "people", people, "--json"))
    assert (Import.objects.count(), Person.objects.count()) == (1, 2)


def test_contacts_and_optouts_come_in(cli, tmp_path):
    person = factory.person("Rosa Garcia", contact="213 555 0142")
    path = tmp_path / "tool.csv"
    path.write_text("Name,Phone,Email\nRosa Garcia,213 555 0142,rosa@example.org\n", "utf-8")
    assert answer(cli("import", "contacts", str(path), "--json"))["changed"] == 1
    assert person.contact_points.count() == 2
    path.write_text("Phone,Status\n213 555 0142,unsubscribed\n", "utf-8")
    assert answer(cli("import", "optouts", str(path), "--json"))["new"] == 1
    assert OptOut.objects.count() == 1


def test_file_without_names_is_refused_with_its_reason(cli, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Color,Size\nred,4\n", "utf-8")
    result = cli("import", "people", str(path))
    assert result.exit_code == 1
    assert "No row names the columns" in result.stderr
