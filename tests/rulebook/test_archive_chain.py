"""The chain of an archive: whatever is changed in it afterwards is noticed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook import archive_chain as chain

SAID = {"html": "<p>I feed three hundred children.</p>", "salt": "00ff"}
PART = chain.part_bytes(SAID)


def archive(texts: list[str]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """An archive of a page that said these things, one after the other; the last refers to a part."""
    files: dict[str, bytes] = {f"parts/{chain.digest_of(PART)}.json": PART}
    entries, previous = [], chain.FIRST
    for number, text in enumerate([*texts, chain.reference_to(chain.digest_of(PART))], start=1):
        document = chain.document_of(language="en", title="T", main=text)
        entry = {"number": number, "code": f"C{number}", "act": chain.SHOWN, "page": "home", "language": "en"}
        entry |= {"address": "/en/", "title": "T", "at": "2026-11-22", "digest": chain.digest_of(document)}
        entry["previous"] = previous
        previous = entry["link"] = chain.link_of(entry)
        entries.append(entry)
        files[f"kept/C{number}.html"] = document
    return {"format": chain.FORMAT, "entries": entries, "removed": [], "head": previous}, files


def codes(manifest: dict[str, Any], files: dict[str, bytes]) -> list[tuple[str, int]]:
    """What does not hold."""
    return [(fault.code, fault.number) for fault in chain.faults_in(manifest, files.get)]


@given(st.lists(st.text(max_size=20), max_size=4))
def test_untouched_archive_holds(texts: list[str]) -> None:
    assert codes(*archive(texts)) == []


@pytest.mark.parametrize("field", ["code", "act", "title", "at", "address", "digest", "language", "page"])
def test_changed_entry_breaks_its_link(field: str) -> None:
    manifest, files = archive(["a", "b"])
    manifest["entries"][1][field] = "gone" if field == "act" else "other"

    assert ("link", 2) in codes(manifest, files)


def test_changed_document_missing_document_and_cut_end_are_noticed() -> None:
    manifest, files = archive(["a", "b"])
    files["kept/C1.html"] += b" "
    del files["kept/C2.html"]
    assert codes(manifest, files) == [("changed", 1), ("missing", 2)]

    manifest, files = archive(["a", "b"])
    manifest["entries"].pop()
    assert codes(manifest, files) == [("head", 0)]

    manifest, files = archive(["a", "b"])
    del manifest["entries"][0]
    assert ("number", 2) in codes(manifest, files)


def test_part_is_there_as_it_was_or_named_as_removed() -> None:
    manifest, files = archive([])
    name = f"parts/{chain.digest_of(PART)}.json"
    assert codes(manifest, files | {name: PART + b" "}) == [("part_changed", 0)]
    del files[name]
    assert codes(manifest, files) == [("part_missing", 0)]
    manifest["removed"] = [{"digest": chain.digest_of(PART)}]
    assert codes(manifest, files) == []


def test_parts_are_put_back_where_they_stood() -> None:
    text = f"<p>a</p>{chain.reference_to(chain.digest_of(PART))}<p>b</p>"

    assert chain.put_back(text, lambda digest: "X" if digest == chain.digest_of(PART) else "?") == "<p>a</p>X<p>b</p>"


def test_another_format_is_not_guessed_at() -> None:
    assert codes({"format": "other"}, {}) == [("format", 0)]
