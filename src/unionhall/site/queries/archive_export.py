"""The archive of a whole campaign as a zip: what was hashed, what may still be read, and a manifest to check it by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.html import format_html, format_html_join

from unionhall.campaigns.models import Campaign
from unionhall.foundation import crypto
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.hooks import OpenFile
from unionhall.rulebook import archive_chain as chain
from unionhall.site.enums import KeptAct
from unionhall.site.models import Archive, KeptPage, KeptPart
from unionhall.site.queries.archive import SEAL, PartRead, entry_of, gap_of, read_parts

README: Final = """What the public pages of this campaign said, from moment to moment.

pages/     each version to be read in a browser, what rests on somebody's leave only while it holds
kept/      each version as it was hashed; a part that rests on somebody's leave is named by its hash
parts/     those parts, while they may be shown
manifest.json   every entry in its order: what, when, SHA-256, and the link to the entry before it

Check it:  unionhall archive verify FILE
"""


def write_archive(campaign: Campaign, file: IO[bytes], *, on: date) -> dict[str, Any]:
    """Write the archive of a campaign as a zip; give its manifest. on: the day, for what rests on somebody's leave."""
    archive = Archive.objects.filter(campaign=campaign).first()
    manifest: dict[str, Any] = {"format": chain.FORMAT, "campaign": campaign.slug, "name": campaign.name.en}
    manifest |= {"union": campaign.union_name, "made_on": on.isoformat(), "entries": [], "removed": []}
    manifest["head"] = archive.head if archive else chain.FIRST
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        digests: dict[str, None] = {}
        rows = (
            KeptPage.objects.filter(archive=archive, number__lte=archive.number) if archive else KeptPage.objects.none()
        )
        for row in rows.order_by("number").iterator(chunk_size=200):
            manifest["entries"].append(entry_of(row))
            if row.act == KeptAct.SHOWN:
                document = chain.document_of(language=row.language, title=row.title, main=row.body)
                _put(zipped, f"kept/{row.code}.html", document)
                held = chain.references_in(row.body)
                digests |= dict.fromkeys(held)
                _put(zipped, f"pages/{row.number:06}-{row.code}.html", _readable(row, read_parts(held, on=on)))
        manifest["removed"] = list(_parts(zipped, list(digests), on))
        _put(zipped, "index.html", _index(manifest))
        _put(zipped, "README.txt", README.encode())
        _put(zipped, "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    return manifest


def archive_files(*, on: date) -> Iterator[OpenFile]:
    """The archive of every campaign, for the export of everything. on: the day of the export."""
    for archive in Archive.objects.select_related("campaign").order_by("campaign__slug"):
        campaign = archive.campaign
        says = Bilingual(en=f"archive of {campaign.slug}’s pages", es=f"archivo de las páginas de {campaign.slug}")
        yield OpenFile(f"archive/{campaign.slug}.zip", says, lambda campaign=campaign: iter([_bytes(campaign, on)]))  # type: ignore[misc]


def _bytes(campaign: Campaign, on: date) -> bytes:
    file = BytesIO()
    write_archive(campaign, file, on=on)
    return file.getvalue()


def _parts(zipped: ZipFile, digests: list[str], on: date) -> Iterator[dict[str, str]]:
    """Each part into the zip that may be shown; the others as removed, with the day where there is one."""
    rows = KeptPart.objects.filter(digest__in=digests).select_related("photo")
    held = {part.digest: part for part in rows.prefetch_related("releases", "photo__releases")}
    for digest in digests:
        part = held.get(digest)
        gap = gap_of(part, on=on) if part is not None else None
        if part is not None and gap is None:
            _put(zipped, f"parts/{digest}.json", crypto.decrypt_bytes(bytes(part.sealed), context=SEAL))
        else:
            day = (gap.withdrawn_on or gap.ended_on) if gap else None
            yield {"digest": digest, "on": day.isoformat() if day else ""}


def _put(zipped: ZipFile, name: str, data: bytes) -> None:
    """A file of a fixed day, so that the same archive is the same bytes."""
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    zipped.writestr(info, data)


def _readable(row: KeptPage, parts: dict[str, PartRead]) -> bytes:
    """A version to be read in a browser, on its own."""
    whole = next(iter(parts.values())) if parts and not row.address else PartRead(title=row.title, address=row.address)
    main = chain.put_back(row.body, lambda digest: parts[digest].html or _gap(parts[digest]))
    head = format_html(
        '<!doctype html>\n<html lang="{}">\n<head><meta charset="utf-8"><meta name="robots" content="noindex">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title></head>\n<body>\n'
        "<p><strong>{}</strong> · {} · {}</p>\n<hr>\n",
        *(row.language, whole.title, whole.address, row.at.date().isoformat(), row.code),
    )
    return f"{head}{main}\n</body>\n</html>\n".encode()


def _gap(part: PartRead) -> str:
    day = part.gap.withdrawn_on if part.gap else None
    if day is None:
        return "<p><em>No longer shown. / Ya no se muestra.</em></p>"
    return format_html(
        "<p><em>Removed at the person’s wish on {}. / Se quitó el {} porque la persona así lo pidió.</em></p>", day, day
    )


def _index(manifest: dict[str, Any]) -> bytes:
    rows = format_html_join(
        "\n",
        '<tr><td>{}</td><td>{}</td><td>{}</td><td><a href="pages/{:06}-{}.html">{}</a> {}</td><td>{}</td></tr>',
        (
            (e["number"], e["at"][:16], e["language"], e["number"], e["code"], e["code"], e["address"], e["title"])
            for e in manifest["entries"]
            if e["act"] == KeptAct.SHOWN
        ),
    )
    return format_html(
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{}</title></head>\n<body>\n<h1>{}</h1>\n'
        "<table>\n{}\n</table>\n</body>\n</html>\n",
        *(manifest["name"], manifest["name"], rows),
    ).encode()
