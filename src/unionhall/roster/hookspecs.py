"""Where higher slices join the imports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from unionhall.foundation.access import Actor
from unionhall.foundation.hooks import Hook


class UndoWork(Protocol):
    """An undo that is planned: what it does in numbers (`operations.Undone`), and doing it."""

    def result(self) -> Any:
        """What it does."""

    def write(self, *, actor: Actor, at: datetime) -> None:
        """Do it, within the caller's transaction."""


# An import (`models.Import`) → its undo, planned.
ImportUndoer = Callable[[Any], UndoWork]

import_undoers: Hook[ImportUndoer] = Hook(
    "import_undoers", says="How an import of another slice is taken back, by its kind."
)
