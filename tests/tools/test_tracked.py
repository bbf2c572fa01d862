"""What may not stand in a file that we share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import tracked


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("-----BEGIN " + "PRIVATE KEY-----", "a private key"),
        ("token = 'ghp_" + "a" * 36 + "'", "a key of Amazon, GitHub, Slack, Stripe or Twilio"),
        ("cd /home/" + "rosa/unionhall", "a folder of one machine"),
        ("open /" + "root/.bashrc", "a folder of one machine"),
        ("--index-url https://example.org/simple", "a package mirror"),
    ],
)
def test_line_of_one_machine_is_found(tmp_path: Path, line: str, what: str) -> None:
    (tmp_path / "notes.md").write_text(f"fine\n{line}\n", "utf-8")

    assert tracked.problems(tmp_path, ["notes.md"]) == [f"notes.md:2: {what}"]


@pytest.mark.parametrize(
    "line", ["https://example.org/home/news", "src/roots/file", "/var/lib/unionhall", "~/work/notes"]
)
def test_ordinary_paths_are_left_alone(tmp_path: Path, line: str) -> None:
    (tmp_path / "notes.md").write_text(line, "utf-8")

    assert tracked.problems(tmp_path, ["notes.md"]) == []


def test_big_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "big.csv").write_bytes(b"x" * 600_001)

    assert tracked.problems(tmp_path, ["big.csv"]) == ["big.csv: 600 KB, at most 600 KB"]


def test_nothing_of_one_machine_is_tracked_here() -> None:
    assert tracked.problems(tracked.ROOT, tracked.tracked()) == []
