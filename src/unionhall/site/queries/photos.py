"""Photos as pages show them: only where everybody in them agrees, in a size for a telephone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from unionhall.site.models import Photo

SIZE: Final = "width-800|format-webp|webpquality-60"


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo ready for a page: address, size, what it shows, caption, who took it, who may print it."""

    url: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    rights: str
    photo: Photo


def photos_of(shots: Iterable[Any], *, on: date) -> list[Shown]:
    """The photos of a gallery that may be shown on a day, in their order. Three queries, however many.

    shots: with `photo` and `caption`, as the block holds them.
    """
    wanted = [(shot["photo"].pk, shot["caption"]) for shot in shots if shot["photo"] is not None]
    held = Photo.objects.filter(pk__in=[pk for pk, _caption in wanted]).prefetch_related("releases")
    photos = {photo.pk: photo for photo in held.prefetch_renditions(SIZE)}
    return [sized(photos[pk], caption) for pk, caption in wanted if pk in photos and photos[pk].may_show_on(on)]


def sized(photo: Photo, caption: str = "") -> Shown:
    """A photo in its size, made where it is missing."""
    rendition = photo.get_rendition(SIZE)
    return Shown(
        url=rendition.url,
        width=rendition.width,
        height=rendition.height,
        alt=photo.default_alt_text,
        caption=caption,
        credit=photo.credit,
        rights=photo.rights,
        photo=photo,
    )
