"""Who answers for one person, and what was said with her: for her own page and for the subject file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.models import Cover, Talk
from unionhall.foundation.hooks import Subject, SubjectLine, SubjectSection


def _covers(subject: Subject) -> Iterator[SubjectLine]:
    lines = Cover.objects.filter(person=subject.person_id).select_related("user", "worksite", "given_by")
    for line in lines.order_by("-given_at", "-pk"):
        name = line.user.name if line.user else gettext("somebody who was asked")
        ended = f" ({gettext('no more')})" if line.ended_at else ""
        giver = line.given_by.name if line.given_by else ""
        yield SubjectLine(f"{line.worksite}", name + ended, giver, timezone.localdate(line.given_at))


def _talks(subject: Subject) -> Iterator[SubjectLine]:
    for talk in Talk.objects.filter(person=subject.person_id).select_related("by").order_by("-at", "-pk"):
        words = ". ".join(filter(None, (talk.asked, talk.text)))
        taken = f" ({gettext('taken back')})" if talk.taken_back_at else ""
        what = capfirst(str(talk.get_kind_display()))
        yield SubjectLine(what, words + taken, talk.by.name if talk.by else "", timezone.localdate(talk.at))


TURF_SECTIONS: Final = {
    "campaigns.covers": SubjectSection(
        title=_("Who answers for you"),
        why=_("So that somebody you know at work asks you, listens, and passes on what you say."),
        tables=("campaigns.Cover",),
        read=_covers,
    ),
    "campaigns.talks": SubjectSection(
        title=_("What was noted after talks with you"),
        why=_("What you were asked and what you said, so that nobody asks you twice. Deleted after you leave."),
        tables=("campaigns.Talk",),
        read=_talks,
        shown=False,
    ),
}
