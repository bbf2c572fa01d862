"""Short codes: every slip of one letter, and every two that changed places, are noticed."""

from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.short_codes import ALPHABET, LENGTH, Mistake, make_code, read_code, show_code

codes = st.integers(0, 2**32).map(lambda seed: make_code(random.Random(seed).randrange))


@given(codes)
def test_code_is_read_however_it_is_written(code: str) -> None:
    for typed in (code, code.lower(), show_code(code), f"  {code[:4]} {code[4:]}.", f"{code[:2]}–{code[2:]}"):
        assert read_code(typed).code == code


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_noticed(code: str, place: int, letter: str) -> None:
    wrong = code[:place] + letter + code[place + 1 :]

    assert read_code(wrong).mistake == (Mistake.NONE if wrong == code else Mistake.CHECK)


@given(codes)
def test_two_letters_that_changed_places_are_noticed(code: str) -> None:
    for one, other in combinations(range(LENGTH), 2):
        letters = list(code)
        letters[one], letters[other] = letters[other], letters[one]
        if code[one] != code[other]:
            assert read_code("".join(letters)).mistake == Mistake.CHECK


def test_what_no_code_can_be_says_why() -> None:
    assert read_code(" - ").mistake == Mistake.EMPTY
    assert read_code("CDFG").mistake == Mistake.LENGTH
    assert read_code("CDFG-HJKO") == read_code("cdfg hjko")
    assert read_code("CDFG-HJKO").letter == "O"
    assert read_code("CDFG-HJKO").mistake == Mistake.LETTER
