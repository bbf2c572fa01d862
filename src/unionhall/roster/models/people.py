"""Persons as thin as joining needs them: a name, where they work, how to reach them, what they agreed to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from unionhall.foundation.fields import EncryptedTextField
from unionhall.foundation.ids import new_public_id
from unionhall.roster.enums import ConsentPurpose, ContactKind, ContactOwner

LANGUAGES = [("en", "English"), ("es", "Español")]


class Person(models.Model):
    """Somebody on the roster. Neither a mail nor a phone is needed.

    name: as the person writes it. given_name, family_name: where a list holds them apart. chosen_name: what to call
    the person, where it differs. name_key: the folded name. source: who brought the person first, such as "join".
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=200)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    chosen_name = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=400, db_index=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    source = models.CharField(max_length=80)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "pk")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name")]

    def __str__(self) -> str:
        return self.chosen_name or self.name


class ContactPoint(models.Model):
    """A number or an address of a person, encrypted; several people may share one.

    index_full, index_last7, index_last4: keyed hashes to look it up by; the last two are blank for mail.
    """

    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=4, choices=ContactKind)
    value = EncryptedTextField(context="roster.contactpoint.value")
    index_full = models.CharField(max_length=32, db_index=True)
    index_last7 = models.CharField(max_length=32, blank=True, db_index=True)
    index_last4 = models.CharField(max_length=32, blank=True, db_index=True)
    owner = models.CharField(max_length=8, choices=ContactOwner, default=ContactOwner.PERSONAL)
    source = models.CharField(max_length=80)
    added_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("person", "pk")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "index_full"], name="contact_point_once_a_person"),
            models.CheckConstraint(
                condition=~Q(owner=ContactOwner.EMPLOYER) | Q(verified_at__isnull=True),
                name="contact_of_the_employer_never_verified",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Assignment(models.Model):
    """A person at a worksite in a job, on a shift, for a time. Anybody may have several at once."""

    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="assignments")
    worksite = models.ForeignKey("roster.Worksite", on_delete=models.PROTECT, related_name="assignments")
    classification = models.ForeignKey(
        "roster.Classification", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    shift = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=80)

    class Meta:
        ordering = ("person", "worksite", "pk")
        indexes = [models.Index(fields=["worksite", "ends_on"], name="assignment_by_worksite")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="assignment_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["person", "worksite", "shift"],
                condition=Q(ends_on__isnull=True, classification__isnull=True),
                name="assignment_open_once_without_a_job",
            ),
            models.UniqueConstraint(
                fields=["person", "worksite", "classification", "shift"],
                condition=Q(ends_on__isnull=True, classification__isnull=False),
                name="assignment_open_once_a_job",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.worksite_id}"


class Consent(models.Model):
    """What a person agreed to on one channel, in which words and when; withdrawn, it stays as a record."""

    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="consents")
    contact_point = models.ForeignKey(
        "roster.ContactPoint", null=True, blank=True, on_delete=models.SET_NULL, related_name="consents"
    )
    channel = models.CharField(max_length=4, choices=ContactKind)
    purpose = models.CharField(max_length=20, choices=ConsentPurpose)
    wording = models.TextField()
    language = models.CharField(max_length=2, choices=LANGUAGES)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("person", "given_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_it_was_given",
            ),
            models.UniqueConstraint(
                fields=["person", "contact_point", "purpose"],
                condition=Q(withdrawn_at__isnull=True, contact_point__isnull=False),
                name="consent_stands_once_a_contact_and_purpose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.channel} {self.purpose}"
