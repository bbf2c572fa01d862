"""A whole shift at once, from one school's address, without JavaScript, through a real server: none lost or refused."""

from __future__ import annotations

import http.client
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

from tests.factories import campaigns as factory
from unionhall.campaigns.models import Entry, Slip
from unionhall.foundation.models import OutboxMessage
from unionhall.roster.models import Person

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.slow
SHIFT = 40
SITE = "Palo Verde Elementary"


def post(server: str, path: str, typed: dict[str, str]) -> tuple[int, str]:
    """Send a form as an old browser does; the status and where it leads."""
    line = http.client.HTTPConnection(urlsplit(server).netloc, timeout=120)
    heads = {"Content-Type": "application/x-www-form-urlencoded", "Origin": server}
    line.request("POST", path, body=urlencode(typed), headers=heads)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status, answer.getheader("Location", "")


def test_forty_at_once_from_one_address_are_all_kept_and_all_let_in(
    transactional_db: None, live_server: LiveServer
) -> None:
    factory.campaign()
    factory.school(SITE)

    def sign_up(number: int) -> tuple[int, str]:
        contact = f"213 555 01{number:02d}"
        typed = {"name": f"Rosa Uno{number:02d}", "contact": contact, "worksite": SITE, "language": "es"}
        return post(live_server.url, "/es/river/unete/", typed)

    with ThreadPoolExecutor(SHIFT) as phones:
        answers = list(phones.map(sign_up, range(SHIFT)))

    # none refused: each has a page of its own that asks for its code; none is on the roster yet
    assert {status for status, _where in answers} == {302}
    assert len({where for _status, where in answers}) == SHIFT
    assert all(re.fullmatch(r"/es/river/codigo/\w{12}/", where) for _status, where in answers)
    assert (Slip.objects.held().count(), Person.objects.count()) == (SHIFT, 0)
    came = dict(Slip.objects.values_list("public_id", "received_at"))

    # each has one code on her own phone, and enters it
    codes = {row.to: row.body[:6] for row in OutboxMessage.objects.all()}
    assert len(codes) == SHIFT

    def enter(number: int) -> tuple[int, str]:
        return post(live_server.url, answers[number][1], {"code": codes[f"+121355501{number:02d}"]})

    with ThreadPoolExecutor(SHIFT) as phones:
        entered = list(phones.map(enter, range(SHIFT)))
    assert set(entered) == {(302, "/es/river/unete/gracias/")}

    # none lost: every one of them is in the queue, with the time she came
    entries = Entry.objects.values_list("person__name", "received_at")
    assert {name for name, _at in entries} == {f"Rosa Uno{number:02d}" for number in range(SHIFT)}
    assert sorted(at for _name, at in entries) == sorted(came.values())
    assert not Slip.objects.held().exists()
