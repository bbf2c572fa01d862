"""Whoever stands on the employer's side gets in nowhere: by link, by a form, after a list; and who may clear that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import accounts, campaigns
from tests.factories import roster as factory
from tests.roster import people_lists
from tests.roster.test_people_pages import sign_in
from unionhall.accounts import operations as account_operations
from unionhall.accounts.enums import InvitationState, Method
from unionhall.accounts.models import Device, Invitation, User
from unionhall.campaigns import operations as campaign_operations
from unionhall.foundation import clock
from unionhall.foundation.access import Grant, Reach, Role
from unionhall.foundation.contacts import parse_contact
from unionhall.foundation.models import AuditEntry
from unionhall.roster.models import Person

pytestmark = pytest.mark.django_db
PHONE = "213 555 0142"
SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def home():
    return factory.worksite("Rosemead Street Elementary", area=factory.area("E"))


@pytest.fixture
def dana(home):
    """A supervisor, as the employer's list has her."""
    person = factory.person("Dana Price", site=home, contact=PHONE)
    Person.objects.filter(pk=person.pk).update(employment="management")
    return person


def invited(home, *, name="Dana Price", contact=PHONE, user=None):
    user = user or accounts.make_staff("Marcus Bell")
    viewer = factory.viewer(Role.DATA_ADMINISTRATOR, Reach.ALL, user_id=user.pk, strong=True)
    grant = Grant(Role.STEWARD, Reach.WORKSITE, frozenset({home.public_id}))
    offer = account_operations.Offer(name, parse_contact(contact), "en", grant, home.name)
    return account_operations.invite(offer=offer, viewer=viewer, actor=user.as_actor(), at=clock.now())


def test_supervisor_with_a_link_reads_what_everybody_with_a_worn_link_reads(client, home, dana):
    invitation, token = invited(home)

    caught = client.post(reverse("invitation", args=[token]), headers=SAME)
    unknown = client.post(reverse("invitation", args=["x" * 22]), headers=SAME)

    invitation.refresh_from_db()
    assert (caught.status_code, caught.context["error"].sentence()) == (410, unknown.context["error"].sentence())
    assert (invitation.state(clock.now()), invitation.caught_why) == (InvitationState.CAUGHT, "management")
    assert not User.objects.filter(name="Dana Price").exists()
    assert AuditEntry.objects.get(verb="accounts.invitation_caught").why == "management"


def test_mail_of_a_domain_that_is_the_employers_since_is_caught_and_nobody_clears_it(client, home, settings):
    invitation, token = invited(home, contact="dana@district.example.org")
    settings.EMPLOYER_DOMAINS = ("district.example.org",)

    client.post(reverse("invitation", args=[token]), headers=SAME)

    desk = sign_in(Role.DATA_ADMINISTRATOR, Reach.ALL)
    page = desk.get(reverse("invitations")).content.decode()
    assert "The mail belongs to the employer" in page
    assert "It is not our management" not in page
    assert desk.post(reverse("invitation_clear", args=[invitation.public_id]), {"why": "known"}).status_code == 403


def test_who_invited_sees_it_caught_and_clears_it_with_a_reason(client, home, dana):
    invitation, token = invited(home)
    client.post(reverse("invitation", args=[token]), headers=SAME)
    desk, clear = sign_in(Role.DATA_ADMINISTRATOR, Reach.ALL), reverse("invitation_clear", args=[invitation.public_id])
    assert "The list says management" in desk.get(reverse("invitations")).content.decode()

    answers = [desk.post(clear, {"why": why}).status_code for why in ("", "A parent, manager of a bank")]

    invitation.refresh_from_db()
    assert (answers, invitation.state(clock.now())) == ([422, 302], InvitationState.SENT)
    entry = AuditEntry.objects.get(verb="accounts.invitation_cleared")
    assert entry.why == "A parent, manager of a bank"


