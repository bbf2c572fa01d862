"""Work done after the page has answered, so that no timing tells what we know. Queued: ids, never a contact or code."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation
from django_tasks import default_task_backend, task

from unionhall.accounts import operations as accounts
from unionhall.accounts.events import ViewLinkAsked
from unionhall.accounts.models import User
from unionhall.campaigns import operations, queries
from unionhall.campaigns.events import LetterOwed, LinkSent, SlipReady
from unionhall.campaigns.queries.member import proved_channels
from unionhall.foundation import clock
from unionhall.foundation.events import subscribe
from unionhall.roster.models import Person

TIDY_EVERY: Final = timedelta(hours=1)


@subscribe(SlipReady)
def queue_slip(event: SlipReady) -> None:
    """A form may be taken in."""
    take_in_slip.enqueue(slip_id=event.slip_id)


@subscribe(LetterOwed)
def queue_letter(event: LetterOwed) -> None:
    """A letter is to go, now or in the morning."""
    _at(event.due_at, send_letter, letter_id=event.letter_id)


@task()
def take_in_slip(*, slip_id: int, **_unknown: Any) -> None:
    """Make an entry of a form. Running twice makes one."""
    operations.take_in(slip_id=slip_id, at=clock.now())


@task()
def send_letter(*, letter_id: int, **_unknown: Any) -> None:
    """Send one letter. Running twice sends once. Within the hour somebody looks whether anything was left lying."""
    operations.send_letter(letter_id=letter_id, at=clock.now())
    if cache.add("campaigns:tidy", "queued", int(TIDY_EVERY.total_seconds())):
        _at(clock.now() + TIDY_EVERY, tidy)


@task()
def tidy(**_unknown: Any) -> None:
    """Pick up what lost its task, forget addresses, and come again while any is left."""
    at = clock.now()
    for slip_id in queries.ready_slips(at=at):
        operations.take_in(slip_id=slip_id, at=at)
    for letter_id in queries.late_letters(at=at):
        operations.send_letter(letter_id=letter_id, at=at)
    if operations.forget_addresses(at=at):
        _at(at + TIDY_EVERY, tidy)


@subscribe(ViewLinkAsked)
def queue_view_link(event: ViewLinkAsked) -> None:
    """A member wants her personal link."""
    send_view_link.enqueue(user_id=event.user_id)


@subscribe(LinkSent)
def queue_sent_link(event: LinkSent) -> None:
    """Somebody who leads her place has a member's own link sent to her."""
    send_own_link.enqueue(person_id=event.person_id)


@task()
def send_own_link(*, person_id: int, **_unknown: Any) -> None:
    """Make the link and send it where she has proved that it is hers; none where nothing is left."""
    person, at = Person.objects.select_related("user").get(pk=person_id), clock.now()
    only = proved_channels(person)
    if person.user is not None and only:
        address = _link_of(person.user, at)
        accounts.send_view_link(user=person.user, address=address, at=at, only=only)


@task()
def send_view_link(*, user_id: int, **_unknown: Any) -> None:
    """Make the link and send it; it lives in the message alone."""
    user, at = User.objects.get(pk=user_id), clock.now()
    accounts.send_view_link(user=user, address=_link_of(user, at), at=at)


def _link_of(user: User, at: datetime) -> str:
    token = accounts.make_view_token(user=user, at=at)
    with translation.override(user.language):
        return settings.BASE_URL + reverse("me_by_link", args=[token])


def _at(instant: datetime, work: Any, **arguments: Any) -> None:
    """Queue work for an instant; where the queue knows no later, `_tidy` and `unionhall check` find it."""
    if instant <= clock.now():
        work.enqueue(**arguments)
    elif default_task_backend.supports_defer:
        work.using(run_after=instant).enqueue(**arguments)
