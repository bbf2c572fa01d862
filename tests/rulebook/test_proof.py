"""The proof of work: what solves it, what never does, and that its price doubles with each bit."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.proof import CHALLENGE_SIGNS, is_solved, leading_zero_bits, solve

challenges = st.text("0123456789abcdef", min_size=CHALLENGE_SIGNS, max_size=CHALLENGE_SIGNS)


@given(challenges, st.integers(0, 9))
def test_what_solve_finds_is_solved_and_is_the_least(challenge, bits):
    answer = solve(challenge=challenge, bits=bits)
    assert is_solved(challenge=challenge, answer=answer, bits=bits)
    assert not any(is_solved(challenge=challenge, answer=str(less), bits=bits) for less in range(int(answer)))


@given(challenges, st.integers(0, 10**6), st.integers(1, 16))
def test_a_solution_of_more_bits_solves_fewer(challenge, number, bits):
    if is_solved(challenge=challenge, answer=str(number), bits=bits):
        assert is_solved(challenge=challenge, answer=str(number), bits=bits - 1)


@given(st.binary(min_size=1, max_size=32))
def test_leading_zero_bits_are_those_of_the_digits_written_out(digest):
    written = "".join(f"{byte:08b}" for byte in digest)
    assert leading_zero_bits(digest) == len(written) - len(written.lstrip("0"))


@pytest.mark.parametrize("answer", ["", "-1", "1.0", " 1", "١", "x", "1" * 13, "1e3"])
def test_what_is_no_plain_number_solves_nothing(answer):
    assert not is_solved(challenge="a" * CHALLENGE_SIGNS, answer=answer, bits=0)


@pytest.mark.parametrize("challenge", ["", "a" * 63, "a" * 65, "á" * 64])
def test_a_challenge_of_another_length_is_never_solved(challenge):
    assert not is_solved(challenge=challenge, answer="1", bits=0)


def test_the_hash_is_plain_sha_256_of_both_written_together():
    answer = solve(challenge="b" * CHALLENGE_SIGNS, bits=8)
    assert sha256(("b" * CHALLENGE_SIGNS + answer).encode()).digest()[0] == 0
