"""The front of the Hall: the page that fits the viewer's role."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from unionhall.accounts.queries import get_viewer
from unionhall.campaigns.views import queue, talks, turf
from unionhall.foundation import clock
from unionhall.foundation.access import Role, Viewer


@require_safe
@never_cache
def hall(request: HttpRequest) -> HttpResponse:
    """An organizer's queue, a steward's worksite, a CAT member's people; of several roles the widest decides."""
    return _page_of(get_viewer(request, on=clock.today()))(request)


def _page_of(viewer: Viewer) -> Callable[[HttpRequest], HttpResponse]:
    if viewer.has(Role.ORGANIZER, Role.DATA_ADMINISTRATOR, Role.OFFICER):
        return queue.hall
    if viewer.has(Role.STEWARD):
        return turf.own_site
    return talks.mine if viewer.has(Role.CAT_MEMBER) else queue.hall
