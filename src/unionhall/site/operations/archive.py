"""Keeping what the public pages say: each different thing once, chained; what rests on leave is sealed apart."""

from __future__ import annotations

import base64
import json
import secrets
from datetime import date, datetime
from typing import IO, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.models import Campaign
from unionhall.foundation import audit, crypto, generation
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import Refused
from unionhall.rulebook import archive_chain as chain
from unionhall.rulebook.short_codes import make_code
from unionhall.site import queries
from unionhall.site.access import NoHoldStands
from unionhall.site.enums import Faces, KeptAct
from unionhall.site.models import Archive, KeptPage, KeptPart, Photo, Release
from unionhall.site.queries.rendered import Leave, Rendered


class PictureDestroyed(Refused):
    """Asking for the picture of a minor who took back her leave."""

    code = "picture_destroyed"
    message = _("This picture of a minor was destroyed when the leave was taken back. Only its hash is kept.")


def note_due(*, campaign_id: int, at: datetime) -> bool:
    """Something that the pages of a campaign show has changed: they are to be read again. Whether that is new."""
    archive, _new = Archive.objects.get_or_create(campaign_id=campaign_id)
    return bool(Archive.objects.filter(pk=archive.pk, due_since=None).update(due_since=at))


def keep_campaign(*, campaign: Campaign, at: datetime) -> int:
    """Read every public page of a campaign, and keep what says something else than before; give how many were kept.

    A page that is not there any more is kept as gone. Each page in a transaction of its own, so that nobody waits.
    """
    archive = _archive(campaign)
    due_since = archive.due_since
    places = queries.public_places(campaign, on=timezone.localdate(at))
    newest = queries.newest_kept(archive)
    kept = sum(_keep(archive, place, at=at, last=newest.get((place.page, place.language))) for place in places)
    there = {(place.page, place.language) for place in places}
    for key, last in newest.items():
        if key not in there and last.act == KeptAct.SHOWN:
            kept += _gone(archive, last, at=at)
    Archive.objects.filter(pk=archive.pk, due_since=due_since).update(due_since=None)
    Archive.objects.filter(pk=archive.pk).update(looked_on=timezone.localdate(at))
    return kept


def keep_page(*, campaign: Campaign, page: str, at: datetime) -> int:
    """The same for one page, in every language that has it. page: its key, as `queries.public_places` names it."""
    archive = _archive(campaign)
    places = queries.public_places(campaign, on=timezone.localdate(at), page=page)
    newest = queries.newest_kept(archive, page=page)
    kept = sum(_keep(archive, place, at=at, last=newest.pop((place.page, place.language), None)) for place in places)
    return kept + sum(_gone(archive, last, at=at) for last in newest.values() if last.act == KeptAct.SHOWN)


def _gone(archive: Archive, last: KeptPage, *, at: datetime) -> int:
    return _append(archive, last, body="", act=KeptAct.GONE, at=at, last=last)


def _archive(campaign: Campaign) -> Archive:
    return Archive.objects.get_or_create(campaign=campaign)[0]


def _keep(archive: Archive, place: queries.Place, *, at: datetime, last: KeptPage | None) -> int:
    rendered = queries.render_public(place.address, place.language)
    if rendered is None:
        return 0
    whole = _whole(rendered, place) if place.by_leave else rendered
    digests = [_part(piece, rendered.title, place).digest for piece in whole.pieces]
    said = KeptPage(page=place.page, language=place.language)
    if not place.by_leave:
        said.title, said.address = rendered.title, place.address
    return _append(archive, said, body=whole.with_references(digests), act=KeptAct.SHOWN, at=at, last=last)


def _whole(rendered: Rendered, place: queries.Place) -> Rendered:
    """A page that rests on one person's leave, as one piece."""
    inner = {f"<!--leave:{number}-->": piece.html for number, piece in enumerate(rendered.pieces)}
    html = rendered.main
    for mark, words in inner.items():
        html = html.replace(mark, words)
    releases = {place.by_leave, *(release for piece in rendered.pieces for release in piece.releases)}
    photo = next((piece.photo for piece in rendered.pieces if piece.photo), None)
    return Rendered(rendered.title, "<!--leave:0-->", (Leave(html, tuple(sorted(releases)), photo),))


