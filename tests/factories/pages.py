"""Pages of the invented campaign for tests, written in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from tests.factories import campaigns
from tests.factories.campaigns import CLERK
from unionhall.campaigns.models import Campaign, FocusArea
from unionhall.site import operations, queries
from unionhall.site.enums import Faces
from unionhall.site.models import Photo, Release
from unionhall.site.operations import PageWords

AT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
GIVEN = date(2026, 3, 1)
SPANISH = {"updates": "noticias", "blog": "blog", "stories": "historias", "resources": "recursos", "fight": "lucha"}


def grounded(slug: str = "river", *, areas: int = 4, **fields: Any) -> Campaign:
    """A campaign with its record and the pages it begins with; one that stands already gets what is missing."""
    made = Campaign.objects.filter(slug=slug).first()
    if made is None:
        operations.ensure_ground(name="River Local 7", base_url="http://testserver", actor=CLERK, at=AT)
        made = campaigns.full_campaign(slug, areas=areas, **fields)
        operations.ensure_campaign_pages(campaign=made, actor=CLERK, at=AT)
    standing = FocusArea.objects.filter(campaign=made).count()
    for order in range(standing + 1, areas + 1):
        campaigns.focus_area(made, order)
    if standing < areas:
        operations.ensure_campaign_pages(campaign=made, actor=CLERK, at=AT)
    return made


def ground_once(django_db_blocker: Any) -> Iterator[None]:
    """The ground, made once for a module and undone after it; pages cost a second each."""
    with django_db_blocker.unblock(), transaction.atomic():
        grounded(areas=1)
        yield
        transaction.set_rollback(True)


def each_undone(django_db_blocker: Any) -> Iterator[None]:
    """What one test writes on that ground, undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def section(slug: str, campaign: str = "river") -> tuple[Any, Any]:
    """A section of the campaign in English and Spanish. slug: the English one."""
    roots = [queries.find_campaign_page(campaign, code) for code in ("en", "es")]
    english = roots[0].get_children().get(slug=slug).specific
    return english, english.get_translation(roots[1].locale).specific


def put(kind: str, above: str, slug: str, **given: Any) -> tuple[Any, Any]:
    """A page in both languages below a section. title, summary, parts: the same words, marked (es) in Spanish."""
    fields = given.pop("fields", {})
    parts, tags = given.pop("parts", {}), given.pop("tags", ())
    title = given.pop("title", slug.replace("-", " ").capitalize())
    words = [
        PageWords(f"{slug}{end}", f"{title}{mark}", given.get("summary", ""), parts, {}, tags)
        for end, mark in (("", ""), ("-es", " (es)"))
    ]
    pages = operations.put_pages(
        kind=kind,
        above=section(above),
        english=words[0],
        spanish=words[1],
        at=given.get("at", AT),
        live=given.get("live", True),
        fields=fields,
    )
    assert pages is not None
    return pages


def posts(count: int, stream: str = "updates", **given: Any) -> None:
    """That many posts, a day apart, each with a tag."""
    for number in range(count):
        put("post", stream, f"post-{number}", at=AT - timedelta(days=number), **{"tags": ["pickets"], **given})


def release(name: str = "Rosa", **fields: Any) -> Release:
    """What Rosa agreed to."""
    words: dict[str, Any] = {"covers": "story and photo", "evidence": "form at the hall", "given_on": GIVEN}
    return operations.give_release(name=name, actor=CLERK, at=AT, **(words | fields))


def story(slug: str = "rosa", *, agreed: Release | None = None, **fields: Any) -> tuple[Any, Any]:
    """Rosa's story in both languages."""
    words = {"job": "Cook", "quote": "I feed three hundred children.", "release": agreed or release(), "told_in": "es"}
    return put("story", "stories", slug, title=f"The kitchen of {slug}", fields=words | fields)


def jpeg(**saved: Any) -> bytes:
    """A small picture as a camera writes it."""
    out = BytesIO()
    Image.new("RGB", (64, 48), "purple").save(out, "JPEG", **saved)
    return out.getvalue()


def photo(
    title: str = "Rally", *, faces: str = Faces.NONE, agreed: tuple[Release, ...] = (), data: bytes = b""
) -> Photo:
    """A photo with its words."""
    words = {"alt_en": "Purple shirts before a school", "alt_es": "Camisetas moradas ante una escuela"}
    made = Photo(title=title, faces=faces, file=ContentFile(data or jpeg(), name="rally.jpg"), **words)
    made.save()
    made.releases.set(agreed)
    return made
