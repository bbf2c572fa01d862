"""One style sheet a kind of page: the layered files put together, without comments and air.

A sheet in `static/ui/` (public.css, hall.css, guide.css) is a list of `@import`s and works as it lies, at one request
a file. `flatten` makes one file of it under the same name.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

IMPORT: Final = re.compile(
    r'@import\s+url\("(?P<name>[^"]+)"\)(?:\s+layer\((?P<layer>[\w.-]+)\))?(?:\s+(?P<media>[^;]+?))?\s*;'
)
COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
TWO_SCHEMES: Final = re.compile(r"light-dark\(([^(),]+),\s*([^(),]+)\)")
RULE: Final = re.compile(r"(?P<selector>[^{}]+)\{(?P<body>[^{}]*)\}")


def flatten(sheet: Path) -> str:
    """The sheet with every import in place of its line, each in its layer and medium, minified.

    sheet: a file of imports and rules; imports are read relative to it. Raises FileNotFoundError for a missing one.
    """
    return minify(_inline(sheet))


def _inline(sheet: Path) -> str:
    def put(match: re.Match[str]) -> str:
        css = with_older_browsers(_inline(sheet.parent / match["name"]))
        if media := match["media"]:
            css = f"@media {media}{{{css}}}"
        return f"@layer {match['layer']}{{{css}}}" if match["layer"] else css

    return IMPORT.sub(put, COMMENT.sub("", sheet.read_text("utf-8")))


def with_older_browsers(css: str) -> str:
    """Token blocks said twice: first in the light scheme alone, then, where `light-dark()` is known, in both.

    A custom property takes any text, so a browser of 2023 would keep `light-dark(...)` and lose every color.
    """
    first = re.search(r"--[\w-]+:\s*light-dark\(", css)
    if not first:
        return css
    blocks = []
    for match in RULE.finditer(css):
        pairs = [line.strip() for line in match["body"].split(";") if "light-dark(" in line]
        if pairs:
            blocks.append(f"{match['selector'].strip()}{{{';'.join(pairs)}}}")
    plain = TWO_SCHEMES.sub(lambda pair: pair[1].strip(), css)
    return f"{plain}@supports (color:light-dark(#000,#fff)){{{''.join(blocks)}}}"


def minify(css: str) -> str:
    """The same rules in fewer bytes. Text between double quotes is left as it is."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f'"{len(kept) - 1}"'

    css = STRING.sub(keep, COMMENT.sub("", css))
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r": ", ":", css)
    css = css.replace(";}", "}").strip()
    return re.sub(r'"(\d+)"', lambda match: kept[int(match[1])], css)
