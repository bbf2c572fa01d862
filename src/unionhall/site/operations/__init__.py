"""Writes of the site."""

from unionhall.site.operations.archive import (
    PictureDestroyed,
    keep_campaign,
    keep_page,
    note_due,
    open_sealed,
    take_archive,
)
from unionhall.site.operations.editors import let_edit
from unionhall.site.operations.ground import ensure_ground
from unionhall.site.operations.moving.applying import NoGround, apply_wordpress, preview_wordpress
from unionhall.site.operations.moving.undo import MoveUndo, plan_move_undo
from unionhall.site.operations.pages import PageWords, fill_pages, put_pages
from unionhall.site.operations.releases import give_release, take_down, withdraw_release
from unionhall.site.operations.sections import ensure_campaign_pages

__all__ = [
    "MoveUndo",
    "NoGround",
    "PageWords",
    "PictureDestroyed",
    "apply_wordpress",
    "ensure_campaign_pages",
    "ensure_ground",
    "fill_pages",
    "give_release",
    "keep_campaign",
    "keep_page",
    "let_edit",
    "note_due",
    "open_sealed",
    "plan_move_undo",
    "preview_wordpress",
    "put_pages",
    "take_archive",
    "take_down",
    "withdraw_release",
]
