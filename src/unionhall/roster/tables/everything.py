"""Everything the local holds, written into a folder or one ZIP file, with a README in both languages and checksums."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final, Protocol

from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.hooks import OpenFile
from unionhall.foundation.open_files import csv_pieces, open_files
from unionhall.roster.queries.export_sheets import ExportFilter, sheet_for
from unionhall.roster.tables.exports import Written, sha256_of
from unionhall.rulebook.cells_out import IMPRINT_HEAD, Imprint

SUMS: Final = "SHA256SUMS"
README: Final = "README.txt"
SUFFIX: Final = ".zip"
_LISTS: Final = {
    "people": Bilingual(
        en="everybody, one line for each person and job; `unionhall import people` reads it back",
        es="todas las personas, una línea por persona y puesto; `unionhall import people` lo vuelve a leer",
    ),
    "worksites": Bilingual(
        en="every worksite; `unionhall import worksites` reads it back",
        es="todos los planteles y lugares de trabajo; `unionhall import worksites` lo vuelve a leer",
    ),
    "matches": Bilingual(
        en="lines of lists of which nobody was sure, with the persons they may be",
        es="líneas de listas que no estaban claras, con las personas que podrían ser",
    ),
}


class Target(Protocol):
    """Where the files go."""

    def put(self, path: str, pieces: Iterable[bytes]) -> None:
        """Write one file, its parts parted by "/"."""


def write_everything(
    path: Path, imprint: Imprint, *, on: date, step: Callable[[str], None] = lambda name: None
) -> Written:
    """Write every table, page and upload below that path: a ZIP file where it ends in .zip, else a folder.

    A folder must be empty or not there yet. on: the day whose districts are told. step: told the name of each file.
    Secrets stay in the house: passwords, second factors, tokens, keys. Gives how many files there are, and the checksum
    of the ZIP file or of SHA256SUMS. Raises FileExistsError, OSError.
    """
    sums: list[str] = []
    written: list[OpenFile] = []
    with _opened(path) as target:
        for file in (*_lists(imprint, on), *open_files()):
            step(file.path)
            digest = hashlib.sha256()
            target.put(file.path, _noted(file.pieces(), digest.update))
            sums.append(f"{digest.hexdigest()}  {file.path}\n")
            written.append(file)
        readme = _readme(written, imprint).encode()
        sums.append(f"{hashlib.sha256(readme).hexdigest()}  {README}\n")
        listed = "".join(sums).encode()
        target.put(README, [readme])
        target.put(SUMS, [listed])
    digest_of_all = sha256_of(path) if path.is_file() else hashlib.sha256(listed).hexdigest()
    return Written(rows=len(written), sha256=digest_of_all)


def _lists(imprint: Imprint, on: date) -> Iterator[OpenFile]:
    """The three lists that people know, before the bare tables."""
    for kind, says in _LISTS.items():
        yield OpenFile(f"{kind}.csv", says, lambda kind=kind: _list_pieces(kind, imprint, on))  # type: ignore[misc]


def _list_pieces(kind: str, imprint: Imprint, on: date) -> Iterator[bytes]:
    sheet, source = sheet_for(kind, ExportFilter(contacts=True), on=on)
    line = Imprint(imprint.export_id, imprint.by, imprint.at, imprint.why, source).line()
    return csv_pieces((*sheet.heads, IMPRINT_HEAD), ((*row, line) for row in sheet.rows))


def _readme(files: Sequence[OpenFile], imprint: Imprint) -> str:
    """What each file holds, in English and then in Spanish; uploads are only counted."""
    told = [file for file in files if not file.path.startswith("media/")]
    english = "".join(f"{file.path}\n    {file.says.en}\n" for file in told)
    spanish = "".join(f"{file.path}\n    {file.says.es}\n" for file in told)
    return f"{imprint.line()}\n\n{_text('en')}{english}\n{_text('es')}{spanish}"


def _text(language: str) -> str:
    return files("unionhall.roster").joinpath(f"data/everything.{language}.txt").read_text("utf-8")


def _noted(pieces: Iterator[bytes], note: Callable[[bytes], None]) -> Iterator[bytes]:
    for piece in pieces:
        note(piece)
        yield piece


@contextmanager
def _opened(path: Path) -> Iterator[Target]:
    if path.suffix.lower() != SUFFIX:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise FileExistsError(17, "This folder is not empty; name one that is, or that does not exist", str(path))
        yield _Folder(path)
        return
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.touch(mode=0o600)
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            yield _Zip(archive)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


class _Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, path: str, pieces: Iterable[bytes]) -> None:
        place = self.root / path
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with place.open("wb") as file:
            place.chmod(0o600)
            for piece in pieces:
                file.write(piece)


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive

    def put(self, path: str, pieces: Iterable[bytes]) -> None:
        with self.archive.open(path, "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)
