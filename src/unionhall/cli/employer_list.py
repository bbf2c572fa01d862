"""`unionhall demo employer-list`: a messy employer's list to try an import with, and who is who in it."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from unionhall.cli.failures import Stop
from unionhall.cli.output import finish
from unionhall.cli.setup import setup_django

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unionhall.demo.operations.employer_list import Line, Place, Worker

HERE: Final = ("this", "here", ".")


def employer_list(
    rows: Annotated[int, typer.Option("--rows", min=1, max=1_000_000, help="How many lines below the heads.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write: .csv or .xlsx.")],
    against: Annotated[
        str,
        typer.Option(
            "--against", help="Next month's list of these people: a data folder, a SQLite file, an address, or “this”."
        ),
    ] = "",
    truth: Annotated[Path | None, typer.Option("--truth", help="A CSV file that says who is who.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Another number gives another list.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Write a messy employer's list: typos, moves, nicknames, blanks, two jobs, leavers, lost zeros, title rows."""
    _point_at(against)
    setup_django(demo=True)
    for path in (out, truth):
        if path is not None and not path.absolute().parent.is_dir():
            raise Stop(f"There is no folder {path.absolute().parent}. Make it first.")
    from unionhall.demo.operations.employer_list import SEED, employer_lines, leavers
    from unionhall.demo.operations.workers import invented_workers

    workers, places = _payroll(against)
    strangers = invented_workers(rows + 1, places, start=100_000 if against else 0)
    lines = employer_lines(workers, strangers, rows=rows, places=places, seed=SEED + seed)
    first = _write(out, lines)
    gone = leavers(workers, lines)
    if truth is not None:
        _write_truth(truth, lines, gone, first)
    told = {"file": str(out), "rows": len(lines), "leavers": len(gone), "truth": str(truth or "")}
    people = len({line.worker.who for line in lines})
    finish(told, [f"{out}: {len(lines):,} lines about {people:,} people; {len(gone):,} have left."], as_json=as_json)


def _point_at(against: str) -> None:
    """Choose the database before Django wakes. Raises Stop where there is none."""
    if not against or against in HERE:
        return
    if "://" in against:
        os.environ["DATABASE_URL"] = against
        return
    path = Path(against).absolute()
    if path.is_dir():
        os.environ["DATA_DIR"] = str(path)
    elif path.is_file():
        os.environ["DATA_DIR"] = str(path.parent)
        os.environ["DATABASE_URL"] = f"sqlite:///{path}"
    else:
        raise Stop(f"There is no database at {against}. Name a data folder, a SQLite file, an address, or “this”.")


def _payroll(against: str) -> tuple[list[Worker], list[Place]]:
    """Whom the last list named, and where people work."""
    from unionhall.demo.operations.workers import invented_places, known_workers
    from unionhall.foundation.installation import refuse_real

    if not against:
        return [], invented_places()
    refuse_real()
    return known_workers()


def _write(out: Path, lines: Sequence[Line]) -> int:
    """Write the list; gives the line of its first row."""
    from unionhall.demo.operations.employer_list import HEADS, titles

    above = [*titles(len(lines)), HEADS]
    rows: Iterable[Sequence[str]] = (*above, *(line.cells for line in lines))
    if out.suffix.lower() == ".xlsx":
        _write_workbook(out, rows)
    else:
        with out.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return len(above) + 1


def _write_workbook(out: Path, rows: Iterable[Sequence[str]]) -> None:
    """As a spreadsheet would hold it: what looks like a number is one, unless zeros stand before it."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(out), {"constant_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("Roster")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell.isdecimal() and not cell.startswith("0"):
                    page.write_number(number, place, int(cell))
                elif cell:
                    page.write_string(number, place, cell)


def _write_truth(path: Path, lines: Sequence[Line], gone: Sequence[Worker], first: int) -> None:
    from unionhall.demo.operations.employer_list import TRUTH_HEADS

    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(TRUTH_HEADS)
        for number, line in enumerate(lines, start=first):
            one = line.worker
            writer.writerow((number, one.who, line.what, f"{one.given} {one.family}", one.code))
        for one in gone:
            writer.writerow(("", one.who, "gone", f"{one.given} {one.family}", one.code))
