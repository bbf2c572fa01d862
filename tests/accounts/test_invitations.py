"""A role offered by link: who may offer it, who must agree, how it is taken, and what is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories.accounts import AT, grant, make_member, make_staff, signed_in_as
from unionhall.accounts import access, operations, queries
from unionhall.accounts.enums import GIVEN_BY_TWO, InvitationState
from unionhall.accounts.hookspecs import scope_directory
from unionhall.accounts.models import Invitation, User
from unionhall.foundation import clock
from unionhall.foundation.access import Grant, Reach, Role, Viewer
from unionhall.foundation.contacts import parse_contact
from unionhall.foundation.errors import NotAllowed
from unionhall.foundation.models import AuditEntry, OutboxMessage

pytestmark = pytest.mark.django_db
SAME = {"Sec-Fetch-Site": "same-origin"}
STEWARD = Grant(Role.STEWARD, Reach.WORKSITE, frozenset({"site1"}))
OFFICER = Grant(Role.OFFICER, Reach.ALL)
PHONE = "213 555 0142"


class Within:
    """A directory for which only the place `site1` lies within anybody's reach."""

    def lies_within(self, *, viewer, grant):
        return grant.codes == {"site1"}

    def in_words(self, grant):
        return "Rosemead Street Elementary"

    def where_now(self, *, reach, codes):
        return {}


@pytest.fixture(autouse=True)
def _directory():
    scope_directory.register("test.within", Within())
    yield
    scope_directory.remove("test.within")


def viewer_of(user, role, reach=Reach.ALL, *, strong=True):
    return Viewer(user_id=user.pk, name=user.name, grants=(Grant(role, reach),), strong=strong)


@pytest.fixture
def marcus():
    user = make_staff("Marcus Bell")
    grant(user, Role.DATA_ADMINISTRATOR)
    return user


def offer(offered=STEWARD, *, contact=PHONE, language="en", ends_on=None):
    place = "Rosemead Street Elementary"
    return operations.Offer("Alma Reyes", parse_contact(contact), language, offered, place, ends_on)


def invite(by, role=Role.DATA_ADMINISTRATOR, *, at=AT, **more):
    return operations.invite(offer=offer(**more), viewer=viewer_of(by, role), actor=by.as_actor(), at=at)


def test_whoever_holds_the_link_has_the_role_and_the_contact_is_forgotten(marcus):
    invitation, token = invite(marcus, ends_on=AT.date() + timedelta(days=90))

    alma = operations.accept_invitation(token=token, at=AT)

    held = alma.role_grants.get()
    invitation.refresh_from_db()
    assert (held.role, held.reach, held.codes, held.ends_on) == (
        "steward",
        "worksite",
        ["site1"],
        AT.date() + timedelta(days=90),
    )
    assert (invitation.user, invitation.value, invitation.state(AT)) == (alma, "", InvitationState.ACCEPTED)
    assert alma.sign_in_contacts.count() == 1


def test_a_member_who_is_invited_keeps_her_account(marcus):
    alma = make_member("Alma Reyes", PHONE)
    _invitation, token = invite(marcus)

    assert operations.accept_invitation(token=token, at=AT) == alma


@pytest.mark.parametrize("spoil", ["used", "withdrawn", "late", "unknown"])
def test_a_worn_link_gives_nothing(marcus, spoil):
    invitation, token = invite(marcus)
    at = AT
    if spoil == "used":
        operations.accept_invitation(token=token, at=AT)
    elif spoil == "withdrawn":
        operations.withdraw_invitation(invitation=invitation, actor=marcus.as_actor(), at=AT)
    elif spoil == "late":
        at = invitation.expires_at
    else:
        token = f"{token}x"
    accounts = User.objects.count()

    with pytest.raises(operations.InvitationWorn):
        operations.accept_invitation(token=token, at=at)

    assert User.objects.count() == accounts


@pytest.mark.parametrize("role", sorted(GIVEN_BY_TWO))
def test_a_role_that_two_must_give_waits_for_the_second(marcus, role):
    lorraine = make_staff("Lorraine Okafor")
    invitation, token = invite(marcus, offered=Grant(role, Reach.ALL))
    with pytest.raises(operations.InvitationWorn):
        operations.accept_invitation(token=token, at=AT)

    second = operations.agree_to_invitation(
        invitation=invitation, viewer=viewer_of(lorraine, Role.OFFICER), actor=lorraine.as_actor(), at=AT
    )

    with pytest.raises(operations.InvitationWorn):
        operations.accept_invitation(token=token, at=AT)
    assert operations.accept_invitation(token=second, at=AT).role_grants.get().role == role


def test_nobody_is_her_own_second_person(marcus):
    invitation, _token = invite(marcus, offered=OFFICER)

    with pytest.raises(NotAllowed):
        operations.agree_to_invitation(
            invitation=invitation, viewer=viewer_of(marcus, Role.OFFICER), actor=marcus.as_actor(), at=AT
        )


def test_agreeing_twice_is_refused(marcus):
    lorraine = make_staff("Lorraine Okafor")
    invitation, _token = invite(marcus, offered=OFFICER)
    second = {"viewer": viewer_of(lorraine, Role.OFFICER), "actor": lorraine.as_actor(), "at": AT}
    operations.agree_to_invitation(invitation=invitation, **second)

    with pytest.raises(operations.InvitationSettled):
        operations.agree_to_invitation(invitation=invitation, **second)


