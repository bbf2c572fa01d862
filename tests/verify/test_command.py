"""`unionhall-verify`: words, JSON, an older copy, revoked credentials, exit codes, one file on a bare Python."""

from __future__ import annotations

import ast
import json
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import unionhall_verify.__main__ as command
from tests.factories.voting import ALMA, BLANK, COMMITTEE, NO, STRIKE, YES, Forger, ballot_of, opened
from tests.verify.test_attacks import copied_answers
from unionhall_verify import count as counting
from unionhall_verify.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
E = opened()
BALLOTS = [ballot_of(E, member, (mark,)) for member, mark in enumerate((YES, NO, YES))]
AREA = opened("VoteForTests12", (STRIKE, COMMITTEE))


@pytest.fixture
def counted(tmp_path: Path) -> Path:
    """A finished election: YES 2, NO 1."""
    path = tmp_path / "VoteForTests11.bel"
    path.write_bytes(Forger(E).setup().cast(*BALLOTS).count(*BALLOTS).archive())
    return path


@pytest.fixture
def still_open(tmp_path: Path) -> Path:
    """The same election when two had voted."""
    path = tmp_path / "before.bel"
    path.write_bytes(Forger(E).setup().cast(*BALLOTS[:2]).archive())
    return path


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """Exit code and output of the command."""
    code = main(["--cores", "1", *map(str, words)])
    return code, capsys.readouterr().out


def told(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, object]:
    """What it tells programs."""
    return json.loads(said(capsys, "--json", *words)[1])


