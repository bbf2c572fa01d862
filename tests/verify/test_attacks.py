"""What somebody with the server in hand could try, and what we, the verifier and belenios-tool say to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.factories.voting import (
    ALMA,
    BLANK,
    COMMITTEE,
    NO,
    STRIKE,
    YES,
    Forger,
    ballot_of,
    chance,
    opened,
    parsed_ballot_of,
    tool_accepts,
    verified,
    verifier_says,
    we_say,
)
from unionhall.rulebook.voting import archive, chain, threshold_making, wire
from unionhall.rulebook.voting.ballot_making import make_ballot, sign
from unionhall.rulebook.voting.ballot_wire import write_ballot
from unionhall.rulebook.voting.chain import Happening
from unionhall.rulebook.voting.credentials import make_credential_list, signing_key
from unionhall.rulebook.voting.decryption import decrypt_part, write_owned_part, write_part
from unionhall.rulebook.voting.encryption import Ciphertext
from unionhall.rulebook.voting.rehearsal import Opened
from unionhall.rulebook.voting.result import write_result
from unionhall.rulebook.voting.tally import empty_tally
from unionhall.rulebook.voting.trustees import make_trustees

E = opened()
FIRST, SECOND, THIRD = (ballot_of(E, member, (mark,)) for member, mark in enumerate((YES, NO, YES)))
AGAIN = ballot_of(E, 0, (NO,), 1)


def start(election: Opened = E) -> Forger:
    """A forger's archive with a right setup."""
    return Forger(election).setup()


def unknown_credential() -> Forger:
    stranger = opened("VoteForTests11", eligible=9).credentials[8]
    ballot = make_ballot(E.election, stranger, (YES,), random_below=chance(3).randrange)
    return start().cast(FIRST, write_ballot(ballot))


def altered_choice() -> Forger:
    mine = parsed_ballot_of(E, 0, (YES,))
    answer = mine.answers[0]
    choices = (
        Ciphertext(answer.choices[0].alpha, answer.choices[0].beta * E.election.group.g % E.election.group.p),
        answer.choices[1],
    )
    key = signing_key(E.credentials[0], uuid=E.election.uuid, group=E.election.group)
    changed = replace(mine, answers=(replace(answer, choices=choices),))
    return start().cast(write_ballot(sign(changed, key, E.election, random_below=chance(2).randrange)))


def copied_answers() -> Forger:
    mine, theirs = parsed_ballot_of(E, 0, (YES,)), parsed_ballot_of(E, 1, (NO,))
    key = signing_key(E.credentials[0], uuid=E.election.uuid, group=E.election.group)
    changed = sign(replace(mine, answers=theirs.answers), key, E.election, random_below=chance(2).randrange)
    return start().cast(write_ballot(changed))


def changed_question() -> Forger:
    raw = E.election.raw.replace(b"Shall we strike?", b"Shall we accept?")
    return Forger(E).setup(election=raw).cast(FIRST)


def other_election_key() -> Forger:
    other = opened("VoteForTests11", kind="2of3")
    return Forger(E).setup(trustees=other.committee.trustees.raw)


def credential_listed_twice() -> Forger:
    raw = E.listed.raw
    key = raw[2:].split(b'"')[0]
    return Forger(E).setup(credentials=b'["' + key + b'",' + raw[1:]).cast(FIRST)


def two_votes_a_credential() -> Forger:
    return Forger(E).setup(credentials=E.listed.raw.replace(b'"]', b',2"]'))


def omitted_ballot() -> Forger:
    return start().cast(FIRST, SECOND, THIRD).count(FIRST, SECOND)


def false_number() -> Forger:
    return start().cast(FIRST, SECOND).count(FIRST, SECOND, most=5)


def wrong_result() -> Forger:
    return start().cast(FIRST, SECOND).count(FIRST, SECOND, counts=[[2, 0]])


def somebody_elses_share() -> Forger:
    election = opened("VoteForTests11", kind="3of3")
    *_, (_, tally), _, _, (_, (share, _)), _ = Forger(election).setup().count().events
    forger = Forger(election).setup().add(Happening.END_BALLOTS).add(Happening.ENCRYPTED_TALLY, *tally)
    for owner in (1, 2, 3):
        forger.add(Happening.PARTIAL_DECRYPTION, share, write_owned_part(share, owner))
    return forger.add(Happening.RESULT, write_result([[0, 0]]))


def too_few_shares() -> Forger:
    election = opened("VoteForTests11", kind="2of3")
    return Forger(election).setup().count(owners=(2,), counts=[[0, 0]])


def ballot_after_the_end() -> Forger:
    return start().cast(FIRST).add(Happening.END_BALLOTS).cast(SECOND)


def second_end() -> Forger:
    return start().add(Happening.END_BALLOTS).add(Happening.END_BALLOTS)


def no_setup() -> Forger:
    return Forger(E).cast(FIRST)


def proof_of_another_election() -> Forger:
    return start().cast(ballot_of(opened("VoteForTests12"), 0, (YES,)))


def ballot_with_company() -> Forger:
    return start().add(Happening.BALLOT, SECOND, FIRST)


