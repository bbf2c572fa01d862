"""Legal holds: while one stands, no retention clock deletes what it covers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from unionhall.foundation.ids import new_public_id


class Hold(models.Model):
    """Counsel's word that nothing may be deleted: of one person, or of anybody where no person is named.

    reason: the case, in words. lifted_at: when counsel said that the clocks go on.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey("roster.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=250)
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=120, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-placed_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("placed_at")), name="hold_lifted_after_it"
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.public_id}"
