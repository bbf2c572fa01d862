"""Work done after the page has answered."""

from __future__ import annotations

from typing import Any

from django_tasks import task

from unionhall.campaigns import operations
from unionhall.campaigns.events import EntryReceived
from unionhall.foundation import clock
from unionhall.foundation.events import subscribe


@subscribe(EntryReceived)
def confirm(event: EntryReceived) -> None:
    """Queue the confirmation of a new entry."""
    send_confirmation.enqueue(entry_id=event.entry_id)


@task()
def send_confirmation(*, entry_id: int, **_unknown: Any) -> None:
    """Tell somebody that her entry is in. Running twice sends once."""
    operations.confirm_entry(entry_id=entry_id, at=clock.now())
