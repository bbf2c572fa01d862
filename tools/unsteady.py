"""The names of the tests that failed in the run before, where they are few: `python tools/unsteady.py`.

Exits with 1, and prints nothing, where none or more than three failed, or where one has failed in being collected:
those are no matter of chance.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

LAST_FAILED = Path(".pytest_cache/v/cache/lastfailed")
FEW = 3


def few_failed(cache: Path) -> list[str]:
    """Node ids of the failed tests, at most FEW; empty where trying again would prove nothing."""
    if not cache.is_file():
        return []
    names = sorted(json.loads(cache.read_text(encoding="utf-8")))
    return names if len(names) <= FEW and all("::" in name for name in names) else []


if __name__ == "__main__":
    found = few_failed(LAST_FAILED)
    print(*found) if found else sys.exit(1)
