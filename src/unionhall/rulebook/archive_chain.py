"""The archive of what public pages said: documents, their hashes, the chain that joins them, and how it is checked.

Source: docs/rules/archive.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Any, Final

FORMAT: Final = "unionhall-archive-1"
FIRST: Final = "0" * 64
SHOWN, GONE = "shown", "gone"
# What stands in a document in place of something that somebody agreed to: the hash of it, never the thing itself.
_REFERENCE: Final = re.compile(r"<!--part:([0-9a-f]{64})-->")
_LINKED: Final = ("number", "code", "act", "page", "language", "address", "title", "at", "digest", "previous")


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold in an archive. number: of the entry, 0 for the whole."""

    code: str
    number: int = 0
    detail: str = ""


def reference_to(digest: str) -> str:
    """What stands in a document in place of a part."""
    return f"<!--part:{digest}-->"


def references_in(text: str) -> tuple[str, ...]:
    """The hashes of the parts that a text refers to, in their order, each once."""
    return tuple(dict.fromkeys(_REFERENCE.findall(text)))


def put_back(text: str, show: Callable[[str], str]) -> str:
    """The text with each part put back. show: hash of a part → its words, or what stands in their place."""
    return _REFERENCE.sub(lambda match: show(match[1]), text)


def document_of(*, language: str, title: str, main: str) -> bytes:
    """What is kept of a page, byte by byte. main: its main content as HTML, parts as references."""
    head = f'<head><meta charset="utf-8"><title>{escape(title)}</title></head>'
    return f'<!doctype html>\n<html lang="{language}">\n{head}\n<body>\n{main}\n</body>\n</html>\n'.encode()


def digest_of(data: bytes) -> str:
    """SHA-256 in 64 hex digits."""
    return sha256(data).hexdigest()


def part_bytes(part: Mapping[str, str]) -> bytes:
    """A part as it is hashed and sealed: its words, salted so that nobody can guess them from the hash."""
    return json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link_of(entry: Mapping[str, Any]) -> str:
    """The link of an entry: the hash of what it says, the link before it among that."""
    said = {name: entry[name] for name in _LINKED}
    return digest_of(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def faults_in(manifest: Mapping[str, Any], read: Callable[[str], bytes | None]) -> Iterator[Fault]:
    """What does not hold in an exported archive. read: name of a file → its bytes, None where there is none.

    Every document is what its hash says, every link follows the one before, no number is missing, and each part is
    there as its hash says or named as removed.
    """
    if manifest.get("format") != FORMAT:
        yield Fault("format", detail=str(manifest.get("format", "")))
        return
    removed = {part["digest"] for part in manifest["removed"]}
    previous, seen = FIRST, set[str]()
    for place, entry in enumerate(manifest["entries"], start=1):
        number = int(entry["number"])
        if number != place:
            yield Fault("number", number)
        if entry["previous"] != previous or link_of(entry) != entry["link"]:
            yield Fault("link", number)
        previous = entry["link"]
        if entry["act"] == SHOWN:
            document = read(f"kept/{entry['code']}.html")
            yield from _document(entry, document)
            seen |= set(references_in((document or b"").decode("utf-8", "replace")))
    if manifest["head"] != previous:
        yield Fault("head")
    yield from _parts(sorted(seen), removed, read)


def _document(entry: Mapping[str, Any], document: bytes | None) -> Iterator[Fault]:
    if document is None:
        yield Fault("missing", int(entry["number"]), entry["code"])
    elif digest_of(document) != entry["digest"]:
        yield Fault("changed", int(entry["number"]), entry["code"])


def _parts(seen: Iterable[str], removed: set[str], read: Callable[[str], bytes | None]) -> Iterator[Fault]:
    for digest in seen:
        part = read(f"parts/{digest}.json")
        if part is None and digest not in removed:
            yield Fault("part_missing", detail=digest)
        elif part is not None and digest_of(part) != digest:
            yield Fault("part_changed", detail=digest)