def test_cleared_invitation_is_taken_like_any_other(home, dana):
    invitation, _token = invited(home)
    Invitation.objects.filter(pk=invitation.pk).update(caught_at=clock.now(), caught_why="management")
    invitation.refresh_from_db()
    viewer = factory.viewer(Role.OFFICER, Reach.ALL, strong=True)
    said = {"reason": "known to us", "actor": factory.CLERK, "at": clock.now()}
    token = account_operations.clear_invitation(invitation=invitation, viewer=viewer, **said)

    user = account_operations.accept_invitation(token=token, at=clock.now())

    assert user.role_grants.get().role == "steward"


@pytest.mark.parametrize("kind", ["join", "cat"])
def test_supervisor_who_signs_up_is_answered_like_everybody_and_opens_nothing(home, dana, kind):
    river = campaigns.campaign()
    entry = campaigns.entry(river, site=home, name="Dana Price", contact=PHONE, kind=kind)

    assert entry.is_stopped
    assert entry.person.user is None
    assert not User.objects.filter(name="Dana Price").exists()


def test_organizer_sees_why_and_lets_her_in(home, dana):
    entry = campaigns.entry(campaigns.campaign(), site=home, name="Dana Price")
    organizer = sign_in(Role.ORGANIZER, Reach.AREA, home.area.public_id)
    queue = organizer.get(reverse("hall_queue")).content.decode()

    answers = [organizer.post(reverse("hall_clear", args=[entry.public_id]), {"why": why}) for why in ("", "a parent")]

    entry.refresh_from_db()
    assert "Stopped: the list says management" in queue
    assert [answer.status_code for answer in answers] == [422, 302]
    assert entry.person.user is not None
    assert AuditEntry.objects.get(verb="campaigns.entry_cleared").why == "a parent"


def test_others_at_the_worksite_are_not_caught(home, dana):
    entry = campaigns.entry(campaigns.campaign(), site=home, name="Ana Cruz", contact=PHONE)

    assert not entry.is_stopped


def test_list_that_makes_her_management_ends_her_sessions_at_once(client, home):
    people_lists.apply(f"00123,GARCIA,ROSA,Cook,{home.name},{PHONE},Active")
    rosa = Person.objects.get(name__icontains="rosa")
    user = accounts.make_member("Rosa Garcia", PHONE)
    Person.objects.filter(pk=rosa.pk).update(user=user)
    accounts.grant(user, Role.STEWARD, Reach.WORKSITE, [home.public_id])
    accounts.sign_in(client, user)
    account_operations.note_sign_in(
        user=user, session_key=client.session.session_key, agent="", method=Method.CODE, at=clock.now()
    )
    assert client.get(reverse("hall_site")).status_code == 200

    people_lists.apply(f"00123,GARCIA,ROSA,Principal,{home.name},{PHONE},Management", day=clock.today())

    after = client.get(reverse("hall_site"))
    user.refresh_from_db()
    assert (after.status_code, after["Location"].partition("?")[0]) == (302, reverse("sign_in"))
    assert (user.is_active, Device.objects.filter(user=user, ended_at=None).count()) == (False, 0)
    assert not user.role_grants.filter(ended_at=None).exists()


def test_cat_member_who_accepts_is_the_person_on_the_roster(home, django_capture_on_commit_callbacks):
    jorge, ana = factory.person("Jorge Luna", site=home), factory.person("Ana Cruz", site=home)
    factory.person("Jorge Luna Paz", site=home)
    steward = accounts.make_staff("Alma Reyes")
    viewer = factory.viewer(Role.STEWARD, Reach.WORKSITE, home.public_id, user_id=steward.pk)
    _invitation, token, _given = campaign_operations.invite_with_turf(
        worksite=home, people=[ana.public_id], name="Jorge Luna", contact=parse_contact("213 555 0177"),
        language="es", viewer=viewer, actor=steward.as_actor(), at=clock.now(),
    )  # fmt: skip

    with django_capture_on_commit_callbacks(execute=True):
        user = account_operations.accept_invitation(token=token, at=clock.now() + timedelta(minutes=1))

    jorge.refresh_from_db()
    assert jorge.user == user
