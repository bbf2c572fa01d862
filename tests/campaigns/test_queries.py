"""What the home page shows on a day, and how a queue stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from tests.factories import accounts, roster
from tests.factories import campaigns as factory
from unionhall.campaigns import operations, queries
from unionhall.campaigns.enums import EntryState
from unionhall.campaigns.queries import QueueFilter
from unionhall.foundation.access import PUBLIC, Reach, Role
from unionhall.foundation.bilingual import Bilingual
from unionhall.rulebook.phases import Step

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
AT = factory.AT
EVERYTHING = roster.viewer(Role.ORGANIZER, Reach.ALL)


@pytest.fixture
def campaign():
    return factory.campaign()


def test_home_of_a_full_record(campaign):
    factory.full_campaign()
    home = queries.get_home(campaign, on=DAY)
    assert str(home.phase.title) == "Turning up the heat."
    assert home.answer.on_strike is False
    assert [ground.sentence for ground in home.grounds] == [
        "Talks are still going on",
        "No mediation, no factfinding",
        "Members have not voted on a strike",
    ]
    assert home.grounds[0].line == "Impasse has not been declared. Last session: 10 November."
    assert (home.last_session.on, home.next_session) == (date(2026, 11, 10), None)
    assert [fact.key for fact in home.strip()] == ["unit-size", "offer"]
    assert len(home.areas) == 4


def test_days_of_another_year_are_said_with_their_year(campaign):
    factory.session(campaign, date(2025, 9, 27))
    line = queries.get_home(campaign, on=DAY).grounds[0].line
    assert line == "Impasse has not been declared. Last session: 27 September 2025."


def test_home_changes_with_the_day(campaign):
    factory.full_campaign()
    factory.session(campaign, date(2026, 12, 1))
    before = queries.get_home(campaign, on=date(2026, 3, 1))
    assert (before.phase, before.last_session, before.facts) == (None, None, ())
    assert before.next_session.on == date(2026, 11, 10)
    operations.record_phase(
        campaign=campaign, step=Step.STRIKE, starts_on=date(2026, 12, 2), actor=factory.CLERK, at=AT
    )
    assert queries.get_home(campaign, on=date(2026, 12, 1)).answer.on_strike is False
    assert queries.get_home(campaign, on=date(2026, 12, 2)).answer.on_strike is True


def test_home_shows_the_newest_fact_of_a_key_that_is_true_by_the_day(campaign):
    factory.fact(campaign, value=3_000, as_of=date(2026, 10, 1))
    factory.fact(campaign, value=3_100, as_of=date(2026, 11, 1))
    factory.fact(campaign, value=9_999, as_of=date(2026, 12, 1))
    assert queries.get_home(campaign, on=DAY).fact("unit-size").value == 3_100
    assert queries.get_home(campaign, on=DAY).fact("offer") is None


def test_changed_at_is_the_newest_change_of_the_record(campaign):
    later = AT + timedelta(hours=2)
    operations.record_date(
        campaign=campaign, kind="action", on=DAY, title=Bilingual("Rally", "Mitin"), actor=factory.CLERK, at=later
    )
    assert queries.get_home(campaign, on=DAY).changed_at == later


def test_home_costs_the_same_for_little_and_much(campaign, django_assert_num_queries):
    with django_assert_num_queries(5):
        queries.get_home(campaign, on=DAY)
    factory.full_campaign()
    with django_assert_num_queries(5):
        queries.get_home(campaign, on=DAY)


def test_unknown_campaign_and_entry_are_not_found(campaign):
    with pytest.raises(queries.NoSuchCampaign):
        queries.get_campaign("nothing")
    with pytest.raises(queries.NoSuchEntry):
        queries.get_entry(EVERYTHING, "nothing")


def test_campaigns_under_way_come_first():
    over = factory.campaign("abc", closes_on=date(2026, 1, 1))
    open_one = factory.campaign("xyz", opens_on=date(2026, 1, 1))
    assert queries.campaigns_on(DAY) == [open_one, over]


def test_queue_begins_with_the_longest_wait(campaign):
    site = factory.school()
    short = factory.entry(campaign, site=site, waited=timedelta(hours=1))
    long = factory.entry(campaign, site=site, waited=timedelta(hours=30))
    queue = queries.get_queue(EVERYTHING, QueueFilter(), now=AT)
    assert [(row.entry, row.waited) for row in queue.rows] == [(long, 108_000), (short, 3_600)]


def test_queue_counts_who_waits_who_was_answered_and_how_fast(campaign):
    site = factory.school()
    priya = accounts.make_user("Priya Nair").as_actor()
    waits = [timedelta(hours=2), timedelta(hours=4), timedelta(hours=30), timedelta(hours=3)]
    made = [factory.entry(campaign, site=site, waited=wait) for wait in waits]
    operations.record_reply(entry=made[0], kind="call", actor=priya, at=AT)
    operations.record_reply(entry=made[1], kind="text", actor=priya, at=AT)
    operations.record_reply(entry=made[2], kind="text", actor=priya, at=AT - timedelta(hours=28))
    queue = queries.get_queue(EVERYTHING, QueueFilter(), now=AT)
    assert queue.counts == {"open": 1, "answered": 3, "closed": 0}
    assert (queue.summary.waiting, queue.summary.answered, queue.answered_today) == (1, 3, 2)
    assert queue.summary.median_seconds == Fraction(7_200)
    assert queue.summary.longest_seconds == Fraction(10_800)


def test_answered_today_begins_at_midnight_in_the_locals_zone(campaign):
    entry = factory.entry(campaign, site=factory.school(), waited=timedelta(hours=40))
    priya = accounts.make_user("Priya Nair").as_actor()
    operations.record_reply(entry=entry, kind="call", actor=priya, at=datetime(2026, 11, 20, 7, 59, tzinfo=UTC))
    assert queries.get_queue(EVERYTHING, QueueFilter(), now=AT).answered_today == 0
    yesterday = datetime(2026, 11, 20, 7, 59, 59, tzinfo=UTC)
    assert queries.get_queue(EVERYTHING, QueueFilter(), now=yesterday).answered_today == 1


def test_queue_filters_by_state_and_language(campaign):
    site = factory.school()
    spanish = factory.entry(campaign, site=site)
    english = factory.entry(campaign, site=site, language="en")
    operations.close_entry(entry=english, actor=factory.CLERK, at=AT)
    rows = {
        (state, language): [
            row.entry for row in queries.get_queue(EVERYTHING, QueueFilter(state, language), now=AT).rows
        ]
        for state in EntryState.values
        for language in ("", "en", "es")
    }
    assert {key: value for key, value in rows.items() if value} == {
        ("open", ""): [spanish],
        ("open", "es"): [spanish],
        ("closed", ""): [english],
        ("closed", "en"): [english],
    }


def test_queue_pages_by_fifty(campaign, monkeypatch):
    monkeypatch.setattr(queries.entries, "PAGE", 2)
    site = factory.school()
    for _ in range(3):
        factory.entry(campaign, site=site)
    pages = [queries.get_queue(EVERYTHING, QueueFilter(page=page), now=AT) for page in (1, 2, 3)]
    assert [(len(page.rows), page.more) for page in pages] == [(2, True), (1, False), (0, False)]


def test_queue_of_the_public_is_empty(campaign):
    factory.entry(campaign, site=factory.school())
    queue = queries.get_queue(PUBLIC, QueueFilter(), now=AT)
    assert (queue.rows, queue.counts["open"], queue.summary.waiting) == ((), 0, 0)
    assert len(queries.get_queue(EVERYTHING, QueueFilter(), now=AT).rows) == 1


def test_lines_leave_out_what_was_taken_back_and_notes_of_others(campaign):
    entry = factory.entry(campaign, site=factory.school())
    priya = accounts.make_user("Priya Nair").as_actor()
    call = operations.record_reply(entry=entry, kind="call", actor=priya, at=AT)
    note = operations.add_note(entry=entry, text="early shift", actor=priya, at=AT + timedelta(minutes=1))
    gone = operations.record_reply(entry=entry, kind="text", actor=priya, at=AT + timedelta(minutes=2))
    operations.take_back(note=gone, actor=priya, at=AT + timedelta(minutes=3))
    assert queries.lines_of(EVERYTHING, entry) == [note, call]
    assert queries.lines_of(roster.viewer(Role.DATA_ADMINISTRATOR, Reach.ALL), entry) == [call]


def test_only_my_own_line_is_offered_to_be_taken_back(campaign):
    entry = factory.entry(campaign, site=factory.school())
    user = accounts.make_user("Priya Nair")
    note = operations.record_reply(entry=entry, kind="call", actor=user.as_actor(), at=AT)
    mine = roster.viewer(Role.ORGANIZER, Reach.ALL, user_id=user.pk)
    theirs = roster.viewer(Role.ORGANIZER, Reach.ALL, user_id=user.pk + 1)
    found = [queries.find_act(viewer, note.public_id) for viewer in (mine, theirs, PUBLIC)]
    assert found == [note, None, None]
