"""The verifier's own arithmetic, against Python's and against the rulebook's, which shares no line with it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unionhall.rulebook.voting.group import BELENIOS_2048 as GROUP
from unionhall.rulebook.voting.hashing import challenge
from unionhall_verify import numbers

exponents = st.integers(0, int(numbers.Q) - 1)
few = settings(max_examples=15, deadline=None)


def test_group_is_the_rulebooks() -> None:
    assert (GROUP.p, GROUP.q, GROUP.g, GROUP.name) == (numbers.P, numbers.Q, numbers.G, numbers.GROUP)


@few
@given(exponents, exponents, exponents)
def test_powers_are_pythons(base: int, first: int, second: int) -> None:
    element = numbers.power(numbers.G, base)

    found = numbers.powers(element, [first, second])

    assert element == pow(int(numbers.G), base, int(numbers.P))
    assert found == [pow(int(element), first, int(numbers.P)), pow(int(element), second, int(numbers.P))]


def test_powers_without_gmpy2_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = numbers.powers(numbers.G, [3, 5])

    monkeypatch.setattr(numbers, "FAST", False)

    assert numbers.powers(numbers.G, [3, 5]) == expected


@pytest.mark.parametrize("size", [3, 250])
@pytest.mark.parametrize("outsider", [0, 3, numbers.P, numbers.P - 1, numbers.P - numbers.G])
def test_one_outsider_among_many_is_found(size: int, outsider: int) -> None:
    members = [numbers.power(numbers.G, exponent) for exponent in range(1, size)]

    assert numbers.are_elements(members)
    assert not numbers.are_elements([*members, outsider])


@few
@given(st.text("0123456789|,abc", max_size=80))
def test_challenge_is_the_rulebooks(text: str) -> None:
    assert numbers.challenge(f"{text}|7") == challenge(text, [7], GROUP.q)
