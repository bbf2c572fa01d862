"""What was changed in the record, with what stood there before, so that it can be taken back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import Part
from unionhall.foundation.bilingual import BilingualField
from unionhall.foundation.ids import new_public_id


class RecordChange(models.Model):
    """One change of one row of the record. before: its values until then, none where it was added; after: none where
    it was removed. page_day: the day at which the page had stood, where the change moved it on."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", null=True, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(_("part"), max_length=10, choices=Part.choices)
    row_id = models.PositiveBigIntegerField()
    title = BilingualField(_("title"))
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    page_day = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_label = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["campaign", "part", "row_id"], name="change_by_row")]

    def __str__(self) -> str:
        return f"{self.part} {self.row_id} {self.at:%Y-%m-%d}"
