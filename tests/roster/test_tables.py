"""Files of every kind: their rows, or one sentence why not."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import json
import random
import subprocess
import sys
import zipfile
from datetime import date

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests import needs
from unionhall.foundation.errors import UnionhallError
from unionhall.roster import tables
from unionhall.roster.operations.files.looked import WAYS
from unionhall.roster.tables.workbooks import CHILD
from unionhall.rulebook.people_file import read_people

TEXT = "School,City\nPara Los Niños,Los Ángeles\n"


def cells(data: bytes, name: str = "list.csv"):
    return [row.cells for row in tables.read_bytes(data, name=name).tables[0].rows]


def refusal(data: bytes) -> UnionhallError:
    with pytest.raises(tables.UnreadableFile) as raised:
        tables.read_bytes(data, name="list.csv")
    assert str(raised.value)
    return raised.value


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(data, encoding):
    file = tables.read_bytes(data, name="list.csv")
    assert file.encoding == encoding
    assert file.tables[0].rows[1].cells == ("Para Los Niños", "Los Ángeles")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimiters(mark):
    assert cells(f"School{mark}City\nA{mark}B, C; D\n".encode())[0] == ("School", "City")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end):
    assert cells(end.join(["School,City", "A,B", ""]).encode()) == [("School", "City"), ("A", "B")]


def test_lines_are_those_of_the_file():
    file = tables.read_bytes(b'School,Note\n\n"A","two\nlines"\nB,x\n', name="list.csv")
    assert [row.line for row in file.tables[0].rows] == [1, 3, 5]


def test_one_column_is_a_list():
    assert cells(b"School\nA\nB\n") == [("School",), ("A",), ("B",)]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", tables.EmptyFile),
        (b"\n , \n", tables.EmptyFile),
        (b"[]", tables.EmptyFile),
        (b"%PDF-1.7 \x00\x01", tables.NotText),
        (b"\x89PNG\r\n", tables.NotText),
        (b"School,City\nA\x00B,C\n", tables.NotText),
        (random.Random(4).randbytes(4000), tables.NotText),
        (b'School,City\n"A,B\n' + b"C,D\n" * 60, tables.UnclosedQuote),
        (b"PK\x03\x04 not a workbook", tables.BrokenWorkbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 neither", tables.BrokenWorkbook),
        (b'{"a": 1}', tables.WrongJson),
        (b'[{"a": 1}, 2]', tables.WrongJson),
        (b'[{"a": ', tables.WrongJson),
        (b"[" * 100_000, tables.WrongJson),
    ],
)
def test_refusals(data, error):
    assert isinstance(refusal(data), error)


def test_unclosed_quote_names_its_line():
    assert "on line 2 " in str(refusal(b'School,City\n"A,B\n' + b"C,D\n" * 60))


def test_map_is_no_list():
    assert refusal(b'{"type": "FeatureCollection", "features": [{"geometry": null}]}').code == "map_not_list"


def test_json_records():
    file = tables.read_bytes(
        b'{"schools": [{"name": "A", "zip": 90012, "charter": true, "x": {"y": 1}}, {"name": null, "lat": 34.05}]}',
        name="schools.json",
    )
    (table,) = file.tables
    assert [row.cells for row in table.rows] == [
        ("name", "zip", "charter", "lat"),
        ("A", "90012", "true", ""),
        ("", "", "", "34.05"),
    ]
    assert [row.line for row in table.rows] == [0, 1, 2]


def workbook(fill) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd"}) as book:
        fill(book)
    return target.getvalue()


def test_workbook_cells_are_text_and_lines_its_rows():
    def fill(book):
        sheet = book.add_worksheet("Sites")
        sheet.write_row(2, 0, ["School", "CDSCode", "Zip", "Open"])
        sheet.write_row(4, 0, ["A", 19647336000000, "01234", True])
        hidden = book.add_worksheet("Old")
        hidden.write(0, 0, "School")
        hidden.hide()

    (table,) = tables.read_bytes(workbook(fill), name="list.csv").tables
    assert table.name == "Sites"
    assert [(row.line, row.cells) for row in table.rows] == [
        (3, ("School", "CDSCode", "Zip", "Open")),
        (5, ("A", "19647336000000", "01234", "true")),
    ]


def test_workbook_without_a_cell_is_empty():
    assert isinstance(refusal(workbook(lambda book: book.add_worksheet())), tables.EmptyFile)


# What begins like a workbook is opened in a process of its own, which a busy machine makes wait.
@settings(deadline=None)
@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example(b'"')
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(tables.UnreadableFile):
        assert all(table.rows for table in tables.read_bytes(data, name="x").tables)


rows = st.lists(
    st.tuples(*[st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=20)] * 3),
    min_size=1,
    max_size=8,
)


@given(rows)
def test_what_a_spreadsheet_writes_comes_back(content):
    heads = ("School", "City", "Street, with comma")
    text = io.StringIO()
    csv.writer(text).writerows([heads, *content])
    read = cells(text.getvalue().encode())
    assert read == [heads, *(row for row in content if any(cell.strip() for cell in row))]


def test_spectrum_of_csv_is_read_exactly():
    folder = needs.shared("data/sheets-csv-spectrum")
    for path in sorted((folder / "csvs").glob("*.csv")):
        heads, *body = cells(path.read_bytes())
        expected = json.loads((folder / "json" / f"{path.stem}.json").read_text("utf-8"))
        found = [dict(zip(heads, row, strict=True)) for row in body]
        # The copies have lost their carriage returns, the expected answers have not.
        assert found == [{key: text.replace("\r\n", "\n") for key, text in row.items()} for row in expected], path.name


def test_other_peoples_workbooks_are_read_or_refused():
    folder = needs.shared("data/sheets-calamine")
    for name in ("pass_protected.xlsx", "picture.xlsx", "issue_594_dos.ods"):
        with pytest.raises(tables.UnreadableFile):
            tables.read_file(folder / name)
    days = [cells((folder / name).read_bytes())[0][0] for name in ("date.xlsx", "date_1904.xlsx")]
    assert days == ["2021-01-01", "2021-01-01"]


def test_too_large_a_file_is_not_even_read(tmp_path, monkeypatch):
    path = tmp_path / "list.csv"
    path.write_bytes(b"School\nA\n")
    monkeypatch.setattr("unionhall.roster.tables.files.LARGEST_MB", 0)
    with pytest.raises(tables.TooLarge):
        tables.read_file(path)


def test_endless_cell_is_an_unclosed_quote():
    assert isinstance(refusal(b'School,City\n"' + b"x" * 140_000), tables.UnclosedQuote)


def test_workbook_that_wants_too_much_is_refused(monkeypatch):
    data = workbook(lambda book: book.add_worksheet().write(0, 0, "School"))
    monkeypatch.setattr("unionhall.roster.tables.workbooks.MEMORY_MB", 1)
    assert refusal(data).code == "hungry_workbook"
    monkeypatch.setattr("unionhall.roster.tables.workbooks.MEMORY_MB", 1000)
    monkeypatch.setattr("unionhall.roster.tables.workbooks.SECONDS", 0.001)
    assert refusal(data).code == "hungry_workbook"


def zip_of(rows: bytes, *, times: int) -> bytes:
    """A workbook whose one sheet holds the same rows so many times."""
    target = io.BytesIO()
    made = io.BytesIO(workbook(lambda book: book.add_worksheet()))
    with zipfile.ZipFile(made) as plain, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in plain.infolist():
            content = plain.read(entry)
            before, empty, after = content.partition(b"<sheetData/>")
            with archive.open(entry.filename, "w") as part:
                part.write(before)
                if empty:
                    part.write(b"<sheetData>")
                    for _time in range(times):
                        part.write(rows)
                    part.write(b"</sheetData>")
                part.write(after)
    return target.getvalue()


ROW = b'<row><c t="inlineStr"><is><t>School</t></is></c></row>'


def test_workbook_of_few_rows_made_by_hand_is_read():
    assert cells(zip_of(ROW, times=2)) == [("School",), ("School",)]


def test_bomb_is_refused_before_it_is_unpacked():
    bomb = zip_of(ROW * 2000, times=600)
    assert len(bomb) < 1_000_000
    assert refusal(bomb).code == "hungry_workbook"


def test_days_of_workbooks_are_written_one_way_whatever_their_epoch():
    folder = needs.shared("data/sheets-calamine")
    names = ("date.xlsx", "date_1904.xlsx", "date.xls", "date.ods", "date_iso.xlsx")
    days = {name: cells((folder / name).read_bytes())[0][0] for name in names}
    assert set(days.values()) == {"2021-01-01"}


def test_sheets_tell_from_which_year_their_bare_numbers_count():
    folder = needs.shared("data/sheets-calamine")
    names = ("date.xlsx", "date_1904.xlsx", "date.xls", "date.ods")
    assert [tables.read_file(folder / name).tables[0].epoch for name in names] == [1900, 1904, 1900, 1900]
    old = (folder / "date.xls").read_bytes()
    from_a_mac = old.replace(b"\x22\x00\x02\x00\x00\x00", b"\x22\x00\x02\x00\x01\x00", 1)
    assert tables.read_bytes(from_a_mac, name="mac.xls").tables[0].epoch == 1904


@pytest.mark.parametrize(("of_1904", "number"), [(True, 41_500), (False, 42_962)])
def test_bare_day_numbers_of_a_workbook_are_the_same_day_by_its_own_epoch(of_1904, number):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "date_1904": of_1904}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Last Name", "First Name", "Hire Date"])
        sheet.write_row(1, 0, ["Garcia", "Rosa", number])
    file = tables.read_bytes(target.getvalue(), name="list.xlsx")
    read = read_people(file.tables, fixed={}, ways=WAYS, as_of=date(2026, 9, 1))
    assert [row.hired_on for row in read.rows] == [date(2017, 8, 15)]


def test_book_that_claims_all_memory_takes_little():
    path = needs.shared("data/sheets-calamine/OOM_alloc2.xls")
    command = [sys.executable, "-I", str(CHILD), str(path), "300"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
    (table,) = tables.read_file(path).tables
    assert (len(table.rows), len(table.rows[0].cells)) == (192, 74)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("any_sheets.xlsx", [("1", "2"), ("3", "4"), ("5", "6")]),
        ("encoded_entities.xlsx", [("&",)]),
        ("inlineStr_cdata.xlsx", [("Hello CDATA", "World"), ("12345", "NormalText")]),
        ("temperature.xlsx", [("label", "value"), ("celsius", "22.2222"), ("fahrenheit", "72")]),
        ("merge_cells.xls", [("Row Merge", "", "Not Merged"), ("Column Merge", "Chunk Merged", "")]),
        ("merge_cells.xlsx", [("Row Merge", "", "Not Merged"), ("Column Merge", "Chunk Merged", "")]),
        ("has_x000D_.xlsx", [("ABC\r\nDEF",)]),
        ("string-ref.xlsx", [("col1",), ("-8086931554011838357",)]),
    ],
)
def test_other_peoples_workbooks_exactly(name, rows):
    found = cells((needs.shared("data/sheets-calamine") / name).read_bytes())
    assert found[: len(rows)] == rows


def test_every_workbook_of_others_is_read_or_refused_with_a_sentence():
    refused = set()
    for path in sorted(needs.shared("data/sheets-calamine").glob("*.[xo]*")):
        try:
            assert all(table.rows for table in tables.read_file(path).tables)
        except tables.UnreadableFile as error:
            refused.add(path.name if str(error) else "without a sentence")
    assert refused == {
        "empty_sheet.xlsx",
        "errors.xlsx",
        "issue252.xlsx",
        "issue_594_dos.ods",
        "pass_protected.ods",
        "pass_protected.xlsb",
        "pass_protected.xlsx",
        "picture.xlsx",
    }
