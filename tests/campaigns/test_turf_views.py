"""The pages of turfs, talks and areas: who gets in, what a tap does, what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import accounts, roster
from tests.factories import campaigns as campaign_factory
from tests.factories import turf as factory
from tests.factories.turf import codes_of
from unionhall.campaigns.models import Cover, Talk
from unionhall.foundation import clock
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.models import OutboxMessage
from unionhall.roster.models import Assignment

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def site():
    return roster.worksite("Magnolia Avenue Elementary", area=roster.area("E"))


@pytest.fixture
def campaign():
    return campaign_factory.campaign()


@pytest.fixture
def crew(site, campaign):
    return factory.people(site, 3, shift="6 a.m.")


@pytest.fixture
def jorge(client, site, crew):
    """Jorge answers for all three, signed in by code on his own phone."""
    user = factory.cat_member("Jorge Luna")
    factory.give(site, user, *crew, at=clock.now() - timedelta(days=1))
    return accounts.sign_in(client, user, strong=False)


@pytest.fixture
def denise(client, site):
    return accounts.sign_in(client, factory.steward(site), strong=False)


@pytest.fixture
def priya(client, site):
    user = accounts.make_staff("Priya Nair")
    accounts.grant(user, Role.ORGANIZER, Reach.AREA, [site.area.public_id])
    return accounts.sign_in(client, user)


def signed_in(role: Role, reach: Reach = Reach.ALL, *codes: str) -> Client:
    client = Client()
    user = accounts.make_staff(f"{role.value} elsewhere")
    accounts.grant(user, role, reach, codes)
    accounts.sign_in(client, user)
    return client


def page(answer) -> str:
    return answer.content.decode()


def act(client, person, kind="talk", back="mine", **more):
    return client.post(f"/hall/talks/{person.public_id}/act/", {"act": kind, "back": back}, **more)


# the front of the Hall


@pytest.mark.parametrize(
    ("role", "template"),
    [
        (Role.ORGANIZER, "campaigns/hall.html"),
        (Role.DATA_ADMINISTRATOR, "campaigns/hall.html"),
        (Role.OFFICER, "campaigns/hall.html"),
        (Role.STEWARD, "campaigns/hall_team.html"),
        (Role.CAT_MEMBER, "campaigns/hall_mine.html"),
    ],
)
def test_the_hall_opens_on_the_page_of_the_role(site, crew, role, template):
    reach, codes = {
        Role.STEWARD: (Reach.WORKSITE, [site.public_id]),
        Role.CAT_MEMBER: (Reach.TURF, [crew[0].public_id]),
    }.get(role, (Reach.ALL, []))
    answer = signed_in(role, reach, *codes).get("/hall/")

    assert answer.status_code == 200
    assert template in [one.name for one in answer.templates]


def test_several_roles_get_tabs_and_one_gets_none(client, site, crew):
    user = factory.steward(site)
    accounts.sign_in(client, user, strong=False)
    assert 'href="/hall/mine/"' not in page(client.get("/hall/"))

    factory.give(site, user, crew[0], at=clock.now())
    both = page(client.get("/hall/"))
    assert 'aria-label="Your pages"' in both
    assert 'href="/hall/mine/"' in both


def test_a_steward_of_a_place_that_is_gone_is_told_so(client):
    user = accounts.make_user("Denise Carter")
    accounts.grant(user, Role.STEWARD, Reach.WORKSITE, ["gone12345678"])
    accounts.sign_in(client, user, strong=False)

    assert "not on our list any more" in page(client.get("/hall/"))


# a CAT member's people


@pytest.mark.parametrize("count", [1, 3])
def test_my_people_cost_the_same_for_one_and_three(client, site, campaign, count, django_assert_num_queries):
    user = factory.cat_member("Jorge Luna")
    crew = factory.people(site, count)
    factory.give(site, user, *crew, at=clock.now())
    accounts.sign_in(client, user, strong=False)

    with django_assert_num_queries(10):
        client.get("/hall/mine/")


@pytest.mark.usefixtures("jorge")
def test_each_of_my_people_can_be_called_and_texted_with_one_tap(client, crew):
    shown = page(client.get("/hall/"))

    assert [f"Worker 0{number}" in shown for number in (1, 2, 3)] == [True] * 3
    assert shown.count('href="tel:+1213555') == shown.count('href="sms:+1213555') == 3
    assert "6 a.m." in shown


@pytest.mark.usefixtures("jorge")
def test_one_tap_notes_a_talk_and_one_takes_it_back(client, crew):
    answer = act(client, crew[0])
    talk = Talk.objects.get()
    assert answer["Location"] == f"/hall/mine/?did={talk.public_id}"
    assert "1 of 3" in page(client.get(answer["Location"]))

    client.post(f"/hall/talks/{crew[0].public_id}/undo/", {"talk": talk.public_id, "back": "mine"})
    assert "0 of 3" in page(client.get("/hall/mine/"))


@pytest.mark.usefixtures("jorge")
def test_a_tap_swaps_the_card_and_the_count(client, crew):
    swapped = page(act(client, crew[0], **HTMX))

    assert swapped.lstrip().startswith(f'<li class="talk" id="p-{crew[0].public_id}" data-done>')
    assert 'id="progress" hx-swap-oob="true"' in swapped
    assert "1 of 3" in swapped


@pytest.mark.parametrize("count", [1, 3])
def test_a_tap_costs_the_same_among_one_and_three(client, site, campaign, count, django_assert_num_queries):
    user = factory.cat_member("Jorge Luna")
    crew = factory.people(site, count)
    factory.give(site, user, *crew, at=clock.now())
    accounts.sign_in(client, user, strong=False)

    with django_assert_num_queries(22):
        client.post(f"/hall/talks/{crew[0].public_id}/act/", {"act": "talk", "back": "mine"}, HTTP_HX_REQUEST="true")


@pytest.mark.usefixtures("jorge")
def test_what_no_button_says_is_refused_with_a_sentence(client, crew):
    answer = act(client, crew[0], "shout")

    assert answer.status_code == 422
    assert "press one of these" in page(answer)


@pytest.mark.usefixtures("jorge")
def test_undo_of_another_s_line_or_person_changes_nothing(client, site, crew, campaign):
    theirs = factory.talk(campaign, crew[0], at=clock.now())
    mine = factory.talk(campaign, crew[1], at=clock.now(), actor=Cover.objects.first().user.as_actor())
    for person, talk in ((crew[0], theirs), (crew[0], mine)):
        answer = client.post(f"/hall/talks/{person.public_id}/undo/", {"talk": talk.public_id})
        assert answer.status_code == 409

    assert Talk.objects.standing().count() == 2


@pytest.mark.usefixtures("jorge")
def test_a_one_on_one_is_noted_with_what_was_asked_and_said(client, crew):
    address = f"/hall/talks/{crew[0].public_id}/"
    client.post(address, {"act": "talk", "asked": "Sticker day", "text": "Yes, and her sister too", "back": "talk"})
    shown = page(client.get(address))

    assert "Sticker day" in shown
    assert "Yes, and her sister too" in shown
    assert '<option value="Sticker day">' in page(client.get(f"/hall/talks/{crew[1].public_id}/"))


@pytest.mark.usefixtures("jorge")
def test_an_empty_note_is_refused_where_it_was_written(client, crew):
    answer = client.post(f"/hall/talks/{crew[0].public_id}/", {"act": "note", "asked": "Sticker day", "text": " "})

    assert answer.status_code == 422
    assert "empty note helps nobody" in page(answer)
    assert 'value="Sticker day"' in page(answer)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.usefixtures("jorge")
def test_one_person_costs_the_same_for_one_line_and_three(client, crew, campaign, count, django_assert_num_queries):
    for number in range(count):
        factory.talk(campaign, crew[0], text=f"Line {number}", at=clock.now() - timedelta(hours=number))

    with django_assert_num_queries(12):
        client.get(f"/hall/talks/{crew[0].public_id}/")


def test_an_empty_list_teaches_what_it_is_for(client, site, crew):
    user = factory.cat_member("Jorge Luna")
    factory.give(site, user, *crew, at=clock.now())
    Assignment.objects.all().delete()
    for person in crew:
        person.merged_into = roster.person("Other", site=site)
        person.save()
        Assignment.objects.filter(person=person.merged_into).delete()
    accounts.grant(user, Role.CAT_MEMBER, Reach.TURF, ["nobodythere1"])
    user.role_grants.exclude(codes=["nobodythere1"]).delete()
    accounts.sign_in(client, user, strong=False)

    assert "about ten" in page(client.get("/hall/mine/"))


# who may


@pytest.mark.parametrize("kind", ["talk", "note"])
def test_data_administrators_and_officers_neither_read_nor_write_talks(crew, campaign, kind):
    factory.talk(campaign, crew[0], kind, text="Her sister is ill")
    for role in (Role.DATA_ADMINISTRATOR, Role.OFFICER, Role.COUNSEL):
        client = signed_in(role)
        for method in (client.get, client.post):
            assert method(f"/hall/talks/{crew[0].public_id}/").status_code == 403
        assert act(client, crew[0]).status_code == 403


def test_another_s_person_is_not_there(client, site, crew, campaign):
    user = factory.cat_member("Ana Paz")
    factory.give(site, user, crew[0], at=clock.now())
    accounts.sign_in(client, user, strong=False)

    assert client.get(f"/hall/talks/{crew[0].public_id}/").status_code == 200
    assert client.get(f"/hall/talks/{crew[1].public_id}/").status_code == 404
    assert act(client, crew[1]).status_code == 404
    assert client.get(f"/hall/worksites/{site.public_id}/team/").status_code == 403
    assert client.get(f"/hall/worksites/{site.public_id}/turfs/").status_code == 403


def test_another_worksite_is_not_there_for_a_steward(client, site):
    harbor = roster.worksite("Harbor Middle")
    accounts.sign_in(client, factory.steward(harbor), strong=False)

    for address in ("team", "turfs"):
        assert client.get(f"/hall/worksites/{site.public_id}/{address}/").status_code == 404


# a steward's worksite


@pytest.mark.usefixtures("denise")
def test_a_steward_sees_who_waits_who_has_whom_and_who_is_silent(client, site, crew, campaign):
    jorge = factory.cat_member("Jorge Luna")
    factory.give(site, jorge, crew[0], at=clock.now())
    factory.talk(campaign, crew[0], at=clock.now())
    campaign_factory.entry(campaign, site=site, name="Rosa Méndez")
    shown = page(client.get("/hall/"))

    assert "Signed up and waiting" in shown
    assert "Rosa Méndez" in shown
    assert "1 of 4" in shown
    assert "Give out 3" in shown
    silent = page(client.get("/hall/?show=silent")).split('id="people"')[1]
    assert ("Worker 02" in silent, "Worker 01" in silent) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.usefixtures("denise")
def test_a_worksite_costs_the_same_for_one_and_three(client, site, campaign, count, django_assert_num_queries):
    crew = factory.people(site, count)
    factory.give(site, factory.cat_member(), *crew, at=clock.now())
    for number in range(count):
        campaign_factory.entry(campaign, site=site, name=f"Rosa {number}")

    with django_assert_num_queries(18):
        client.get("/hall/site/")


@pytest.mark.usefixtures("denise")
def test_after_a_tap_the_steward_is_back_at_her_worksite(client, site, crew):
    address = f"/hall/talks/{crew[0].public_id}/act/"
    sent = {"act": "call", "back": "team", "site": site.public_id, "show": "silent"}
    answer = client.post(address, sent)

    assert answer["Location"].startswith(f"/hall/worksites/{site.public_id}/team/?show=silent&did=")
    factory.give(site, factory.cat_member("Jorge Luna"), crew[0], at=clock.now())
    swapped = page(client.post(address, sent, **HTMX))
    assert ("progress" in swapped, "Jorge Luna" in swapped, site.name in swapped) == (False, True, False)


def test_a_way_back_leads_nowhere_else(client, jorge, crew):
    answer = client.post(
        f"/hall/talks/{crew[0].public_id}/act/", {"act": "call", "back": "team", "site": "//evil.example"}
    )

    assert answer["Location"].startswith(f"/hall/talks/{crew[0].public_id}/?did=")


# giving turfs


@pytest.mark.usefixtures("denise")
def test_ticked_people_are_given_and_the_act_is_undone(client, site, crew):
    jorge = factory.cat_member("Jorge Luna")
    factory.give(site, jorge, crew[2], at=clock.now() - timedelta(hours=1))
    address = f"/hall/worksites/{site.public_id}/turfs/"
    ticked = [crew[0].public_id, crew[1].public_id]
    answer = client.post(address, {"act": "give", "person": ticked, "to": f"u-{jorge.public_id}"})

    assert codes_of(jorge) == {*ticked, crew[2].public_id}
    shown = page(client.get(answer["Location"]))
    assert "2 people: Jorge Luna answers for them now." in shown
    client.post(f"{address}undo/", {"did": answer["Location"].split("did=")[1]})
    assert codes_of(jorge) == {crew[2].public_id}


@pytest.mark.usefixtures("denise")
def test_the_steward_may_take_people_herself_and_take_them_back(client, site, crew, denise):
    address = f"/hall/worksites/{site.public_id}/turfs/"
    client.post(address, {"act": "give", "person": [crew[0].public_id], "to": f"u-{denise.public_id}"})
    assert codes_of(denise) == {crew[0].public_id}

    client.post(address, {"act": "take", "person": [crew[0].public_id]})
    assert codes_of(denise) == set()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"act": "give", "to": "u-x"}, "Choose who answers for them"),
        ({"act": "give", "to": ""}, "Choose who answers for them"),
        ({"act": "take"}, "Tick at least one person"),
        ({"act": "ask", "name": "Luis", "contact": "not a phone", "language": "es"}, "One thing to mend"),
        ({"act": "ask", "name": "Luis", "contact": "213 555 0171", "language": "es"}, "Tick at least one person"),
    ],
)
@pytest.mark.usefixtures("denise", "crew")
def test_what_cannot_be_done_is_said_and_changes_nothing(client, site, sent, says):
    answer = client.post(f"/hall/worksites/{site.public_id}/turfs/", sent)

    assert answer.status_code == 422
    assert says in page(answer)
    assert Cover.objects.count() == OutboxMessage.objects.count() == 0


@pytest.mark.usefixtures("denise")
def test_what_was_ticked_stays_ticked_after_a_mistake(client, site, crew):
    answer = client.post(f"/hall/worksites/{site.public_id}/turfs/", {"act": "give", "person": crew[0].public_id})

    assert [f'value="{person.public_id}" checked' in page(answer) for person in crew] == [True, False, False]


@pytest.mark.usefixtures("denise")
def test_somebody_new_is_asked_with_her_people(client, site, crew):
    sent = {"act": "ask", "name": "Luis Ortega", "contact": "213 555 0171", "language": "es"}
    answer = client.post(f"/hall/worksites/{site.public_id}/turfs/", {**sent, "person": [crew[0].public_id]})

    message = OutboxMessage.objects.get()
    assert (message.language, "Luis" in str(message.body)) == ("es", True)
    shown = page(client.get(answer["Location"]))
    assert "The link is on its way" in shown
    assert str(message.body).split("/")[-2] not in shown


@pytest.mark.usefixtures("denise")
def test_a_whole_group_is_ticked_by_a_link(client, site, crew):
    shown = page(client.get(f"/hall/worksites/{site.public_id}/turfs/?tick=none-1"))

    assert [f'value="{person.public_id}" checked' in shown for person in crew] == [True] * 3


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.usefixtures("denise")
def test_giving_out_costs_the_same_for_one_and_three(client, site, campaign, count, django_assert_num_queries):
    factory.give(site, factory.cat_member(), *factory.people(site, count), at=clock.now())

    with django_assert_num_queries(9):
        client.get(f"/hall/worksites/{site.public_id}/turfs/")


# an organizer's areas


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.usefixtures("priya")
def test_a_ranking_page_costs_the_same_for_one_and_three(client, site, count, django_assert_num_queries):
    for number in range(count):
        factory.people(roster.worksite(f"Place {number}", area=site.area), 2)

    with django_assert_num_queries(10):
        client.get("/hall/areas/")


@pytest.mark.usefixtures("priya", "crew")
def test_an_organizer_drills_from_the_ranking_into_a_worksite(client, site):
    assert f'href="/hall/worksites/{site.public_id}/team/"' in page(client.get("/hall/areas/"))
    assert client.get(f"/hall/worksites/{site.public_id}/team/").status_code == 200


@pytest.mark.usefixtures("priya")
def test_areas_without_people_teach_what_comes(client):
    assert "employer’s list" in page(client.get("/hall/areas/"))


@pytest.mark.usefixtures("jorge")
def test_the_areas_are_no_cat_member_s(client):
    assert client.get("/hall/areas/").status_code == 403
