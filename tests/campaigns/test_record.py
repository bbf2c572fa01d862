"""Changes of the record: written once, with what stood there before, and taken back exactly."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from tests.factories import campaigns as factory
from unionhall.campaigns import operations, queries
from unionhall.campaigns.enums import Part
from unionhall.campaigns.models import Banner, CalendarDate, Campaign, Fact, FocusArea, PhaseRecord, RecordChange
from unionhall.campaigns.operations.changes import snapshot
from unionhall.campaigns.queries import keeping
from unionhall.foundation import vocabulary
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.models import AuditEntry
from unionhall.foundation.vocabulary import Word
from unionhall.rulebook.phases import Step

pytestmark = pytest.mark.django_db
AT, CLERK = factory.AT, factory.CLERK
DAY = date(2026, 11, 20)
BY = {"actor": CLERK, "at": AT}


@pytest.fixture
def campaign() -> Campaign:
    return factory.campaign()


def last(part: str) -> RecordChange:
    """The newest change of a part."""
    return RecordChange.objects.filter(part=part)[0]


def banner(of: Campaign, **fields) -> Banner:
    words = {"title": Bilingual("Pickets", "Piquetes"), "starts_on": DAY, "ends_on": DAY + timedelta(days=7)}
    return operations.put_banner(campaign=of, **BY, **(words | fields))


def rows_of(campaign: Campaign) -> list[dict]:
    """The whole record as plain values."""
    rows = queries.read_rows(campaign)
    parts = (rows.phases, rows.dates, rows.facts, rows.areas, rows.banners)
    return [snapshot(Campaign.objects.get(pk=campaign.pk)), *(snapshot(row) for part in parts for row in part)]


def test_the_same_record_a_second_time_changes_nothing(campaign):
    for _ in range(2):
        factory.phase(campaign)
        factory.fact(campaign)
        factory.focus_area(campaign)
        factory.session(campaign)
        banner(campaign)
        factory.campaign()

    assert RecordChange.objects.count() == AuditEntry.objects.filter(verb__startswith="campaigns.").count() == 6


@pytest.mark.parametrize(
    ("part", "write"),
    [
        (Part.PHASES, lambda of: factory.phase(of, ends_on=date(2026, 11, 30))),
        (Part.FACTS, lambda of: factory.fact(of, value=3_500, stale_after=DAY)),
        (Part.DATES, lambda of: factory.session(of, starts_at=time(9, 30))),
        (Part.AREAS, lambda of: factory.focus_area(of, 2, title=Bilingual("Pay", "Sueldo"))),
        (Part.BANNERS, lambda of: banner(of, line=Bilingual("Now", "Ahora"))),
        (Part.IDENTITY, lambda of: factory.campaign(slogan=Bilingual("Enough", "Basta"), closes_on=DAY)),
    ],
)
def test_taking_back_the_last_change_brings_the_earlier_values_back(campaign, part, write):
    factory.full_campaign(picture="")
    banner(campaign)
    before = rows_of(campaign)
    write(campaign)
    assert rows_of(campaign) != before

    for _ in range(2):
        operations.take_back_change(change=last(part), **BY)

    assert rows_of(campaign) == before
    assert AuditEntry.objects.filter(verb="campaigns.change_taken_back").count() == 1


@pytest.mark.parametrize("model", [PhaseRecord, CalendarDate, Fact, FocusArea, Banner])
def test_what_was_removed_comes_back_as_it_was(campaign, model):
    factory.full_campaign()
    banner(campaign)
    before = rows_of(campaign)
    row = model.objects.filter(campaign=campaign)[0]
    part = next(part for part, table in keeping.TABLES.items() if table is model)

    for _ in range(2):
        operations.remove_row(part=part, row=row, title=Bilingual("It", "Eso"), **BY)
    assert not model.objects.filter(pk=row.pk).exists()
    operations.take_back_change(change=last(part), **BY)

    assert rows_of(campaign) == before


def test_what_was_added_is_gone_again(campaign):
    before = rows_of(campaign)
    factory.fact(campaign)

    operations.take_back_change(change=last(Part.FACTS), **BY)

    assert rows_of(campaign) == before


def test_a_change_on_which_a_later_one_rests_is_not_taken_back(campaign):
    factory.fact(campaign, value=1)
    first = last(Part.FACTS)
    factory.fact(campaign, value=2)

    with pytest.raises(operations.ChangedSince):
        operations.take_back_change(change=first, **BY)
    operations.take_back_change(change=last(Part.FACTS), **BY)
    assert Fact.objects.get().value == Decimal(1)


def test_the_opening_of_a_campaign_is_not_taken_back(campaign):
    with pytest.raises(operations.NotTakenBack):
        operations.take_back_change(change=last(Part.IDENTITY), **BY)
    assert Campaign.objects.filter(pk=campaign.pk).exists()


def test_a_place_taken_meanwhile_is_said_and_nothing_changes(campaign):
    row = factory.phase(campaign)
    operations.remove_row(part=Part.PHASES, row=row, title=row.title, **BY)
    removed = last(Part.PHASES)
    factory.phase(campaign)

    with pytest.raises(operations.PlaceTaken):
        operations.take_back_change(change=removed, **BY)
    assert PhaseRecord.objects.count() == 1


def test_a_day_holds_as_many_as_there_are_names(campaign):
    factory.session(campaign, starts_at=time(14, 0))
    factory.session(campaign, title=Bilingual("Session 5, morning", "Sesión 5, mañana"), starts_at=time(9, 0))
    factory.session(campaign, title=Bilingual("Rally", "Mitin"), kind="action")

    rows = CalendarDate.objects.filter(campaign=campaign)

    assert [row.slug for row in rows] == ["rally-2026-11-10", "session-5-morning-2026-11-10", "session-5-2026-11-10"]


def test_a_day_that_moves_keeps_its_address(campaign):
    row = factory.session(campaign)

    moved = factory.session(campaign, on=date(2026, 12, 1), row=row)

    assert (moved.pk, moved.slug, moved.on) == (row.pk, "session-5-2026-11-10", date(2026, 12, 1))


def test_a_row_cannot_be_moved_onto_another(campaign):
    factory.phase(campaign)
    other = factory.phase(campaign, starts_on=date(2026, 11, 17))

    with pytest.raises(operations.AlreadyOnRecord):
        factory.phase(campaign, row=other)


def test_focus_areas_change_places_and_change_back(campaign):
    areas = [factory.focus_area(campaign, order) for order in (1, 2, 3)]
    slugs = lambda: list(FocusArea.objects.values_list("slug", flat=True))  # noqa: E731 - asked three times

    operations.move_focus_area(area=areas[2], by=-1, **BY)
    assert slugs() == ["area-1", "area-3", "area-2"]
    operations.move_focus_area(area=areas[0], by=-1, **BY)
    assert slugs() == ["area-1", "area-3", "area-2"]
    operations.take_back_change(change=last(Part.AREAS), **BY)
    assert slugs() == ["area-1", "area-2", "area-3"]


def test_words_that_go_public_are_wanted_in_both_languages(campaign):
    with pytest.raises(operations.OneLanguageMissing):
        banner(campaign, line=Bilingual("Only English", ""))
    with pytest.raises(operations.OneLanguageMissing):
        factory.phase(campaign, headline=Bilingual("", "Solo español"))
    assert RecordChange.objects.count() == 1


def test_a_page_left_at_a_past_day_goes_on_with_the_record_and_back_with_it(campaign):
    factory.campaign(as_of=date(2026, 3, 1))
    assert queries.get_home(Campaign.objects.get(), on=DAY).on == date(2026, 3, 1)

    factory.phase(campaign, Step.BARGAINING, date(2026, 4, 1))
    assert Campaign.objects.get().as_of == date(2026, 4, 1)
    factory.session(campaign, on=date(2026, 5, 1))
    assert Campaign.objects.get().as_of == date(2026, 4, 1)
    factory.phase(campaign, Step.STRIKE, DAY)
    assert (Campaign.objects.get().as_of, queries.get_ribbon(Campaign.objects.get(), on=DAY).answer.on_strike) == (
        None,
        True,
    )

    operations.take_back_change(change=last(Part.PHASES), **BY)
    assert Campaign.objects.get().as_of == date(2026, 4, 1)


def test_a_page_never_stands_at_a_day_to_come():
    with pytest.raises(operations.PageStandsAhead):
        factory.campaign(as_of=date(2026, 12, 24))


def test_stale_facts_stand_first_and_older_values_stay(campaign):
    factory.fact(campaign, "fresh", 1)
    factory.fact(campaign, "stale", 2, stale_after=date(2026, 11, 1))
    factory.fact(campaign, "stale", 1, as_of=date(2026, 9, 1))

    rows = keeping.fact_rows(campaign, on=DAY)

    assert [(row.fact.key, row.stale, len(row.older)) for row in rows] == [("stale", True, 1), ("fresh", False, 0)]


def test_a_fact_says_where_it_is_used_and_whether_that_is_to_be_seen(campaign):
    factory.fact(campaign, used_on=["home", "wins"])

    before = keeping.fact_rows(campaign, on=DAY)[0].places
    factory.phase(campaign, Step.AGREEMENT, DAY)
    after = keeping.fact_rows(campaign, on=DAY)[0].places

    assert [place.now for place in before] == [True, False]
    assert [place.now for place in after] == [True, True]


def test_the_history_tells_what_changed_in_the_readers_language(campaign):
    factory.fact(campaign, value=3_000)
    factory.fact(campaign, value=3_100, label=Bilingual("In the unit", "En nuestra unidad"))

    newest, first = keeping.history(campaign, Part.FACTS)

    assert [(it.label, it.before, it.after) for it in newest.differences] == [
        ("Label", "En la unidad", "En nuestra unidad"),
        ("Value", "3,000", "3,100"),
    ]
    assert (newest.may_undo, first.may_undo) == (True, False)


def test_words_are_taken_back_too():
    rep = Word(Bilingual("rep", "representante"), Bilingual("reps", "representantes"))
    steward = vocabulary.word("steward")
    operations.choose_words(pack="school", **BY)
    operations.put_word(key="steward", said=rep, **BY)
    operations.put_word(key="steward", said=rep, **BY)
    assert (vocabulary.word("worksite"), vocabulary.word("steward")) == ("school", "rep")
    assert RecordChange.objects.count() == 2

    for change in RecordChange.objects.all():
        operations.take_back_change(change=change, **BY)

    assert (vocabulary.word("worksite"), vocabulary.word("steward")) == ("worksite", steward)


def test_preview_of_a_step_writes_nothing_and_speaks_both_languages(campaign):
    looked = PhaseRecord(
        campaign=campaign, step=Step.STRIKE, track="field", starts_on=DAY, public=True, changed_at=AT,
        title=Bilingual("On strike", "En huelga"), headline=Bilingual("We are out", "Estamos afuera"),
    )  # fmt: skip

    seen = keeping.preview_phase(campaign, looked, on=DAY)

    assert [(code, home.answer.on_strike, home.grounds[0].sentence) for code, home in seen] == [
        ("en", True, "A strike has been called"),
        ("es", True, "Se ha convocado una huelga"),
    ]
    assert PhaseRecord.objects.count() == 0
