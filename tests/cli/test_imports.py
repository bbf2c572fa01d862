"""`unionhall import worksites` and `unionhall imports`, as an operator types them."""

from __future__ import annotations

import json

import pytest

from unionhall.roster.models import Worksite

pytestmark = pytest.mark.django_db

LIST = """School,Status,Latitude,Longitude,Street Address,City,State,Zip
Rosemead Street Elementary,Active,34.05,-118.20,1 Rosemead St.,Los Angeles,CA,90032
Harbor Middle,Closed,,,2 Harbor Ave.,San Pedro,CA,90731
,Active,34.05,-118.20,3 Nameless Way,Los Angeles,CA,90032
"""
KEYS = [
    "kind", "source", "as_of", "file", "sha256", "rows_read", "header_row", "new", "changed", "unchanged", "gone",
    "review", "refused", "notices", "moved", "missing", "conflicts", "people", "proposals",
    "by_worksite", "seconds", "import_id",
]  # fmt: skip


@pytest.fixture
def schools(tmp_path):
    path = tmp_path / "schools.csv"
    path.write_text(LIST, "utf-8")
    return path


def answer(result):
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_json_is_the_report_of_the_manual_and_nothing_else(cli, schools):
    report = answer(cli("import", "worksites", str(schools), "--as-of", "2026-11-01", "--json"))
    assert list(report) == KEYS
    assert (report["kind"], report["source"], report["as_of"]) == ("worksites", "schools", "2026-11-01")
    assert (report["rows_read"], report["new"], report["header_row"]) == (3, 2, 1)
    assert report["refused"] == [{"line": 4, "column": "School", "reason": "This line names no worksite."}]
    assert Worksite.objects.count() == 2


def test_dry_run_writes_nothing_and_has_no_number(cli, schools):
    report = answer(cli("import", "worksites", str(schools), "--dry-run", "--json"))
    assert (report["new"], report["import_id"]) == (2, None)
    assert not Worksite.objects.exists()


def test_second_run_says_that_nothing_changed(cli, schools):
    cli("import", "worksites", str(schools), "--yes")
    result = cli("import", "worksites", str(schools), "--yes")
    assert result.exit_code == 0
    assert "This list holds nothing new: nothing was changed." in result.stdout
    dry = answer(cli("import", "worksites", str(schools), "--dry-run", "--json"))
    assert [(item["line"], item["band"], len(item["candidates"])) for item in dry["proposals"]] == [
        (2, "certain", 1),
        (3, "certain", 1),
    ]


def test_undo_leaves_nothing_and_a_second_undo_is_refused(cli, schools):
    number = str(answer(cli("import", "worksites", str(schools), "--json"))["import_id"])
    assert answer(cli("imports", "undo", number, "--dry-run", "--json"))["removed"] == 2
    assert Worksite.objects.count() == 2
    assert answer(cli("imports", "undo", number, "--json")) == {
        "import_id": int(number),
        "removed": 2,
        "restored": 0,
        "stands": [],
    }
    assert not Worksite.objects.exists()
    again = cli("imports", "undo", number, "--json")
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr == f"Import {number} was undone already. Nothing was changed.\n"


def test_imports_lists_and_shows(cli, schools):
    number = answer(cli("import", "worksites", str(schools), "--json"))["import_id"]
    assert [item["import_id"] for item in answer(cli("imports", "--json"))["imports"]] == [number]
    shown = answer(cli("imports", "show", str(number), "--json"))
    assert [change["name"] for change in shown["changes"]] == ["Rosemead Street Elementary", "Harbor Middle"]
    assert shown["report"]["import_id"] == number
    assert "Harbor Middle" in cli("imports", "show", str(number)).stdout


def test_unknown_import_is_refused_with_a_sentence(cli):
    result = cli("imports", "show", "999")
    assert (result.exit_code, result.stderr) == (1, "There is no import 999. `unionhall imports` lists them.\n")


def test_file_that_cannot_be_meant_is_refused_whole(cli, tmp_path):
    path = tmp_path / "swapped.csv"
    path.write_text("School,Latitude,Longitude\nA,-118.2,34.1\nB,-118.3,34.2\n", "utf-8")
    result = cli("import", "worksites", str(path), "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (report["rows_read"], len(report["refused"]), report["import_id"]) == (2, 2, None)
    assert "wrong way round" in report["notices"][0]["text"]
    assert result.stderr.startswith("swapped.csv: refused, nothing was changed. Latitude and longitude")
    assert not Worksite.objects.exists()


def test_binary_under_a_text_name_is_refused_in_a_sentence(cli, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    result = cli("import", "worksites", str(path), "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["rows_read"], report["refused"]) == (1, 0, [])
    assert "its content is PNG" in result.stderr
    assert len(report["sha256"]) == 64


def test_mapping_file_names_the_columns(cli, tmp_path):
    path, mapping = tmp_path / "list.csv", tmp_path / "map.toml"
    path.write_text("Was;Wo\nHarbor Middle;San Pedro\n", "utf-8")
    mapping.write_text('name = "Was"\ncity = "Wo"\n', "utf-8")
    assert cli("import", "worksites", str(path)).exit_code == 1
    assert answer(cli("import", "worksites", str(path), "--map", str(mapping), "--json"))["new"] == 1
    assert Worksite.objects.values_list("name", "city").get() == ("Harbor Middle", "San Pedro")


@pytest.mark.parametrize("content", ["nombre = 1", "colour = 'Was'", "name = ", "\x00"])
def test_wrong_mapping_file_is_refused_in_a_sentence(cli, tmp_path, schools, content):
    mapping = tmp_path / "map.toml"
    mapping.write_text(content, "utf-8")
    result = cli("import", "worksites", str(schools), "--map", str(mapping))
    assert result.exit_code == 1
    assert result.stderr.startswith("The mapping file cannot be used: ")


@pytest.mark.parametrize(
    "words",
    [
        ("import", "worksites"),
        ("import", "worksites", "/nowhere/list.csv"),
        ("import", "worksites", "LIST", "--as-of", "yesterday"),
        ("import", "worksites", "LIST", "--as-of", "2999-01-01"),
        ("import", "planets", "LIST"),
        ("imports", "undo", "x"),
    ],
)
def test_wrong_usage_ends_with_2(cli, schools, words):
    assert cli(*(str(schools) if word == "LIST" else word for word in words)).exit_code == 2


def test_undo_lists_what_it_leaves(cli, schools):
    number = str(answer(cli("import", "worksites", str(schools), "--json"))["import_id"])
    Worksite.objects.filter(name="Harbor Middle").update(city="Wilmington")
    (left,) = answer(cli("imports", "undo", number, "--dry-run", "--json"))["stands"]
    assert (left["name"], left["reason"]) == ("Harbor Middle", "somebody has changed it since; their value stands")
    shown = cli("imports", "undo", number, "--yes").stdout
    assert shown == (
        f"Import {number}: removed 1, put back 0, left 1.\n"
        "  Harbor Middle: somebody has changed it since; their value stands\n"
    )
    assert "; undone " in cli("imports").stdout


def test_long_reports_are_cut_on_screen_and_whole_in_json(cli, tmp_path):
    path = tmp_path / "many.csv"
    path.write_text("School,Status\n" + "".join(f"School {n},Zombie\n" for n in range(50)) + "A,Active\n", "utf-8")
    assert "  … and 10 more; --json lists all." in cli("import", "worksites", str(path), "--dry-run").stdout
    assert len(answer(cli("import", "worksites", str(path), "--dry-run", "--json"))["refused"]) == 50
