"""The round of the retention clocks: once a day, whoever looks first, and made good after a fall."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories.foundation import ALMA
from unionhall.cli.serve import look_at_the_clock
from unionhall.foundation import jobs, nightly
from unionhall.foundation.enums import JobStatus
from unionhall.foundation.hooks import ClockStand, RetentionClock, retention_clocks
from unionhall.foundation.models import Job, Night, NightWork

pytestmark = pytest.mark.django_db
# 3:00 in Los Angeles is 11:00 UTC in winter.
EARLY = datetime(2026, 1, 5, 10, 59, tzinfo=UTC)
DUE = datetime(2026, 1, 5, 11, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def asked():
    """Two clocks of our own: one forgets two things each time, the other fails."""
    calls = []

    def forget(*, actor, at):
        calls.append(at)
        return 2

    def fail(*, actor, at):
        raise RuntimeError("213 555 0142 is no day")

    stand = ClockStand(due=2, waiting=5, next_on=date(2026, 1, 9))
    retention_clocks.register("tests.good", RetentionClock("a", "b", "c", forget, lambda at: stand), order=1)
    retention_clocks.register("tests.bad", RetentionClock("a", "b", "c", fail, lambda at: ClockStand()), order=2)
    yield calls
    retention_clocks.remove("tests.good")
    retention_clocks.remove("tests.bad")


@pytest.fixture
def tick(django_capture_on_commit_callbacks):
    """Look at the clock; what is begun is done at once, as by a worker."""

    def look(at):
        with django_capture_on_commit_callbacks(execute=True):
            return nightly.start_if_due(at=at)

    return look


def test_nothing_begins_before_three_in_the_morning(tick, asked):
    assert (tick(EARLY), asked) == (None, [])


def test_round_is_made_once_a_day_however_often_somebody_looks(tick, asked):
    jobs_made = [tick(DUE), tick(DUE + timedelta(minutes=1)), tick(DUE + timedelta(hours=9))]

    assert [job is not None for job in jobs_made] == [True, False, False]
    assert len(asked) == 1
    night = Night.objects.get()
    assert (night.day, night.ended_at is not None) == (date(2026, 1, 5), True)
    assert night.works.get(key="tests.good").count == 2


def test_next_day_another_round_is_made(tick, asked):
    tick(DUE)
    tick(DUE + DAY)

    assert [night.day for night in Night.objects.order_by("day")] == [date(2026, 1, 5), date(2026, 1, 6)]
    assert len(asked) == 2


def test_day_that_the_house_slept_through_is_made_good_at_the_next_look(tick, asked):
    assert tick(DUE + timedelta(hours=11)) is not None
    assert len(asked) == 1


def test_clock_that_fails_stops_no_other_and_is_shown_without_its_story(tick, asked):
    tick(DUE)

    bad = NightWork.objects.get(key="tests.bad")
    assert (bad.count, bad.error) == (0, "RuntimeError")
    assert set(retention_clocks.keys()) == set(NightWork.objects.values_list("key", flat=True))
    shown = {item.key: item for item in nightly.clocks_shown(at=DUE)}
    assert (shown["tests.bad"].failed, shown["tests.bad"].last) == ("RuntimeError", None)
    assert (shown["tests.good"].failed, shown["tests.good"].last.count) == ("", 2)
    assert shown["tests.good"].stand.due == 2


def cut_short(at):
    """A round that began and whose worker died after the first clock."""
    night = Night.objects.create(day=timezone.localtime(at).date(), began_at=at)
    job = Job.objects.create(
        kind=nightly.KIND, payload={"night": night.pk}, status=JobStatus.RUNNING, queued_at=at, heard_at=at
    )
    NightWork.objects.create(night=night, key="tests.good", at=at, count=2)
    Night.objects.filter(pk=night.pk).update(job=job)
    return job


def test_round_that_was_cut_short_goes_on_and_asks_no_clock_twice(tick, asked):
    job = cut_short(DUE)

    resumed = tick(DUE + timedelta(minutes=5))

    assert (resumed, asked) == (job, [])
    assert Night.objects.get().ended_at is not None
    assert set(retention_clocks.keys()) == set(Night.objects.get().works.values_list("key", flat=True))


def test_round_that_is_at_work_is_left_alone(tick, asked):
    cut_short(DUE)

    assert tick(DUE + timedelta(seconds=30)) is None
    assert Night.objects.get().ended_at is None


def test_round_that_waits_its_turn_is_left_alone_for_an_hour(tick, asked):
    job = cut_short(DUE)
    Job.objects.filter(pk=job.pk).update(status=JobStatus.WAITING)

    assert tick(DUE + timedelta(minutes=59)) is None
    assert tick(DUE + timedelta(minutes=61)) == job


def test_two_workers_that_look_at_once_begin_one(tick, asked):
    Night.objects.create(day=date(2026, 1, 5), began_at=DUE)

    assert nightly._begin(date(2026, 1, 5), DUE) is None
    assert (Job.objects.count(), tick(DUE)) == (0, None)


def test_rounds_say_the_last_the_next_and_whether_one_is_late(tick, asked):
    never = nightly.rounds(at=EARLY)
    tick(DUE)
    Night.objects.update(ended_at=DUE)
    made = nightly.rounds(at=DUE + timedelta(hours=1))
    late = nightly.rounds(at=DUE + timedelta(days=2, minutes=1))

    assert (never.last, never.next_at, never.is_late) == (None, DUE, True)
    assert (made.last, made.next_at, made.is_late) == (Night.objects.get(), DUE + DAY, False)
    assert (late.next_at, late.is_late) == (DUE + timedelta(days=2, minutes=1), True)


def test_round_under_way_is_named(asked):
    cut_short(DUE)

    assert nightly.rounds(at=DUE + timedelta(minutes=1)).under_way == Night.objects.get()


def test_command_asks_every_clock_at_once_and_leaves_out_the_one_that_fails(asked):
    found = nightly.run_now(actor=ALMA, at=DUE)

    assert found["tests.good"] == 2
    assert set(found) == set(retention_clocks.keys()) - {"tests.bad"}


def test_nights_of_long_ago_are_forgotten_too(tick, asked):
    Night.objects.create(day=date(2024, 1, 5), began_at=DUE, ended_at=DUE)
    tick(DUE)

    assert [night.day for night in Night.objects.all()] == [date(2026, 1, 5)]


def test_look_of_the_worker_begins_the_round(asked):
    assert (look_at_the_clock(at=DUE), look_at_the_clock(at=DUE)) == (True, False)


def test_kind_of_work_is_known_to_the_worker():
    assert nightly.KIND in jobs.kinds()
