"""Persons: their names, what each source says of them, where they work, how to reach them, what they agreed to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from unionhall.foundation.fields import EncryptedTextField
from unionhall.foundation.ids import new_public_id
from unionhall.roster.enums import ConsentPurpose, ContactKind, ContactOwner, Employment, Membership, Standing

LANGUAGES = [("en", "English"), ("es", "Español")]


class PersonQuerySet(models.QuerySet["Person"]):
    """Chainable reads of persons."""

    def present(self) -> PersonQuerySet:
        """Those who stand for themselves: not merged into another record."""
        return self.filter(merged_into=None)


class Person(models.Model):
    """Somebody on the roster. Neither a mail nor a phone is needed.

    Each field below is the best of what the records of the person say (docs/rules/people.md), and is written by nothing
    else. name: as the person writes it. given_name, family_name, suffix: where a list holds them apart. chosen_name:
    what to call the person, where it differs. name_key: the folded name. search: every folded name, one blank before
    each word, for finding. birth: "MM-DD", never a year. employment, membership and standing are three matters: on the
    payroll, signed, in good standing. source: who brought the person first, such as "join". missing_since: the day of
    the first list that lacks the person. merged_into: set where two records proved to be one person. shrunk_at: when a
    former member was cut down to the minimal record.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=200)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    suffix = models.CharField(max_length=20, blank=True)
    chosen_name = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=400, db_index=True)
    search = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    birth = models.CharField(max_length=5, blank=True)
    hired_on = models.DateField(null=True, blank=True)
    employment = models.CharField(max_length=12, choices=Employment, default=Employment.UNKNOWN, blank=True)
    membership = models.CharField(max_length=12, choices=Membership, default=Membership.UNKNOWN, blank=True)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.UNKNOWN, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    source = models.CharField(max_length=80)
    added_at = models.DateTimeField()
    missing_since = models.DateField(null=True, blank=True)
    separated_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    shrunk_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Person]] = models.Manager.from_queryset(PersonQuerySet)()

    class Meta:
        ordering = ("name", "pk")
        indexes = [models.Index(fields=["employment", "name_key"], name="person_by_employment_and_name")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")), name="person_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.chosen_name or self.name


class PersonRecord(models.Model):
    """What one source says of one person now. A person may have several records of one source: many ids.

    code: "=00123456" for the source's id, "name:rosa garcia" with a number where it has none. said: field → [value,
    day it was first said, id of the import or null], plain JSON; contacts are ids of contact points, never their
    values. The source "hand" is what people of ours wrote: it stands before every list. first_seen_on, last_seen_on:
    days of the first and last list with this code. missing_since, missing_lists: the first list without it, and how
    many lists have lacked it in a row.
    """

    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="records")
    source = models.CharField(max_length=80)
    code = models.CharField(max_length=420)
    said = models.JSONField(default=dict)
    first_seen_on = models.DateField()
    last_seen_on = models.DateField()
    missing_since = models.DateField(null=True, blank=True)
    missing_lists = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("person", "source", "pk")
        constraints = [
            models.UniqueConstraint(fields=["source", "code"], name="person_record_code_once_a_source"),
            models.CheckConstraint(
                condition=Q(last_seen_on__gte=F("first_seen_on")), name="person_record_seen_last_after_first"
            ),
            models.CheckConstraint(
                condition=Q(missing_since__isnull=True, missing_lists=0)
                | Q(missing_since__isnull=False, missing_lists__gt=0),
                name="person_record_missing_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.pk}"


class ContactPoint(models.Model):
    """A number or an address of a person, encrypted; several people may share one.

    index_full, index_last7, index_last4: keyed hashes to look it up by; blank for mail but the first; of a home address
    the whole, number with ZIP code, street with ZIP code. is_current: some source says it today; an old one is kept
    beside the new. source, added_at: who said it first.
    """

    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=5, choices=ContactKind)
    value = EncryptedTextField(context="roster.contactpoint.value")
    index_full = models.CharField(max_length=32, db_index=True)
    index_last7 = models.CharField(max_length=32, blank=True, db_index=True)
    index_last4 = models.CharField(max_length=32, blank=True, db_index=True)
    owner = models.CharField(max_length=8, choices=ContactOwner, default=ContactOwner.PERSONAL)
    source = models.CharField(max_length=80)
    added_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True, blank=True)
    is_current = models.BooleanField(default=True)

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
    """A person at a worksite in a job, on a shift, for a time. Anybody may have several at once. hours: a day."""

    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="assignments")
    worksite = models.ForeignKey("roster.Worksite", on_delete=models.PROTECT, related_name="assignments")
    classification = models.ForeignKey(
        "roster.Classification", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    shift = models.CharField(max_length=40, blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
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
    channel = models.CharField(max_length=5, choices=ContactKind)
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


class OptOut(models.Model):
    """A number or address that nobody may write to any more, whoever has it and whatever list brings it again.

    lifted_at: when its owner asked to be written to again, in new words of consent.
    """

    kind = models.CharField(max_length=5, choices=ContactKind)
    index_full = models.CharField(max_length=32, db_index=True)
    value = EncryptedTextField(context="roster.optout.value")
    source = models.CharField(max_length=80)
    opted_out_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "index_full"], condition=Q(lifted_at__isnull=True), name="opt_out_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("opted_out_at")),
                name="opt_out_lifted_after_it_was_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Merge(models.Model):
    """Two records that proved to be one person, with all it takes to part them again exactly.

    kept, absorbed: the absorbed one stays in its table, marked. moved: table → ids of the rows that went over; before:
    the fields of both as they were.
    """

    kept = models.ForeignKey("roster.Person", on_delete=models.PROTECT, related_name="+")
    absorbed = models.ForeignKey("roster.Person", on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    merged_at = models.DateTimeField()
    merged_by = models.CharField(max_length=120, blank=True)
    parted_at = models.DateTimeField(null=True, blank=True)
    parted_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="merge_of_two"),
            models.CheckConstraint(
                condition=Q(parted_at__isnull=True) | Q(parted_at__gte=F("merged_at")), name="merge_parted_after_it"
            ),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(parted_at__isnull=True), name="merge_absorbs_a_person_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} in {self.kept_id}"


class Apart(models.Model):
    """Two persons of whom somebody said that they are not one, so that they are never proposed again."""

    first = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="apart_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="apart_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"
