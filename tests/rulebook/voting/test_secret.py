"""A secret does not leave by accident."""

from __future__ import annotations

import copy
import json
import logging
import pickle

import pytest

from tests.factories.voting import YES, opened
from unionhall.rulebook.voting.disjunction import Opening
from unionhall.rulebook.voting.secret import Secret

CANARY = "2Can4ryCan4ryX"


def test_secret_prints_nothing_of_itself() -> None:
    secret = Secret(CANARY)

    shown = f"{secret} {secret!r} {[secret]} {secret!s:>30}{secret} {secret!r}" + logging.Formatter().format(
        logging.makeLogRecord({"msg": "%s", "args": (secret,)})
    )

    assert CANARY not in shown
    assert secret.reveal() == CANARY


@pytest.mark.parametrize(
    "leave", [pickle.dumps, copy.copy, copy.deepcopy, json.dumps], ids=lambda leave: leave.__name__
)
def test_secret_does_not_leave_the_process(leave: object) -> None:
    with pytest.raises(TypeError):
        leave(Secret(CANARY))  # type: ignore[operator]


def test_secrets_are_equal_by_value_and_unhashable() -> None:
    assert Secret(5) == Secret(5)
    assert Secret(5) != Secret(6)
    assert Secret("5") != "5"
    with pytest.raises(TypeError):
        hash(Secret(5))


def test_an_open_election_and_marks_show_no_credential_and_no_choice() -> None:
    election = opened()
    shown = repr(election) + repr(YES)

    assert not any(credential.reveal() in shown for credential in election.credentials)
    assert repr(YES) == "Marks(…)"
    assert "count" not in repr(Opening(1, Secret(5)))
