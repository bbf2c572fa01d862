"""A member's own link, sent to her by whoever leads her place: never seen, once an hour, to a proved channel."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import accounts, roster
from tests.factories import campaigns as factory
from unionhall.foundation import clock
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.models import AuditEntry, OutboxMessage
from unionhall.roster import operations
from unionhall.roster.models import ContactPoint, Person

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def rosa() -> Person:
    """Rosa of Palo Verde, who has proved her phone."""
    site = roster.worksite("Palo Verde Elementary", area=roster.area("E"))
    person = factory.entry(factory.campaign(), site=site, name="Rosa Méndez", contact="213 555 0142").person
    person.refresh_from_db()
    operations.verify_contact(contact_point=person.contact_points.get(), actor=factory.CLERK, at=factory.AT)
    return person


@pytest.fixture
def send(rosa: Person, django_capture_on_commit_callbacks: Any) -> Any:
    """Somebody with a role presses the button; gives the status of the answer and its whole text."""

    def press(role: Role, reach: Reach, *codes: str) -> tuple[int, str]:
        client, user = Client(), accounts.make_user("Denise Carter")
        accounts.grant(user, role, reach, list(codes))
        accounts.sign_in(client, user)
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("hall_talk_link", args=[rosa.public_id]), **OURS)
        return answer.status_code, answer.content.decode() + answer.headers.get("Location", "")

    return press


def test_it_goes_to_her_alone_and_the_trail_says_who_sent_it(send: Any, rosa: Person) -> None:
    site = rosa.assignments.get().worksite.public_id
    status, shown = send(Role.STEWARD, Reach.WORKSITE, site)
    sent = OutboxMessage.objects.get()
    token = str(sent.body).split("/es/")[1].split("/")[1].split()[0]

    assert (status, sent.to, sent.language) == (302, "+12135550142", "es")
    assert token not in shown
    entry = AuditEntry.objects.get(verb="campaigns.link_sent")
    assert (entry.object_label, entry.actor_label, entry.detail) == (rosa.public_id, "Denise Carter", {})
    assert Client().get(f"/es/{str(sent.body).split('/es/')[1].split()[0]}").status_code == 200

    assert send(Role.STEWARD, Reach.WORKSITE, site)[0] == 429
    assert OutboxMessage.objects.count() == 1


def test_an_organizer_of_the_area_may_and_nobody_else(send: Any, rosa: Person) -> None:
    area = rosa.assignments.get().worksite.area
    other = roster.worksite("Harbor Middle", area=roster.area("W"))
    assert send(Role.CAT_MEMBER, Reach.TURF, rosa.public_id)[0] == 403
    assert send(Role.DATA_ADMINISTRATOR, Reach.ALL)[0] == 403
    assert send(Role.MEMBER, Reach.ALL)[0] == 403
    assert send(Role.STEWARD, Reach.WORKSITE, other.public_id)[0] == 404
    assert send(Role.ORGANIZER, Reach.AREA, other.area.public_id)[0] == 404
    assert not OutboxMessage.objects.exists()
    assert send(Role.ORGANIZER, Reach.AREA, area.public_id)[0] == 302
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize("why", ["unproved", "stopped", "closed"])
def test_it_goes_nowhere_that_is_not_surely_hers_and_open(send: Any, rosa: Person, why: str) -> None:
    if why == "unproved":
        ContactPoint.objects.update(verified_at=None)
    elif why == "stopped":
        operations.stop_messages(person=rosa, source="test", actor=factory.CLERK, at=clock.now())
    else:
        type(rosa.user).objects.filter(pk=rosa.user_id).update(is_active=False)
    assert send(Role.STEWARD, Reach.WORKSITE, rosa.assignments.get().worksite.public_id)[0] == 409
    assert not OutboxMessage.objects.exists()
    assert not AuditEntry.objects.filter(verb="campaigns.link_sent").exists()
