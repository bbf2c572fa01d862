"""Who was shown how to reach whom: a line a viewer, person and day, so that "who saw it?" has an answer."""

from __future__ import annotations

from django.db import models


class Sight(models.Model):
    """An account was shown contacts of a person on that day, once or many times. Never which contact.

    viewer_id: the account. at: the first time that day.
    """

    viewer_id = models.BigIntegerField()
    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [models.UniqueConstraint(fields=["viewer_id", "person", "day"], name="sight_once_a_day")]
        indexes = [
            models.Index(fields=["-at"], name="sight_by_time"),
            models.Index(fields=["person", "-at"], name="sight_by_person"),
            models.Index(fields=["viewer_id", "-at"], name="sight_by_viewer"),
        ]

    def __str__(self) -> str:
        return f"{self.viewer_id} {self.day:%Y-%m-%d}"