def _part(piece: Leave, title: str, place: queries.Place) -> KeptPart:
    """The part for a piece of a page: the one there is, or a new one, salted and sealed."""
    said = {"html": piece.html}
    if place.by_leave:
        said |= {"title": title, "address": place.address}
    about = json.dumps([said, list(piece.releases), piece.photo], ensure_ascii=False, sort_keys=True)
    keys = crypto.blind_indexes(about, purpose="site.kept_part")
    held = KeptPart.objects.filter(key__in=keys).first()
    if held is not None:
        return held
    photo = Photo.objects.filter(pk=piece.photo).first() if piece.photo else None
    plain = chain.part_bytes(said | _picture(photo) | {"salt": secrets.token_hex(16)})
    part = KeptPart(digest=chain.digest_of(plain), key=keys[0], photo=photo, is_photo=piece.photo is not None)
    part.sealed = crypto.encrypt_bytes(plain, context=queries.SEAL)
    part.rests_on = len(piece.releases)
    with transaction.atomic():
        part.save()
        part.releases.set(piece.releases)
    return part


def _picture(photo: Photo | None) -> dict[str, str]:
    """The picture itself, where people in it can be recognized: once they withdraw, no other copy is left."""
    if photo is None or photo.faces == Faces.NONE:
        return {}
    with photo.get_rendition(queries.SIZE).file.open() as file:
        return {"picture": base64.b64encode(file.read()).decode()}


def _append(archive: Archive, said: KeptPage, *, body: str, act: KeptAct, at: datetime, last: KeptPage | None) -> int:
    """Add an entry to the chain, unless it says what the newest of that page says; 1 where it was added.

    said: which page, in which language, with title and address. last: its newest entry as it was read.
    """
    row = KeptPage(act=act, page=said.page, language=said.language, title=said.title, address=said.address, body=body)
    shown = act == KeptAct.SHOWN
    document = chain.document_of(language=row.language, title=row.title, main=body) if shown else b""
    row.digest = chain.digest_of(document)
    if _same(row, last):
        return 0
    with transaction.atomic():
        head = Archive.objects.select_for_update().get(pk=archive.pk)
        newest = head.pages.filter(page=row.page, language=row.language).order_by("-number").first()
        if _same(row, newest):
            return 0
        row.archive, row.number, row.previous = head, head.number + 1, head.head
        row.at, row.code = max(at, newest.at) if newest else at, _free_code()
        row.link = chain.link_of(queries.entry_of(row))
        row.save(force_insert=True)
        Archive.objects.filter(pk=head.pk).update(number=row.number, head=row.link)
        generation.advance()
    return 1


def _same(row: KeptPage, last: KeptPage | None) -> bool:
    return last is not None and (last.digest, last.act, last.address) == (row.digest, row.act, row.address)


def _free_code() -> str:
    while True:
        code = make_code(secrets.randbelow)
        if not KeptPage.objects.filter(code=code).exists():
            return code


@transaction.atomic
def open_sealed(*, part: KeptPart, reason: str, actor: Actor, at: datetime) -> dict[str, str]:
    """What somebody took back, for counsel, under a legal hold; written into the trail with the reason.

    Raises NoHoldStands, and PictureDestroyed where nothing is left.
    """
    if not queries.hold_stands():
        raise NoHoldStands
    if part.destroyed_on is not None:
        raise PictureDestroyed
    audit.record(actor=actor, verb="site.sealed_opened", at=at, obj=part, label=part.digest[:12], why=reason)
    return queries.unsealed(part)


def destroy_pictures_of_minors(*, release: Release, on: date) -> int:
    """Of a minor who took back her leave nothing is kept but the hash; give how many pictures went."""
    if not release.is_minor:
        return 0
    parts = KeptPart.objects.filter(releases=release, destroyed_on=None)
    gone = parts.filter(Q(is_photo=True) | Q(photo__isnull=False)).update(sealed=b"", destroyed_on=on)
    for photo in Photo.objects.filter(releases=release):
        photo.file.delete(save=False)
        photo.delete()
    return gone


def take_archive(*, campaign: Campaign, file: IO[bytes], actor: Actor, at: datetime, on: date) -> dict[str, Any]:
    """Write the archive of a campaign into a file as a zip, and into the trail that it was taken; give its manifest."""
    manifest = queries.write_archive(campaign, file, on=on)
    detail = {"entries": len(manifest["entries"])}
    audit.record(actor=actor, verb="site.archive_taken", at=at, obj=campaign, detail=detail)
    return manifest
