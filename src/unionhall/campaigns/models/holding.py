"""What comes in through the public forms before it is anybody's: slips, the letters owed, and who reads updates."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import Audience, Channel, EntryKind, LetterKind, SlipState
from unionhall.campaigns.models.entries import Entry
from unionhall.campaigns.models.record import LANGUAGES, Campaign
from unionhall.foundation.fields import EncryptedTextField
from unionhall.foundation.ids import new_public_id


class SlipQuerySet(models.QuerySet["Slip"]):
    """Reads of slips."""

    def held(self) -> SlipQuerySet:
        """Those that wait for their code, or for the data desk."""
        return self.filter(state=SlipState.HELD)

    def since(self, instant: datetime) -> SlipQuerySet:
        """Those that came in after that instant."""
        return self.filter(received_at__gt=instant)


class Slip(models.Model):
    """One form as it was sent, sealed; nothing of it is on the roster before it is taken in.

    sealed: name, contact and all else that was typed, encrypted; blank once it was taken in. contact_index: the keyed
    hash of the contact. likeness: a keyed hash of campaign, form, contact and name, by which a second click is known.
    asker: a keyed hash of the network address, blank after an hour. proof: which challenge it solved. code, key: keyed
    hashes of what was sent to the person's own channel. proven: she entered it.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("form"), max_length=10, choices=EntryKind.choices)
    state = models.CharField(_("state"), max_length=10, choices=SlipState.choices, default=SlipState.HELD)
    sealed = EncryptedTextField(context="campaigns.slip.sealed", blank=True)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel.choices)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    contact_index = models.CharField(max_length=32, db_index=True)
    likeness = models.CharField(max_length=32, db_index=True)
    asker = models.CharField(max_length=32, blank=True, db_index=True)
    proof = models.CharField(max_length=32, null=True, unique=True)
    proven = models.BooleanField(default=False)
    received_at = models.DateTimeField(_("received"))
    taken_at = models.DateTimeField(_("taken in"), null=True, blank=True)
    code = models.CharField(max_length=32, blank=True)
    code_made_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=32, blank=True)

    objects: ClassVar[models.Manager[Slip]] = models.Manager.from_queryset(SlipQuerySet)()

    class Meta:
        ordering = ("received_at", "pk")
        indexes = [models.Index(fields=["state", "received_at"], name="slip_by_state_and_age")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SlipState.TAKEN, taken_at__isnull=False)
                | (~Q(state=SlipState.TAKEN) & Q(taken_at__isnull=True)),
                name="slip_taken_in_at_an_instant",
            ),
            models.UniqueConstraint(
                fields=["likeness", "asker"],
                condition=Q(state=SlipState.HELD) & ~Q(asker=""),
                name="held_slip_once_a_click",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Subscription(models.Model):
    """Somebody who hears from a campaign by mail or text and is on no roster for it: parents, neighbors, members too.

    audience: whether the contact was a member's when it came in. wording: the consent word for word, in
    page_language. stopped_at: she asked us to stop; the record of what she had agreed to stays.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(_("audience"), max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel.choices)
    value = EncryptedTextField(context="campaigns.subscription.value")
    contact_index = models.CharField(max_length=32, db_index=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    wording = models.TextField(_("consent as shown"), validators=[MinLengthValidator(1)])
    page_language = models.CharField(max_length=2, choices=LANGUAGES)
    proven = models.BooleanField(default=False)
    agreed_at = models.DateTimeField(_("agreed"))
    stopped_at = models.DateTimeField(_("updates stopped"), null=True, blank=True)

    class Meta:
        ordering = ("agreed_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "channel", "contact_index"], name="subscribed_once_a_campaign"),
            models.CheckConstraint(condition=~Q(wording=""), name="subscription_keeps_the_consent_wording"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.public_id}"


class Letter(models.Model):
    """A message that is owed to somebody who wrote: written down first, then sent, tried again, or given up.

    Of a slip, of an entry, or of a subscription. due_at: not before. ended_at: nobody tries any more; outcome: why,
    in a word, such as "http_500" or "opted_out". What it says is made when it goes, and kept nowhere.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=LetterKind.choices)
    slip = models.ForeignKey(Slip, null=True, on_delete=models.CASCADE, related_name="letters")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.CASCADE, related_name="letters")
    subscription = models.ForeignKey(Subscription, null=True, on_delete=models.CASCADE, related_name="letters")
    channel = models.CharField(_("channel"), max_length=5, choices=Channel.choices)
    contact_index = models.CharField(max_length=32, db_index=True)
    written_at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("due"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    ended_at = models.DateTimeField(_("given up"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=60, blank=True)

    class Meta:
        ordering = ("written_at", "pk")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(sent_at=None, ended_at=None), name="letter_still_owed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(slip__isnull=False, entry__isnull=True, subscription__isnull=True)
                | Q(slip__isnull=True, entry__isnull=False, subscription__isnull=True)
                | Q(slip__isnull=True, entry__isnull=True, subscription__isnull=False),
                name="letter_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(ended_at__isnull=True), name="letter_sent_or_given_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
