"""What people send us."""

from unionhall.campaigns.forms.joining import (
    CANDIDATES,
    INVENTED_DOMAINS,
    INVENTED_NUMBER,
    NOT_LISTED,
    CatForm,
    CodeForm,
    JoinForm,
    SignForm,
    SiteForm,
    UpdatesForm,
    fits,
    is_invented,
    live_worksite,
    page_language,
)
from unionhall.campaigns.forms.queue import NoteForm, PlaceForm, page_of, queue_filter
from unionhall.campaigns.forms.turf import AskForm, TalkForm, shown, sorted_by

__all__ = [
    "CANDIDATES",
    "INVENTED_DOMAINS",
    "INVENTED_NUMBER",
    "NOT_LISTED",
    "AskForm",
    "CatForm",
    "CodeForm",
    "JoinForm",
    "NoteForm",
    "PlaceForm",
    "SignForm",
    "SiteForm",
    "TalkForm",
    "UpdatesForm",
    "fits",
    "is_invented",
    "live_worksite",
    "page_language",
    "page_of",
    "queue_filter",
    "shown",
    "sorted_by",
]
