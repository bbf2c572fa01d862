"""A page for each thing that can go wrong, in the reader's language; the last one needs nothing to work."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.views.defaults import page_not_found, permission_denied, server_error

from unionhall.foundation.errors import (
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    SignInNeeded,
    Unavailable,
    UnionhallError,
)

HEADS = {
    400: ("That could not be read", "Eso no se pudo leer"),
    403: ("Not your door", "No es tu puerta"),
    404: ("Nobody in this room", "No hay nadie aquí"),
    500: ("Our mistake", "Error nuestro"),
}


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/es/nada/")
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize("error", [Refused, Invalid, NotFound, NotAllowed, SignInNeeded, Unavailable, UnionhallError])
@pytest.mark.parametrize("language", ["en", "es"])
def test_error_of_ours_says_its_sentence(error: type[UnionhallError], language: str) -> None:
    with translation.override(language):
        html = render_to_string("ui/error.html", {"error": error()})
        sentence = str(error())

    assert sentence.replace("'", "&#x27;") in html
    assert f'<html lang="{language}"' in html
    assert html.count("<h1>") == 1


@pytest.mark.parametrize(("status", "view"), [(404, page_not_found), (403, permission_denied)])
@pytest.mark.parametrize("language", ["en", "es"])
def test_django_error_wears_our_face(request_: HttpRequest, status: int, view: object, language: str) -> None:
    with translation.override(language):
        answer = view(request_, Exception())  # type: ignore[operator]

    assert answer.status_code == status
    assert HEADS[status][language == "es"] in answer.content.decode()
    assert "session" not in answer.cookies


@pytest.mark.parametrize("language", ["en", "es"])
def test_last_page_needs_neither_database_nor_context(request_: HttpRequest, language: str) -> None:
    with translation.override(language):
        answer = server_error(request_)

    text = answer.content.decode()
    assert answer.status_code == 500
    assert f"<h1>{HEADS[500][language == 'es']}</h1>" in text
    assert f'<html lang="{language}">' in text
