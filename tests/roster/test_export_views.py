"""The doors of exports: who asks, who agrees, who fetches, and everybody else."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import accounts, roster
from tests.factories.exports import AT, WHY, asked, ready
from unionhall.accounts.models import User
from unionhall.foundation import clock
from unionhall.foundation.access import Reach, Role
from unionhall.roster import operations
from unionhall.roster.enums import ExportState
from unionhall.roster.models import Export

TODAY = AT.date()
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 22 November 2026, five in the afternoon."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def signed_in(
    role: Role, name: str, *, strong: bool = True, reach: Reach = Reach.ALL, codes: tuple[str, ...] = ()
) -> tuple[Client, User]:
    """A browser with somebody of that role in front of it."""
    client, user = Client(), accounts.make_staff(name)
    accounts.grant(user, role, reach, codes)
    return client, accounts.sign_in(client, user, strong=strong)


def test_file_goes_out_by_two_persons() -> None:
    roster.worksite("Reseda Elementary")
    alma, _user = signed_in(Role.DATA_ADMINISTRATOR, "Alma")
    olga, _user = signed_in(Role.OFFICER, "Olga")

    sent = alma.post("/hall/exports/ask/", {"kind": "worksites", "format": "csv", "area": "", "reason": WHY})
    export = Export.objects.get()
    page = f"/hall/exports/{export.public_id}/"
    assert (sent.status_code, sent.headers["Location"]) == (302, page)
    assert alma.post(f"{page}agree/").status_code == 403
    assert alma.post(f"{page}fetch/").status_code == 409
    assert olga.post(f"{page}agree/").status_code == 302
    assert olga.post(f"{page}fetch/").status_code == 403

    Export.objects.filter(pk=export.pk).update(state=ExportState.AGREED)
    operations.keep_made(export=export, data=b"a", rows=1, actor=roster.actor(), at=AT)
    fetched = alma.post(f"{page}fetch/")

    assert (fetched.status_code, fetched.content, fetched.headers["Cache-Control"]) == (200, b"a", "no-store, private")
    assert fetched.headers["Content-Disposition"] == f'attachment; filename="{export.file_name}"'
    assert alma.post(f"{page}fetch/").status_code == 409


@pytest.mark.parametrize("address", ["/hall/exports/", "/hall/exports/ask/"])
@pytest.mark.parametrize(
    ("role", "reach", "codes"),
    [
        (Role.CAT_MEMBER, Reach.TURF, ("abc",)),
        (Role.STEWARD, Reach.WORKSITE, ("abc",)),
        (Role.ORGANIZER, Reach.ALL, ()),
        (Role.COMMUNICATIONS, Reach.ALL, ()),
        (Role.ELECTION_COMMITTEE, Reach.ALL, ()),
        (Role.COUNSEL, Reach.ALL, ()),
    ],
)
def test_other_roles_have_no_bulk_export(address: str, role: Role, reach: Reach, codes: tuple[str, ...]) -> None:
    client, _user = signed_in(role, "Cleo", reach=reach, codes=codes)

    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", ["/hall/exports/", "/hall/exports/ask/"])
def test_public_is_sent_to_sign_in(client: Client, address: str) -> None:
    assert client.get(address).headers["Location"].startswith("/en/sign-in/")


@pytest.mark.parametrize("address", ["/hall/exports/", "/hall/exports/ask/"])
def test_weak_sign_in_is_led_to_the_second_factor(address: str) -> None:
    client, _user = signed_in(Role.DATA_ADMINISTRATOR, "Alma", strong=False)

    assert client.get(address).headers["Location"].startswith("/account/second-factor/")


def test_officer_decides_but_does_not_ask() -> None:
    olga, _user = signed_in(Role.OFFICER, "Olga")

    assert olga.get("/hall/exports/").status_code == 200
    assert olga.get("/hall/exports/ask/").status_code == 403


def test_stranger_cannot_reach_a_file_by_its_address() -> None:
    export = ready()
    client, _user = signed_in(Role.ORGANIZER, "Cleo")

    for act in ("agree", "refuse", "fetch"):
        assert client.post(f"/hall/exports/{export.public_id}/{act}/").status_code == 403

    assert Export.objects.get().state == ExportState.READY


def test_refusal_keeps_its_reason() -> None:
    export = asked()
    olga, _user = signed_in(Role.OFFICER, "Olga")

    olga.post(f"/hall/exports/{export.public_id}/refuse/", {"why": "names are enough"})

    assert Export.objects.get().state == ExportState.REFUSED
    assert olga.get(f"/hall/exports/{export.public_id}/").status_code == 200


def test_reason_is_asked_for() -> None:
    alma, _user = signed_in(Role.DATA_ADMINISTRATOR, "Alma")

    sent = alma.post("/hall/exports/ask/", {"kind": "people", "format": "csv", "area": "", "reason": ""})

    assert (sent.status_code, Export.objects.count()) == (422, 0)


def test_contacts_are_in_a_file_only_where_they_are_asked_for() -> None:
    alma, _user = signed_in(Role.DATA_ADMINISTRATOR, "Alma")
    said = {"kind": "people", "format": "csv", "area": "", "reason": WHY}

    alma.post("/hall/exports/ask/", said)
    alma.post("/hall/exports/ask/", {**said, "contacts": "on"})
    alma.post("/hall/exports/ask/", {**said, "kind": "worksites", "contacts": "on"})

    assert list(Export.objects.order_by("pk").values_list("filter", flat=True)) == [{}, {"contacts": True}, {}]


def test_list_costs_the_same_for_one_and_three(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    olga, _user = signed_in(Role.OFFICER, "Olga")
    asked()
    with django_assert_num_queries(5):
        olga.get("/hall/exports/")
    asked()
    ready()
    with django_assert_num_queries(5):
        page = olga.get("/hall/exports/")

    assert page.content.decode().count(WHY) == 5


def test_empty_list_teaches() -> None:
    olga, _user = signed_in(Role.OFFICER, "Olga")

    assert "Nothing has left the house" in olga.get("/hall/exports/").content.decode()
