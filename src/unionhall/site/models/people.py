"""People on the pages: what they agreed to, and the photos they are in."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any, ClassVar, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import ImageOps
from wagtail.admin.panels import FieldPanel
from wagtail.images.models import AbstractImage, AbstractRendition

from unionhall.site.enums import Faces

WRITTEN_AS: Final = {"JPEG", "PNG", "WEBP", "GIF"}


class Release(models.Model):
    """What one person agreed to: that a story, a quote, a name or a photo stands on our pages, from a day on."""

    name = models.CharField(_("name, as it may be shown"), max_length=120)
    covers = models.CharField(_("what it covers"), max_length=200, help_text=_("Such as: story and photo."))
    evidence = models.CharField(
        _("where it was given"), max_length=200, help_text=_("Such as: form signed at the hall. Never shown.")
    )
    is_minor = models.BooleanField(
        _("she was under 18"),
        default=False,
        help_text=_("Then her pictures are destroyed on the day she, or a parent, withdraws."),
    )
    given_on = models.DateField(_("given on"))
    until = models.DateField(_("holds until"), null=True, blank=True)
    withdrawn_on = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        help_text=_("With a day here, everything it covers leaves every page, in both languages, at once."),
    )

    panels: ClassVar[list[FieldPanel]] = [
        FieldPanel(name) for name in ("name", "covers", "evidence", "is_minor", "given_on", "until", "withdrawn_on")
    ]

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ("name", "given_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("given_on")), name="release_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="release_withdrawn_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.covers}"

    def holds_on(self, day: date) -> bool:
        """Whether it may be relied on that day."""
        return self.withdrawn_on is None and self.given_on <= day and (self.until is None or day <= self.until)


class Photo(AbstractImage):
    """A photo with its words in both languages. Nothing that a camera wrote into it is kept: no place, no time."""

    alt_en = models.CharField(_("what it shows, in English"), max_length=250)
    alt_es = models.CharField(_("what it shows, in Spanish"), max_length=250)
    credit = models.CharField(_("who took it"), max_length=120, blank=True)
    rights = models.CharField(_("who may print it"), max_length=120, blank=True, help_text=_("For the press page."))
    faces = models.CharField(_("people in it"), max_length=10, choices=Faces.choices, default=Faces.UNKNOWN)
    releases = models.ManyToManyField(Release, verbose_name=_("who agreed"), blank=True, related_name="photos")

    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    admin_form_fields = ("title", "file", "alt_en", "alt_es", "faces", "releases", "credit", "rights", "collection")

    class Meta(AbstractImage.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            models.CheckConstraint(condition=~Q(alt_en="") & ~Q(alt_es=""), name="photo_says_what_it_shows"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Kept without what the camera wrote into the file."""
        if self.file and not self.file._committed:
            bare = ContentFile(bare_picture(self.file), name=self.file.name)  # by its name Django reads its size
            self.file.save(self.file.name, bare, save=False)
            self._set_image_file_metadata()
            self.file.close()
        super().save(*args, **kwargs)

    @property
    def default_alt_text(self) -> str:
        """What it shows, in the reader's language."""
        return self.alt_es if (get_language() or "en").startswith("es") else self.alt_en

    def may_show_on(self, day: date) -> bool:
        """Whether it may stand on a page that day: nobody to be recognized, or each of them has agreed."""
        if self.faces == Faces.NONE:
            return True
        releases = list(self.releases.all())
        return self.faces == Faces.AGREED and bool(releases) and all(one.holds_on(day) for one in releases)


class PhotoRendition(AbstractRendition):
    """A photo in one size, as it is sent."""

    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="photo_once_a_size")
        ]


def bare_picture(file: Any) -> bytes:
    """The picture of a file, turned the right way up, without place, time, device, comment or thumbnail."""
    file.seek(0)
    with Pillow.open(file) as picture:
        kind = picture.format if picture.format in WRITTEN_AS else "PNG"
        frames = getattr(picture, "n_frames", 1)
        moving: dict[str, Any] = {"save_all": True, "loop": 0} if frames > 1 and kind in {"GIF", "WEBP"} else {}
        if moving:
            bare = _frames(picture, frames)
            moving["append_images"], picture_now = bare[1:], bare[0]
        else:
            picture_now = _bare(ImageOps.exif_transpose(picture) or picture)
        out = BytesIO()
        quality: dict[str, Any] = {"quality": 90} if kind in {"JPEG", "WEBP"} else {}
        picture_now.save(out, format=kind, **quality, **moving)
    return out.getvalue()


def _bare(picture: Any) -> Any:
    """A copy of the points alone."""
    copy = picture.copy()
    kept = {name: copy.info[name] for name in ("transparency", "duration") if name in copy.info}
    copy.info = kept
    return copy


def _frames(picture: Any, count: int) -> list[Any]:
    found = []
    for number in range(count):
        picture.seek(number)
        found.append(_bare(picture))
    return found
