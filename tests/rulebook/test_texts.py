"""Parts of a text message, counted."""

from __future__ import annotations

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.texts import ALONE, BASIC, EXTENDED, JOINED, Encoding, TextCost, text_cost

GSM = st.text(alphabet=sorted(BASIC | EXTENDED), max_size=700)
PLAIN = st.text(alphabet=sorted(BASIC), max_size=700)


@pytest.mark.parametrize("letter", list("éñüÉÑÜ¿¡€@£"))
def test_letters_of_the_gsm_alphabet_stay_cheap(letter):
    assert text_cost(f"Manana {letter}").encoding == Encoding.GSM7


@pytest.mark.parametrize("letter", list("áíóúÁÍÓÚ’“…ç✊"))
def test_other_letters_force_the_dear_encoding_and_are_named(letter):
    assert text_cost(f"ma{letter}z {letter} é") == TextCost(
        encoding=Encoding.UCS2, units=len(f"ma{letter}z {letter} é"), segments=1, room=62, dear=(letter,)
    )


@pytest.mark.parametrize(
    ("text", "units", "segments", "room"),
    [
        ("", 0, 1, 160),
        ("a" * 160, 160, 1, 0),
        ("a" * 161, 161, 2, 145),
        ("a" * 306, 306, 2, 0),
        ("a" * 307, 307, 3, 152),
        ("€" * 80, 160, 1, 0),
        ("€" * 81, 162, 2, 143),
        ("a" * 152 + "€" * 5, 162, 2, 143),
        ("ó" * 70, 70, 1, 0),
        ("ó" * 71, 71, 2, 63),
        ("✊" + "🪧" * 35, 71, 2, 63),
        ("🪧" * 36, 72, 2, 61),
    ],
)
def test_parts_are_counted_as_carriers_bill_them(text, units, segments, room):
    found = text_cost(text)

    assert (found.units, found.segments, found.room) == (units, segments, room)


def test_dear_letters_are_named_once_in_their_order():
    assert text_cost("¿Irás? Sí, allá… allá").dear == ("á", "í", "…")


@given(PLAIN)
def test_plain_letters_are_counted_by_division(text):
    expected = 1 if len(text) <= 160 else ceil(len(text) / 153)

    assert text_cost(text).segments == expected


@given(st.one_of(GSM, st.text(max_size=300)))
def test_a_phone_that_packs_letter_by_letter_agrees(text):
    found = text_cost(text)
    if found.encoding is Encoding.GSM7:
        letters = [letter.replace(letter, "\x1b" + letter) if letter in EXTENDED else letter for letter in text]
    else:
        letters = [letter.encode("utf-16-be", "surrogatepass").hex(" ", 2).split() for letter in text]
    limit = ALONE[found.encoding] if sum(map(len, letters)) <= ALONE[found.encoding] else JOINED[found.encoding]
    parts: list[int] = [0]
    for letter in letters:
        if parts[-1] + len(letter) > limit:
            parts.append(0)
        parts[-1] += len(letter)

    assert (found.units, found.segments, found.room) == (sum(parts), len(parts), limit - parts[-1])


@given(st.text(max_size=200), st.text(max_size=200))
def test_more_words_never_cost_less(text, more):
    assert text_cost(text + more).segments >= text_cost(text).segments


@given(st.text(max_size=400))
def test_dear_letters_are_there_exactly_when_the_encoding_is_dear(text):
    found = text_cost(text)

    assert (found.encoding is Encoding.UCS2) is bool(found.dear)
    assert set(found.dear) <= set(text)
