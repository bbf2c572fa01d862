"""Finding somebody among 35,000 people by whatever is typed: part of a name, a slip, a phone, an id, a worksite."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from unionhall.bench import monthly
from unionhall.bench.imports import manage
from unionhall.bench.rows import Row
from unionhall.roster.models import Person, PersonRecord, Worksite
from unionhall.roster.queries.people import find_people

PEOPLE: Final = 35_000
EACH: Final = 12
SLOTS: Final = 5
LONGEST_SECONDS: Final = 0.1
SEED: Final = 20_261_123

Times = dict[str, tuple[float, float]]


def run(people: int = PEOPLE) -> list[Row]:
    """One row a kind of question: the median of its answers, by the clock and of the processor."""
    with TemporaryDirectory(prefix="unionhall-bench-") as place:
        house, lists = Path(place, "house"), Path(place, "lists")
        house.mkdir()
        lists.mkdir()
        manage(house, "migrate", "--verbosity", "0")
        monthly.write_places(lists / "sites.csv")
        monthly.write(monthly.two_months(people)[0], lists / "before.csv")
        told: dict[str, Any] = json.loads(manage(house, "bench_finding", str(lists)))
        shutil.rmtree(house)
    reference = told.pop("name contains")
    return [_row(people, kind, times, reference) for kind, times in told.items()]


def _row(people: int, kind: str, times: tuple[float, float], reference: tuple[float, float]) -> Row:
    clock, busy = times
    return Row(
        "–",
        f"find somebody among {people:,} people by {kind}",
        f"name contains the text, no order: {reference[0] * 1000:.0f} ms",
        f"{clock * 1000:.0f} ms, {busy * 1000:.0f} ms of processor",
        f"{clock / reference[0]:.1f}×",
        "< 100 ms",
        met=clock < LONGEST_SECONDS,
    )


def measure() -> Times:
    """Kind of question → the median of its answers in this process, in seconds by the clock and of the processor."""
    everybody = Person.objects.filter(merged_into=None)
    asked = questions()
    found = {kind: _times(texts, _find) for kind, texts in asked.items()}
    plain = [text for kind in ("the beginning of a name", "a whole name") for text in asked[kind]]
    found["name contains"] = _times(plain, lambda text: list(everybody.filter(name__icontains=text)[:20]))
    return found


def questions() -> dict[str, list[str]]:
    """What is typed, by its kind, about people of this database; the same each time."""
    chance = Random(SEED)  # noqa: S311 - invented questions
    people = list(Person.objects.order_by("pk").values_list("name", flat=True))
    names = [name for name in chance.sample(people, min(len(people), 4 * EACH)) if " " in name][:EACH]
    sites = list(Worksite.objects.order_by("pk").values_list("name", flat=True)[: 50 * EACH : 50])
    codes = list(PersonRecord.objects.order_by("pk").values_list("code", flat=True)[: 90 * EACH : 90])
    lasts = [name.split()[-1] for name in names]
    return {
        "the beginning of a name": [last[: chance.randrange(1, 5)] for last in lasts],
        "a part of a name": [last[1:] for last in lasts],
        "a whole name": names,
        "two names the other way round": [" ".join(reversed(name.split())) for name in names],
        "a mistyped name": [_slip(last, chance) for last in lasts],
        "two mistyped names": [" ".join(_slip(word, chance) for word in name.split()[-2:]) for name in names],
        "nothing anybody is called": ["zzqx", "qwrtp", "xkcdq"],
        "a phone": ["213 555 0142", "(323) 555-0107", "5550118", "0133"],
        "an id": [code.lstrip("=") for code in codes],
        "a worksite": [site.split()[0] for site in sites],
        "a name and a worksite": [f"{last} {site.split()[0]}" for last, site in zip(lasts, sites, strict=False)],
    }


def _find(text: str) -> object:
    everybody = Person.objects.filter(merged_into=None)
    return find_people(text, among=everybody, reachable=everybody)


def _times(texts: Iterable[str], look: Callable[[str], object]) -> tuple[float, float]:
    clock, busy = [], []
    for text in texts:
        look(text)
        for _slot in range(SLOTS):
            began, used = time.perf_counter(), time.process_time()
            look(text)
            clock.append(time.perf_counter() - began)
            busy.append(time.process_time() - used)
    return median(clock), median(busy)


def _slip(word: str, chance: Random) -> str:
    """The word with two letters exchanged, as fingers do."""
    if len(word) < 4:
        return word + word[-1]
    place = chance.randrange(1, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
