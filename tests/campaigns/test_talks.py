"""The log of talks: one tap writes a line, one takes it back, and who may read it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories import campaigns as campaign_factory
from tests.factories import roster
from tests.factories import turf as factory
from tests.factories.turf import AT, BY
from unionhall.campaigns import access, operations, queries
from unionhall.campaigns.models import Talk
from unionhall.campaigns.operations import EmptyNote, NoCampaignNow, TalkTakenBack, UnknownTalk
from unionhall.foundation import contacts
from unionhall.foundation.access import PUBLIC, Grant, Reach, Role, Viewer
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations as roster_operations
from unionhall.roster.models import Assignment, OptOut

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def site():
    return roster.worksite("Magnolia Avenue Elementary", area=roster.area("E"))


@pytest.fixture
def campaign():
    return campaign_factory.campaign()


@pytest.fixture
def beto(site):
    return roster.person("Beto Luna", site=site, contact="213 555 0142")


@pytest.mark.parametrize("kind", ["call", "text", "talk", "done"])
def test_one_tap_writes_one_line_and_a_second_click_none(campaign, beto, kind):
    first = factory.talk(campaign, beto, kind)

    assert factory.talk(campaign, beto, kind, at=AT + timedelta(seconds=20)) == first
    assert factory.talk(campaign, beto, kind, at=AT + timedelta(hours=1)) != first


def test_the_trail_keeps_neither_words_nor_contact_nor_name(campaign, beto):
    factory.talk(campaign, beto, asked="Sticker day", text="Her sister is ill")

    entry = AuditEntry.objects.get(verb="campaigns.talk_noted")
    assert entry.object_label == beto.public_id
    assert entry.detail.keys() == {"kind", "talk"}


def test_what_no_button_says_is_refused(campaign, beto):
    with pytest.raises(UnknownTalk):
        factory.talk(campaign, beto, "shouted")
    with pytest.raises(EmptyNote):
        factory.talk(campaign, beto, "note", text="  ")
    with pytest.raises(NoCampaignNow):
        factory.talk(None, beto)
    assert Talk.objects.count() == 0


def test_taken_back_a_line_counts_no_more(campaign, beto):
    talk = factory.talk(campaign, beto)
    operations.take_back_talk(talk=talk, **BY)

    assert queries.talks_of(beto) == []
    with pytest.raises(TalkTakenBack):
        operations.take_back_talk(talk=talk, **BY)


def test_a_line_is_taken_back_by_whoever_wrote_it_alone(campaign, beto):
    jorge = factory.cat_member()
    talk = factory.talk(campaign, beto, actor=jorge.as_actor())

    assert queries.find_talk(Viewer(jorge.pk), talk.public_id) == talk
    assert queries.find_talk(Viewer(jorge.pk + 1), talk.public_id) is None
    assert queries.find_talk(PUBLIC, talk.public_id) is None


def grants(site, beto) -> dict[str, tuple[Role, Reach, str]]:
    return {
        "cat": (Role.CAT_MEMBER, Reach.TURF, beto.public_id),
        "steward": (Role.STEWARD, Reach.WORKSITE, site.public_id),
        "organizer": (Role.ORGANIZER, Reach.AREA, site.area.public_id),
        "other cat": (Role.CAT_MEMBER, Reach.TURF, "someoneelse1"),
        "other steward": (Role.STEWARD, Reach.WORKSITE, "anothersite1"),
        "other organizer": (Role.ORGANIZER, Reach.AREA, "anotherarea1"),
        "data": (Role.DATA_ADMINISTRATOR, Reach.ALL, ""),
        "officer": (Role.OFFICER, Reach.ALL, ""),
        "counsel": (Role.COUNSEL, Reach.ALL, ""),
        "member": (Role.MEMBER, Reach.OWN, ""),
    }


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("cat", True),
        ("steward", True),
        ("organizer", True),
        ("other cat", False),
        ("other steward", False),
        ("other organizer", False),
        ("data", False),
        ("officer", False),
        ("counsel", False),
        ("member", False),
    ],
)
def test_talks_are_open_to_turf_worksite_and_area_alone(site, beto, who, sees):
    role, reach, code = grants(site, beto)[who]
    viewer = Viewer(99, who, (Grant(role, reach, frozenset({code} - {""})),), strong=True)

    assert access.persons_talked_with_by(viewer, on=TODAY).filter(pk=beto.pk).exists() is sees


def test_a_second_role_opens_no_talk(site, beto):
    """An organizer elsewhere who runs the data desk too knows every name, and reads no talk of another area."""
    both = (
        Grant(Role.DATA_ADMINISTRATOR, Reach.ALL),
        Grant(Role.ORGANIZER, Reach.AREA, frozenset({"anotherarea1"})),
    )

    assert not access.persons_talked_with_by(Viewer(99, "x", both, strong=True), on=TODAY).exists()


def jorges(*persons) -> Viewer:
    codes = frozenset(person.public_id for person in persons)
    return Viewer(99, "Jorge", (Grant(Role.CAT_MEMBER, Reach.TURF, codes),))


def test_a_card_says_job_phone_and_what_was_asked_last(campaign, site, beto):
    Assignment.objects.filter(person=beto).update(classification=factory.job(), shift="6 a.m.")
    factory.talk(campaign, beto, "talk", asked="Sticker day", at=AT - timedelta(days=9))
    factory.talk(campaign, beto, "call", at=AT - timedelta(days=2))
    [card] = queries.get_turf(jorges(beto), now=AT, on=TODAY).cards

    assert card.lines == ["Cook · 6 a.m. · Magnolia Avenue Elementary"]
    assert (card.phone, card.may_text, card.asked, card.last.kind, card.done) == (
        "+12135550142",
        True,
        "Sticker day",
        "call",
        False,
    )


def test_who_is_done_today_stands_last_and_counts(campaign, site):
    crew = factory.people(site, 3)
    factory.talk(campaign, crew[0], "talk")
    factory.talk(campaign, crew[1], "call")
    factory.talk(campaign, crew[2], "done", at=AT - timedelta(days=1))
    turf = queries.get_turf(jorges(*crew), now=AT, on=TODAY)

    assert [(card.person.name, card.done) for card in turf.cards] == [
        ("Worker 02", False),
        ("Worker 03", False),
        ("Worker 01", True),
    ]
    assert (turf.done, turf.total) == (1, 3)


def test_who_asked_not_to_be_written_to_is_not_offered_a_text(site, beto):
    index = contacts.indexes_of(contacts.parse_contact("213 555 0142")).full
    OptOut.objects.create(kind="sms", index_full=index, value="+12135550142", source="text", opted_out_at=AT)
    [card] = queries.get_turf(jorges(beto), now=AT, on=TODAY).cards

    assert (card.phone, card.may_text) == ("+12135550142", False)


def test_the_employer_s_phone_is_no_way_to_reach_somebody(site, beto):
    beto.contact_points.update(owner="employer", verified_at=None)
    [card] = queries.get_turf(jorges(beto), now=AT, on=TODAY).cards

    assert card.phone == ""


@pytest.mark.parametrize("count", [1, 3])
def test_a_turf_costs_the_same_for_one_and_three(campaign, site, count, django_assert_num_queries):
    crew = factory.people(site, count)
    for person in crew:
        factory.talk(campaign, person)

    with django_assert_num_queries(6):
        queries.get_turf(jorges(*crew), now=AT, on=TODAY)


def test_talks_are_noted_in_the_campaign_that_opened_last():
    campaign_factory.campaign("old", opens_on=date(2025, 1, 1), closes_on=date(2026, 1, 1))
    campaign_factory.campaign("first", opens_on=date(2026, 1, 1))
    newest = campaign_factory.campaign("second", opens_on=date(2026, 6, 1))

    assert queries.campaign_under_way(TODAY) == newest
    assert queries.campaign_under_way(date(2020, 1, 1)) is None


def test_merged_people_keep_what_was_said(campaign, site):
    kept, absorbed = factory.people(site, 2)
    factory.talk(campaign, absorbed, text="Likes mornings")
    merge = roster_operations.merge_people(kept=kept, absorbed=absorbed, **BY)
    assert [talk.text for talk in queries.talks_of(kept)] == ["Likes mornings"]

    roster_operations.part_people(merge=merge, **BY)
    assert [talk.text for talk in queries.talks_of(absorbed)] == ["Likes mornings"]
