"""What came in: one row a file, one row for each record it touched, with what must be put back to undo it.

Rows of a list of which nobody can be sure wait as doubts until somebody settles them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from unionhall.foundation.fields import EncryptedTextField
from unionhall.foundation.ids import new_public_id
from unionhall.roster.enums import ChangeKind, Decision, ImportKind, ImportState


class Import(models.Model):
    """One file that was looked at, applied, or taken back.

    columns: the heads of the file, in order; a later file with the same ones is taken for the same source. mapping:
    field → head, as somebody said it for this source; the next file of the source is read by it. report: the import
    report as it was given. applied_at: when it was begun to be applied; received_at: when it came, looked at only.
    A public id, since a file may wait in the browser before anything is written.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.APPLIED)
    kind = models.CharField(max_length=20, choices=ImportKind)
    source = models.CharField(max_length=80)
    as_of = models.DateField()
    file_name = models.CharField(max_length=250)
    sha256 = models.CharField(max_length=64, db_index=True)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    received_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
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
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=False) | Q(state=ImportState.LOOKED_AT, applied_at__isnull=True),
                name="import_says_when_it_was_applied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.kind} {self.file_name}"


class ImportFile(models.Model):
    """The bytes of a file, encrypted, until it is applied and its days are over; then this row goes."""

    imported = models.OneToOneField("roster.Import", on_delete=models.CASCADE, related_name="file")
    sealed = models.BinaryField()
    delete_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"file of {self.imported_id}"


class ImportChange(models.Model):
    """What one import did to one record.

    record: "worksite", "person", "district", "opt-out". record_pk: its database number, kept when the record goes.
    line: where the file says it. before, after: the touched fields by name, as plain JSON; a new record has no before.
    codes: what the source now calls it. stands: why an undo left something in place; blank where nothing was.
    is_undone: taken back, so that an undo that was killed goes on where it was.
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
    is_undone = models.BooleanField(default=False)

    class Meta:
        ordering = ("imported", "pk")
        constraints = [
            models.UniqueConstraint(fields=["imported", "record", "record_pk"], name="import_touches_a_record_once")
        ]
        indexes = [models.Index(fields=["record", "record_pk", "imported"], name="import_change_by_record")]

    def __str__(self) -> str:
        return f"{self.imported_id} {self.kind} {self.record} {self.record_pk}"


class Doubt(models.Model):
    """A row of a list that may be somebody we know: held, not written, until somebody says who it is.

    record: "person" or "worksite". row: the row as it was read, as JSON, encrypted, since it holds contacts; blank once
    it was written. way_back: what takes the answer back, as JSON, encrypted, until its clock has run out.
    candidates: [{"pk", "score", "reasons"}], best first. site: where the row says the person works, to show it to the
    organizer of that place only. decision: what was said; decided_pk: the record meant by "same".
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    imported = models.ForeignKey("roster.Import", on_delete=models.CASCADE, related_name="doubts")
    record = models.CharField(max_length=20)
    line = models.PositiveIntegerField()
    label = models.CharField(max_length=250)
    row = EncryptedTextField(context="roster.doubt.row", blank=True)
    way_back: models.Field[str | None, str | None] = EncryptedTextField(  # type: ignore[assignment, misc]  # None: gone
        context="roster.doubt.way_back", null=True, blank=True
    )
    candidates = models.JSONField(default=list)
    site = models.ForeignKey("roster.Worksite", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN, blank=True)
    decided_pk = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("imported", "line", "pk")
        indexes = [models.Index(fields=["decision", "imported"], name="doubt_by_decision")]
        constraints = [
            models.UniqueConstraint(fields=["imported", "record", "line"], name="doubt_once_a_line"),
            models.CheckConstraint(
                condition=~Q(decision=Decision.SAME) | Q(decided_pk__isnull=False), name="doubt_same_says_as_whom"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.imported_id} line {self.line}"


class LineSeen(models.Model):
    """The line on which a list last named a record and said nothing that was not held already.

    digest: keyed, of the line and of all that it was held against. A line with the same one is not read again: it says
    nothing new. A digest that fits no more costs time and nothing else, so that rows of this table may go at any time.
    """

    record = models.OneToOneField(
        "roster.PersonRecord", primary_key=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    digest = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"line of {self.record_id}"
