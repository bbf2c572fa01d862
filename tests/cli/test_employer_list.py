"""`unionhall demo employer-list`, as an operator types it."""

from __future__ import annotations

import csv

import pytest

from unionhall.demo.operations.employer_list import HEADS
from unionhall.roster.tables import read_file
from unionhall.rulebook.people_file import people_table


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_command_writes_a_file_that_the_importer_reads(cli, tmp_path, name):  # type: ignore[no-untyped-def]
    out, truth = tmp_path / name, tmp_path / "truth.csv"

    result = cli("demo", "employer-list", "--rows", "40", "--out", str(out), "--truth", str(truth))

    assert result.exit_code == 0, result.stderr
    table = people_table(read_file(out).tables, {})[0]
    assert (table.heads, len(table.body), table.header_row) == (HEADS, 40, 4)
    told = list(csv.DictReader(truth.read_text("utf-8").splitlines()))
    assert [row["line"] for row in told] == [str(number) for number in range(5, 45)]


def test_unknown_database_is_told_in_a_sentence(cli, tmp_path):  # type: ignore[no-untyped-def]
    result = cli("demo", "employer-list", "--rows", "4", "--out", str(tmp_path / "x.csv"), "--against", "/no/such")

    assert result.exit_code == 1
    assert "There is no database at /no/such" in result.stderr
