"""What a file holds, how it is written, and that our importers read it back without change."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import roster
from tests.factories.roster import AT, CLERK
from tests.roster import people_lists
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.contacts import indexes_of, parse_contact
from unionhall.roster import operations
from unionhall.roster.models import (
    Assignment,
    ContactPoint,
    District,
    Doubt,
    Import,
    LookAlike,
    Outline,
    Person,
    PersonRecord,
    Worksite,
    WorksiteCode,
    WorksiteDistrict,
)
from unionhall.roster.queries import ExportFilter, sheet_for
from unionhall.roster.tables import read_bytes, read_file, write_sheet
from unionhall.rulebook.cells_out import Imprint, Sheet
from unionhall.rulebook.sheets import SourceFile

TODAY = date(2026, 11, 22)
IMPRINT = Imprint("7kq2m4zd9xw1", "Alma", "2026-11-22 17:00 UTC", "test", source="cde")
_numbers = count(1)


def rows_of(kind: str, **wanted: object) -> list[dict[str, str]]:
    """The rows of an export by head."""
    sheet, _source = sheet_for(kind, ExportFilter(**wanted), on=TODAY)  # type: ignore[arg-type]
    return [dict(zip(sheet.heads, row, strict=True)) for row in sheet.rows]


def written(path: Path, kind: str = "worksites", *, form: str = "csv") -> SourceFile:
    """The file of an export, read again as an importer does."""
    sheet, source = sheet_for(kind, ExportFilter(contacts=True), on=TODAY)
    write_sheet(path, sheet, Imprint("7kq2m4zd9xw1", "Alma", "today", "test", source), format=form)
    return read_file(path)


def imported(file: SourceFile, source: str = "") -> tuple[int, ...]:
    """New, changed, unchanged, refused of a list of worksites."""
    report = operations.apply_worksites(file=file, source=source, as_of=TODAY, actor=CLERK, at=AT)
    return report.new, report.changed, report.unchanged, len(report.refused)


def list_of(*rows: tuple[str, ...]) -> SourceFile:
    """A list of schools with code, name, street, ZIP and point."""
    heads = ("School Code", "School", "Status", "Street", "Zip", "Latitude", "Longitude")
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in (heads, *rows))
    return read_bytes(text.encode(), name="schools.csv")


RESEDA = ("0012", "Reseda Elementary", "Active", "18230 Kittridge St.", "91335", "34.193", "-118.531")
VERDE = ("0345", "Ñañdú – “Palo Verde”", "Closed", "1 Main St.", "01234", "", "")
APOSTROPHE = ("0678", "'=Ulani Middle", "Merged", "2 Main St.", "", "34.1", "-118.2")


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_worksites_are_read_back_without_change(tmp_path: Path, form: str) -> None:
    imported(list_of(RESEDA, VERDE, APOSTROPHE), source="cde")
    before = list(Worksite.objects.order_by("pk").values())

    outcome = imported(written(tmp_path / f"list.{form}", form=form))

    assert outcome == (0, 0, 3, 0)
    assert list(Worksite.objects.order_by("pk").values()) == before
    assert set(Import.objects.values_list("source", flat=True)) == {"cde"}
    assert [site["name"] for site in before] == [RESEDA[1], VERDE[1], "=Ulani Middle"]


@pytest.mark.django_db
def test_worksites_of_several_lists_and_without_codes_are_read_back_without_change(tmp_path: Path) -> None:
    imported(list_of(RESEDA, VERDE), source="cde")
    imported(list_of(("77", *RESEDA[1:]), ("78", "New Yard", "Active", "9 Oak St.", "90001", "", "")), source="lausd")
    roster.worksite("By hand")
    codes = WorksiteCode.objects.count()

    assert imported(written(tmp_path / "list.csv")) == (0, 0, 4, 0)
    assert WorksiteCode.objects.count() == codes


@pytest.mark.django_db
def test_worksites_tell_their_codes_by_source_and_year() -> None:
    site = roster.worksite("Reseda Elementary", source="cde", latitude=34.193, longitude=-118.531)
    for source, code, year in (("cde", "=19647330123456", 0), ("lausd", "=0012", 2025), ("lausd", "=0013", 2026)):
        WorksiteCode.objects.create(worksite=site, source=source, code=code, year=year)

    by_lausd = rows_of("worksites", source="lausd")[0]
    by_largest = rows_of("worksites")[0]

    assert (by_lausd["Code"], by_largest["Code"]) == ("0013", "19647330123456")
    assert by_largest["Codes by source"] == "cde: 19647330123456; lausd: 0012 (2025), 0013 (2026)"
    assert by_largest["Longitude"] == "-118.531"


@pytest.mark.django_db
def test_worksites_tell_their_districts_of_the_day(tmp_path: Path, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    site, outside = roster.worksite("Inside", source="cde"), roster.worksite("Outside", source="cde")
    outline = Outline.objects.create(sha256="0" * 64, wkb=b"", west=-119, east=-118, south=34, north=35)
    for code, name, first, until in (("5", "Fifth", date(2020, 1, 1), TODAY), ("6", "Sixth", TODAY, None)):
        district = District.objects.create(
            kind="city-council", source="la", code=code, name=name, outline=outline, valid_from=first, valid_until=until
        )
        WorksiteDistrict.objects.create(worksite=site, district=district)

    with django_assert_num_queries(9):
        first, second = rows_of("worksites")

    told = ("District code: city-council", "District: city-council")
    assert [first[head] for head in told] == ["6", "Sixth"]
    assert [second[head] for head in told] == ["", ""]
    assert imported(written(tmp_path / "list.csv")) == (0, 0, 2, 0)
    assert outside.district == ""


def made_person(site: Worksite) -> Person:
    """Rosa with two ids, two jobs, four contacts."""
    person = Person.objects.create(
        name="Rosa García", given_name="Rosa", family_name="García", name_key="rosa garcia", birth="03-14",
        hired_on=date(2015, 8, 1), employment="active", membership="member", standing="good", language="es",
        source="lausd", added_at=AT,
    )  # fmt: skip
    for source, code in (("lausd", "=00123"), ("union", "=M-9"), ("hand", person.public_id), ("paper", "name:rosa")):
        PersonRecord.objects.create(person=person, source=source, code=code, first_seen_on=TODAY, last_seen_on=TODAY)
    employer = operations.put_employer(code=f"e{next(_numbers)}", name="District", actor=CLERK, at=AT)
    unit = operations.put_unit(employer=employer, code="G", name=Bilingual("Aides", "Asistentes"), actor=CLERK, at=AT)
    job = operations.put_classification(unit=unit, code="5020", name=Bilingual("Aide", "Asistente"), actor=CLERK, at=AT)
    WorksiteCode.objects.create(worksite=site, source="lausd", code=f"=0{next(_numbers):03}")
    Assignment.objects.create(person=person, worksite=site, classification=job, hours=Decimal("7.50"), source="lausd")
    Assignment.objects.create(person=person, worksite=site, shift="night", source="lausd")
    for kind, text, owner, is_current in (
        ("sms", "213 555 0142", "personal", True),
        ("phone", "213 555 0143", "personal", True),
        ("mail", "rosa@example.org", "personal", True),
        ("mail", "rosa@district.example.org", "employer", True),
        ("sms", "213 555 0199", "personal", False),
    ):
        contact = parse_contact(text)
        ContactPoint.objects.create(
            person=person, kind=kind, value=contact.value, index_full=indexes_of(contact).full, owner=owner,
            source="lausd", added_at=AT, is_current=is_current,
        )  # fmt: skip
    return person


@pytest.mark.django_db
def test_person_is_told_once_a_job_with_all_that_is_known() -> None:
    site = roster.worksite("Reseda Elementary")
    person = made_person(site)

    first, second = rows_of("people", contacts=True)

    assert (first["Unionhall ID"], second["Unionhall ID"]) == (person.public_id, person.public_id)
    shown = ("Employee ID", "Last name", "First name", "Birthday", "Hire date", "Employment status", "Membership")
    assert [first[head] for head in shown] == ["00123", "García", "Rosa", "03-14", "2015-08-01", "active", "member"]
    assert (first["Job code"], first["Hours per day"], second["Shift"]) == ("5020", "7.5", "night")
    assert first["IDs by source"] == "lausd: 00123; paper: no id; union: M-9"
    reach = ("Cell phone", "Home phone", "Personal email", "Work email")
    assert [first[head] for head in reach] == [
        "+12135550142",
        "+12135550143",
        "rosa@example.org",
        "rosa@district.example.org",
    ]


@pytest.mark.django_db
def test_contacts_stay_here_unless_they_are_asked_for() -> None:
    made_person(roster.worksite())

    row = rows_of("people")[0]

    assert "Cell phone" not in row
    assert "2135550142" not in str(row)


@pytest.mark.django_db
def test_merged_record_is_told_by_the_one_that_was_kept() -> None:
    kept, absorbed = roster.person("Beto Luna"), roster.person("Beto A. Luna")
    Person.objects.filter(pk=absorbed.pk).update(merged_into=kept)

    assert [row["Unionhall ID"] for row in rows_of("people")] == [kept.public_id]


@pytest.mark.django_db
def test_area_narrows_people_and_worksites() -> None:
    east, west = roster.area("E"), roster.area("W")
    here = roster.person("Beto Luna", site=roster.worksite("Here", area=east))
    roster.person("Cleo Díaz", site=roster.worksite("There", area=west))

    assert [row["Unionhall ID"] for row in rows_of("people", area=east.public_id)] == [here.public_id]
    assert [row["Worksite name"] for row in rows_of("worksites", area=east.public_id)] == ["Here"]


@pytest.mark.django_db
def test_people_cost_the_same_queries_for_one_and_three(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    site = roster.worksite()
    made_person(site)
    with django_assert_num_queries(8):
        assert len(rows_of("people", contacts=True)) == 2
    roster.person("Beto Luna", site=site)
    roster.person("Cleo Díaz", site=site)
    with django_assert_num_queries(8):
        assert len(rows_of("people", contacts=True)) == 4


@pytest.mark.django_db
def test_doubt_is_told_with_each_candidate() -> None:
    rosa, ana = roster.person("Rosa García"), roster.person("Ana García")
    came = Import.objects.create(
        kind="people", source="lausd", as_of=TODAY, file_name="x.csv", sha256="0", applied_at=AT
    )
    candidates = [
        {"pk": rosa.pk, "score": 0.91, "reasons": [["same_name", 1, "", ""], ["same_worksite", 1, "", ""]]},
        {"pk": ana.pk, "score": 0.5, "reasons": []},
    ]
    Doubt.objects.create(imported=came, record="person", line=7, label="GARCIA, R", row="{}", candidates=candidates)
    Doubt.objects.create(imported=came, record="person", line=9, label="LUNA, B", row="{}")

    rows = rows_of("matches")

    told = [(row["Line"], row["Name"], row["Rank"], row["Candidate ID"], row["Score"], row["Why"]) for row in rows]
    assert told == [
        ("7", "GARCIA, R", "1", rosa.public_id, "0.91", "Same: name, worksite"),
        ("7", "GARCIA, R", "2", ana.public_id, "0.5", ""),
        ("9", "LUNA, B", "", "", "", ""),
    ]


@pytest.mark.django_db
def test_two_who_may_be_one_are_told() -> None:
    first, second = roster.person("Rosa García"), roster.person("Rosa Garcia")
    reasons = [["same_name", 1, "", ""]]
    LookAlike.objects.create(first=first, second=second, score=0.97, is_certain=True, reasons=reasons, found_at=AT)

    row = rows_of("matches")[0]

    assert (row["Band"], row["Person ID"], row["Candidate ID"]) == ("certain", first.public_id, second.public_id)
    assert (row["Name"], row["Candidate"], row["Score"], row["Why"]) == (
        "Rosa García",
        "Rosa Garcia",
        "0.970",
        "Same: name",
    )
    assert rows_of("matches", source="lausd") == []


@settings(max_examples=40, deadline=None)
@given(cells=st.lists(st.text(st.sampled_from("'=+-@ ＝1aÑ,\""), min_size=1, max_size=8), min_size=1, max_size=4))
def test_cells_of_a_text_are_no_formulas_and_come_back(tmp_path_factory, cells: list[str]) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path_factory.mktemp("out") / "list.csv"
    row = ("x", *cells)

    write_sheet(path, Sheet("List", tuple(f"head {cell}" for cell in row), iter([row])), IMPRINT, format="csv")

    assert read_file(path).tables[0].rows[1].cells == (*row, IMPRINT.line())
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.reader(file))[1]
    assert [cell for cell in found if cell.lstrip()[:1] in tuple("=+-@＝\t")] == []


def test_cells_of_a_workbook_are_texts_and_come_back(tmp_path: Path) -> None:
    ends = ("=1+1", "+1213", "-118.5", "@a", "0012", "Ñ", "1E5")
    cells = [f"{start}{end}" for start in ("", "'", "''") for end in ends]
    rows = [(cell, "x") for cell in cells]

    write_sheet(tmp_path / "list.xlsx", Sheet("List", ("head", "end"), iter(rows)), IMPRINT, format="xlsx")

    read = read_file(tmp_path / "list.xlsx").tables[0].rows[1:]
    assert [row.cells[0] for row in read] == cells


def test_file_is_whole_or_not_there_and_its_owner_alone_reads_it(tmp_path: Path) -> None:
    def rows():  # type: ignore[no-untyped-def]
        yield ("a",)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_sheet(tmp_path / "broken.csv", Sheet("List", ("head",), rows()), IMPRINT, format="csv")
    written = write_sheet(tmp_path / "list.json", Sheet("List", ("head",), iter([("=1",)])), IMPRINT, format="json")

    assert [path.name for path in tmp_path.iterdir()] == ["list.json"]
    assert (written.rows, (tmp_path / "list.json").stat().st_mode & 0o777) == (1, 0o600)
    assert json.loads((tmp_path / "list.json").read_text("utf-8")) == [{"head": "=1", "Export": IMPRINT.line()}]


HEADS = "Employee ID,Last name,First name,Middle,Job code,Job title,Unit,Location code,Status,Hire date,Cell phone,"
HEADS += "Home phone,Personal email,Home address,City,State,Zip,Birthday,Hours per day,Shift"
REACH = "(213) 555-0142,213-555-0143,rosa@example.org,12 Oak St,Los Angeles,CA,90032,03-14"
EMPLOYER = (
    f"00123,García,Rosa,M,5020,Supervision aide,G,0012,Active,08/01/2015,{REACH},3.5,AM",
    f"00123,García,Rosa,M,5010,Assistant,G,0345,Active,08/01/2015,{REACH},4,PM",
    "00456,O'BRIEN-LUNA,BETO,,5020,Supervision aide,G,0012,Leave,2018-02-03,,,,,,,,,,",
    "0789,Nguyen,'Amala,,5020,Supervision aide,G,0012,Sub,2018-02-03,+1 323 555 0199,,,,,,,,,",
)


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_people_are_read_back_without_change(tmp_path: Path, form: str) -> None:
    imported(list_of(RESEDA, ("0345", "Palo Verde", "Active", "1 Main St.", "90031", "", "")), source="lausd")
    people_lists.apply(*EMPLOYER, heads=HEADS, source="lausd")

    file = written(tmp_path / f"list.{form}", "people", form=form)
    report = operations.look_at(kind="people", file=file, source="", as_of=TODAY).whole_report()

    counts = (report.source, report.new, report.changed, report.unchanged, report.review, report.missing)
    assert (*counts, len(report.refused)) == ("lausd", 0, 0, 4, 0, 0, 0)
