"""Frozen lists: who fitted a filter on a day, kept so that the same list can be drawn and checked again."""

from __future__ import annotations

from django.db import models

from unionhall.foundation.ids import new_public_id


class Roll(models.Model):
    """A list of persons as of a day, frozen.

    filter: what was asked, as plain JSON. lines: how many persons. sha256: of the lines in their order, so that a copy
    proves itself (docs/rules/rolls.md). reason: why it was frozen.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=200)
    filter = models.JSONField(default=dict)
    as_of = models.DateField()
    reason = models.CharField(max_length=250, blank=True)
    lines = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-frozen_at", "-pk")

    def __str__(self) -> str:
        return self.name


class RollLine(models.Model):
    """One person of a frozen list, as the list holds them: by public id, with the worksite and unit of that day.

    person: public id, so that the line outlives what is known of the person. worksite, unit: their codes then.
    """

    roll = models.ForeignKey("roster.Roll", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()
    person = models.CharField(max_length=12)
    worksite = models.CharField(max_length=12, blank=True)
    unit = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("roll", "place")
        constraints = [
            models.UniqueConstraint(fields=["roll", "place"], name="roll_line_place_once"),
            models.UniqueConstraint(fields=["roll", "person"], name="roll_line_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.roll_id} {self.place}"
