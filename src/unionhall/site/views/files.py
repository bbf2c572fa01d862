"""Photos and files of the pages, as a browser fetches them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

SHOWN: Final = ("images/", "documents/")
RANGE: Final = re.compile(r"bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))")
PIECE: Final = 64 * 1024
IN_THE_PAGE: Final = (".webp", ".jpg", ".jpeg", ".png", ".gif", ".pdf", ".mp4", ".webm", ".mp3", ".vtt")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A photo in one of its sizes, or a file; never a photo as it came. What a browser might run is saved."""
    if not path.startswith(SHOWN) or posixpath.normpath(path) != path:  # no way round to another folder
        raise Http404
    answer = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    answer.headers["Cache-Control"] = "public, max-age=3600"
    answer.headers["Accept-Ranges"] = "bytes"
    if not path.lower().endswith(IN_THE_PAGE):
        answer.headers["Content-Disposition"] = "attachment"
    is_same = request.headers.get("If-Range") in (None, answer.headers.get("Last-Modified"))
    asked = RANGE.fullmatch(request.headers.get("Range", "")) if is_same else None
    return _part(answer, asked) if asked and isinstance(answer, FileResponse) else answer


def _part(whole: FileResponse, asked: re.Match[str]) -> HttpResponseBase:
    """The bytes asked for, as a film is watched from its middle; 416 where the file ends before them."""
    film: Any = whole.file_to_stream
    size = int(whole.headers["Content-Length"])
    first, last, tail = asked.groups()
    start = max(0, size - int(tail)) if tail else int(first)
    end = min(int(last), size - 1) if last else size - 1
    if start > end:
        film.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    heads = dict(whole.headers) | {"Content-Range": f"bytes {start}-{end}/{size}"}
    heads["Content-Length"] = str(end - start + 1)
    return StreamingHttpResponse(_bytes(film, start, end - start + 1), status=206, headers=heads)


def _bytes(film: BinaryIO, start: int, left: int) -> Iterator[bytes]:
    with film as file:
        file.seek(start)
        while left > 0 and (piece := file.read(min(left, PIECE))):
            left -= len(piece)
            yield piece
