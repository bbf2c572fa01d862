"""The inks of both skins can be read; a skin that cannot is refused with its reason."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.ui import contrast

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize("skin", contrast.SKINS)
def test_skin_passes_every_pair(skin: str) -> None:
    found = contrast.check_skin(skin, contrast.tokens_of(skin))

    assert len(found) == len(contrast.PAIRS)


@pytest.mark.parametrize(
    ("skin", "over", "under", "light", "dark"),
    [
        ("purple", "text", "paper", 15.9, 16.4),
        ("purple", "ink1-text", "paper-2", 8.1, 9.2),
        ("purple", "on-ink2", "ink2", 10.1, 10.1),
        ("red", "text-soft", "paper-2", 5.8, 9.2),
        ("red", "on-ink1", "ink1", 5.9, 5.9),
        ("red", "ink2", "ink1", 3.5, 3.5),
    ],
)
def test_measures_are_those_of_the_design(skin: str, over: str, under: str, light: float, dark: float) -> None:
    found = {(it.pair.over, it.pair.under): it for it in contrast.measures(contrast.tokens_of(skin))}

    measured = found[over, under]
    assert (round(measured.light, 1), round(measured.dark, 1)) == (light, dark)


def test_skin_that_fails_is_refused_with_each_failing_pair() -> None:
    tokens = dict(contrast.tokens_of("purple")) | {"ink1": ("#b080e0", "#b080e0")}

    with pytest.raises(contrast.UnreadableSkin) as refusal:
        contrast.check_skin("lilac", tokens)

    assert refusal.value.fields["skin"] == "lilac"
    assert "on-ink1 / ink1: 2.8 < 5.0" in refusal.value.fields["pairs"]


@given(one=COLORS, other=COLORS)
def test_ratio_is_symmetric_and_between_1_and_21(one: str, other: str) -> None:
    value = contrast.ratio(one, other)

    assert value == contrast.ratio(other, one)
    assert 1 <= value <= 21.0001


def test_ratio_of_black_and_white_is_21() -> None:
    assert (round(contrast.ratio("#000", "#ffffff"), 6), contrast.ratio("#777777", "#777777")) == (21.0, 1.0)


def test_luminance_refuses_what_is_no_color() -> None:
    with pytest.raises(ValueError, match="#12345 is no color"):
        contrast.luminance("#12345")


def test_no_color_stands_outside_the_tokens() -> None:
    color = re.compile(r":[^;{}]*#[0-9a-fA-F]{3,8}\b")
    strays = [
        f"{path.name}: {match}"
        for path in sorted(contrast._FOLDER.glob("components/*.css"))
        for match in color.findall(path.read_text("utf-8"))
    ]

    assert strays == []