@pytest.mark.parametrize(
    ("role", "offered", "may"),
    [
        (Role.ORGANIZER, STEWARD, True),
        (Role.ORGANIZER, Grant(Role.CAT_MEMBER, Reach.WORKSITE, frozenset({"site1"})), True),
        (Role.ORGANIZER, Grant(Role.STEWARD, Reach.WORKSITE, frozenset({"site2"})), False),
        (Role.ORGANIZER, Grant(Role.ORGANIZER, Reach.AREA, frozenset({"site1"})), False),
        (Role.STEWARD, Grant(Role.CAT_MEMBER, Reach.WORKSITE, frozenset({"site1"})), True),
        (Role.STEWARD, STEWARD, False),
        (Role.CAT_MEMBER, STEWARD, False),
        (Role.MEMBER, STEWARD, False),
        (Role.COUNSEL, STEWARD, False),
        (Role.OFFICER, OFFICER, True),
        (Role.DATA_ADMINISTRATOR, Grant(Role.MEMBER, Reach.OWN), False),
    ],
)
def test_who_may_offer_what(role, offered, may):
    assert access.may_invite(viewer_of(make_staff(), role), offered) is may


def test_without_a_second_factor_nobody_gives_every_role():
    assert not access.may_invite(viewer_of(make_staff(), Role.OFFICER, strong=False), OFFICER)
    assert access.roles_to_offer(viewer_of(make_staff(), Role.OFFICER, strong=False)) == []


def test_the_public_invites_nobody():
    assert not access.may_invite(Viewer(), STEWARD)


def test_inviting_beyond_one_s_reach_writes_nothing():
    priya = make_staff()

    with pytest.raises(NotAllowed):
        invite(priya, Role.ORGANIZER, offered=Grant(Role.STEWARD, Reach.WORKSITE, frozenset({"site2"})))

    assert Invitation.objects.count() == 0


def test_an_employer_s_mail_is_no_channel(marcus, settings):
    settings.EMPLOYER_DOMAINS = ["district.example"]

    with pytest.raises(operations.EmployersChannel):
        invite(marcus, contact="alma@mail.district.example")


@pytest.mark.parametrize(
    "unclear", [Grant(Role.STEWARD, Reach.WORKSITE), Grant(Role.OFFICER, Reach.ALL, frozenset({"site1"}))]
)
def test_a_role_without_its_place_is_refused(marcus, unclear):
    with pytest.raises(operations.ScopeUnclear):
        invite(marcus, offered=unclear)


def test_each_sees_what_she_sent_and_administrators_all(marcus):
    priya = make_staff()
    own, _ = invite(priya, Role.ORGANIZER)
    other, _ = invite(marcus)

    def seen(viewer):
        return set(access.invitations_visible_to(viewer))

    assert seen(viewer_of(priya, Role.ORGANIZER)) == {own}
    assert seen(viewer_of(marcus, Role.DATA_ADMINISTRATOR)) == {own, other}
    assert seen(Viewer()) == set()


def test_the_trail_tells_of_it_without_a_contact(marcus):
    _invitation, token = invite(marcus)
    operations.accept_invitation(token=token, at=AT)

    entries = list(AuditEntry.objects.filter(verb__startswith="accounts.invit").order_by("pk"))
    assert [entry.verb for entry in entries] == ["accounts.invited", "accounts.invitation_accepted"]
    assert not any("555" in f"{entry.detail} {entry.object_label} {entry.why}" for entry in entries)


@pytest.mark.parametrize(
    ("language", "words", "path"),
    [("en", "you are asked to be steward", "/en/invitation/"), ("es", "te piden que seas", "/es/invitacion/")],
)
def test_the_message_speaks_the_language_of_the_invited(marcus, settings, language, words, path):
    settings.DEMO = True
    invitation, token = invite(marcus, language=language)

    assert operations.send_invitation(invitation=invitation, token=token, at=AT)

    body = OutboxMessage.objects.get().body
    assert (words in body, f"{path}{token}/" in body) == (True, True)


# The page


def page_of(token, language="en"):
    with translation.override(language):
        return reverse("invitation", args=[token])


def test_reading_the_page_settles_nothing(client, marcus):
    _invitation, token = invite(marcus, at=clock.now())

    answer = client.get(page_of(token))

    assert (answer.status_code, "Rosemead Street Elementary" in answer.content.decode()) == (200, True)
    assert (signed_in_as(client), Invitation.objects.get().accepted_at) == (None, None)


def test_the_button_signs_in_and_leads_to_the_hall(client, marcus):
    _invitation, token = invite(marcus, at=clock.now())

    answer = client.post(page_of(token), {"remember": "yes"}, headers=SAME)

    alma = User.objects.get(name="Alma Reyes")
    assert (answer.status_code, answer.url, signed_in_as(client)) == (302, "/hall/", alma.pk)
    assert queries.open_devices(alma, at=clock.now()).exclude(token="").count() == 1


def test_another_site_cannot_press_the_button(client, marcus):
    _invitation, token = invite(marcus, at=clock.now())

    answer = client.post(page_of(token), headers={"Sec-Fetch-Site": "cross-site"})

    assert (answer.status_code, Invitation.objects.get().accepted_at) == (403, None)


def test_a_worn_link_says_what_to_do_in_spanish(client):
    answer = client.get(page_of("nothing", "es"))

    assert (answer.status_code, "Esta invitación ya no sirve" in answer.content.decode()) == (410, True)
