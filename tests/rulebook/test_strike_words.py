"""Which words wait for an officer or counsel."""

import pytest

from unionhall.rulebook.strike_words import speaks_of_a_strike


@pytest.mark.parametrize(
    "text",
    [
        "Strike on Monday",
        "we are STRIKING",
        "A walk-out at noon",
        "walkout",
        "Huelga general",
        "un paro de un día",
        "Impasse was declared",
        "no habrá paros",
        "sickout",
    ],
)
def test_words_for_a_strike_are_found_in_both_languages(text):
    assert speaks_of_a_strike(["Nothing here", text])


@pytest.mark.parametrize(
    "text",
    ["Pickets at schools on Monday", "Informational picket", "el parque", "para todos", "striped shirts", "reparo", ""],
)
def test_other_words_are_left_alone(text):
    assert not speaks_of_a_strike([text])
