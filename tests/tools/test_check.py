"""`make check` itself: it runs all, shows each failure, and its exit code can be relied on."""

from __future__ import annotations

import sys

import pytest

from tools import check


def step(name: str, code: str) -> check.Step:
    """A step that runs a line of Python."""
    return check.Step(name, "a line of Python", (sys.executable, "-c", code))


def test_every_failure_is_shown_and_the_exit_code_is_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = (
        step("one", "raise SystemExit('first trouble')"),
        step("two", ""),
        step("three", "raise SystemExit('third')"),
    )
    monkeypatch.setattr(check, "STEPS", steps)

    code = check.main([])

    said = capsys.readouterr().out
    assert code == 1
    assert [line.split()[:2] for line in said.split("\n")[:3]] == [
        ["FAILED", "one"],
        ["ok", "two"],
        ["FAILED", "three"],
    ]
    assert "--- one ---\nfirst trouble" in said
    assert "--- three ---\nthird" in said


def test_named_steps_run_alone(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(check, "STEPS", (step("one", "raise SystemExit(1)"), step("two", "")))

    assert check.main(["two"]) == 0
    assert "one" not in capsys.readouterr().out


def test_unknown_step_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(["colour"]) == 2
    assert "No such step: colour" in capsys.readouterr().out
