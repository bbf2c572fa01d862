"""Whose contacts a page of ours showed, written into the read log."""

from __future__ import annotations

from collections.abc import Iterable

from unionhall.campaigns import access
from unionhall.campaigns.models import Entry
from unionhall.campaigns.queries.cards import Card
from unionhall.foundation import clock
from unionhall.foundation.access import Viewer
from unionhall.roster.operations.keeping.sights import note_seen


def note_cards(viewer: Viewer, cards: Iterable[Card]) -> None:
    """The cards on the page with a number on them. One query."""
    note_seen(viewer_id=viewer.user_id, person_ids=[one.person.pk for one in cards if one.phone], at=clock.now())


def note_entries(viewer: Viewer, entries: Iterable[Entry]) -> None:
    """The entries on the page whose contact the viewer may read. One query."""
    seen = [one.person_id for one in entries if one.contact_point_id and access.may_see_contact(viewer, one)]
    note_seen(viewer_id=viewer.user_id, person_ids=seen, at=clock.now())
