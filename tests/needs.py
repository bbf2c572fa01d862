"""What some tests need and a machine may lack: a failure where CI=true, a skip that is counted and named elsewhere."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from typing import NoReturn

import pytest

CI = os.environ.get("CI", "").lower() == "true"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHARED = Path(__file__).resolve().parents[2] / "shared"


def missing(what: str) -> NoReturn:
    """Say that something is not here: skip the test, or fail it in CI."""
    if CI:
        pytest.fail(f"{what}; CI=true allows no gaps", pytrace=False)
    pytest.skip(what)


def program(*names: str) -> str:
    """The path of the first of these programs that is installed."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    missing(f"{names[0]} is not installed (tools/system_packages.sh names the line)")


def server(name: str, port: int) -> str:
    """The address of a server on this machine. name: what it is, in the sentence of the skip."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return f"127.0.0.1:{port}"
    except OSError:
        missing(f"no {name} answers at 127.0.0.1:{port}")


def shared(path: str) -> Path:
    """A real input beside the repository, such as "data/schools-cde-la"; skipped where it is not there."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"shared/{path} is not beside the repository")
    return found
