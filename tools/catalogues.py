"""The language catalogues: what a slice asks to be translated, and what its Spanish file answers.

Extraction is Babel's for Python and Django's own reading of templates, so neither checking nor collecting needs
gettext. `tools/translations.py` checks with it, `tools/messages.py` writes with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
LANGUAGE = "es"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "_": None,
}
MessageId = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One text to translate: its id (a pair where there is a plural), context and place ("file:line")."""

    id: MessageId
    context: str | None
    place: str

    @property
    def key(self) -> tuple[str, str | None]:
        """What a catalogue looks it up by."""
        return (self.id if isinstance(self.id, str) else self.id[0], self.context)


def slices(root: Path = ROOT) -> list[Path]:
    """The folders of the slices that have something to say in two languages, in the order of the alphabet."""
    return [path for path in sorted((root / "src/unionhall").iterdir()) if (path / "__init__.py").exists()]


def catalogue_path(folder: Path) -> Path:
    """Where the Spanish of a slice stands."""
    return folder / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def messages(folder: Path) -> Iterator[Message]:
    """Every text of a slice's Python and templates, file by file, line by line."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield from read(path, path.read_text("utf-8"), folder)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            code = templatize(path.read_text("utf-8"), origin=str(path))
            yield from read(path, "\n".join(line.lstrip() for line in code.split("\n")), folder)


def read(path: Path, code: str, folder: Path) -> Iterator[Message]:
    """The texts of one file's Python, or of a template turned into Python."""
    place = path.relative_to(folder.parent).as_posix()
    for line, ids, _comments, context in extract("python", BytesIO(code.encode()), keywords=KEYWORDS):
        if ids:
            yield Message(ids, context or None, f"{place}:{line}")


def load(path: Path) -> Catalog:
    """A catalogue from its file; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as source:
        return read_po(source, locale=LANGUAGE)


def compile_all(root: Path = ROOT) -> int:
    """Write the .mo beside each .po of ours, each whole or not at all; give how many there are."""
    count = 0
    for po in sorted((root / "src").glob("unionhall/*/locale/*/LC_MESSAGES/django.po")):
        draft = po.with_suffix(f".mo.{os.getpid()}")
        with draft.open("wb") as target:
            write_mo(target, load(po))
        draft.replace(po.with_suffix(".mo"))
        count += 1
    return count
