"""What is built: small typefaces with their licenses, one small sheet a kind of page, nothing twice."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from unionhall.ui import build, fonts, stylesheet

KB = 1024


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    assert build.build(folder) is True
    return folder


def test_second_build_does_nothing(built: Path) -> None:
    assert build.build(built) is False


def test_fonts_fit_in_48_kb_with_their_licenses(built: Path) -> None:
    folder = built / "fonts"

    assert sum(path.stat().st_size for path in folder.glob("*.woff2")) <= 48 * KB
    assert sorted(path.name for path in folder.iterdir()) == [
        "anton-OFL.txt",
        "anton.woff2",
        "libre-franklin-OFL.txt",
        "libre-franklin.woff2",
    ]
    assert "SIL OPEN FONT LICENSE" in (folder / "anton-OFL.txt").read_text("utf-8")


@pytest.mark.parametrize("name", [face.name for face in fonts.FACES])
def test_font_has_the_letters_of_both_languages(built: Path, name: str) -> None:
    letters = TTFont(built / "fonts" / f"{name}.woff2").getBestCmap()

    assert [sign for sign in "AZaz09ÁÉÍÓÚÑÜáéíóúñü¿¡«»“”’–—…€Łő" if ord(sign) not in letters] == []


@pytest.mark.parametrize(("sheet", "limit"), [("public.css", 8.5), ("hall.css", 8.5), ("guide.css", 9.5)])
def test_sheet_is_small_and_whole(built: Path, sheet: str, limit: float) -> None:
    css = (built / "ui" / sheet).read_text("utf-8")

    assert len(gzip.compress(css.encode(), 9)) <= limit * KB
    assert "@import" not in css
    assert "/*" not in css
    assert css.count("{") == css.count("}")
    assert css.startswith("@layer reset,tokens,base,layout,components,utilities;@font-face")


def test_every_component_sheet_is_in_the_guide() -> None:
    guide = (build.SOURCES / "guide.css").read_text("utf-8")

    wanted = {f"components/{path.name}" for path in (build.SOURCES / "components").glob("*.css")}
    assert set(re.findall(r"components/[\w-]+\.css", guide)) == wanted


def test_minify_keeps_meaning() -> None:
    css = '/* a */ .a :is(b) > i , .c { margin : 0 ; inline-size: calc(1px + 2px) ; content: "a ; b" ; }\n'

    assert stylesheet.minify(css) == '.a :is(b)>i,.c{margin :0;inline-size:calc(1px + 2px);content:"a ; b"}'


def test_older_browser_gets_the_light_scheme_and_a_newer_one_both() -> None:
    css = stylesheet.with_older_browsers(":root { --a: light-dark(#fff, #000); --b: 1px; }")

    assert css == (
        ":root { --a: #fff; --b: 1px; }@supports (color:light-dark(#000,#fff)){:root{--a: light-dark(#fff, #000)}}"
    )


def test_flatten_puts_layer_and_medium_around_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p { color: red }")
    (tmp_path / "all.css").write_text('@import url("a.css") layer(utilities) print;')

    assert stylesheet.flatten(tmp_path / "all.css") == "@layer utilities{@media print{p{color:red}}}"


def test_pictures_and_icons_are_light() -> None:
    weights = {path.name: len(gzip.compress(path.read_bytes(), 9)) / KB for path in build.SOURCES.glob("*.svg")}
    hero = build.SOURCES.parents[1] / "templates" / "ui" / "pictures" / "hero.html"

    assert {name: weight for name, weight in weights.items() if weight > 12} == {}
    assert weights["icons.svg"] <= 2
    assert len(gzip.compress(hero.read_bytes(), 9)) <= 10 * KB
