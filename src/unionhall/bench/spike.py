"""Strike morning rehearsed, and P3: a crowd on three pages while an editor publishes and people sign up."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final
from urllib.parse import urlencode

from unionhall.bench.crowd import Crowd, missing, press
from unionhall.bench.house import House
from unionhall.bench.rows import Row
from unionhall.rulebook.proof import solve
from unionhall.site.models import PostPage

CROWDS: Final = {"/en/ewu/": 334, "/en/ewu/updates/": 333, "/en/ewu/sign-up/": 333}
PUBLISHED: Final = 10
PEOPLE: Final = 200
HANDS: Final = 8
EVERY_SECONDS: Final = 2.5
CROWD_SECONDS: Final = 32.0
STALE_SECONDS: Final = 2.0
LOOKS: Final = 12
REDIRECT: Final = 302


@dataclass(slots=True)
class Seen:
    """What was met. reached: seconds from each publishing until the page says it; stale: old answers two seconds on."""

    crowds: list[Crowd] = field(default_factory=list)
    reached: list[float] = field(default_factory=list)
    stale: int = 0
    refused: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)


def run(house: House) -> list[Row]:
    """The rehearsal: what the crowd met, what the editor's work took to be seen, what became of the sign-ups."""
    lacking = missing("wrk")
    if lacking:
        return [Row("spike", "strike morning rehearsed", lacking, "not measured", "–", "no error, nothing stale")]
    seen, before = Seen(), int(house.call("manage", "bench_slips"))
    with ThreadPoolExecutor(len(CROWDS) + 2) as stage:
        crowds = [stage.submit(_crowd, house, path, number) for path, number in CROWDS.items()]
        parts = [stage.submit(_publishing, house, seen), stage.submit(_signing_up, house, seen)]
        seen.crowds = [crowd.result() for crowd in crowds]
        for part in parts:
            part.result()
    return _rows(seen, kept=int(house.call("manage", "bench_slips")) - before)


def _rows(seen: Seen, *, kept: int) -> list[Row]:
    failed = sum(crowd.failed for crowd in seen.crowds)
    pages = "; ".join(
        f"{path} {crowd.rate:,.0f}/s, p99 {crowd.slowest * 1000:.0f} ms"
        for path, crowd in zip(CROWDS, seen.crowds, strict=True)
    )
    number = f"{sum(CROWDS.values()):,} connections; {os.getloadavg()[0]:.1f} at work"
    slowest = max(seen.reached, default=float("inf"))
    all_seen = len(seen.reached) == PUBLISHED and slowest <= STALE_SECONDS and not seen.stale
    median_seen, longest = median(seen.reached or [0]), max(seen.waits, default=0.0)
    kept_words = f"{kept} in the database, {len(seen.refused)} refused {', '.join(sorted(set(seen.refused)))}".strip()
    return [
        Row(
            "spike",
            f"a crowd on home, updates and sign-up, {number}",
            "–",
            f"{pages}; {failed} failed",
            "–",
            "no error",
            met=not failed,
        ),
        Row(
            "P3",
            f"a post published {PUBLISHED} times in that crowd, until everybody is told",
            "–",
            f"{median_seen:.1f} s, slowest {slowest:.1f} s; {seen.stale} stale answers after {STALE_SECONDS:.0f} s",
            "–",
            f"every answer within {STALE_SECONDS:.0f} s",
            met=all_seen,
        ),
        Row(
            "spike",
            f"{PEOPLE} people sign up in that crowd",
            "–",
            f"{kept_words}; median {median(seen.waits or [0]):.1f} s, slowest {longest:.1f} s",
            "–",
            "none lost",
            met=kept == PEOPLE and not seen.refused,
        ),
    ]


def _crowd(house: House, path: str, number: int) -> Crowd:
    return press(f"http://localhost:{house.port}{path}", connections=number, packed=True, seconds=CROWD_SECONDS)


def _publishing(house: House, seen: Seen) -> None:
    """Hear of each publishing, and look until it shows; from two seconds after it, every answer must say it."""
    command = [house.command, "manage", "bench_publish", "--times", str(PUBLISHED), "--every", str(EVERY_SECONDS)]
    with subprocess.Popen(command, env=house.environment, stdout=subprocess.PIPE, text=True) as editor:
        for line in editor.stdout or ():
            told = json.loads(line)
            while told["title"] not in _get(house, "/en/ewu/updates/"):
                if time.time() > told["at"] + 3 * STALE_SECONDS:
                    seen.stale += 1
                    break
            else:
                seen.reached.append(time.time() - told["at"])
            time.sleep(max(0.0, told["at"] + STALE_SECONDS - time.time()))
            seen.stale += sum(told["title"] not in _get(house, "/en/ewu/updates/") for _look in range(LOOKS))


def _signing_up(house: House, seen: Seen) -> None:
    """Two hundred people, a few at a time; every second one's browser has done its work, the others wait for a code."""
    lock = threading.Lock()

    def one(number: int) -> None:
        began = time.monotonic()
        status = _sign_up(house, number)
        with lock:
            seen.waits.append(time.monotonic() - began)
            if status != str(REDIRECT):
                seen.refused.append(status)

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(one, range(PEOPLE)))


def _sign_up(house: House, number: int) -> str:
    mail = f"visitor{number}.{os.getpid()}@example.org"
    form = {"contact": mail, "language": "es" if number % 2 else "en", "checked": mail}
    try:
        if number % 2:
            given = json.loads(_get(house, "/en/ewu/proof/?form=updates"))
            answer = solve(challenge=given["challenge"], bits=given["bits"])
            form["proof"] = f"{given['challenge']}:{answer}"
        line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
        heads = {"Host": f"localhost:{house.port}", "Sec-Fetch-Site": "same-origin"}
        heads["Content-Type"] = "application/x-www-form-urlencoded"
        line.request("POST", "/en/ewu/sign-up/", urlencode(form), heads)
        return str(line.getresponse().status)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return type(error).__name__


def _get(house: House, path: str) -> str:
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
    try:
        line.request("GET", path, headers={"Host": f"localhost:{house.port}"})
        return line.getresponse().read().decode()
    finally:
        line.close()


def publish(*, times: int, every: float) -> Iterator[dict[str, Any]]:
    """The newest English post published again and again under another title; title and instant of each."""
    post: Any = PostPage.objects.live().filter(url_path__contains="/ewu/updates/", locale__language_code="en")
    post = post.order_by("-first_published_at").first()
    for number in range(times):
        post.title = f"Rehearsal {number} of the morning"
        post.save_revision().publish()
        yield {"title": post.title, "at": time.time()}
        time.sleep(every)
