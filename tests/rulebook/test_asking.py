"""What somebody typed to find a person, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.asking import Asked, asked, codes_of, forms_of, words_near


@pytest.mark.parametrize("text", ["", "   ", "…", "-"])
def test_nothing_asked(text):
    assert asked(text) == Asked()


@pytest.mark.parametrize("text", ["(213) 555-0142", "213.555.0142", "2135550142", "213 555 0142"])
def test_phone_is_its_digits_however_written(text):
    assert asked(text).digits == "2135550142"


def test_id_is_found_with_and_without_its_zeros():
    assert asked("00123").codes == asked("123").codes == codes_of("123")
    assert {"=123", "=0123", "=00000123"} < set(codes_of("123"))


def test_mail_is_asked_as_a_whole():
    assert asked(" Rosa@Example.org ") == Asked(mail="rosa@example.org")


def test_name_is_folded_and_carries_its_short_forms():
    words = asked("García, Beto").words
    assert (words[0], words[1][0], "alberto" in words[1]) == (("garcia",), "beto", True)


@pytest.mark.parametrize(("text", "code"), [("m-1042", "=M-1042"), ("E7", "=E7")])
def test_letters_with_digits_may_be_an_id(text, code):
    assert asked(text).codes == (code,)
    assert asked(text).words


def test_short_form_leads_both_ways():
    assert "william" in forms_of("bill")
    assert "bill" in forms_of("william")
    assert forms_of("unheardof") == ()


@pytest.mark.parametrize(
    ("typed", "first"),
    [("gracia", "garcia"), ("mendz", "mendez"), ("hernandes", "hernandez"), ("harutyun", "harutyunyan")],
)
def test_mistyped_word_leads_to_the_closest(typed, first):
    words = ["garcia", "mendez", "hernandez", "harutyunyan", "smith", "park"]
    assert words_near(typed, words)[:1] == [first]


def test_too_short_or_too_far_leads_nowhere():
    assert words_near("ga", ["garcia"]) == []
    assert words_near("xyzzy", ["garcia", "park"]) == []


@given(st.text(max_size=150))
def test_every_text_can_be_asked(text):
    found = asked(text)
    assert len(found.words) <= 6
    assert sum(map(bool, (found.words, found.digits, found.mail))) <= 1


@given(st.lists(st.text("abcde", min_size=1, max_size=6), max_size=20), st.text("abcde", min_size=3, max_size=6))
def test_words_near_come_from_the_list_once(words, typed):
    near = words_near(typed, words)
    assert len(near) == len(set(near)) <= 12
    assert set(near) <= set(words)
    assert (typed in words) == (typed in near[:1])
