"""A mapping file: which head of a list is which of our fields, said by its reader."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from unionhall.foundation.errors import Invalid


class WrongMapping(Invalid):
    """A mapping file that cannot be meant."""

    code = "wrong_mapping"
    message = _(
        "The mapping file cannot be used: %(reason)s. Each line names one of our fields and the head of its column, "
        'such as name = "School". The fields are: %(fields)s.'
    )


def read_mapping(path: Path, fields: Collection[str]) -> dict[str, str]:
    """field → head, from TOML lines such as `name = "School"`. Raises WrongMapping, or OSError for no such file."""
    try:
        lines = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(str(error).splitlines()[0], fields) from error
    for field, head in lines.items():
        if field not in fields:
            raise _wrong(f"“{field[:60]}”", fields)
        if not isinstance(head, str) or not head.strip():
            raise _wrong(f"{field} = {str(head)[:60]}", fields)
    return dict(lines)


def _wrong(reason: str, fields: Collection[str]) -> WrongMapping:
    return WrongMapping(reason=reason.rstrip("."), fields=", ".join(fields))
