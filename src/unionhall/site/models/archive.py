"""What the public pages of a campaign said at any moment, and what they said by somebody's leave."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from unionhall.campaigns.models import Campaign
from unionhall.rulebook.archive_chain import FIRST
from unionhall.site.enums import KeptAct
from unionhall.site.models.people import Photo, Release


class Archive(models.Model):
    """The archive of one campaign. number, head: of its newest entry; whoever adds one locks this row.

    due_since: since when its pages may say something else than what is kept. looked_on: the last day on which all of
    them were read without a reason.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="archive")
    number = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default=FIRST)
    due_since = models.DateTimeField(null=True)
    looked_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"archive of {self.campaign.slug}"


class KeptPage(models.Model):
    """What one page said in one language from a moment on, or that it was gone from then on.

    code: the short code that stands on the page and its cards. page: which page, the same in both languages. address,
    title: blank where the whole page rests on somebody's leave; then they lie in its part. body: the main content as
    HTML, what rests on somebody's leave as references to parts. digest: of the document made of it. previous, link: see
    rulebook.archive_chain.
    """

    archive = models.ForeignKey(Archive, on_delete=models.PROTECT, related_name="pages")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=8, unique=True)
    act = models.CharField(max_length=5, choices=KeptAct.choices)
    page = models.CharField(max_length=60)
    language = models.CharField(max_length=5)
    address = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    body = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    link = models.CharField(max_length=64)

    class Meta:
        ordering = ("archive", "-number")
        constraints = [
            models.UniqueConstraint(fields=["archive", "number"], name="archive_counts_without_gap"),
            models.CheckConstraint(condition=~Q(act=KeptAct.GONE) | Q(body=""), name="gone_page_says_nothing"),
        ]
        indexes = [
            models.Index(fields=["archive", "page", "language", "-number"], name="kept_by_page"),
            models.Index(fields=["archive", "language", "at"], name="kept_by_day"),
        ]

    def __str__(self) -> str:
        return self.code


class KeptPart(models.Model):
    """A part of kept pages that rests on somebody's leave: shown only while every release and its photo allow it.

    digest: SHA-256 of what is sealed. key: by which the same part is found again. sealed: the words, for a photo with
    faces the picture too, encrypted. destroyed_on: when the picture of a minor was destroyed; then nothing is sealed.
    """

    digest = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=32, unique=True)
    sealed = models.BinaryField()
    releases = models.ManyToManyField(Release, related_name="kept_parts")
    rests_on = models.PositiveSmallIntegerField(default=0)
    photo = models.ForeignKey(Photo, null=True, on_delete=models.SET_NULL, related_name="kept_parts")
    is_photo = models.BooleanField(default=False)
    destroyed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rests_on__gt=0) | Q(is_photo=True), name="part_rests_on_somebodys_leave"
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:12]
