"""What the design system builds before it serves: typefaces and flat style sheets. `tools/build.py` calls this."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Final

from unionhall.ui import fonts, stylesheet

SOURCES: Final = Path(__file__).resolve().parent / "static" / "ui"
SHEETS: Final = ("public.css", "hall.css", "guide.css")


def build(into: Path) -> bool:
    """Fonts and style sheets lie in the folder, made from the sources as they are; tells whether anything was made.

    into: settings.BUILD_DIR. Files: `fonts/*.woff2` with their licenses, `ui/*.css`. A second call with nothing
    changed does nothing, so `unionhall run` may call it on every start.
    """
    stamp = into / "ui.stamp"
    mark = fingerprint()
    if stamp.is_file() and stamp.read_text("ascii") == mark:
        return False
    fonts.build_fonts(into / "fonts")
    build_sheets(into / "ui")
    stamp.write_text(mark, "ascii")
    return True


def build_sheets(into: Path) -> list[Path]:
    """Write the flat style sheets; give their paths. They win over the lists of imports of the same name."""
    into.mkdir(parents=True, exist_ok=True)
    written = []
    for name in SHEETS:
        target = into / name
        target.write_text(stylesheet.flatten(SOURCES / name), "utf-8")
        written.append(target)
    return written


def fingerprint() -> str:
    """A hash over everything that the build depends on."""
    digest = hashlib.sha256()
    for part in ("fontpkg-anton", "fontpkg-libre-franklin", "fonttools"):
        digest.update(f"{part} {version(part)}\n".encode())
    here = Path(__file__).resolve().parent
    for path in sorted([*SOURCES.rglob("*.css"), here / "fonts.py", here / "stylesheet.py", here / "build.py"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
