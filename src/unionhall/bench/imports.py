"""P5: an employer's monthly list, looked at and applied, against django-import-export with the same file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from unionhall.bench import monthly
from unionhall.bench.rows import Row

ROWS: Final = 35_000
SMALL: Final = 1_000
LARGE: Final = 350_000
MOST_PREVIEW, MOST_APPLY = 1 / 40, 1 / 6
FLAT_WITHIN: Final = 1.5
OTHER_PYTHON: Final = Path("var/build/bench/bin/python")
OTHER_SCRIPT: Final = Path(__file__).with_name("against_import_export.py")

Told = dict[str, Any]


def run(count: int = ROWS, *, full: bool = False) -> list[Row]:
    """Preview and apply of a monthly list, their ratio to the other program's, time per row by size, and memory."""
    sizes = sorted({min(SMALL, count), count, *((LARGE,) if full else ())})
    with TemporaryDirectory(prefix="unionhall-bench-") as place:
        empty = Path(place, "empty")
        empty.mkdir()
        manage(empty, "migrate", "--verbosity", "0")
        told = {size: _measured(Path(place), empty, size) for size in sizes}
        other = _other(Path(place, f"lists-{count}"), Path(place))
    return [*_ratios(count, told[count], other), _flat(told)]


def _measured(place: Path, empty: Path, size: int) -> Told:
    """Ours at one size, on a database of its own."""
    lists, house = place / f"lists-{size}", place / f"house-{size}"
    lists.mkdir()
    shutil.copytree(empty, house)
    before, after = monthly.two_months(size)
    monthly.write_places(lists / "sites.csv")
    monthly.write(before, lists / "before.csv")
    monthly.write(after, lists / "after.csv")
    told: Told = json.loads(manage(house, "bench_imports", str(lists)))
    return told


def manage(folder: Path, *words: str) -> str:
    """The last line that a command of the product says, on the database of a folder. Raises RuntimeError."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "VIRTUAL_ENV"}}
    environment = kept | {"DATA_DIR": str(folder), "DEMO": "1", "LOG_LEVEL": "WARNING"}
    command = [str(Path(sys.executable).with_name("unionhall")), "manage", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-2_000:])
    return done.stdout.strip().rpartition("\n")[2]


def _other(lists: Path, place: Path) -> Told | None:
    """The other program with the same two lists; none where it is not installed."""
    if not OTHER_PYTHON.exists():
        return None
    command = [str(OTHER_PYTHON), str(OTHER_SCRIPT), str(place), str(lists / "before.csv"), str(lists / "after.csv")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told: Told = json.loads(done.stdout)
    return told


def _ratios(count: int, told: Told, other: Told | None) -> list[Row]:
    works = (
        ("look at", "preview", MOST_PREVIEW, "≤ 1/40"),
        ("apply, with provenance, trail and undo,", "apply", MOST_APPLY, "≤ 1/6"),
    )
    return [_ratio(count, told, other, *work) for work in works]


def _ratio(count: int, told: Told, other: Told | None, does: str, name: str, most: float, goal: str) -> Row:
    mine = told[name]
    counted = f"{mine['new']:,} new, {mine['changed']:,} changed, {mine['review']:,} to review"
    ours = f"{mine['seconds']:.1f} s, {mine['busy']:.1f} s of processor; {counted}; {told['peak_mb']} MB at most"
    work = f"{does} a monthly list of {count:,} rows against {count:,} people"
    if other is None:
        return Row("P5", work, "django-import-export is not installed (make bench)", ours, "–", goal)
    seconds, busy = other[name], other[f"{name}_busy"]
    reference = f"django-import-export: {seconds:.1f} s, {busy:.1f} s of processor; {other['peak_mb']} MB at most"
    ratio, used = mine["seconds"] / seconds, mine["busy"] / busy
    shown = f"1/{1 / ratio:.1f} by the clock, 1/{1 / used:.1f} of processor time"
    return Row("P5", work, reference, ours, shown, goal, met=ratio <= most)


def _flat(told: dict[int, Told]) -> Row:
    """Whether a row costs the same however many there are: the worst size against the best."""
    sizes: Sequence[int] = sorted(told)
    works = ("first", "preview", "apply")
    each = {size: [told[size][work]["busy"] / size * 1_000 for work in works] for size in sizes}
    shown = "; ".join(
        f"{size:,} rows: {' / '.join(f'{ms:.2f}' for ms in each[size])} ms, {told[size]['peak_mb']} MB at most"
        for size in sizes
    )
    growth = max(last / first for first, last in zip(each[sizes[0]], each[sizes[-1]], strict=True))
    return Row(
        "P5",
        "processor time a row, by size of list and roster: first list applied / next looked at / next applied",
        "the smallest size",
        shown,
        f"{growth:.2f}×",
        f"flat: ≤ {FLAT_WITHIN}×",
        met=growth <= FLAT_WITHIN,
    )
