"""What a command says: its result on standard output, its progress on a terminal's standard error only."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn


class Bar(Protocol):
    """Something that shows how far a work has come."""

    def step(self, done: int, total: int | None = None, text: str = "") -> None:
        """So much is done, of so much, now busy with that."""


@dataclass(slots=True)
class _TerminalBar:
    progress: Progress
    task: Any

    def step(self, done: int, total: int | None = None, text: str = "") -> None:
        fields: dict[str, Any] = {"completed": done}
        if total is not None:
            fields["total"] = total
        if text:
            fields["description"] = text
        self.progress.update(self.task, **fields)


class _SilentBar:
    def step(self, done: int, total: int | None = None, text: str = "") -> None:
        pass


@contextmanager
def progress(text: str, *, total: int | None = None, quiet: bool = False) -> Iterator[Bar]:
    """A progress bar on a terminal, nothing in a pipe. quiet: nothing at all, as under --json."""
    if quiet or not sys.stderr.isatty():
        yield _SilentBar()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        yield _TerminalBar(shown, shown.add_task(text, total=total))


def note(text: str, *, quiet: bool = False) -> None:
    """A line about what goes on, on a terminal's standard error only."""
    if not quiet and sys.stderr.isatty():
        sys.stderr.write(text + "\n")


def finish(result: dict[str, Any], lines: Iterable[str], *, as_json: bool) -> None:
    """The result of a command: one JSON object, or its lines, on standard output."""
    if as_json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2, default=str) + "\n")
        return
    for line in lines:
        sys.stdout.write(line + "\n")
