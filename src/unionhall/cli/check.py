"""`unionhall check`: the doctor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from unionhall.cli.failures import REFUSED, Stop
from unionhall.cli.output import finish
from unionhall.cli.setup import setup_django

if TYPE_CHECKING:
    from unionhall.cli.doctor import Finding

MARKS: Final = {"ok": "  ok ", "look": " look", "wrong": "WRONG"}


def register(app: typer.Typer) -> None:
    """Hang the command on the app."""
    app.command("check", short_help="What is wrong, and what to do about it.")(check)


def check(
    keys_copy: Annotated[str, typer.Option(help="Write down where the copy of the keys lies, in a sentence.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Look at settings, keys, mail, texts, worker, backups, certificate, translations, disk; say what to do."""
    setup_django()
    from unionhall.cli.doctor import examine
    from unionhall.cli.record_doctor import campaigns
    from unionhall.foundation import clock

    if keys_copy:
        _record_keys_copy(keys_copy)
    findings = list(examine(at=clock.now()))
    if not any(finding.about == "database" and finding.state == "wrong" for finding in findings):
        findings += campaigns(on=clock.today())
    wrong = sum(finding.state == "wrong" for finding in findings)
    look = sum(finding.state == "look" for finding in findings)
    result = {"ok": not wrong, "wrong": wrong, "look": look, "findings": [finding.told() for finding in findings]}
    finish(result, [*_lines(findings), "", _sum(wrong, look)], as_json=as_json)
    if wrong:
        raise typer.Exit(REFUSED)


def _lines(findings: list[Finding]) -> list[str]:
    lines = []
    for finding in findings:
        lines.append(f"{MARKS[finding.state]}  {finding.about}: {finding.found}")
        if finding.todo:
            lines.append(f"         → {finding.todo}")
    return lines


def _sum(wrong: int, look: int) -> str:
    if not wrong and not look:
        return "All is well."
    return f"{wrong} wrong, {look} to look at." if wrong else f"Nothing is wrong; {look} to look at."


def _record_keys_copy(where: str) -> None:
    from unionhall.foundation import audit, clock
    from unionhall.foundation.access import system_actor

    where = " ".join(where.split())
    if len(where) > 200:
        raise Stop("Say where the copy of the keys lies in at most 200 characters.")
    audit.record(actor=system_actor("operator"), verb="cli.keys_copy_recorded", at=clock.now(), why=where)
