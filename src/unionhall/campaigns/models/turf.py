"""Who answers for whom, and what was said: the lists of CAT members, and the log of talks."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import TalkKind
from unionhall.campaigns.models.record import Campaign
from unionhall.foundation.ids import new_public_id


class CoverQuerySet(models.QuerySet["Cover"]):
    """Reads of the lists."""

    def standing(self) -> CoverQuerySet:
        """Those by which somebody who can sign in answers for somebody now."""
        return self.filter(ended_at=None, user__is_active=True)

    def promised(self, at: datetime) -> CoverQuerySet:
        """Those that wait for somebody who was asked and has not accepted yet, by a link that still works."""
        asked = self.filter(ended_at=None, user=None, invitation__accepted_at=None, invitation__withdrawn_at=None)
        return asked.filter(invitation__expires_at__gt=at)


class Cover(models.Model):
    """That a CAT member answers for one person at one worksite: one line of a turf.

    A person has one CAT member at a worksite at a time. user: the CAT member; while an invitation to become one is not
    accepted, the invitation instead. given_in, ended_in: the act by which it began or ended, so that the act can be
    taken back whole. A line of somebody who left the worksite stays, and counts for nothing until she is back.
    """

    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="+")
    worksite = models.ForeignKey("roster.Worksite", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    invitation = models.ForeignKey(
        "accounts.Invitation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField(_("given"))
    given_in = models.CharField(max_length=12)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_in = models.CharField(max_length=12, blank=True)

    objects: ClassVar[models.Manager[Cover]] = models.Manager.from_queryset(CoverQuerySet)()

    class Meta:
        ordering = ("worksite", "pk")
        indexes = [
            models.Index(fields=["worksite", "given_in"], name="cover_by_act"),
            models.Index(fields=["user", "ended_at"], name="cover_by_cat_member"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "worksite"],
                condition=Q(ended_at__isnull=True),
                name="one_cat_member_at_a_site",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("given_at")), name="cover_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.worksite_id}"


class TalkQuerySet(models.QuerySet["Talk"]):
    """Reads of the log."""

    def standing(self) -> TalkQuerySet:
        """Those that were not taken back."""
        return self.filter(taken_back_at=None)


class Talk(models.Model):
    """One line of the log of talks: a call, a text, a one-on-one, a note, or that all is done for today.

    asked: what the person was asked. text: what was said. Both are read by those alone who answer for the person, and
    deleted when the retention clock runs out.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=TalkKind.choices)
    asked = models.CharField(_("asked"), max_length=120, blank=True)
    text = models.TextField(_("text"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("when"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects: ClassVar[models.Manager[Talk]] = models.Manager.from_queryset(TalkQuerySet)()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["person", "-at"], name="talk_by_person"),
            # Everybody who heard from us in sixty days is read from this index alone.
            models.Index(
                fields=["at", "person", "kind"], condition=Q(taken_back_at__isnull=True), name="talk_standing_by_time"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(kind=TalkKind.NOTE) | ~Q(text=""), name="talk_note_says_something"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(taken_back_at__gte=F("at")), name="talk_taken_back_after_it"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
