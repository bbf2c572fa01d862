"""Tables of the ground floor: the audit trail, long work, the outbox of a demonstration."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.enums import Channel, JobStatus
from unionhall.foundation.errors import Refused
from unionhall.foundation.fields import EncryptedTextField
from unionhall.foundation.ids import new_public_id

# A worker writes a sign of life at least every few seconds; a minute without one means that it died.
STALLED_AFTER: Final = timedelta(seconds=60)


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Reads of the trail; there is no way to change or remove what it holds."""

    def of(self, obj: models.Model) -> AuditQuerySet:
        """Entries about one record."""
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))

    def update(self, **kwargs: Any) -> int:
        """Refused always: the trail is append-only."""
        raise TrailIsAppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused always: the trail is append-only."""
        raise TrailIsAppendOnly


class AuditEntry(models.Model):
    """One act: who, what, on which record, when, why. Never a contact, a choice or a secret: ids of rows only."""

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=120, blank=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    object_label = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=40, blank=True)
    why = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["object_type", "object_id", "-at"], name="audit_by_object"),
            models.Index(fields=["actor_id", "-at"], name="audit_by_actor"),
            models.Index(fields=["verb", "-at"], name="audit_by_verb"),
            models.Index(fields=["place", "-at"], name="audit_by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label or self.actor_id or ''} {self.verb} {self.object_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append only. Raises TrailIsAppendOnly for an entry that is stored already."""
        if not self._state.adding:
            raise TrailIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused always: the trail is append-only."""
        raise TrailIsAppendOnly


class TrailIsAppendOnly(Refused):
    """Somebody tried to change or remove an entry of the audit trail."""

    code = "trail_is_append_only"
    message = _("The trail only grows: what is written in it is never changed or removed.")


class Installation(models.Model):
    """What this database holds: one real local, or the invented one. One row, or none before the first of them."""

    class Kind(models.TextChoices):
        """Real people, or invented ones: never both in one database."""

        REAL = "real"
        DEMO = "demo"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    name = models.CharField(max_length=200)
    languages = models.JSONField(default=list)
    rule_pack = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="installation_is_one"),
            models.CheckConstraint(condition=models.Q(kind__in=["real", "demo"]), name="installation_is_real_or_demo"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"


class VocabularyChoice(models.Model):
    """What the local calls things: the pack it chose, and words it says otherwise. One row, or none for the default.

    own_words: key → the word as a pack keeps it.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    pack = models.CharField(max_length=40, default="default")
    own_words = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="vocabulary_choice_is_one")]

    def __str__(self) -> str:
        return self.pack


class Job(models.Model):
    """One long piece of work: who started it, how far it is, from where it can go on.

    state: the last checkpoint. language: its owner's, in which the work speaks.
    run_key: names the run that may write here; a run that lost it must not go on.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=60)
    label = models.CharField(max_length=200, blank=True)
    payload = models.JSONField(default=dict)
    state = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=JobStatus.choices, default=JobStatus.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    text = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, default="en")
    stop_asked = models.BooleanField(default=False)
    error_code = models.CharField(max_length=60, blank=True)
    error_text = EncryptedTextField(context="job.error_text", blank=True, default="")
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=120, blank=True)
    run_key = models.CharField(max_length=12, default=new_public_id, editable=False)
    runs = models.PositiveIntegerField(default=0)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-queued_at", "-pk")
        indexes = [models.Index(fields=["status", "queued_at"], name="job_by_status")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=[s for s in JobStatus.values if s != JobStatus.STALLED]),
                name="job_status_is_known",
            )
        ]

    def __str__(self) -> str:
        return self.label or self.kind

    def standing(self, at: datetime) -> JobStatus:
        """Where the work stands at that instant: STALLED when it should be running and gave no sign for a minute."""
        if self.status == JobStatus.RUNNING and self.heard_at is not None and at - self.heard_at > STALLED_AFTER:
            return JobStatus.STALLED
        return JobStatus(self.status)

    def is_overdue(self, at: datetime) -> bool:
        """Whether it has waited for its turn so long that queueing it anew is right."""
        return self.status == JobStatus.WAITING and at - self.queued_at > STALLED_AFTER

    def may_resume(self, at: datetime) -> bool:
        """Whether it can go on from its last checkpoint: stopped, failed, stalled or overdue."""
        resumable = (JobStatus.STOPPED, JobStatus.FAILED, JobStatus.STALLED)
        return self.standing(at) in resumable or self.is_overdue(at)

    def to_json(self, at: datetime) -> dict[str, Any]:
        """What `<uh-progress>` asks for; nothing of what the work is about."""
        return {"state": self.standing(at).value, "done": self.done, "total": self.total, "text": self.text}

    def may_stop(self, at: datetime) -> bool:
        """Whether asking it to stop means anything: waiting or running, and not asked yet."""
        return self.standing(at) in (JobStatus.WAITING, JobStatus.RUNNING) and not self.stop_asked


class Night(models.Model):
    """One day's round of the retention clocks: begun once a day, whoever looks at the clock first.

    day: in the local's zone. job: the long work that does it. ended_at: when the last clock had been asked.
    """

    day = models.DateField(unique=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class NightWork(models.Model):
    """What one retention clock forgot in one night. key: of the hook; count: how many; error: its class, or blank."""

    night = models.ForeignKey(Night, on_delete=models.CASCADE, related_name="works")
    key = models.CharField(max_length=60)
    at = models.DateTimeField()
    count = models.PositiveBigIntegerField(default=0)
    error = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [models.UniqueConstraint(fields=["night", "key"], name="night_work_once_a_night")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class OutboxMessage(models.Model):
    """A message that a demonstration would have sent. All of it lies encrypted, since sign-in codes are in it."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    at = models.DateTimeField(db_index=True)
    channel = models.CharField(max_length=4, choices=Channel.choices)
    to = EncryptedTextField(context="outboxmessage.to")
    subject = EncryptedTextField(context="outboxmessage.subject", blank=True, default="")
    body = EncryptedTextField(context="outboxmessage.body")
    language = models.CharField(max_length=2, default="en")
    purpose = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.public_id}"


class Generation(models.Model):
    """How often what the public pages show has changed: one row, raised within the transaction of each change."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
