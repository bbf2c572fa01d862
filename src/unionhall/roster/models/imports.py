"""What came in: one row a file, one row for each record it touched, with what must be put back to undo it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from unionhall.roster.enums import ChangeKind, ImportKind


class Import(models.Model):
    """One file that was applied.

    columns: the heads of the file, in order; a later file with the same ones is taken for the same source. report: the
    import report as it was given.
    """

    kind = models.CharField(max_length=20, choices=ImportKind)
    source = models.CharField(max_length=80)
    as_of = models.DateField()
    file_name = models.CharField(max_length=250)
    sha256 = models.CharField(max_length=64, db_index=True)
    columns = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    applied_at = models.DateTimeField()
    applied_by_id = models.BigIntegerField(null=True)
    applied_by = models.CharField(max_length=120, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("applied_at")),
                name="import_undone_after_it_was_applied",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.kind} {self.file_name}"


class ImportChange(models.Model):
    """What one import did to one record.

    record: "worksite". record_pk: its database number, kept when the record goes. line: where the file says it.
    before, after: the touched fields by name, as plain JSON; a new record has no before. codes: what the source now
    calls it. stands: why an undo left something in place; blank where nothing was.
    """

    imported = models.ForeignKey("roster.Import", on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind)
    record = models.CharField(max_length=20)
    record_pk = models.BigIntegerField()
    label = models.CharField(max_length=250)
    line = models.PositiveIntegerField(null=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    codes = models.JSONField(default=list)
    stands = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("imported", "pk")
        constraints = [
            models.UniqueConstraint(fields=["imported", "record", "record_pk"], name="import_touches_a_record_once")
        ]
        indexes = [models.Index(fields=["record", "record_pk", "imported"], name="import_change_by_record")]

    def __str__(self) -> str:
        return f"{self.imported_id} {self.kind} {self.record} {self.record_pk}"
