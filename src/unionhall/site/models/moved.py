"""What came from another site: so that a second run of the same file adds nothing."""

from __future__ import annotations

from django.db import models

from unionhall.site.enums import MovedState
from unionhall.site.models.ground import CampaignPage


class MovedItem(models.Model):
    """One post or page of an old site, and the page that stands for it here.

    home: the campaign, in one language. key: what the old site calls it. digest: of what was taken over. revision: the
    revision that the move wrote; while it is still the newest, nobody has edited the page since. page: None where
    somebody deleted it here; it does not come again.
    """

    home = models.ForeignKey(CampaignPage, on_delete=models.CASCADE, related_name="moved")
    key = models.CharField(max_length=250)
    digest = models.CharField(max_length=64)
    page = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+")
    revision_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=MovedState.choices)
    old_path = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home", "key"], name="item_moves_in_once")]

    def __str__(self) -> str:
        return self.key
