"""What a campaign is doing, the phase its page is named after, and its parts: never one against another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.phases import Phase, Reason, Step, closing_on, strike_answer
from unionhall.rulebook.stages import PASSING, STAGE_OF, Block, Stage, blocks_on, shown_phase, stage_on

DAY = date(2026, 10, 20)
LONG_AGO, SPRING, LATELY = date(2026, 1, 5), date(2026, 3, 8), date(2026, 10, 1)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def phases(draw):
    start = draw(days)
    end = draw(st.none() | st.integers(0, 90).map(lambda n: start + timedelta(days=n)))
    return Phase(draw(st.sampled_from(Step)), start, end, public=draw(st.booleans()), key=draw(st.integers(0, 50)))


records = st.lists(phases(), max_size=8)


@pytest.mark.parametrize(
    ("steps", "stage", "blocks"),
    [
        ([], Stage.BEGINNING, [Block.LISTEN]),
        ([Step.LISTENING], Stage.LISTENING, [Block.LISTEN]),
        ([Step.PLATFORM_VOTE], Stage.PLATFORM, [Block.PLATFORM]),
        ([Step.BARGAINING], Stage.BARGAINING, [Block.TABLE]),
        ([Step.BARGAINING, Step.PICKETS], Stage.ESCALATING, [Block.PICKETS, Block.TABLE]),
        ([Step.BARGAINING, Step.IMPASSE], Stage.IMPASSE, [Block.IMPASSE, Block.TABLE]),
        ([Step.IMPASSE, Step.PICKETS], Stage.IMPASSE, [Block.IMPASSE, Block.PICKETS, Block.TABLE]),
        ([Step.BARGAINING, Step.STRIKE_VOTE_OPEN], Stage.STRIKE_VOTE, [Block.STRIKE_VOTE, Block.TABLE]),
        ([Step.IMPASSE, Step.STRIKE_VOTE_OPEN, Step.STRIKE], Stage.STRIKE, [Block.STRIKE, Block.TABLE]),
        ([Step.BARGAINING, Step.PICKETS, Step.AGREEMENT], Stage.AGREEMENT, [Block.AGREEMENT]),
        ([Step.AGREEMENT, Step.RATIFICATION, Step.ENFORCEMENT], Stage.RATIFIED, [Block.ENFORCEMENT]),
    ],
)
def test_each_step_makes_its_stage_and_its_parts(steps, stage, blocks):
    record = [Phase(step, SPRING + timedelta(days=number), key=number) for number, step in enumerate(steps)]

    assert (stage_on(record, DAY), list(blocks_on(record, DAY))) == (stage, blocks)


def test_the_page_is_named_after_the_latest_begun_of_those_under_way():
    long = Phase(Step.BARGAINING, SPRING, public=True, key=1)
    heat = Phase(Step.PICKETS, LATELY, date(2026, 11, 3), public=True, key=2)

    assert shown_phase([heat, long], DAY) == heat
    assert shown_phase([heat, long], date(2026, 11, 4)) == long


def test_what_is_over_stays_only_while_it_fits_what_goes_on():
    listening = Phase(Step.LISTENING, LONG_AGO, SPRING, public=True, key=1)

    assert shown_phase([listening], DAY) == listening
    assert shown_phase([listening, Phase(Step.BARGAINING, LATELY, key=2)], DAY) is None


def test_nothing_private_and_nothing_to_come_is_shown():
    private = Phase(Step.BARGAINING, SPRING)
    to_come = Phase(Step.PICKETS, DAY + timedelta(days=1), public=True)

    assert shown_phase([private, to_come], DAY) is None


def test_two_phases_begun_on_one_day_are_decided_by_key():
    low, high = Phase(Step.ACTIONS, DAY, public=True, key=1), Phase(Step.PICKETS, DAY, public=True, key=2)

    assert shown_phase([high, low], DAY) == high


def test_a_strike_that_is_not_named_in_public_silences_what_is():
    heat = Phase(Step.PICKETS, LATELY, public=True)

    assert shown_phase([heat, Phase(Step.STRIKE, DAY)], DAY) is None


def test_an_agreement_silences_the_pickets_nobody_ended_and_the_mediation_too():
    record = [
        Phase(Step.PICKETS, LATELY, public=True),
        Phase(Step.MEDIATION, LATELY),
        Phase(Step.AGREEMENT, DAY - timedelta(days=1)),
    ]
    reasons = [ground.reason for ground in strike_answer(record, on=DAY).grounds]

    assert shown_phase(record, DAY) is None
    assert reasons == [Reason.AGREEMENT_REACHED, Reason.MEDIATION_OVER, Reason.NO_STRIKE_VOTE]


def test_an_agreement_turned_down_is_talks_again_and_its_name_is_gone():
    record = [
        Phase(Step.IMPASSE, SPRING),
        Phase(Step.AGREEMENT, LATELY, public=True, key=1),
        Phase(Step.BARGAINING, DAY, key=2),
    ]

    assert (stage_on(record, DAY), shown_phase(record, DAY)) == (Stage.BARGAINING, None)
    assert strike_answer(record, on=DAY).grounds[0].reason is Reason.TALKS_GO_ON


@given(records, days)
def test_ribbon_answer_and_parts_never_contradict_each_other(record, day):
    stage, shown, blocks = stage_on(record, day), shown_phase(record, day), blocks_on(record, day)
    answer = strike_answer(record, on=day)
    table = answer.grounds[-3].reason if not answer.on_strike else None

    assert (stage is Stage.STRIKE) == answer.on_strike == (Block.STRIKE in blocks)
    assert (stage in (Stage.AGREEMENT, Stage.RATIFIED)) == (table is Reason.AGREEMENT_REACHED)
    assert (table is Reason.AGREEMENT_REACHED) == bool({Block.AGREEMENT, Block.ENFORCEMENT} & set(blocks))
    if shown:
        assert (shown.step is Step.STRIKE) <= answer.on_strike
        assert (STAGE_OF.get(shown.step) in (Stage.AGREEMENT, Stage.RATIFIED)) <= (closing_on(record, day) is not None)
        assert shown.covers(day) or shown.step not in PASSING
    if table is Reason.TALKS_NOT_BEGUN:
        assert stage not in (Stage.BARGAINING, Stage.AGREEMENT, Stage.RATIFIED)


@given(records, days)
def test_what_comes_later_never_changes_today(record, day):
    past = [phase for phase in record if phase.has_begun(day)]

    assert (stage_on(record, day), shown_phase(record, day)) == (stage_on(past, day), shown_phase(past, day))
    assert strike_answer(record, on=day) == strike_answer(past, on=day)


@given(records, days)
def test_the_phase_that_shows_is_public_and_begun_and_under_way_where_one_is(record, day):
    shown = shown_phase(record, day)

    assert shown is None or (shown.public and shown.has_begun(day))
    assert stage_on(sorted(record, key=lambda phase: phase.key), day) is stage_on(record, day)
