"""Districts: council, supervisors, school board, neighborhoods, with their outlines and the days they hold."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from unionhall.foundation.ids import new_public_id


class Outline(models.Model):
    """A shape on the globe, kept once however many districts have it, and never changed.

    sha256: of the bytes. wkb: polygons in degrees of WGS84, longitude first, every point as the file had it but for
    what had to be mended. west, south, east, north: the box around it. area_km2: over the globe.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    wkb = models.BinaryField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    area_km2 = models.FloatField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["west", "east", "south", "north"], name="outline_by_box")]
        constraints = [
            models.CheckConstraint(
                condition=Q(west__lte=F("east"), south__lte=F("north"), west__gte=-180, east__lte=180)
                & Q(south__gte=-90, north__lte=90),
                name="outline_box_on_the_globe",
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class DistrictQuerySet(models.QuerySet["District"]):
    """Chainable reads of districts."""

    def on(self, day: date) -> DistrictQuerySet:
        """Those that hold on a day: the first day counts, the last does not."""
        return self.filter(Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gt=day)))

    def around(self, latitude: float, longitude: float) -> DistrictQuerySet:
        """Those whose box holds the point."""
        return self.filter(
            outline__west__lte=longitude,
            outline__east__gte=longitude,
            outline__south__lte=latitude,
            outline__north__gte=latitude,
        )


class District(models.Model):
    """One district as one source draws it, from one day until the source draws it anew.

    kind: a slug such as "city-council", "supervisor" or "neighborhood". code: what the source calls it, unique among
    those of one day. valid_until: the first day on which it holds no longer; none while it does.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.SlugField(max_length=40)
    source = models.CharField(max_length=80)
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=250)
    outline = models.ForeignKey("roster.Outline", on_delete=models.PROTECT, related_name="districts")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    imported = models.ForeignKey("roster.Import", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[models.Manager[District]] = models.Manager.from_queryset(DistrictQuerySet)()

    class Meta:
        ordering = ("kind", "source", "code", "valid_from")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "code", "valid_from"], name="district_code_once_a_kind_source_and_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="district_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class WorksiteDistrict(models.Model):
    """A live worksite lies in a district. Worked out anew after every import of either; whether the district holds on a
    day is asked of the district.
    """

    worksite = models.ForeignKey("roster.Worksite", on_delete=models.CASCADE, related_name="in_districts")
    district = models.ForeignKey("roster.District", on_delete=models.CASCADE, related_name="holds")

    class Meta:
        ordering = ("worksite", "district")
        constraints = [models.UniqueConstraint(fields=["worksite", "district"], name="worksite_in_a_district_once")]

    def __str__(self) -> str:
        return f"{self.worksite_id} in {self.district_id}"
