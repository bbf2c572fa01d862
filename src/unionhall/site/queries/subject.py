"""What the site holds about one person: the pictures that were put up by her account."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.hooks import Subject, SubjectLine, SubjectSection
from unionhall.site.models import Photo


def _pictures(subject: Subject) -> Iterator[SubjectLine]:
    if subject.user_id is None:
        return
    for photo in Photo.objects.filter(uploaded_by_user=subject.user_id).order_by("-created_at", "-pk"):
        yield SubjectLine(gettext("Picture"), photo.title, gettext("you"), timezone.localdate(photo.created_at))


PICTURES = SubjectSection(
    _("Pictures you put up"),
    _("Kept while a page shows them. What the camera notes, such as the place, is taken off when a picture comes in."),
    ("unionhall_site.Photo",),
    _pictures,
    left_out={
        "unionhall_site.PhotoRendition": "a picture in another size",
        "unionhall_site.KeptPart": "what a release or a photo covers, as it was published; sealed",
        "unionhall_site.StoryPage": "a public page; it names nobody but by a release",
    },
)
