"""Everything that is held, as open files: each table as CSV, pages and pictures beside them, with nothing secret.

A slice says in `export_sections` what it gives. Values of encrypted columns come out plain: whoever calls this has
asked two persons, or holds the key anyway.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import models

from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.hooks import ExportSection, OpenFile, export_sections
from unionhall.rulebook.cells_out import marked

BOM: Final = "\ufeff"
PIECE: Final = 1 << 20
ROWS_AT_ONCE: Final = 2_000


def open_files() -> Iterator[OpenFile]:
    """Every file of every section, then the uploaded media; each is read when its pieces are asked for."""
    for section in export_sections:
        yield from _tables(section)
        if section.files is not None:
            yield from section.files()
    yield from _media()


def exported_models(section: ExportSection) -> list[type[models.Model]]:
    """The tables of a section that go out, in the order of their names."""
    held = apps.get_app_config(section.app).get_models()
    return sorted((model for model in held if model.__name__ not in section.left_out), key=lambda model: model.__name__)


def exported_fields(model: type[models.Model], left_out: Mapping[str, str]) -> list[str]:
    """The columns of a table that go out: all but what the section leaves out."""
    return [field.attname for field in model._meta.concrete_fields if f"{model.__name__}.{field.name}" not in left_out]


def csv_pieces(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[bytes]:
    """A table as the bytes of a CSV file, about a megabyte at a time, with the mark by which Excel knows UTF-8.

    No cell begins a formula (`rulebook.cells_out`).
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    text.write(BOM)
    writer.writerow(heads)
    for row in rows:
        writer.writerow(map(marked, row))
        if text.tell() > PIECE:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _tables(section: ExportSection) -> Iterator[OpenFile]:
    for model in exported_models(section):
        fields = exported_fields(model, section.left_out)
        name = str(model._meta.verbose_name)
        says = Bilingual(en=f"table “{name}”: {', '.join(fields)}", es=f"tabla «{name}»: {', '.join(fields)}")
        yield OpenFile(
            path=f"{section.app}/{model._meta.model_name}.csv",
            says=says,
            pieces=lambda model=model, fields=fields: csv_pieces(tuple(fields), _rows(model, fields)),  # type: ignore[misc]
        )


def _rows(model: type[models.Model], fields: list[str]) -> Iterator[tuple[str, ...]]:
    rows = model._base_manager.order_by("pk").values_list(*fields).iterator(chunk_size=ROWS_AT_ONCE)
    for row in rows:
        yield tuple(map(as_text, row))


def as_text(value: Any) -> str:
    """A value of a column as a cell: days and instants as ISO 8601, bytes in hex, what has parts as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    parts = value.to_json() if isinstance(value, Bilingual) else value
    return json.dumps(parts, ensure_ascii=False, default=str)


def _media() -> Iterator[OpenFile]:
    says = Bilingual(en="a file that somebody uploaded", es="un archivo que alguien subió")
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.is_dir() else []:
        if path.is_file() and not path.is_symlink():
            name = path.relative_to(root).as_posix()
            yield OpenFile(path=f"media/{name}", says=says, pieces=lambda path=path: _bytes_of(path))  # type: ignore[misc]


def _bytes_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
