"""What the site adds to Wagtail: what its pages are composed of, releases, and the report of numbers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from unionhall.site import queries
from unionhall.site.hookspecs import page_contexts
from unionhall.site.models import Release
from unionhall.site.views.compose import compose

page_contexts.register("site.compose", compose, order=10)


class ReleaseViews(SnippetViewSet):
    """Releases in the admin: who agreed to what, since when, until when."""

    model = Release
    icon = "lock"
    menu_label = _("Releases")
    add_to_admin_menu = True
    list_display = ("name", "covers", "given_on", "until", "withdrawn_on")
    search_fields = ("name", "covers")


register_snippet(ReleaseViews)


@hooks.register("after_publish_page")
def name_typed_numbers(request: HttpRequest, page: Any) -> None:
    """Whoever publishes typed numbers is told which, and how the record would speak instead."""
    typed = queries.typed_numbers(page).numbers
    if typed:
        sentence = gettext(
            "Typed numbers on this page: %(numbers)s. Draw them from the record instead, as [[key]], so that each "
            "has its date and source and is never out of date."
        )
        messages.warning(request, sentence % {"numbers": ", ".join(typed[:8])})
