"""What every answer passes through: its policies, and our errors made into pages."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language

from unionhall.foundation import problems
from unionhall.foundation.errors import UnionhallError

logger = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]
FIRST_OF_OURS = 500


class PolicyMiddleware:
    """Says which powers of the browser our pages use (hardly any), and gives the editors' admin its looser policy.

    What was made with a cookie in hand is marked private, so that no proxy ever keeps it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if "cookie" in response.headers.get("Vary", "").lower():
            patch_cache_control(response, private=True)
        if request.path_info.startswith(settings.ADMIN_PREFIX) and not hasattr(response, "_csp_config"):
            response._csp_config = settings.ADMIN_CONTENT_POLICY  # type: ignore[attr-defined]  # where django-csp looks
        return response


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice of a language by address and browser, without its second guess at what we did not find.

    Django sends every 404 on to /en/...; since Wagtail answers any address there, a job or a record that is not the
    viewer's would come back as a redirect, to programs too.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Our own answers as they are; any other as Django would."""
        if getattr(response, problems.FINAL, False):
            response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
            return response
        return super().process_response(request, response)


class ErrorMiddleware:
    """Turns an error of our tree into an answer of its status, in the reader's language."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer for an error of ours; None, and so Django's own way, for any other."""
        if not isinstance(error, UnionhallError):
            return None
        if error.status >= FIRST_OF_OURS:
            logger.error("%s at %s", error.code, request.resolver_match.route if request.resolver_match else "-")
        return problems.answer(request, error)
