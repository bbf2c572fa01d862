"""The phase that shows, and the answer to "are we on strike?"."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.phases import (
    TRACK_OF,
    Ground,
    Phase,
    Reason,
    Step,
    StrikeAnswer,
    Track,
    strike_answer,
)

DAY = date(2026, 10, 20)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def phases(draw):
    start = draw(days)
    end = draw(st.none() | st.integers(0, 90).map(lambda n: start + timedelta(days=n)))
    return Phase(draw(st.sampled_from(Step)), start, end, public=draw(st.booleans()), key=draw(st.integers(0, 50)))


def shape(*grounds: Ground) -> list[tuple[Reason, bool, date | None]]:
    return [(ground.reason, ground.happened, ground.on) for ground in grounds]


def test_every_step_belongs_to_one_track():
    assert set(TRACK_OF) == set(Step)
    assert {Step.STRIKE.track, Step.IMPASSE.track, Step.BARGAINING.track} == {Track.FIELD, Track.LEGAL, Track.TABLE}


def test_no_strike_in_the_middle_of_talks():
    record = [Phase(Step.BARGAINING, date(2026, 3, 8)), Phase(Step.PICKETS, DAY, date(2026, 11, 3), public=True)]
    answer = strike_answer(record, on=DAY, last_session_on=date(2026, 9, 27))
    assert answer == StrikeAnswer(
        False,
        (
            Ground(Reason.TALKS_GO_ON, True, date(2026, 9, 27)),
            Ground(Reason.NO_MEDIATION_NO_FACTFINDING, False),
            Ground(Reason.NO_STRIKE_VOTE, False),
        ),
        DAY,
    )


def test_a_vote_alone_is_no_strike():
    record = [
        Phase(Step.BARGAINING, date(2026, 3, 8)),
        Phase(Step.STRIKE_VOTE_OPEN, date(2026, 9, 1), date(2026, 9, 9)),
        Phase(Step.STRIKE_AUTHORIZED, date(2026, 9, 10)),
    ]
    answer = strike_answer(record, on=DAY)
    assert not answer.on_strike
    assert shape(*answer.grounds)[-1] == (Reason.AUTHORIZED_NOT_CALLED, True, date(2026, 9, 10))


@pytest.mark.parametrize(
    ("record", "place", "expected"),
    [
        ([], 0, (Reason.TALKS_NOT_BEGUN, False, None)),
        ([Phase(Step.IMPASSE, date(2026, 5, 1))], 0, (Reason.IMPASSE_DECLARED, True, date(2026, 5, 1))),
        (
            [Phase(Step.IMPASSE, date(2026, 5, 1)), Phase(Step.AGREEMENT, date(2026, 6, 1))],
            0,
            (Reason.AGREEMENT_REACHED, True, date(2026, 6, 1)),
        ),
        (
            [Phase(Step.AGREEMENT, date(2026, 4, 1)), Phase(Step.IMPASSE, date(2026, 5, 1))],
            0,
            (Reason.IMPASSE_DECLARED, True, date(2026, 5, 1)),
        ),
        ([Phase(Step.MEDIATION, date(2026, 6, 1))], 1, (Reason.MEDIATION_GOES_ON, True, date(2026, 6, 1))),
        (
            [Phase(Step.MEDIATION, date(2026, 6, 1), date(2026, 7, 1))],
            1,
            (Reason.MEDIATION_OVER, True, date(2026, 7, 1)),
        ),
        ([Phase(Step.FACTFINDING, date(2026, 8, 1))], 1, (Reason.FACTFINDING_GOES_ON, True, date(2026, 8, 1))),
        (
            [Phase(Step.FACTFINDING, date(2026, 8, 1), date(2026, 9, 1))],
            1,
            (Reason.FACTFINDING_OVER, True, date(2026, 9, 1)),
        ),
        ([Phase(Step.AFTER_FACTFINDING, date(2026, 9, 2))], 1, (Reason.FACTFINDING_OVER, True, date(2026, 9, 2))),
        ([Phase(Step.STRIKE_VOTE_OPEN, DAY)], 2, (Reason.STRIKE_VOTE_GOES_ON, True, DAY)),
        ([Phase(Step.STRIKE_VOTE_OPEN, date(2026, 9, 1), date(2026, 9, 9))], 2, (Reason.NO_STRIKE_VOTE, False, None)),
        (
            [Phase(Step.STRIKE_NOT_AUTHORIZED, date(2026, 9, 10))],
            2,
            (Reason.STRIKE_NOT_AUTHORIZED, False, date(2026, 9, 10)),
        ),
    ],
)
def test_each_reason_is_read_from_the_record(record, place, expected):
    assert shape(strike_answer(record, on=DAY).grounds[place]) == [expected]


def test_yes_only_while_a_strike_is_under_way_and_it_is_remembered_after():
    record = [Phase(Step.STRIKE, date(2026, 10, 19), date(2026, 10, 21))]
    assert strike_answer(record, on=date(2026, 10, 18)).on_strike is False
    assert strike_answer(record, on=DAY) == StrikeAnswer(
        True, (Ground(Reason.STRIKE_CALLED, True, date(2026, 10, 19)),), DAY
    )
    after = strike_answer(record, on=date(2026, 10, 22))
    assert not after.on_strike
    assert after.grounds[0] == Ground(Reason.STRIKE_OVER, True, date(2026, 10, 21))


@given(st.lists(phases(), max_size=8), days)
def test_the_answer_agrees_with_the_record_in_any_order(record, day):
    answer = strike_answer(record, on=day)
    assert answer.on_strike == any(phase.step is Step.STRIKE and phase.covers(day) for phase in record)
    assert len(answer.grounds) == (
        1 if answer.on_strike else 3 + any(p.step is Step.STRIKE and p.has_begun(day) for p in record)
    )
    assert strike_answer(sorted(record, key=lambda p: (p.starts_on, p.key)), on=day).on_strike == answer.on_strike


@given(st.lists(phases(), max_size=8), days)
def test_what_comes_later_never_changes_today(record, day):
    past = [phase for phase in record if phase.has_begun(day)]
    assert strike_answer(record, on=day) == strike_answer(past, on=day)
