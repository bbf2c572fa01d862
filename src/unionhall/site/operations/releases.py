"""What people agree to, and its end: one act that reaches every page."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from unionhall.foundation import audit, generation
from unionhall.foundation.access import Actor
from unionhall.site.models import PhotoRendition, Release, StoryPage
from unionhall.site.operations.archive import destroy_pictures_of_minors


@transaction.atomic
def give_release(
    *,
    name: str,
    covers: str,
    evidence: str,
    given_on: date,
    actor: Actor,
    at: datetime,
    until: date | None = None,
) -> Release:
    """Write down what somebody agreed to. name: as it may be shown. covers: such as "story and photo".

    evidence: where she gave it; shown to nobody. until: its last day, None for no end. The same again is the same.
    """
    release, new = Release.objects.get_or_create(
        name=name, covers=covers, given_on=given_on, defaults={"evidence": evidence, "until": until}
    )
    if new:
        audit.record(actor=actor, verb="site.release_given", at=at, obj=release, label=covers)
    return release


@transaction.atomic
def withdraw_release(*, release: Release, actor: Actor, at: datetime) -> int:
    """Somebody agrees no more: her stories, quotes and photos leave every page in both languages, at once.

    Give how many stories were taken down. A second time changes nothing. Writes an audit entry.
    """
    if release.withdrawn_on is None:
        release.withdrawn_on = max(timezone.localdate(at), release.given_on)
        Release.objects.filter(pk=release.pk).update(withdrawn_on=release.withdrawn_on)
        audit.record(actor=actor, verb="site.release_withdrawn", at=at, obj=release, label=release.covers)
    return take_down(release=release)


@transaction.atomic
def take_down(*, release: Release) -> int:
    """What rests on a withdrawn release leaves the pages: stories unpublished, photos no longer kept in any size.

    Give how many stories were taken down. Quotes and captions vanish by themselves, since each asks its release.
    """
    if release.withdrawn_on is not None:
        destroy_pictures_of_minors(release=release, on=release.withdrawn_on)
    stories = list(StoryPage.objects.live().filter(release=release))
    for story in stories:
        story.unpublish()
    for rendition in PhotoRendition.objects.filter(image__releases=release):
        rendition.file.delete(save=False)
        rendition.delete()
    generation.advance()
    return len(stories)
