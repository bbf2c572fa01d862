"""Reads of the roster."""

from unionhall.roster.queries.imports import NoSuchImport, get_import, imports, source_with_columns
from unionhall.roster.queries.places import (
    NoSuchWorksite,
    WorksiteHit,
    area_rules,
    find_worksite_by_text,
    find_worksites,
    get_worksite,
    line_of,
)

__all__ = [
    "NoSuchImport",
    "NoSuchWorksite",
    "WorksiteHit",
    "area_rules",
    "find_worksite_by_text",
    "find_worksites",
    "get_import",
    "get_worksite",
    "imports",
    "line_of",
    "source_with_columns",
]
