"""The two typefaces, cut down to the letters that English, Spanish and their neighbors use."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

# Latin, Latin-1, Latin Extended-A, typographic punctuation, the euro, arrows and the true minus.
LETTERS: Final = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x2030, 0x2030),
    (0x2039, 0x203A),
    (0x20AC, 0x20AC),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
)
WEIGHTS: Final = (400, 800)


@dataclass(frozen=True, slots=True)
class Face:
    """One typeface: the wheel that ships it, the file there, the name we serve it by, its weights if variable."""

    package: str
    source: str
    name: str
    variable: bool = False


FACES: Final = (
    Face("fontpkg_anton", "files/Anton-Regular.ttf", "anton"),
    Face("fontpkg_libre_franklin", "files/LibreFranklin[wght].ttf", "libre-franklin", variable=True),
)


def build_fonts(into: Path) -> list[Path]:
    """Write each face as woff2, and its license beside it; give the faces written.

    into: the folder, made where missing. What lies there under the same name is replaced.
    """
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every table otherwise
    into.mkdir(parents=True, exist_ok=True)
    written = []
    for face in FACES:
        wheel = files(face.package)
        target = into / f"{face.name}.woff2"
        _cut(Path(str(wheel / face.source)), target, variable=face.variable)
        (into / f"{face.name}-OFL.txt").write_text((wheel / "LICENSE").read_text("utf-8"), "utf-8")
        written.append(target)
    return written


def _cut(source: Path, target: Path, *, variable: bool) -> None:
    font = TTFont(source)
    if variable:
        font = instantiateVariableFont(font, {"wght": WEIGHTS})
    options = Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]
    cutter = Subsetter(options)
    cutter.populate(unicodes=[letter for first, last in LETTERS for letter in range(first, last + 1)])
    cutter.subset(font)
    font.flavor = "woff2"
    font.save(target)
