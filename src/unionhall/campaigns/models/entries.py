"""Who wrote to us through a form, and what was done about it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import (
    ASKED,
    Channel,
    EntryKind,
    EntryState,
    NoteKind,
    ShiftTime,
    Tongue,
)
from unionhall.campaigns.models.record import LANGUAGES, Campaign
from unionhall.foundation.ids import new_public_id


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads of entries."""

    def in_state(self, state: str) -> EntryQuerySet:
        """Those that stand there."""
        return self.filter(state=state)

    def with_rows(self) -> EntryQuerySet:
        """With all that one line of the queue shows, at a fixed number of queries."""
        return self.select_related("person__user", "contact_point", "worksite__area", "campaign", "answered_by")


class Entry(models.Model):
    """Somebody who wrote to us through a form, and how long she waited for a first reply.

    The name and the contact are the person's, in the roster; here stands what she agreed to, word for word. A worksite
    that our list lacks stays null, with what she wrote beside it, until the data desk finds it. shifts, speaks: values
    of ShiftTime and Tongue, where the form asked. is_caught: the list calls her management, so that no account was
    opened; cleared_at: somebody who answers for the worksite said that she is not ours to keep out.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("form"), max_length=10, choices=EntryKind.choices, default=EntryKind.JOIN)
    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="+")
    contact_point = models.ForeignKey("roster.ContactPoint", null=True, on_delete=models.SET_NULL, related_name="+")
    worksite = models.ForeignKey("roster.Worksite", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    worksite_text = models.CharField(_("worksite as written"), max_length=250)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel.choices)
    shifts = models.JSONField(_("when she works"), default=list, blank=True)
    speaks = models.JSONField(_("languages she speaks"), default=list, blank=True)
    consent_wording = models.TextField(_("consent as shown"), validators=[MinLengthValidator(1)])
    received_at = models.DateTimeField(_("received"))
    state = models.CharField(_("state"), max_length=10, choices=EntryState.choices, default=EntryState.OPEN)
    first_reply_at = models.DateTimeField(_("first reply"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_caught = models.BooleanField(_("stopped: the list says management"), default=False)
    cleared_at = models.DateTimeField(_("let in all the same"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmation sent"), null=True, blank=True)

    objects: ClassVar[models.Manager[Entry]] = models.Manager.from_queryset(EntryQuerySet)()

    class Meta:
        ordering = ("received_at", "pk")
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["state", "received_at"], name="entry_by_state_and_age")]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "kind", "person"],
                condition=~Q(kind__in=sorted(ASKED)),
                name="one_entry_a_person_and_form",
            ),
            models.CheckConstraint(condition=~Q(consent_wording=""), name="entry_keeps_the_consent_wording"),
            models.CheckConstraint(condition=~Q(worksite_text=""), name="entry_names_a_worksite"),
            models.CheckConstraint(
                condition=~Q(state=EntryState.OPEN) | Q(first_reply_at__isnull=True), name="open_entry_has_no_reply"
            ),
            models.CheckConstraint(
                condition=~Q(state=EntryState.ANSWERED) | Q(first_reply_at__isnull=False),
                name="answered_entry_has_reply",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def is_stopped(self) -> bool:
        """Whether she is let in nowhere until somebody says that the list is wrong about her."""
        return self.is_caught and self.cleared_at is None

    def shift_names(self) -> list[str]:
        """When she works, in words."""
        return [str(ShiftTime(value).label) for value in self.shifts]

    def language_names(self) -> list[str]:
        """The languages she speaks, in words."""
        return [str(Tongue(value).label) for value in self.speaks]


class EntryNote(models.Model):
    """One line under an entry: a call, a text, a mail, a note, or that all is done. Taken back, it counts no more."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(_("kind"), max_length=10, choices=NoteKind.choices)
    text = models.TextField(_("text"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("when"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(kind=NoteKind.NOTE) | ~Q(text=""), name="note_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
