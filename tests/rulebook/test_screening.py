"""What of a note may not be kept."""

from __future__ import annotations

import pytest

from unionhall.rulebook.screening import screened


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She will bring two coworkers on Friday. Call 213-555-0142.", ()),
        ("Her SSN is 123-45-6789", ("number",)),
        ("seguro social termina en 6789", ("number",)),
        ("employee 000-12-3456, paid 1,200", ()),
        ("afraid, she is undocumented", ("immigration",)),
        ("Dice que está sin papeles y que vio a la migra", ("immigration",)),
        ("ICE was at the gate", ("immigration",)),
        ("ice on the stairs; nice talk; la enfermera del plantel", ()),
        ("le diagnosticaron diabetes; está embarazada", ("health",)),
        ("out for surgery, on DACA", ("health", "immigration")),
        ("", ()),
    ],
)
def test_words_that_may_not_be_kept_are_found_in_both_languages(text: str, found: tuple[str, ...]) -> None:
    assert screened(text) == found
