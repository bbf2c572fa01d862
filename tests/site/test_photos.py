"""Photos: nothing that a camera wrote is kept, the original is never given, galleries show what may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.factories import accounts, pages
from tests.factories.campaigns import CLERK
from unionhall.foundation.access import Reach, Role
from unionhall.site import operations
from unionhall.site.enums import Faces
from unionhall.site.models import Photo, PhotoRendition
from unionhall.site.models.people import bare_picture

PLACE, MAKER, TURNED = 0x8825, 0x010F, 0x0112


@pytest.fixture(scope="module")
def _ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A campaign with its pages, for all the tests here."""
    yield from pages.ground_once(django_db_blocker)


@pytest.fixture(autouse=True)
def _undone(_ground: None, django_db_blocker: Any) -> Iterator[None]:
    """Each test on its own."""
    yield from pages.each_undone(django_db_blocker)


def from_a_camera() -> bytes:
    """A picture as a phone writes it: place, maker, turned on its side, with a comment."""
    exif = Image.Exif()
    exif[MAKER], exif[TURNED] = "Phone of Rosa", 6
    exif.get_ifd(PLACE).update({1: "N", 2: (34.0, 3.0, 8.0), 3: "W", 4: (118.0, 14.0, 37.0)})
    return pages.jpeg(exif=exif.tobytes(), comment=b"taken at home")


def test_photo_is_kept_without_place_device_and_comment_and_turned_the_right_way() -> None:
    photo = pages.photo(data=from_a_camera())

    with photo.file.open() as file:
        data = file.read()
    with Image.open(BytesIO(data)) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.size == (photo.width, photo.height) == (48, 64)
        assert not {"exif", "comment", "photoshop", "xmp"} & picture.info.keys()
    assert not any(word in data for word in (b"Rosa", b"home", b"Exif", b"GPS"))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "TIFF"])
def test_other_kinds_of_picture_lose_it_too(kind: str) -> None:
    out, exif = BytesIO(), Image.Exif()
    exif[MAKER] = "Phone of Rosa"
    Image.new("RGB", (8, 6), "red").save(out, kind, **({} if kind == "GIF" else {"exif": exif.tobytes()}))

    assert b"Rosa" not in bare_picture(BytesIO(out.getvalue()))


def editor(role: Role) -> Client:
    """Somebody of that role, signed in with a second factor."""
    user = accounts.make_user(f"{role.value} Blanca")
    accounts.grant(user, role, Reach.ALL, ())
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    accounts.sign_in(client, user, strong=True)
    return client


def test_editor_adds_a_photo_in_the_admin_and_it_is_bare() -> None:
    upload = SimpleUploadedFile("IMG_1.jpg", from_a_camera(), "image/jpeg")
    said = {"title": "Rally", "alt_en": "A rally", "alt_es": "Un mitin", "faces": Faces.NONE, "file": upload}

    answer = editor(Role.COMMUNICATIONS).post("/admin/images/add/", said)

    photo = Photo.objects.get()
    assert answer.status_code == 302
    with photo.file.open() as file:
        assert b"Rosa" not in file.read()


def test_media_gives_sizes_and_never_the_original(client: Client) -> None:
    photo = pages.photo()
    size = photo.get_rendition("width-32|format-webp")

    shown = client.get(f"/media/{size.file.name}")

    assert shown.status_code == 200
    assert b"".join(shown.streaming_content).startswith(b"RIFF")  # type: ignore[attr-defined]
    for way in (photo.file.name, f"images/../{photo.file.name}", f"images/%2e%2e/{photo.file.name}", "", "images/"):
        assert client.get(f"/media/{way}").status_code in {301, 302, 404}, way


def gallery(*photos: Photo) -> None:
    """A post with these photos."""
    shots = [{"photo": photo.pk, "caption": f"Shot {number}"} for number, photo in enumerate(photos)]
    pages.put("post", "blog", "rally", parts={"body": [("gallery", {"title": "Rally", "photos": shots})]})


def test_gallery_shows_what_may_be_shown_with_words_in_the_readers_language(client: Client) -> None:
    agreed, over = pages.release(name="Ana"), pages.release(name="Eva", until=date(2026, 4, 1))
    shown = pages.photo(faces=Faces.AGREED, agreed=(agreed,))
    others = [pages.photo(faces=Faces.UNKNOWN), pages.photo(faces=Faces.AGREED)]
    others.append(pages.photo(faces=Faces.AGREED, agreed=(agreed, over)))
    gallery(shown, *others, pages.photo())

    english, spanish = (
        client.get(way).content.decode() for way in ("/en/river/blog/rally/", "/es/river/blog/rally-es/")
    )

    assert [number for number in range(5) if f"Shot {number}" in english] == [0, 4]
    assert 'alt="Purple shirts before a school"' in english
    assert 'alt="Camisetas moradas ante una escuela"' in spanish
    assert "original_images" not in english


def test_photo_of_whoever_withdraws_leaves_the_gallery_and_its_sizes_are_gone(client: Client) -> None:
    agreed = pages.release(name="Ana")
    photo = pages.photo(faces=Faces.AGREED, agreed=(agreed,))
    gallery(photo)
    client.get("/en/river/blog/rally/")
    size = PhotoRendition.objects.get(image=photo)
    way, storage, name = size.url, size.file.storage, size.file.name

    operations.withdraw_release(release=agreed, actor=CLERK, at=pages.AT)

    assert "Shot 0" not in client.get("/en/river/blog/rally/").content.decode()
    assert client.get(way).status_code == 404
    assert not storage.exists(name)


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.ORGANIZER, Role.COUNSEL, Role.DATA_ADMINISTRATOR])
def test_communications_writes_pages_and_others_do_not(role: Role) -> None:
    page = pages.section("updates")[0]
    client = editor(role)

    answers = {client.get(f"/admin/pages/{page.pk}/edit/").status_code, client.get("/admin/images/add/").status_code}

    if role is Role.COMMUNICATIONS:
        assert answers == {200}
    else:
        assert 200 not in answers
