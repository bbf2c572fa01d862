"""Legal holds: while one stands, no retention clock deletes what it covers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from unionhall.foundation.ids import new_public_id


class Hold(models.Model):
    """Counsel's word that nothing may be deleted: of one person, of all who ever worked at one worksite, or of anybody
    where neither is named.

    reason: the case, in words. lifted_at: when counsel said that the clocks go on; lifted_why: in which words.
    placed_by_id, lifted_by_id: accounts, blank for the operator. Who placed it never lifts it.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey("roster.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="holds")
    worksite = models.ForeignKey(
        "roster.Worksite", null=True, blank=True, on_delete=models.PROTECT, related_name="holds"
    )
    reason = models.CharField(max_length=250)
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=120, blank=True)
    placed_by_id = models.BigIntegerField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=120, blank=True)
    lifted_by_id = models.BigIntegerField(null=True, blank=True)
    lifted_why = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ("-placed_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("placed_at")), name="hold_lifted_after_it"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(worksite__isnull=True), name="hold_of_a_person_or_a_worksite"
            ),
            models.CheckConstraint(
                condition=Q(placed_by_id__isnull=True)
                | Q(lifted_by_id__isnull=True)
                | ~Q(lifted_by_id=F("placed_by_id")),
                name="hold_lifted_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.public_id}"
