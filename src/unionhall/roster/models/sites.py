"""What belongs to one worksite: its names and codes by source and year, its units, shifts and bells."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from unionhall.roster.enums import EVERY_SCHOOL_DAY


class WorksiteCode(models.Model):
    """What one source calls a worksite from one school year on: its code and name there.

    code: "=19647330123456" for a code, "name:fusion academy" and "name:fusion academy/2" where the source has none.
    year: the school year from which the source says so, until a later one; 0 from the first list on. name: as the
    source writes it. imported: the import that brought it, whose undo takes it back.
    """

    worksite = models.ForeignKey("roster.Worksite", on_delete=models.CASCADE, related_name="codes")
    source = models.CharField(max_length=80)
    code = models.CharField(max_length=420)
    year = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=250, blank=True)
    imported = models.ForeignKey("roster.Import", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("source", "-year", "code")
        constraints = [
            models.UniqueConstraint(fields=["source", "code", "year"], name="worksite_code_once_a_source_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.code}"


class WorksiteUnit(models.Model):
    """A unit of which people work at the worksite; most worksites hold several."""

    worksite = models.ForeignKey("roster.Worksite", on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey("roster.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("worksite", "unit")
        constraints = [models.UniqueConstraint(fields=["worksite", "unit"], name="worksite_unit_once")]

    def __str__(self) -> str:
        return f"{self.worksite_id} {self.unit_id}"


class Shift(models.Model):
    """Hours that people of a worksite work. An end before the start is on the next day.

    days: digits of the weekdays in order, 1 for Monday.
    """

    worksite = models.ForeignKey("roster.Worksite", on_delete=models.CASCADE, related_name="shifts")
    name = models.CharField(max_length=40)
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    days = models.CharField(max_length=7, default=EVERY_SCHOOL_DAY)

    class Meta:
        ordering = ("worksite", "starts_at", "name")
        constraints = [
            models.UniqueConstraint(fields=["worksite", "name"], name="shift_name_once_a_worksite"),
            models.CheckConstraint(condition=~Q(name=""), name="shift_has_a_name"),
            models.CheckConstraint(condition=~Q(starts_at=F("ends_at")), name="shift_lasts"),
        ]

    def __str__(self) -> str:
        return self.name


class BellTime(models.Model):
    """When a bell rings, such as the start of school: so that a picket or a meeting stands before it.

    days: as of a shift.
    """

    worksite = models.ForeignKey("roster.Worksite", on_delete=models.CASCADE, related_name="bells")
    name = models.CharField(max_length=40)
    rings_at = models.TimeField()
    days = models.CharField(max_length=7, default=EVERY_SCHOOL_DAY)

    class Meta:
        ordering = ("worksite", "rings_at", "name")
        constraints = [
            models.UniqueConstraint(fields=["worksite", "name"], name="bell_name_once_a_worksite"),
            models.CheckConstraint(condition=~Q(name=""), name="bell_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.rings_at:%H:%M}"


class WorksiteMerge(models.Model):
    """Two worksites that proved to be one, with all it takes to part them again exactly.

    kept, absorbed: the absorbed one stays in its table, marked. moved: table → numbers of the rows that went over.
    ended: numbers of assignments that ended with it, since the person had the same one at the kept worksite. before:
    the fields of both as they were.
    """

    kept = models.ForeignKey("roster.Worksite", on_delete=models.PROTECT, related_name="+")
    absorbed = models.ForeignKey("roster.Worksite", on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    ended = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    merged_at = models.DateTimeField()
    merged_by = models.CharField(max_length=120, blank=True)
    parted_at = models.DateTimeField(null=True, blank=True)
    parted_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="worksite_merge_of_two"),
            models.CheckConstraint(
                condition=Q(parted_at__isnull=True) | Q(parted_at__gte=F("merged_at")),
                name="worksite_merge_parted_after_it",
            ),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(parted_at__isnull=True), name="worksite_merge_absorbs_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} in {self.kept_id}"
