"""Photos and files of the pages, as a browser fetches them."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

SHOWN: Final = ("images/", "documents/")
IN_THE_PAGE: Final = (".webp", ".jpg", ".jpeg", ".png", ".gif", ".pdf", ".mp4", ".webm", ".mp3", ".vtt")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A photo in one of its sizes, or a file; never a photo as it came. What a browser might run is saved."""
    if not path.startswith(SHOWN):
        raise Http404
    answer = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    answer.headers["Cache-Control"] = "public, max-age=3600"
    if not path.lower().endswith(IN_THE_PAGE):
        answer.headers["Content-Disposition"] = "attachment"
    return answer
