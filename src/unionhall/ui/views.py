"""The style guide: every component, in every state, in either skin, language and scheme."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from unionhall.ui import styleguide as guide


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component. `?lang=es`, `?skin=red`, `?scheme=dark`; nothing is remembered and no cookie is set."""
    choice = guide.choose(request.GET, languages=[code for code, _ in settings.LANGUAGES])
    with translation.override(choice.language):
        return render(request, "ui/styleguide.html", guide.context(choice))


@require_safe
def booth(request: HttpRequest) -> HttpResponse:
    """The voting booth over an example: it makes ballots and sends nothing. `?lang=es`; no cookie is set."""
    choice = guide.choose(request.GET, languages=[code for code, _ in settings.LANGUAGES])
    with translation.override(choice.language):
        return render(request, "ui/booth.html", {"other": f"?lang={'en' if choice.language == 'es' else 'es'}"})


@require_safe
def find_example(request: HttpRequest) -> JsonResponse:
    """Invented schools whose name holds `?q=`, as the type-ahead wants them."""
    return JsonResponse(guide.find_schools(request.GET.get("q", "")), safe=False)
