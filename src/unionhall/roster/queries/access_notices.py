"""What the Hall says of access reviews that wait."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from unionhall.foundation.access import Viewer
from unionhall.foundation.hooks import HallNotice
from unionhall.roster import access
from unionhall.roster.queries.access_review import open_reviews


def waiting_reviews(viewer: Viewer) -> Iterator[HallNotice]:
    """Each list after which nobody has looked through who has access, for those who may. One query, or none."""
    if not access.may_review_access(viewer):
        return
    for review in open_reviews():
        day = date_format(review.imported.as_of, "DATE_FORMAT")
        text = gettext("Look through who has access: the list of %(day)s speaks against some roles.") % {"day": day}
        yield HallNotice(text, reverse("access_review", args=[review.imported.public_id]))
