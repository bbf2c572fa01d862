"""The tags behind the components: the twin of a page, the dock, the form as a screen reader hears it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import translation

from unionhall.foundation.access import Grant, Reach, Role, Viewer
from unionhall.foundation.hooks import HallEntry, hall_entries
from unionhall.ui.styleguide import GuideForm
from unionhall.ui.templatetags import ui


def asked(rf: RequestFactory, address: str, language: str) -> HttpRequest:
    request = rf.get(address)
    with translation.override(language):
        request.resolver_match = resolve(request.path)
    return request


def test_twin_is_the_same_page_in_the_other_language(rf: RequestFactory) -> None:
    request = asked(rf, "/en/sign-in/?next=/hall/", "en")

    with translation.override("en"):
        found = ui.twins({"request": request})

    with translation.override("es"):
        assert found == [ui.Twin("es", "Español", f"{reverse('sign_in')}?next=/hall/")]


def test_page_without_language_in_its_address_has_a_form_for_it(rf: RequestFactory) -> None:
    assert ui.twins({"request": asked(rf, "/styleguide/", "en")}) == [ui.Twin("es", "Español", "")]


def test_page_that_is_not_there_leads_to_the_other_front(rf: RequestFactory) -> None:
    assert ui.twins({"request": rf.get("/en/nothing/")}) == [ui.Twin("es", "Español", "/es/")]


def test_twin_may_be_told_by_the_page() -> None:
    with translation.override("es"):
        assert ui.twins({}, "/en/here/") == [ui.Twin("en", "English", "/en/here/")]


def test_page_without_request_has_no_twin() -> None:
    assert ui.twins({}) == []


@pytest.fixture
def entries() -> Iterator[None]:
    hall_entries.register("test.open", HallEntry("Open", "styleguide", "list"), order=1)
    hall_entries.register("test.closed", HallEntry("Closed", "styleguide_find", "lock", (Role.OFFICER,)), order=2)
    yield
    hall_entries.remove("test.open")
    hall_entries.remove("test.closed")


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(("role", "seen"), [(Role.MEMBER, ["Open"]), (Role.OFFICER, ["Open", "Closed"])])
def test_dock_shows_a_viewer_their_own_doors(rf: RequestFactory, role: Role, seen: list[str]) -> None:
    viewer = Viewer(user_id=1, grants=(Grant(role, Reach.ALL),))

    found = ui.hall_dock({"request": rf.get("/styleguide/"), "viewer": viewer})

    assert [it.label for it in found if it.label in ("Open", "Closed")] == seen
    assert [it.label for it in found if it.current] == ["Open"]


@pytest.mark.usefixtures("entries")
def test_dock_takes_the_word_of_the_page_for_what_is_current(rf: RequestFactory) -> None:
    viewer = Viewer(user_id=1, grants=(Grant(Role.OFFICER, Reach.ALL),))

    found = ui.hall_dock({"request": rf.get("/elsewhere/"), "viewer": viewer}, "styleguide_find")

    assert [it.label for it in found if it.current] == ["Closed"]


def test_ask_ties_hint_and_error_to_the_control() -> None:
    it = ui.ask(GuideForm({"name": ""}, auto_id="x_%s")["name"])

    assert it.described_by == "x_name_hint x_name_error"
    assert 'aria-describedby="x_name_hint x_name_error"' in it.control
    assert 'class="input"' in it.control


@pytest.mark.parametrize(
    ("field", "kind"), [("name", "input"), ("when", "choices"), ("days", "choices"), ("consent", "box")]
)
def test_ask_knows_what_kind_of_field_it_is(field: str, kind: str) -> None:
    assert ui.ask(GuideForm(auto_id="x_%s")[field]).kind == kind


def test_mistakes_of_a_hidden_field_lead_nowhere() -> None:
    form = GuideForm({"name": "Rosa"}, auto_id="x_%s")
    form.add_error("school_id", "Choose from the list.")
    form.add_error(None, "Not now.")

    found = ui.mistakes(form)

    assert (found[0].target, found[0].sentence) == ("", "Not now.")
    assert [it.target for it in found if it.sentence == "Choose from the list."] == [""]
