"""Several processes kept alive as one: started together, restarted when one falls, stopped together."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess
from types import FrameType
from typing import Final

FORK: Final = multiprocessing.get_context("fork")
PARENT_DIED_SIGNAL: Final = 1  # PR_SET_PDEATHSIG of prctl(2)
SOON_SECONDS: Final = 3.0
LONGEST_PAUSE_SECONDS: Final = 30.0
STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Tick = Callable[[], None]


@dataclass(slots=True)
class Child:
    """One process: its name for people, what it does, and how long it may take to stop."""

    name: str
    work: Callable[[], None]
    patience_seconds: float = 10.0
    process: ForkProcess | None = None
    started: float = 0.0
    falls: int = 0
    next_start: float = field(default=0.0)

    def start(self) -> None:
        """Fork it. What the parent has loaded is loaded in the child, so this takes milliseconds."""
        self.process = FORK.Process(target=_live, args=(self.work,), name=self.name)
        self.process.start()
        self.started = time.monotonic()

    def is_alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.is_alive()


class Supervisor:
    """Keeps children alive until told to stop by Ctrl-C or a signal."""

    def __init__(self, children: Sequence[Child], *, say: Callable[[str], None]) -> None:
        self.children = list(children)
        self.say = say
        self.stopping = threading.Event()
        self.impatient = False

    def run(self, *, every: Tick = lambda: None, tick_seconds: float = 0.2) -> bool:
        """Run until stopped, calling `every` on each tick. True after an orderly stop, False if a child cannot live."""
        old = {number: signal.signal(number, self._told_to_stop) for number in STOPPING}
        try:
            for child in self.children:
                child.start()
            while not self.stopping.wait(tick_seconds):
                if not all(self._keep(child) for child in self.children):
                    return False
                every()
            return True
        finally:
            self._stop_all()
            for number, handler in old.items():
                signal.signal(number, handler)

    def stop(self) -> None:
        """End `run` at its next tick."""
        self.stopping.set()

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.impatient = self.stopping.is_set()
        self.stopping.set()

    def _keep(self, child: Child) -> bool:
        """Start a fallen child again, each time a little later; False when it has never stood."""
        if child.is_alive():
            return True
        now = time.monotonic()
        if child.process is not None:
            code = child.process.exitcode
            child.process = None
            stood = now - child.started
            child.falls = 0 if stood > LONGEST_PAUSE_SECONDS else child.falls + 1
            if child.falls > 1 and stood < SOON_SECONDS and child.falls >= len(PAUSES):
                self.say(f"{child.name} stopped {child.falls} times in a row (exit {code}); giving up.")
                return False
            pause = PAUSES[min(child.falls, len(PAUSES) - 1)]
            child.next_start = now + pause
            self.say(f"{child.name} stopped (exit {code}); starting it again in {pause:g} s.")
        if now >= child.next_start:
            child.start()
        return True

    def _stop_all(self) -> None:
        for child in self.children:
            if child.process is not None and child.process.is_alive():
                child.process.terminate()
        for child in self.children:
            self._await_end(child)

    def _await_end(self, child: Child) -> None:
        if child.process is None:
            return
        end = time.monotonic() + child.patience_seconds
        while child.process.is_alive() and time.monotonic() < end and not self.impatient:
            child.process.join(0.1)
        if child.process.is_alive():
            self.say(f"{child.name} did not stop in time and is ended.")
            child.process.kill()
        child.process.join()


PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 5.0)


def _live(work: Callable[[], None]) -> None:
    """The child's life: it dies with its parent, and Ctrl-C reaches it through the parent only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DIED_SIGNAL, signal.SIGTERM)
    os.setpgid(0, 0)
    for number in STOPPING:
        signal.signal(number, signal.SIG_DFL)
    work()
