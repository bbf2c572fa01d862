"""What people send us."""

from unionhall.campaigns.forms.joining import (
    CANDIDATES,
    INVENTED_DOMAINS,
    INVENTED_NUMBER,
    NOT_LISTED,
    JoinForm,
    fits,
    is_invented,
    live_worksite,
)
from unionhall.campaigns.forms.queue import NoteForm, PlaceForm, queue_filter

__all__ = [
    "CANDIDATES",
    "INVENTED_DOMAINS",
    "INVENTED_NUMBER",
    "NOT_LISTED",
    "JoinForm",
    "NoteForm",
    "PlaceForm",
    "fits",
    "is_invented",
    "live_worksite",
    "queue_filter",
]
