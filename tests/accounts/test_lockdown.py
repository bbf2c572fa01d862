"""Every inner room closed at once, and opened again by two officers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.factories.accounts import ACTOR, AT, TOTP_SECRET, grant, make_member, make_staff, sign_in, signed_in_as
from unionhall.accounts import operations, queries
from unionhall.accounts.enums import Method, TokenKind
from unionhall.accounts.models import Lockdown, LockdownVoice
from unionhall.foundation import clock
from unionhall.foundation.access import Role
from unionhall.foundation.errors import NotAllowed
from unionhall.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def lorraine():
    user = make_staff("Lorraine Okafor")
    grant(user, Role.OFFICER)
    return user


@pytest.fixture
def hector():
    user = make_staff("Hector Salas")
    grant(user, Role.OFFICER)
    return user


def close(why="A phone was taken"):
    return operations.begin_lockdown(why=why, actor=ACTOR, at=AT)


def agree(user):
    return operations.agree_to_open(user=user, actor=user.as_actor(), at=LATER)


def test_lockdown_signs_everybody_out_and_voids_what_is_on_its_way(client):
    beto = make_member()
    link = operations.make_personal_link(user=beto, at=AT).rsplit("/", 2)[1]
    sign_in(client, beto)
    operations.note_sign_in(user=beto, session_key="k", agent="", method=Method.CODE, at=AT)
    assert client.get(reverse("account")).status_code == 200

    close()

    assert signed_in_as(client) is None
    assert Session.objects.count() == 0
    assert [device.ended_at for device in beto.devices.all()] == [AT]
    with pytest.raises(operations.LinkWorn):
        operations.redeem_token(kind=TokenKind.LINK, token=link, at=LATER)


def test_one_lockdown_stands_at_a_time(lorraine, hector):
    close()

    with pytest.raises(operations.LockdownStands):
        close()

    agree(lorraine), agree(hector)
    close("Again")
    assert Lockdown.objects.count() == 2


def test_rooms_open_by_the_word_of_the_second_officer(lorraine, hector):
    close()

    first = agree(lorraine)
    assert (first.stands, queries.find_lockdown()) == ("yes", first)

    second = agree(hector)
    assert (second.stands, second.lifted_at, queries.find_lockdown()) == (None, LATER, None)
    verbs = AuditEntry.objects.filter(verb__contains="lockdown").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        "accounts.lockdown_begun",
        "accounts.lockdown_voice",
        "accounts.lockdown_voice",
        "accounts.lockdown_lifted",
    ]


def test_the_same_officer_twice_opens_nothing(lorraine):
    close()
    agree(lorraine)

    with pytest.raises(operations.VoiceGiven):
        agree(lorraine)

    assert queries.find_lockdown() is not None


def test_nobody_else_s_word_counts():
    marcus = make_staff("Marcus Bell")
    grant(marcus, Role.DATA_ADMINISTRATOR)
    close()

    with pytest.raises(NotAllowed):
        agree(marcus)

    assert LockdownVoice.objects.count() == 0


def test_agreeing_while_the_rooms_are_open_is_refused(lorraine):
    with pytest.raises(operations.NoLockdown):
        agree(lorraine)


def test_a_member_s_code_is_not_even_asked_for(client):
    make_member()
    close()

    answer = client.post(reverse("sign_in"), {"contact": "213 555 0142"}, headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 422
    assert "closed its inner rooms" in answer.content.decode()


def test_only_officers_come_in(lorraine):
    close()
    marcus = make_staff("Marcus Bell")

    operations.require_open(lorraine, at=clock.now())
    with pytest.raises(operations.LockedDown):
        operations.require_open(marcus, at=clock.now())


def test_the_public_site_stays(client):
    close()

    assert client.get("/healthz").status_code == 200
    assert client.get(reverse("sign_in")).status_code == 200


def test_an_officer_s_current_code_proves_her(lorraine, time_machine):
    time_machine.move_to(LATER, tick=False)
    operations.enroll_totp(user=lorraine, secret=TOTP_SECRET, actor=ACTOR, at=AT)
    code = queries.totp_code(secret=TOTP_SECRET, at=LATER)

    def found(code):
        return queries.find_officer_by_code(email=lorraine.email.upper(), code=code, on=LATER.date())

    assert found("000000" if code != "000000" else "000001") is None
    assert found(code) == lorraine
    assert queries.find_officer_by_code(email="nobody@example.org", code=code, on=LATER.date()) is None


# The page


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.OFFICER, 200), (Role.DATA_ADMINISTRATOR, 200), (Role.ORGANIZER, 403), (Role.STEWARD, 403)],
)
def test_the_room_is_open_to_those_who_may_close_the_others(client, role, status):
    user = make_staff("Somebody")
    grant(user, role)
    sign_in(client, user)

    assert client.get(reverse("lockdown")).status_code == status
    assert client.post(reverse("lockdown_begin"), {"why": "x"}).status_code == (422 if status == 200 else 403)
    assert Lockdown.objects.count() == 0


def test_closing_in_the_browser_wants_a_reason_and_a_tick(client, lorraine, hector):
    sign_in(client, lorraine)

    half = client.post(reverse("lockdown_begin"), {"why": "A phone was taken"})
    whole = client.post(reverse("lockdown_begin"), {"why": "A phone was taken", "meant": "on"})

    assert (half.status_code, whole.status_code) == (422, 302)
    assert [lockdown.why for lockdown in Lockdown.objects.all()] == ["A phone was taken"]
    assert signed_in_as(client) is None


def test_opening_in_the_browser_shows_who_agreed(client, lorraine, hector):
    close()
    sign_in(client, lorraine)
    client.post(reverse("lockdown_agree"))

    page = client.get(reverse("lockdown")).content.decode()
    assert "Lorraine Okafor" in page

    sign_in(client, hector)
    client.post(reverse("lockdown_agree"))
    assert "The rooms are open." in client.get(reverse("lockdown")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_room_costs_the_same_for_one_voice_and_three(client, lorraine, count, django_assert_num_queries):
    lockdown = close()
    for number in range(count):
        voice = make_staff(f"Officer {number}")
        LockdownVoice.objects.create(lockdown=lockdown, user=voice, said_at=AT)
    sign_in(client, lorraine)

    with django_assert_num_queries(6):
        client.get(reverse("lockdown"))