def test_verified_election_is_told_in_words(counted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = said(capsys, counted)
    seconds = out.split(" in ")[1].split(" s.")[0]

    assert code == 0
    assert out.splitlines()[:7] == [
        f"VoteForTests11.bel: every check passed, in {seconds} s.",
        "  Unión Local 555",
        "  4 credentials listed, 3 voted.",
        "  Trustees needed to open the count: 1 of 1.",
        "  Shall we strike?",
        "    YES: 2",
        "    NO: 1",
    ]


def test_open_election_is_right_so_far(still_open: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = said(capsys, still_open)

    assert code == 0
    assert "    YES: not counted yet" in out.splitlines()
    assert "  The count is not finished; all there is so far is right." in out.splitlines()


def test_wrong_election_is_told_in_one_plain_sentence(
    counted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counted.write_bytes(Forger(E).setup().cast(*BALLOTS).count(*BALLOTS[:2]).archive())

    code, out = said(capsys, counted)
    assert (code, out.splitlines()) == (
        1,
        [
            "VoteForTests11.bel: NOT VERIFIED.",
            "  The locked sums are not the ballots': one was left out, added or changed.",
        ],
    )
    missing = told(capsys, tmp_path / "none.bel")
    assert (missing["ok"], missing["archives"][0]["problem"]["code"]) == (False, "file")


def test_areas_are_added_up(counted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = tmp_path / "area-2.bel"
    again.write_bytes(counted.read_bytes())

    result = told(capsys, counted, again)

    assert result["ok"]
    assert result["sum"] == [
        {"question": "Shall we strike?", "answers": [{"answer": "YES", "votes": 4}, {"answer": "NO", "votes": 2}]}
    ]
    assert "All 2 together:" in said(capsys, counted, again)[1]


def test_areas_with_other_questions_are_not_added_up(
    counted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.bel"
    ballots = [ballot_of(AREA, 0, (YES, BLANK)), ballot_of(AREA, 1, (NO, ALMA))]
    other.write_bytes(Forger(AREA).setup().cast(*ballots).count(*ballots).archive())

    code, out = said(capsys, counted, other)

    assert code == 0
    assert "    (blank): 1" in out.splitlines()
    assert "Not added up" in out
    assert told(capsys, other, other)["sum"][1]["answers"][0] == {"answer": None, "votes": 2}


def test_archive_must_begin_with_the_copy_somebody_kept(
    counted: Path, still_open: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = still_open.with_name("changed.bel")
    changed.write_bytes(Forger(E).setup().cast(BALLOTS[1], BALLOTS[0]).archive())

    assert said(capsys, counted, "--previous", still_open)[0] == 0
    assert told(capsys, counted, "--previous", changed)["archives"][0]["problem"]["code"] == "previous"
    assert told(capsys, still_open, "--previous", counted)["archives"][0]["problem"]["code"] == "previous"


def test_each_of_several_archives_is_compared_with_its_own_copy(
    counted: Path, still_open: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.bel"
    other.write_bytes(Forger(AREA).setup().archive())
    gone = tmp_path / "gone.bel"
    gone.write_bytes(Forger(E).setup().cast(*BALLOTS[::-1]).archive())

    assert said(capsys, counted, other, "--previous", still_open, "--previous", other)[0] == 0
    assert said(capsys, counted, other, "--previous", gone, "--previous", other)[0] == 1
    assert told(capsys, other, other, "--previous", still_open)["archives"][2]["problem"]["code"] == "previous"


def test_revoked_credential_with_a_ballot_is_found(
    counted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    revoked = tmp_path / "revoked"
    voted = json.loads(BALLOTS[0])["credential"]
    idle = str(next(key for key in E.listed.keys if str(key) not in {json.loads(raw)["credential"] for raw in BALLOTS}))

    def codes(keys: list[str], spares: int) -> str:
        revoked.write_text("\n".join(keys) + "\n")
        (report,) = told(capsys, counted, "--revoked", revoked, "--spares", spares)["archives"]
        return report.get("problem", {"code": "fine"})["code"]

    assert codes([idle], 1) == "fine"
    assert codes(["12345"], 1) == "fine"
    assert codes([voted], 1) == "revoked"
    assert codes([idle], 0) == "revoked"
    assert codes([idle], 2) == "spares"


def test_wrong_usage_exits_with_two(counted: Path) -> None:
    for words in ([], ["--spares", "1", str(counted)], ["--nonsense"]):
        with pytest.raises(SystemExit) as caught:
            main(words)
        assert caught.value.code == 2


def test_many_cores_find_the_same_as_one(
    counted: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "CHUNK", 1)

    assert main(["--cores", "2", str(counted)]) == 0
    assert "    YES: 2" in capsys.readouterr().out.splitlines()
    counted.write_bytes(Forger(E).setup().cast(*BALLOTS, BALLOTS[0]).archive())
    assert main(["--cores", "2", str(counted)]) == 1
    assert "What event 4 brings was in the archive before." in capsys.readouterr().out
    counted.write_bytes(copied_answers().cast(BALLOTS[2]).archive())
    assert main(["--cores", "2", str(counted)]) == 1
    assert "Ballot 1 has a choice that is not shown to be marked once or not at all." in capsys.readouterr().out


def test_one_file_runs_on_a_bare_python_and_is_the_same_each_time(counted: Path, tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    import verifier

    sys.path.pop(0)
    packed = tmp_path / "unionhall-verify.pyz"
    packed.write_bytes(verifier.build())

    command = [sys._base_executable, "-I", "-S", str(packed), "--json", str(counted)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    report = json.loads(done.stdout)
    assert (done.returncode, report["ok"], report["archives"][0]["fast_arithmetic"]) == (0, True, False)
    assert verifier.build() == packed.read_bytes()


def test_verifier_is_short_and_knows_nothing_of_the_program() -> None:
    lines = 0
    for path in sorted((ROOT / "src/unionhall_verify").glob("*.py")):
        text = path.read_text("utf-8")
        lines += len(text.splitlines())
        modules = [node.module for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
        assert not [name for name in modules if name and name.split(".")[0] in {"unionhall", "django"}]

    assert lines <= 700


def test_progress_is_told_on_a_terminal_only(
    counted: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (main([str(counted)]), capsys.readouterr().err) == (0, "")

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    assert main([str(counted)]) == 0
    assert re.fullmatch(r"\rVoteForTests11\.bel: [0-9]+ % read ", capsys.readouterr().err)


def test_script_ends_with_the_exit_code(counted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["unionhall-verify", str(counted)])

    with pytest.raises(SystemExit) as caught:
        runpy.run_path(command.__file__, run_name="__main__")

    assert caught.value.code == 0
