"""Known and unknown contacts, asked for in pairs."""

from __future__ import annotations

from unionhall.bench import timings


def test_pairs_are_asked_in_turn_each_first_as_often_as_the_other():
    asked: list[str] = []

    def ask(contact: str) -> float:
        asked.append(contact)
        return 0.02 if contact == timings.KNOWN else 0.01

    assert timings.measure(ask, pairs=4) == (0.02, 0.01, 2.0)
    assert [contact == timings.KNOWN for contact in asked] == [True, False, False, True] * 2
