"""Pairs of persons who look like one: proposals for the review queue, found anew after each list."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class LookAlike(models.Model):
    """Two persons who may be one, until somebody merges them or says that they are two.

    score: 0 to 1, how likely. is_certain: whether the rule would join them by itself, were they lines of a list.
    reasons: [code, sign, one, other] each, the most telling first; never a contact.
    """

    first = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    is_certain = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField()

    class Meta:
        ordering = ("-is_certain", "-score", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="look_alike_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="look_alike_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"
