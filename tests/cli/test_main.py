"""The root of the commands: help, usage, Django's own commands, and errors as sentences."""

import typer
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from unionhall.cli.failures import Commands, Stop


def _failing(error: BaseException) -> typer.Typer:
    app = typer.Typer(cls=Commands, pretty_exceptions_enable=False)

    @app.callback()
    def root() -> None:
        """Nothing before the command."""

    @app.command()
    def fail() -> None:
        raise error

    return app


def test_help_names_every_command(cli):
    result = cli("--help")

    assert result.exit_code == 0
    assert {"demo", "manage"} <= set(result.stdout.split())


def test_unknown_command_is_wrong_usage(cli):
    result = cli("strike-now")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "No such command 'strike-now'" in result.stderr


def test_manage_passes_options_on(cli):
    result = cli("manage", "check", "--help")

    assert result.exit_code == 0


def test_errors_become_one_sentence():
    from typer.testing import CliRunner

    for error, sentence in (
        (Stop("The hall is closed."), "The hall is closed."),
        (ImproperlyConfigured("BASE_URL: mend it."), "BASE_URL: mend it."),
        (
            FileNotFoundError(2, "No such file or directory", "x.csv"),
            "No such file or directory (x.csv). Nothing more was done.",
        ),
        (
            OperationalError("no such table: x"),
            "The database does not answer as it must: no such table: x. `unionhall check` tells more.",
        ),
        (KeyboardInterrupt(), "Stopped. What was finished stays; run the same command again to go on."),
        (
            RuntimeError("odd"),
            "This is a fault of Unionhall (RuntimeError: odd). LOG_LEVEL=DEBUG shows where; please report it.",
        ),
    ):
        result = CliRunner().invoke(_failing(error), ["fail"])
        assert (result.exit_code, result.stdout, result.stderr) == (1, "", sentence + "\n")


def test_version_is_told(cli):
    result = cli("--version")

    assert (result.exit_code, result.stdout) == (0, "unionhall 0.1.0\n")
