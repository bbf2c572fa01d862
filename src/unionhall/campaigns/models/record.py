"""The record of a campaign: its phases, facts, focus areas and days, and who took part."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import (
    STEPS,
    TRACKS,
    DateKind,
    Skin,
)
from unionhall.foundation.bilingual import BilingualField
from unionhall.rulebook.phases import Phase, Step

LANGUAGES = [("en", "English"), ("es", "Español")]


def both_languages() -> list[str]:
    """The languages a new campaign speaks."""
    return ["en", "es"]


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Reads of campaigns."""

    def open_on(self, day: date) -> CampaignQuerySet:
        """Those that have begun and are not over on that day."""
        begun = Q(opens_on__isnull=True) | Q(opens_on__lte=day)
        return self.filter(begun, Q(closes_on__isnull=True) | Q(closes_on__gte=day))


class Campaign(models.Model):
    """One contract campaign of the local: what it is called, who speaks, against whom, in which inks."""

    slug = models.SlugField(_("address"), max_length=30, unique=True)
    name = BilingualField(_("name"))
    union_name = models.CharField(_("union"), max_length=120)
    employer = BilingualField(_("employer"))
    slogan = BilingualField(_("slogan"))
    who_we_are = BilingualField(_("who we are"))
    skin = models.CharField(_("inks"), max_length=10, choices=Skin.choices, default=Skin.PURPLE)
    picture = models.CharField(_("picture"), max_length=60, blank=True)
    picture_text = BilingualField(_("what the picture shows"))
    languages = models.JSONField(_("languages"), default=both_languages)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    as_of = models.DateField(_("the page stands at"), null=True, blank=True)
    changed_at = models.DateTimeField(editable=False)

    objects: ClassVar[models.Manager[Campaign]] = models.Manager.from_queryset(CampaignQuerySet)()

    class Meta:
        ordering = ("slug",)
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="campaign_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def is_open(self, day: date) -> bool:
        """Whether it has begun and is not over on that day."""
        return (self.opens_on is None or self.opens_on <= day) and (self.closes_on is None or day <= self.closes_on)

    def day(self, today: date) -> date:
        """The day as of which its pages speak: today, or the past day at which they were let stand."""
        return min(self.as_of, today) if self.as_of else today


class PhaseRecord(models.Model):
    """One step of one track: what began, when it ended, who recorded it, on what evidence."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="phases")
    track = models.CharField(_("track"), max_length=10, choices=TRACKS)
    step = models.CharField(_("step"), max_length=30, choices=STEPS)
    public = models.BooleanField(_("named on the public page"), default=False)
    title = BilingualField(_("title"))
    line = BilingualField(_("line"))
    headline = BilingualField(_("headline"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "step", "starts_on"], name="phase_step_begins_once_a_day"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="phase_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.starts_on:%Y-%m-%d}"

    def as_phase(self) -> Phase:
        """This row as the rulebook reads it."""
        return Phase(Step(self.step), self.starts_on, self.ends_on, public=self.public, key=self.pk)


class Fact(models.Model):
    """One number about the campaign, true as of a day, with its source; a newer day of the same key replaces it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="facts")
    key = models.SlugField(_("key"), max_length=50)
    label = BilingualField(_("label"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    unit = BilingualField(_("unit"))
    line = BilingualField(_("what it means"))
    as_of = models.DateField(_("true as of"))
    source = BilingualField(_("source"))
    source_url = models.URLField(_("address of the source"), blank=True)
    stale_after = models.DateField(_("to be checked again after"), null=True, blank=True)
    used_on = models.JSONField(_("where it is used"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ("order", "key", "-as_of")
        constraints = [models.UniqueConstraint(fields=["campaign", "key", "as_of"], name="one_fact_a_key_and_day")]

    def __str__(self) -> str:
        return f"{self.key} {self.as_of:%Y-%m-%d}"

    def is_stale(self, day: date) -> bool:
        """Whether somebody ought to check it again by that day."""
        return self.stale_after is not None and day > self.stale_after


class FocusArea(models.Model):
    """One of the few things the campaign fights for, in the members' own order."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="focus_areas")
    order = models.PositiveSmallIntegerField(_("order"))
    slug = models.SlugField(_("address"), max_length=50)
    title = BilingualField(_("title"))
    summary = BilingualField(_("summary"))
    picture = models.CharField(_("picture"), max_length=60, blank=True)
    picture_text = BilingualField(_("what the picture shows"))
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=["campaign", "slug"], name="focus_area_has_one_address"),
            models.UniqueConstraint(fields=["campaign", "order"], name="focus_areas_stand_in_one_order"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class CalendarDate(models.Model):
    """A day of the campaign: a session at the table, an action, a meeting, a notice.

    place: where it is, in the words people use. area, worksite: whom it is for, where it is not for all; one at most,
    since a worksite lies in its area. called_off: it stays in the calendar and says so.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="dates")
    kind = models.CharField(_("kind"), max_length=10, choices=DateKind.choices)
    on = models.DateField(_("day"))
    starts_at = models.TimeField(_("time"), null=True, blank=True)
    ends_at = models.TimeField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    area = models.ForeignKey(
        "roster.Area",
        verbose_name=_("Area"),
        to_field="code",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    worksite = models.ForeignKey(
        "roster.Worksite",
        verbose_name=_("worksite"),
        to_field="public_id",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    called_off = models.BooleanField(_("called off"), default=False)
    slug = models.SlugField(_("address"), max_length=80)
    title = BilingualField(_("title"))
    line = BilingualField(_("line"))
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ("on", F("starts_at").asc(nulls_first=True), "pk")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "slug"], name="one_date_an_address"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="date_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(area=None) | Q(worksite=None), name="date_is_for_area_or_worksite"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on:%Y-%m-%d}"


class Banner(models.Model):
    """A line across every page of the campaign, from its first day to its last."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="banners")
    title = BilingualField(_("title"))
    line = BilingualField(_("line"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="banner_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def covers(self, day: date) -> bool:
        """Whether it hangs on that day."""
        return self.starts_on <= day <= self.ends_on


class Participation(models.Model):
    """That a person took part in an act of the campaign, on a day. Never what she said or chose, and no time of day."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="+")
    act = models.CharField(_("act"), max_length=60)
    on = models.DateField(_("day"))
    source = models.CharField(_("recorded by"), max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "act", "person"], name="one_participation_a_person_and_act"),
            models.CheckConstraint(condition=~Q(act=""), name="participation_names_its_act"),
        ]
        indexes = [models.Index(fields=["person", "-on"], name="participation_by_person")]

    def __str__(self) -> str:
        return f"{self.act} {self.on:%Y-%m-%d}"
