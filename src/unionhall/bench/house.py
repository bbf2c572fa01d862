"""A house for the benches: an invented local in a folder of its own, served by the real command."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PEOPLE: Final = 3_000
LONGEST_START_SECONDS: Final = 300.0


class NoHouse(Exception):
    """The invented local could not be started; the text is what was last said."""


@dataclass(slots=True)
class House:
    """The folder and the environment of an invented local. starts: seconds of each start, oldest first."""

    folder: Path
    port: int
    starts: list[float] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes see: demo mode, SQLite in the folder, nothing of ours."""
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "VIRTUAL_ENV"}}
        address = f"http://localhost:{self.port}"
        return kept | {"DATA_DIR": str(self.folder), "DEMO": "1", "BASE_URL": address, "LOG_LEVEL": "WARNING"}

    @contextmanager
    def served(self, *, workers: int = 0) -> Iterator[None]:
        """Serve it; the time from the command to the first page is added to `starts`. Raises NoHouse.

        workers: web processes; 0 as many as the command takes by itself.
        """
        began = time.monotonic()
        process = subprocess.Popen(
            [self.command, "run", "--port", str(self.port), "--workers", str(workers)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        alarm = threading.Timer(LONGEST_START_SECONDS, process.kill)
        alarm.start()
        try:
            self._await(process)
            self.starts.append(time.monotonic() - began)
            alarm.cancel()
            yield
        finally:
            alarm.cancel()
            process.send_signal(signal.SIGINT)
            process.communicate()

    @property
    def command(self) -> str:
        """The `unionhall` of this environment."""
        return str(Path(sys.executable).with_name("unionhall"))

    def call(self, *words: str) -> str:
        """What a command of this house says. Raises NoHouse."""
        done = subprocess.run(
            [self.command, *words], env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )
        if done.returncode:
            raise NoHouse(done.stderr.strip())
        return done.stdout

    def _await(self, process: subprocess.Popen[str]) -> None:
        said = ""
        for line in process.stdout or ():
            said = line.strip() or said
            if "answers at" in line:
                return
        raise NoHouse(said)


@contextmanager
def house() -> Iterator[House]:
    """An empty house; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="unionhall-bench-"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    try:
        yield House(folder, port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