def half_a_character() -> Forger:
    """A ballot with an escape that stands for no character: it can be read and not be written again."""
    digest = json.loads(FIRST)["signature"]["hash"].encode()
    return start().cast(FIRST.replace(digest, b"\\ud800"))


def election_in_another_order() -> Forger:
    value = json.loads(E.election.raw)
    return Forger(E).setup(election=wire.write({"uuid": value.pop("uuid"), **value}))


def question_in_another_order() -> Forger:
    value = json.loads(E.election.raw)
    value["questions"] = [{"question": one.pop("question"), **one} for one in value["questions"]]
    return Forger(E).setup(election=wire.write(value))


def credentials_in_another_order() -> Forger:
    return Forger(E).setup(credentials=wire.write(json.loads(E.listed.raw)[::-1]))


def ceremony_in_another_spelling() -> Forger:
    """Trustees who sign messages with blanks in them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threshold_making.wire, "write", lambda said: json.dumps(said).encode())
        made, _ = threshold_making.play_ceremony(2, 3, group=E.election.group, random_below=chance(4).randrange)
    value = json.loads(E.election.raw) | {"public_key": str(made.value)}
    return Forger(E).setup(election=wire.write(value), trustees=make_trustees(made).raw)


REFUSED_BY_ALL = [
    (half_a_character, "syntax", "canonical"),
    (unknown_credential, "credential_unknown", "credential_unknown"),
    (altered_choice, "individual_proof", "individual_proof"),
    (copied_answers, "individual_proof", "individual_proof"),
    (changed_question, "election", "election"),
    (other_election_key, "election_key", "election_key"),
    (credential_listed_twice, "credential_list", "credential_list"),
    (omitted_ballot, "tally", "tally"),
    (wrong_result, "result", "result"),
    (somebody_elses_share, "share", "share"),
    (too_few_shares, "missing_share", "missing_share"),
    (ballot_with_company, "shape", "shape"),
    (no_setup, "order", "order"),
    (proof_of_another_election, "election", "election"),
]

MISSED_BY_THE_TOOL = [
    ("same ballot twice", lambda: start().cast(FIRST, FIRST), "duplicate", "duplicate"),
    ("replay of an older ballot", lambda: start().cast(FIRST, AGAIN, FIRST), "credential_used", "duplicate"),
    ("false number of ballots", false_number, "count", "count"),
    ("several votes a credential", two_votes_a_credential, "weight", "weight"),
    ("ballot after the end", ballot_after_the_end, "order", "order"),
    ("second end", second_end, "order", "order"),
    ("election in another order", election_in_another_order, "canonical", "shape"),
    ("question in another order", question_in_another_order, "canonical", "shape"),
    ("credentials in another order", credentials_in_another_order, "credential_list", "credential_list"),
    ("ceremony in another spelling", ceremony_in_another_spelling, "certificate", "canonical"),
]


@pytest.mark.parametrize(
    ("attack", "ours", "theirs"), REFUSED_BY_ALL, ids=lambda case: getattr(case, "__name__", str(case))
)
def test_attack_is_refused_by_all_three(attack: Callable[[], Forger], ours: str, theirs: str) -> None:
    record = attack().archive()

    assert (we_say(record), verifier_says(record)) == (ours, theirs)
    assert not tool_accepts(record)


@pytest.mark.parametrize(
    ("name", "attack", "ours", "theirs"), MISSED_BY_THE_TOOL, ids=lambda case: getattr(case, "__name__", str(case))
)
def test_attack_that_debians_tool_misses_is_refused_by_us(
    name: str, attack: Callable[[], Forger], ours: str, theirs: str
) -> None:
    record = attack().archive()

    assert (we_say(record), verifier_says(record)) == (ours, theirs)
    assert tool_accepts(record)


def test_second_ballot_of_one_member_is_refused_by_us_and_counted_last_by_the_others() -> None:
    record = start().cast(FIRST, SECOND, AGAIN).count(SECOND, AGAIN).archive()

    found = verified(record)

    assert we_say(record) == "credential_used"
    assert (found.votes, found.ballots, len(found.voted)) == ([[0, 2]], 3, 2)
    assert tool_accepts(record)


def flipped(place: int) -> bytes:
    record = bytearray(start().cast(FIRST).archive())
    record[place] ^= 1
    return bytes(record)


@pytest.mark.parametrize("place", [0, 110, 140, 530, 700, 1100, 1140, 1300, 2047, 6000, -513, -1])
def test_one_changed_bit_anywhere_is_noticed(place: int) -> None:
    assert we_say(flipped(place)) != "fine"
    assert verifier_says(flipped(place)) != "fine"


@pytest.mark.parametrize("place", [140, 1100, 6000])
def test_one_changed_bit_is_noticed_by_the_tool_too(place: int) -> None:
    assert not tool_accepts(flipped(place))


@pytest.mark.parametrize("cut", [1, 512, 700, 5000])
def test_truncated_archive_is_refused(cut: int) -> None:
    record = start().cast(FIRST, SECOND).archive()[:-cut]

    assert we_say(record) in {"record", "chain"}
    assert verifier_says(record) in {"record", "chain"}


@pytest.mark.parametrize("record", [b"", b"x", b"\0" * 1024, b"\xff" * 2048, archive.write_header(5)])
def test_file_that_is_no_archive_is_refused(record: bytes) -> None:
    assert we_say(record) in {"header", "order"}
    assert verifier_says(record) in {"header", "chain"}


def test_record_with_a_time_of_its_own_is_refused() -> None:
    record = start().archive() + archive.write_data(FIRST, 1_790_000_001)

    assert (we_say(record), verifier_says(record)) == ("record", "record")


def test_broken_chain_is_refused() -> None:
    forger = start()
    forger.parent = "0" * 64
    record = forger.cast(FIRST).archive()

    assert (we_say(record), verifier_says(record)) == ("chain", "chain")
    assert not tool_accepts(record)


def test_skipped_height_is_refused() -> None:
    forger = start()
    forger.height += 1
    record = forger.cast(FIRST).archive()

    assert (we_say(record), verifier_says(record)) == ("chain", "chain")


def test_event_of_a_kind_nobody_knows_is_refused() -> None:
    parent = start().parent
    event = json.dumps({"parent": parent, "height": 1, "type": "Shuffle"}, separators=(",", ":")).encode()
    record = start().archive() + archive.write_event(event, 1_790_000_000)

    assert (we_say(record), verifier_says(record)) == ("chain", "chain")


def second_part() -> bytes:
    """The trustee decrypts the same sums twice, each time with a proof that holds."""
    *_, (_, tally), (_, part), _ = start().count().events
    forger = start().add(Happening.END_BALLOTS).add(Happening.ENCRYPTED_TALLY, *tally)
    forger.add(Happening.PARTIAL_DECRYPTION, *part)
    key = E.committee.private_keys[1]
    again = write_part(decrypt_part(E.election, empty_tally(E.election), key, random_below=chance(7).randrange))
    return forger.add(Happening.PARTIAL_DECRYPTION, again, write_owned_part(again, 1)).archive()


def test_second_part_of_one_trustee_is_refused() -> None:
    record = second_part()

    assert (we_say(record), verifier_says(record)) == ("owner", "owner")


def test_part_put_in_twice_is_refused() -> None:
    *_, (_, tally), (_, part), _ = start().count().events
    forger = start().add(Happening.END_BALLOTS).add(Happening.ENCRYPTED_TALLY, *tally)
    forger.add(Happening.PARTIAL_DECRYPTION, *part).add(Happening.PARTIAL_DECRYPTION, *part)

    assert (we_say(forger.archive()), verifier_says(forger.archive())) == ("owner", "duplicate")


@pytest.mark.parametrize(
    "owned", [b'{"owner":7,"payload":"%s"}', b'{"owner":1,"payload":"00"}', b'{"owner":0,"payload":"%s"}']
)
def test_part_of_a_trustee_who_does_not_exist_is_refused(owned: bytes) -> None:
    *_, (_, tally), (_, (share, _)), _ = start().count().events
    forger = start().add(Happening.END_BALLOTS).add(Happening.ENCRYPTED_TALLY, *tally)
    named = owned.replace(b"%s", archive.record_name(share).encode())
    record = forger.add(Happening.PARTIAL_DECRYPTION, share, named).archive()

    assert we_say(record) in {"owner", "shape"}
    assert verifier_says(record) == "owner"


def test_end_of_ballots_with_data_is_refused() -> None:
    record = start().add(Happening.END_BALLOTS, b"{}").archive()

    assert (we_say(record), verifier_says(record)) == ("shape", "shape")


def test_record_nobody_names_is_refused() -> None:
    record = start().archive() + archive.write_data(b"{}", 1_790_000_000)

    assert (we_say(record), verifier_says(record)) == ("chain", "chain")


def test_setup_that_names_other_records_is_refused() -> None:
    forger = Forger(E)
    data = (E.election.raw, E.committee.trustees.raw, E.listed.raw)
    other = make_credential_list([])
    record = forger.add(Happening.SETUP, *data, chain.write_setup(*data[:2], other.raw)).archive()

    assert (we_say(record), verifier_says(record)) == ("shape", "setup")


@pytest.mark.parametrize("ballots", [(), (FIRST,), (FIRST, SECOND, THIRD)])
def test_honest_election_is_accepted_by_all_three(ballots: tuple[bytes, ...]) -> None:
    record = start().cast(*ballots).count(*ballots).archive()

    assert (we_say(record), verifier_says(record)) == ("fine", "fine")
    assert tool_accepts(record)


def test_every_prefix_of_an_honest_archive_is_accepted() -> None:
    election = opened("VoteForTests11", (STRIKE, COMMITTEE))
    ballots = [ballot_of(election, 0, (YES, BLANK)), ballot_of(election, 1, (NO, ALMA))]
    forger = Forger(election).setup().cast(*ballots).count(*ballots)

    ends = [end for end, record in enumerate(forger.records, 1) if b".event.json" in record[:100]]

    assert [verifier_says(b"".join(forger.records[:end])) for end in ends] == ["fine"] * 7
    assert [we_say(b"".join(forger.records[:end])) for end in ends] == ["fine"] * 7
