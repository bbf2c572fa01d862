"""Whether `unionhall run` is at work on this data folder: a lock that dies with its process."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path
from typing import Any, Final

NAME: Final = "run.lock"


def hold(folder: Path, state: dict[str, Any]) -> int:
    """Take a share of the lock, for as long as this process and its children live; gives the open file.

    state: port, pid and start, for `unionhall check`.
    """
    handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(handle, True)
    fcntl.flock(handle, fcntl.LOCK_SH)
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps(state).encode("ascii"), 0)
    return handle


def find_running(folder: Path) -> dict[str, Any] | None:
    """The state of a server at work on the folder, or None."""
    path = folder / NAME
    if not path.exists():
        return None
    with path.open("rb") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            text = opened.read()
            state: dict[str, Any] = json.loads(text) if text else {}
            return state
    return None
