"""My campaign: a member’s own page, what is held about her, and her own file."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from unionhall.accounts.models import User
from unionhall.accounts.queries import get_viewer
from unionhall.campaigns import operations
from unionhall.campaigns.queries import member as queries
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, require_signed_in
from unionhall.foundation.errors import NotFound
from unionhall.roster.models import Person
from unionhall.roster.queries.subject import held_about
from unionhall.roster.tables.subject import subject_file


@dataclass(frozen=True, slots=True)
class Self:
    """Who is in front of her own page. language: in which she reads it."""

    user: User
    person: Person
    actor: Actor
    language: str


@require_safe
@never_cache
def me(request: HttpRequest) -> HttpResponse:
    """My campaign: my place, who stands for me, what comes next, my messages."""
    user = user_of(request)
    page = queries.my_page(user, on=clock.today(), at=clock.now())
    return render(request, "campaigns/me.html", {"page": page, "done": request.GET.get("done", "")})


@require_safe
@never_cache
def me_held(request: HttpRequest) -> HttpResponse:
    """Everything that is held about me, class by class, with source and date."""
    own = own_of(request)
    return render(request, "campaigns/me_held.html", {"own": own, "sections": held_about(own.person)})


@require_POST
def me_file(request: HttpRequest) -> HttpResponse:
    """My own file to take along: to read, for a spreadsheet, or for another program."""
    own, at = own_of(request), clock.now()
    file = subject_file(request.POST.get("as", ""), own.person, held_about(own.person), at=at)
    operations.note_own_file(person=own.person, format=file.format, actor=own.actor, at=at)
    response = HttpResponse(file.data, content_type=file.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def user_of(request: HttpRequest) -> User:
    """The account in front of the page. Raises SignInNeeded for the public."""
    require_signed_in(get_viewer(request, on=clock.today()))
    assert isinstance(request.user, User)  # noqa: S101 - narrows the type behind require_signed_in
    return request.user


def own_of(request: HttpRequest) -> Self:
    """The account and its person. Raises SignInNeeded, and NotFound where the roster knows nobody of that account."""
    user = user_of(request)
    person = queries.person_of(user)
    if person is None:
        raise NotFound
    return Self(user, person, user.as_actor(), translation.get_language() or user.language)
