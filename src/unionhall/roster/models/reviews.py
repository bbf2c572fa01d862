"""Who has access, looked through after each list of people: what the list says of them now, and what was decided."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from unionhall.foundation.ids import new_public_id
from unionhall.roster.enums import AccessDecision, AccessFound


class AccessReview(models.Model):
    """One look through all roles and invitations, after one list.

    done_at: when nothing waited any more and somebody said so. is_overtaken: a later list, or taking this one back,
    ended it before.
    """

    imported = models.OneToOneField("roster.Import", on_delete=models.CASCADE, related_name="access_review")
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True)
    is_overtaken = models.BooleanField(default=False)

    class Meta:
        ordering = ("-opened_at", "-pk")

    def __str__(self) -> str:
        return f"access after import {self.imported_id}"


class AccessItem(models.Model):
    """One role or invitation of which the list says something, with what is proposed and what was decided.

    found: what the list says. proposal: what we would do. codes: worksites where she works now, for a role that moves.
    is_automatic: the role was ended at once, since its holder became management. decided: by the first person; applied
    at once, or, where wants_second, when another agrees.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    review = models.ForeignKey(AccessReview, on_delete=models.CASCADE, related_name="items")
    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="+")
    grant = models.ForeignKey("accounts.RoleGrant", null=True, on_delete=models.CASCADE, related_name="+")
    invitation = models.ForeignKey("accounts.Invitation", null=True, on_delete=models.CASCADE, related_name="+")
    found = models.CharField(max_length=12, choices=AccessFound)
    proposal = models.CharField(max_length=8, choices=AccessDecision)
    codes = models.JSONField(default=list, blank=True)
    is_automatic = models.BooleanField(default=False)
    wants_second = models.BooleanField(default=False)
    decision = models.CharField(max_length=8, choices=AccessDecision, default=AccessDecision.OPEN, blank=True)
    reason = models.CharField(max_length=250, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_by_id = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.CharField(max_length=120, blank=True)
    agreed_by_id = models.BigIntegerField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("review", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(grant__isnull=True, invitation__isnull=False)
                | Q(grant__isnull=False, invitation__isnull=True),
                name="access_item_of_a_role_or_an_invitation",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by_id__isnull=True) | ~Q(agreed_by_id=F("decided_by_id")),
                name="access_item_agreed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(wants_second=False) | Q(agreed_by_id__isnull=False),
                name="access_item_by_two_is_agreed_first",
            ),
            models.CheckConstraint(
                condition=~Q(decision=AccessDecision.KEEP) | ~Q(reason=""), name="access_item_kept_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.found} {self.public_id}"
