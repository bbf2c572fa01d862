"""belenios-tool and we make the same elections: it checks ours, we check its, and the sums are the same bytes."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

from tests.factories.voting import (
    ALMA,
    ALMA_AND_CLEO,
    BLANK,
    COMMITTEE,
    NO,
    STRIKE,
    YES,
    Forger,
    ballot_of,
    begin,
    chance,
    committee,
    opened,
    tool,
    tool_accepts,
    verified,
    verifier_says,
    we_say,
)
from unionhall.rulebook.voting.ballot_checks import check_ballot
from unionhall.rulebook.voting.credentials import public_credential, read_credential, signing_key
from unionhall.rulebook.voting.election import read_election
from unionhall.rulebook.voting.group import BELENIOS_2048 as GROUP
from unionhall.rulebook.voting.record import check_record
from unionhall.rulebook.voting.rehearsal import Draft, play

QUESTIONS = (STRIKE, COMMITTEE)
GROUP_WORDS = ("--group", "BELENIOS-2048")
TEMPLATE = {
    "description": "Made by the tool ñ",
    "name": "Unión",
    "questions": [
        {"answers": ["YES", "NO"], "min": 1, "max": 1, "question": "Shall we strike?"},
        {"answers": ["A", "B", "C"], "blank": True, "min": 1, "max": 2, "question": "Who?"},
    ],
}
CHOICES = ["[[1,0],[0,1,0,0]]", "[[0,1],[1,0,0,0]]", "[[1,0],[0,1,1,0]]"]


def did(folder: Path, *words: str, text: bytes | None = None) -> bytes:
    """What the tool prints, having succeeded."""
    done = tool(folder, *words, text=text)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def threshold_keys(folder: Path) -> list[Path]:
    """A key ceremony of three, of whom two suffice, in the tool's six steps; the trustees' private files."""
    step = ("setup", "generate-trustee-key-threshold", *GROUP_WORDS, "--step")
    for _ in range(3):
        did(folder, *step, "1")
    certs = ("--certs", "certs.jsons")
    keys = sorted(folder.glob("*.key"))
    (folder / "certs.jsons").write_bytes(b"".join(key.with_suffix(".cert").read_bytes() for key in keys))
    did(folder, *step, "2", *certs)
    polynomials = [did(folder, *step, "3", *certs, "--key", key.name, "--threshold", "2") for key in keys]
    (folder / "polynomials.jsons").write_bytes(b"".join(polynomials))
    did(folder, *step, "4", *certs, "--polynomials", "polynomials.jsons")
    outputs = [
        did(folder, *step, "5", *certs, "--key", key.name, text=key.with_suffix(".vinput").read_bytes()) for key in keys
    ]
    made = did(folder, *step, "6", *certs, "--polynomials", "polynomials.jsons", text=b"".join(outputs))
    (folder / "threshold.json").write_bytes(made)
    return keys


@pytest.fixture(scope="module")
def made_by_tool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole election made by the tool: a single trustee and three of whom two open, three ballots, one blank."""
    folder = tmp_path_factory.mktemp("tool")
    uuid = did(folder, "setup", "generate-token").decode().strip()
    did(folder, "setup", "generate-credentials", "--uuid", uuid, *GROUP_WORDS, "--count", "4")
    (public,), (private,) = folder.glob("*.pubcreds"), folder.glob("*.privcreds")
    public.rename(folder / "public_creds.json")
    keys = threshold_keys(folder)
    did(folder, "setup", "generate-trustee-key", *GROUP_WORDS)
    (single,) = folder.glob("*.privkey")
    (folder / "public_keys.jsons").write_bytes(single.with_suffix(".pubkey").read_bytes())
    did(folder, "setup", "make-trustees")
    (folder / "template.json").write_text(json.dumps(TEMPLATE))
    did(folder, "setup", "make-election", "--uuid", uuid, *GROUP_WORDS, "--template", "template.json")
    did(folder, "archive", "init")
    for line, choice in zip(private.read_text().splitlines(), CHOICES, strict=False):
        (folder / "credential").write_text(line.split()[1])
        (folder / "choice").write_text(choice)
        ballot = did(folder, "election", "generate-ballot", "--privcred", "credential", "--ballot", "choice")
        did(folder, "archive", "add-event", "--type=Ballot", text=ballot)
    did(folder, "archive", "add-event", "--type=EndBallots", text=b"")
    tally = did(folder, "election", "compute-encrypted-tally")
    did(folder, "archive", "add-event", "--type=EncryptedTally", text=tally)
    shares = [did(folder, "election", "decrypt", "--privkey", single.name, "--trustee-id", "1")]
    for number, key in ((2, keys[0]), (4, keys[2])):
        words = ("--key", key.name, "--decryption-key", key.with_suffix(".dkey").name, "--trustee-id", str(number))
        shares.append(did(folder, "election", "decrypt-threshold", *words))
    for share in shares:
        did(folder, "archive", "add-event", "--type=PartialDecryption", text=share)
    did(folder, "archive", "add-event", "--type=Result", text=did(folder, "election", "compute-result"))
    return folder


