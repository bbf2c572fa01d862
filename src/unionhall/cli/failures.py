"""How a command ends badly: one sentence on standard error and exit 1; never a stack trace for bad input."""

from __future__ import annotations

import logging
import sys
from typing import Any

import typer
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import Error as DatabaseError
from typer.core import TyperGroup

from unionhall.foundation.errors import Refused, UnionhallError

DONE = 0
REFUSED = 1
WRONG_USAGE = 2


class Stop(Refused):
    """A command that will not go on; the sentence says why and what to do."""

    code = "stop"

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.words = sentence

    def sentence(self) -> str:
        """The words as they were given."""
        return self.words


class Commands(TyperGroup):
    """The root of all commands: whatever goes wrong below it becomes a sentence."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; an error that a person can mend ends it with exit 1."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            say_wrong("Stopped. What was finished stays; run the same command again to go on.")
        except Exception as error:
            if error.__class__.__module__.startswith("typer"):
                raise  # typer's own: wrong usage, an orderly end
            say_wrong(sentence_for(error))
        raise typer.Exit(REFUSED)


def sentence_for(error: BaseException) -> str:
    """What a person is told about an error; the stack trace goes to the log where LOG_LEVEL is DEBUG."""
    logging.getLogger(__name__).debug("a command failed", exc_info=error)
    if isinstance(error, UnionhallError):
        return error.sentence()
    if isinstance(error, DatabaseError):
        return f"The database does not answer as it must: {_first_line(error)}. `unionhall check` tells more."
    if isinstance(error, OSError):
        name = f" ({error.filename})" if error.filename else ""
        return f"{error.strerror or _first_line(error)}{name}. Nothing more was done."
    if isinstance(error, (ImproperlyConfigured, CommandError)):
        return str(error)
    name = f"{error.__class__.__name__}: {_first_line(error)}"
    return f"This is a fault of Unionhall ({name}). LOG_LEVEL=DEBUG shows where; please report it."


def say_wrong(sentence: str) -> None:
    """One sentence on standard error."""
    sys.stderr.write(sentence.rstrip() + "\n")


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else error.__class__.__name__
