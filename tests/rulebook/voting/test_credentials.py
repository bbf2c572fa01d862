"""Credentials: what a member types, and what the election lists."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.voting import chance
from unionhall.rulebook.voting.checks import Check, CheckFailed
from unionhall.rulebook.voting.credentials import (
    generate_credential,
    generate_uuid,
    make_credential_list,
    public_credential,
    read_credential,
    read_credential_list,
    signing_key,
)
from unionhall.rulebook.voting.election import BASE58
from unionhall.rulebook.voting.group import BELENIOS_2048 as GROUP
from unionhall.rulebook.voting.secret import Secret

G = str(GROUP.g)


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_generated_credential_is_read_back_however_it_is_typed(seed: int) -> None:
    credential = generate_credential(random_below=chance(seed).randrange)
    typed = credential.reveal()

    assert len(typed) == 19
    assert read_credential(typed) == credential
    assert read_credential(typed.replace("-", "")) == credential
    assert read_credential(f" {typed.replace('-', ' ')} ") == credential


@settings(deadline=None)
@given(st.integers(0, 10**9), st.sampled_from([0, 1, 4, 18]), st.sampled_from(BASE58))
def test_one_wrong_character_is_noticed(seed: int, place: int, other: str) -> None:
    typed = generate_credential(random_below=chance(seed).randrange).reveal()
    wrong = typed[:place] + other + typed[place + 1 :]
    distance = abs(BASE58.find(other) - BASE58.find(typed[place]))

    if wrong != typed and distance % 53:  # two characters 53 apart weigh the same: five pairs of the 58
        with pytest.raises(CheckFailed) as caught:
            read_credential(wrong)
        assert caught.value.check == Check.CREDENTIAL_TEXT
        assert typed not in str(caught.value)


@pytest.mark.parametrize("typed", ["", "ABC", "O" * 15, "l" * 15, "1" * 16])
def test_what_is_no_credential_is_refused(typed: str) -> None:
    with pytest.raises(CheckFailed):
        read_credential(typed)


def test_value_that_53_divides_ends_as_belenios_tool_writes_it() -> None:
    assert read_credential("paJ-VJS-a9G-brE-xyv").reveal() == "paJ-VJS-a9G-brE-xyv"
    assert generate_credential(random_below=lambda bound: 0).reveal() == "111-111-111-111-11v"
    with pytest.raises(CheckFailed):
        read_credential("111-111-111-111-111")


def test_credential_gives_an_unrelated_key_in_every_election() -> None:
    credential = Secret("111-111-111-111-11v")

    keys = [signing_key(credential, uuid=uuid, group=GROUP) for uuid in ("VoteForTests11", "VoteForTests12")]

    assert keys[0] != keys[1]
    assert GROUP.is_element(public_credential(keys[0], group=GROUP))


def test_uuid_has_fourteen_characters() -> None:
    assert len(generate_uuid(random_below=chance().randrange)) == 14


def test_list_is_in_order_of_value_and_read_back() -> None:
    keys = [GROUP.base.power(exponent) for exponent in (5, 3, 9)]

    listed = make_credential_list(keys)
    again = read_credential_list(listed.raw, group=GROUP, random_below=chance().randrange)

    assert listed.raw == ('["' + '","'.join(map(str, sorted(keys))) + '"]').encode()
    assert again == listed
    assert len(again) == 3
    assert keys[0] in again


def test_key_listed_twice_is_not_published() -> None:
    with pytest.raises(CheckFailed) as caught:
        make_credential_list([GROUP.g, GROUP.g])

    assert caught.value.check == Check.CREDENTIAL_LIST


@pytest.mark.parametrize(
    ("raw", "check"),
    [
        (f'["{G}","{G}"]', Check.CREDENTIAL_LIST),
        (f'["{G},2"]', Check.WEIGHT),
        (f'[ "{G}"]', Check.CANONICAL),
        ('["2"]', Check.ELEMENT),
        ('["02"]', Check.NUMBER),
        ("[2]", Check.SHAPE),
        ("{}", Check.SHAPE),
        ("[", Check.SYNTAX),
    ],
)
def test_list_that_is_not_as_it_must_be_is_refused(raw: str, check: Check) -> None:
    with pytest.raises(CheckFailed) as caught:
        read_credential_list(raw.encode(), group=GROUP, random_below=chance().randrange)

    assert caught.value.check == check