def test_we_and_the_verifier_confirm_what_the_tool_made(made_by_tool: Path) -> None:
    (archive,) = made_by_tool.glob("*.bel")

    checked = check_record(BytesIO(archive.read_bytes()), random_below=chance().randrange)
    found = verified(archive.read_bytes())

    assert checked.counts == ((2, 1), (1, 2, 1, 0))
    assert (found.votes, found.stage, len(found.listed)) == ([[2, 1], [1, 2, 1, 0]], "Result", 4)
    assert (found.election.fingerprint, found.head) == (checked.election.fingerprint, checked.head.name)


def test_credential_of_the_tool_gives_the_same_key(made_by_tool: Path) -> None:
    (archive,) = made_by_tool.glob("*.bel")
    checked = check_record(BytesIO(archive.read_bytes()), random_below=chance().randrange)
    (private,) = made_by_tool.glob("*.privcreds")

    for line in private.read_text().splitlines():
        credential = read_credential(line.split()[1])
        key = signing_key(credential, uuid=checked.election.uuid, group=GROUP)
        assert public_credential(key, group=GROUP) in checked.credentials


@pytest.mark.parametrize("kind", ["1of1", "3of3", "2of3"])
def test_tool_confirms_an_election_of_ours_with_every_kind_of_trustees(kind: str) -> None:
    marks = [(YES, BLANK), (NO, ALMA), (YES, ALMA_AND_CLEO)]
    draft = Draft("VoteForTests13", "Unión Local 555", QUESTIONS)

    archive, counts = play(
        draft, committee(kind), marks, eligible=5, timestamp=1_790_000_000, random_below=chance(6).randrange
    )

    assert counts == ((2, 1), (1, 2, 0, 1))
    assert tool_accepts(archive)
    assert (we_say(archive), verifier_says(archive)) == ("fine", "fine")


def test_tool_adds_our_ballots_to_the_same_bytes(tmp_path: Path) -> None:
    election = opened("VoteForTests11", QUESTIONS)
    ballots = [ballot_of(election, 0, (YES, BLANK)), ballot_of(election, 1, (NO, ALMA))]
    forger = Forger(election).setup().cast(*ballots).count(*ballots)
    (tmp_path / "VoteForTests11.bel").write_bytes(begin(election, ballots)[0])
    did(tmp_path, "archive", "add-event", "--type=EndBallots", text=b"")

    said = did(tmp_path, "election", "compute-encrypted-tally").splitlines()

    (tally,) = [list(data) for happening, data in forger.events if happening == "EncryptedTally"]
    assert said == tally


def test_tool_and_we_find_the_same_ballot_with_the_same_credential(tmp_path: Path) -> None:
    election = opened("VoteForTests11", QUESTIONS)
    (tmp_path / "VoteForTests11.bel").write_bytes(begin(election, [])[0])
    (tmp_path / "credential").write_text(election.credentials[2].reveal())
    (tmp_path / "choice").write_text("[[0,1],[0,1,0,1]]")

    raw = did(tmp_path, "election", "generate-ballot", "--privcred", "credential", "--ballot", "choice").strip()

    ballot = check_ballot(raw, read_election(election.election.raw), election.listed)
    assert (
        ballot.credential
        == check_ballot(ballot_of(election, 2, (NO, ALMA)), election.election, election.listed).credential
    )


def test_permuted_ballots_give_the_same_sums() -> None:
    election = opened()
    ballots = [ballot_of(election, member, (YES,)) for member in range(3)]

    sums = [Forger(election).setup().cast(*some).count(*some).events[-3][1] for some in (ballots, ballots[::-1])]

    assert sums[0] == sums[1]
    assert sums[0][0] in [data for _, found in Forger(election).setup().count(*ballots).events for data in found]
