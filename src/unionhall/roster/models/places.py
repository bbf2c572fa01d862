"""Employer, units, job titles, areas and worksites."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from unionhall.foundation.bilingual import BilingualField
from unionhall.foundation.ids import new_public_id
from unionhall.roster.enums import AreaBy, SiteKind, SiteStatus

# A database lets a check pass that comes out unknown, so that half a point must be named to be caught.
WHOLE_POINT_OR_NONE = Q(latitude__isnull=True, longitude__isnull=True) | Q(
    latitude__isnull=False,
    longitude__isnull=False,
    latitude__gte=-90,
    latitude__lte=90,
    longitude__gte=-180,
    longitude__lte=180,
)


class Employer(models.Model):
    """Who signs the other side of the contract."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """The jobs that one contract covers; an employer may have several units."""

    employer = models.ForeignKey("roster.Employer", on_delete=models.PROTECT, related_name="units")
    code = models.CharField(max_length=20)
    name = BilingualField()

    class Meta:
        ordering = ("employer", "code")
        constraints = [models.UniqueConstraint(fields=["employer", "code"], name="unit_code_once_an_employer")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Classification(models.Model):
    """A job title with the employer's code for it."""

    unit = models.ForeignKey("roster.Unit", on_delete=models.PROTECT, related_name="classifications")
    code = models.CharField(max_length=20)
    name = BilingualField()

    class Meta:
        ordering = ("unit", "code")
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="classification_code_once_a_unit")]

    def __str__(self) -> str:
        return str(self.name)


class Area(models.Model):
    """A group of worksites that one organizer works: a few ZIP codes, or whatever lies nearest its centre.

    zips: five-digit ZIP codes as text; a listed one decides before any distance does.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    code = models.CharField(max_length=20, unique=True)
    name = BilingualField()
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    zips = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=WHOLE_POINT_OR_NONE,
                name="area_centre_whole_or_absent",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class WorksiteQuerySet(models.QuerySet["Worksite"]):
    """Chainable reads of worksites."""

    def live(self) -> WorksiteQuerySet:
        """Those where people work now, charters apart."""
        return self.filter(status=SiteStatus.LIVE, is_charter=False)

    def in_areas(self, area_ids: frozenset[int]) -> WorksiteQuerySet:
        """Those in any of the areas. area_ids: database numbers."""
        return self.filter(area_id__in=area_ids)


class Worksite(models.Model):
    """A place where people work, live or not. Two worksites may share an address and a point: a school in a school.

    name_key: the folded name, for exact look-ups. search: folded name, city, street and ZIP code, one blank before each
    word, for the type-ahead. zip: as the source writes it. source, as_of: which list last spoke of it, and its day.
    is_charter: somebody else employs the people there; it is kept and matched, but offered to nobody as theirs.
    by_hand: fields that one of us wrote, which no list overwrites.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=250)
    name_key = models.CharField(max_length=400, db_index=True)
    search = models.TextField()
    kind = models.CharField(max_length=10, choices=SiteKind, default=SiteKind.SCHOOL)
    status = models.CharField(max_length=10, choices=SiteStatus, default=SiteStatus.LIVE)
    is_charter = models.BooleanField(default=False)
    district = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=250, blank=True)
    city = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=20, blank=True)
    zip = models.CharField(max_length=10, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    employer = models.ForeignKey(
        "roster.Employer", null=True, blank=True, on_delete=models.PROTECT, related_name="worksites"
    )
    area = models.ForeignKey("roster.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="worksites")
    area_by = models.CharField(max_length=10, choices=AreaBy, default=AreaBy.NONE, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_hand = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=80, blank=True)
    as_of = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[Worksite]] = models.Manager.from_queryset(WorksiteQuerySet)()

    class Meta:
        ordering = ("name", "pk")
        indexes = [models.Index(fields=["status", "name_key"], name="worksite_by_status_and_name")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="worksite_has_a_name"),
            models.CheckConstraint(
                condition=WHOLE_POINT_OR_NONE,
                name="worksite_point_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=True) | ~Q(area_by=AreaBy.NONE), name="worksite_area_says_how_it_came"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(status=SiteStatus.MERGED), name="worksite_merged_says_so"
            ),
        ]

    def __str__(self) -> str:
        return self.name
