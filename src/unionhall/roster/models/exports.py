"""What went out: one row a file that was asked for, with who asked, who agreed, why, and what became of it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from unionhall.foundation.ids import new_public_id
from unionhall.roster.enums import ExportFormat, ExportKind, ExportState


class Export(models.Model):
    """One file with the data of many: asked for, agreed to by a second person, made, and fetched once.

    filter: what was asked to be in it, as plain JSON: "source", "area", "contacts". reason: as the asker gave it.
    asked_by_id: blank for the operator at the command line, who holds the key and the database anyway. decided_by: who
    agreed or refused. sealed: the bytes of the file, encrypted, until it is fetched or its day is over. sha256: of the
    file as it was given out. rows: lines in it, files for everything.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=12, choices=ExportKind)
    format = models.CharField(max_length=6, choices=ExportFormat)
    filter = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.ASKED)
    asked_by_id = models.BigIntegerField(null=True)
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    decided_by_id = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    rows = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    sealed = models.BinaryField(null=True)
    expires_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = [models.Index(fields=["state", "asked_at"], name="export_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by_id__isnull=True)
                | Q(asked_by_id__isnull=True)
                | ~Q(decided_by_id=F("asked_by_id")),
                name="export_decided_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True) | Q(asked_by_id__isnull=True) | Q(decided_by_id__isnull=False),
                name="export_made_after_a_second_person_agreed",
            ),
            models.CheckConstraint(
                condition=Q(sealed__isnull=True) | Q(state=ExportState.READY, expires_at__isnull=False),
                name="export_file_only_while_it_is_ready",
            ),
            models.CheckConstraint(
                condition=Q(asked_by_id__isnull=True) | ~Q(reason=""), name="export_asked_for_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def file_name(self) -> str:
        """What the file is called: kind, day it was asked for, and its id, so that a copy can be traced."""
        suffix = "zip" if self.kind == ExportKind.EVERYTHING else self.format
        return f"unionhall-{self.kind}-{self.asked_at:%Y-%m-%d}-{self.public_id}.{suffix}"

    def is_fetchable(self, at: datetime) -> bool:
        """Whether the asker may fetch the file at that instant: made, not fetched yet, its day not over."""
        return self.state == ExportState.READY and self.expires_at is not None and at < self.expires_at
