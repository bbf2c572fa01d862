"""Where files come in, whatever they were written in, and where they go out."""

from unionhall.roster.tables.everything import write_everything
from unionhall.roster.tables.exports import Written, write_sheet
from unionhall.roster.tables.files import (
    BrokenWorkbook,
    EmptyFile,
    NotText,
    TooLarge,
    UnclosedQuote,
    UnreadableFile,
    WrongJson,
    read_bytes,
    read_file,
)
from unionhall.roster.tables.mappings import WrongMapping, read_mapping
from unionhall.roster.tables.outlines import read_outline_bytes, read_outline_file
from unionhall.roster.tables.stored import read_list, stored_file

__all__ = [
    "BrokenWorkbook",
    "EmptyFile",
    "NotText",
    "TooLarge",
    "UnclosedQuote",
    "UnreadableFile",
    "Written",
    "WrongJson",
    "WrongMapping",
    "read_bytes",
    "read_file",
    "read_list",
    "read_mapping",
    "read_outline_bytes",
    "read_outline_file",
    "stored_file",
    "write_everything",
    "write_sheet",
]
