"""How the tests of the command line call it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from unionhall.cli.main import app


class Cli:
    """The command line, called in this process."""

    def __call__(self, *words: str, text: str | None = None) -> Result:
        return CliRunner().invoke(app, list(words), input=text, prog_name="unionhall")


@pytest.fixture
def cli() -> Cli:
    """`cli("check", "--json")` gives a result with exit_code, stdout and stderr."""
    return Cli()
