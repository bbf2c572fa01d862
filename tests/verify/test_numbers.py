"""The verifier's own arithmetic, against Python's and against the rulebook's, which shares no line with it."""

from __future__ import annotations

import runpy
import sys

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
@given(exponents, exponents)
def test_powers_are_pythons(first: int, second: int) -> None:
    p = int(numbers.P)
    element = pow(int(numbers.G), first, p)

    assert numbers.power(numbers.G, first) == element
    assert numbers.power_of_few((element,), second) == pow(element, second, p)


@few
@given(st.lists(exponents, min_size=1, max_size=6), exponents)
def test_power_of_a_product_is_the_product_of_the_powers(logarithms: list[int], exponent: int) -> None:
    bases = tuple(numbers.power(numbers.G, one) for one in logarithms)
    expected = numbers.power(numbers.G, sum(logarithms) * exponent % numbers.Q)

    assert numbers.power_of_few(bases, exponent) == expected


def test_bare_python_counts_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gmpy2", None)

    bare = runpy.run_path(numbers.__file__)

    assert bare["number"] is int
    assert bare["power"](bare["G"], 5) == numbers.power(numbers.G, 5)
    assert bare["power_of_few"]((3, 4), 5) == 12**5


@pytest.mark.parametrize("size", [3, 250])
@pytest.mark.parametrize("outsider", [0, 3, numbers.P, numbers.P - 1, numbers.P - numbers.G])
def test_one_outsider_among_many_is_found(size: int, outsider: int) -> None:
    members = [numbers.power(numbers.G, exponent) for exponent in range(1, size)]

    assert numbers.are_elements(members)
    assert not numbers.are_elements([*members, outsider])


@few
@given(st.text("0123456789|,abc", max_size=80))
def test_challenge_is_the_rulebooks(text: str) -> None:
    assert numbers.challenge(text, [7, 8]) == challenge(text, [7, 8], GROUP.q)
