"""What a member asked for on her own page that does not end with a word: that she leaves."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Leaving(models.Model):
    """Somebody who wants no messages and no account any more, and may take it back until her account is closed.

    consents, opt_outs: ids of what was withdrawn and of what was written down when she asked, so that taking it back
    puts exactly that back. closes_at: when the account is closed; closed_at: when it was.
    """

    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(_("asked for"))
    closes_at = models.DateTimeField(_("account closes"), db_index=True)
    consents = models.JSONField(default=list)
    opt_outs = models.JSONField(default=list)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    closed_at = models.DateTimeField(_("account closed"), null=True, blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(taken_back_at__isnull=True, closed_at__isnull=True),
                name="leaving_stands_once_a_person",
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=F("asked_at")), name="leaving_leaves_time_to_think"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(closed_at__isnull=True),
                name="leaving_taken_back_or_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%Y-%m-%d}"
