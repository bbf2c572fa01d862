"""Text files: which letters the bytes mean, and where one cell ends and the next begins."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice
from typing import Final

from django.utils.translation import gettext as _

from unionhall.roster.tables.errors import NotText, UnclosedQuote
from unionhall.rulebook.cells_out import MARK, unmarked
from unionhall.rulebook.sheets import RawRow, Table

DELIMITERS: Final = (",", "\t", ";", "|")
LONGEST_CELL: Final = 100_000
MOST_LINES_A_CELL: Final = 25
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BARE_RETURN: Final = re.compile(r"\r(?!\n)")
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_ODD: Final = re.compile(r"[\x01-\x08\x0e-\x19\x1c-\x1f\x7f-\x9f]")


def decode(data: bytes) -> tuple[str, str]:
    """The text of the bytes and the name of their encoding. Raises NotText for what no encoding makes a text of.

    A byte order mark decides; then UTF-8, which other encodings almost never look like; then UTF-16 without a mark, by
    its zero bytes; last Windows-1252, as western spreadsheets write.
    """
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text, encoding.removesuffix("-sig")
    raise NotText(found=_("unreadable bytes"))


def read_delimited(text: str) -> Table:
    """The rows of a text whose cells a comma, semicolon, tab or bar parts; blank rows left out.

    The apostrophe that our exports put before what might be run as a formula is taken off again.
    Raises UnclosedQuote where a quotation mark swallows the lines after it.
    """
    delimiter = guess_delimiter(text)
    plain = None if MARK in text else _plain_rows(text, delimiter)
    return Table(name="", rows=tuple(_careful_rows(text, delimiter) if plain is None else plain))


def _plain_rows(text: str, delimiter: str) -> list[RawRow] | None:
    """The rows of a text with one line a row, as nearly all are; None for another."""
    reader = csv.reader(_lines(text), delimiter=delimiter)
    counted = count(1)
    try:
        rows = [
            RawRow(line, tuple(cells))
            for line, cells in zip(counted, reader, strict=False)
            if cells and (_is_word(cells[0]) or not _is_blank(cells))
        ]
    except csv.Error:
        return None
    # The counter is one ahead: it was asked once more than there are rows.
    is_plain = reader.line_num == next(counted) - 2 and max(map(len, _lines(text)), default=0) <= LONGEST_CELL
    return rows if is_plain else None


def _lines(text: str) -> Iterable[str]:
    """The lines of a text with their ends, one at a time: a second copy of a large file is not made."""
    if _BARE_RETURN.search(text):
        return io.StringIO(text, newline="")
    return map(re.Match.group, _LINE.finditer(text))


def _careful_rows(text: str, delimiter: str) -> Iterator[RawRow]:
    """The rows of any text. Raises UnclosedQuote."""
    for line, cells in _rows(text, delimiter):
        # One look at the whole row instead of one at each cell.
        whole = "".join(cells)
        if (len(whole) > LONGEST_CELL or "\n" in whole) and any(map(_runs_on, cells)):
            raise UnclosedQuote(line=line)
        if whole and not whole.isspace():
            yield RawRow(line, tuple(map(unmarked, cells) if MARK in whole else cells))


def _is_word(cell: str) -> bool:
    return cell != "" and not cell[0].isspace()


def _is_blank(cells: Sequence[str]) -> bool:
    whole = "".join(cells)
    return not whole or whole.isspace()


def _runs_on(cell: str) -> bool:
    """Whether a cell is longer than any can be, so that a quotation mark was never closed."""
    return cell.count("\n") > MOST_LINES_A_CELL or len(cell) > LONGEST_CELL


def guess_delimiter(text: str) -> str:
    """The mark that parts the first rows into the most cells, evenly; a comma where none does."""
    best, most = ",", 0
    for delimiter in DELIMITERS:
        try:
            widths = Counter(len(cells) for _line, cells in islice(_rows(text, delimiter), 60))
        except UnclosedQuote:
            continue
        width, times = max(
            widths.items(), key=lambda item: ((item[0] > 1) * item[1] * item[0], item[0]), default=(1, 0)
        )
        if width > 1 and width * times > most:
            best, most = delimiter, width * times
    return best


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins."""
    reader = csv.reader(_lines(text), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnclosedQuote(line=line) from error


def _candidates(data: bytes) -> Iterator[str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            yield encoding
            return
    yield "utf-8"
    head = data[:4000]
    if head[1::2].count(0) > len(head) // 8:
        yield "utf-16-le"
    elif head[::2].count(0) > len(head) // 8:
        yield "utf-16-be"
    yield "cp1252"
    yield "latin-1"


def _is_text(text: str) -> bool:
    """Whether hardly a letter is one that no text has; a zero never is."""
    if "\x00" in text:
        return False
    odd = sum(1 for _found in _ODD.finditer(text))
    return 200 * odd <= len(text)
