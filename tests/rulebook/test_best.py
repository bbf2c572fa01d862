"""What holds of a person, of all that sources say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.best import ABSENT, FIELDS, Best, Says, best, source_of

DAYS = st.sampled_from(["2026-09-01", "2026-10-01", "2026-11-01"])
ENTRY = st.tuples(st.sampled_from(["a", "b", "c"]), DAYS, st.none())
SAYS = st.builds(
    Says,
    source=st.sampled_from(["hand", "join", "district", "members"]),
    said=st.dictionaries(st.sampled_from(["name", "employment", "birth"]), ENTRY),
    missing_since=st.none() | DAYS,
    code=st.sampled_from(["=1", "=2", "=3", "=4"]),
)
RECORDS = st.lists(SAYS, max_size=5, unique_by=lambda record: (record.source, record.code))


def says(source, day="2026-10-01", *, missing=None, code="", **values):
    said = {name: [value, day, None] for name, value in values.items()}
    return Says(source=source, said=said, missing_since=missing, code=code)


def test_nobody_speaks_nothing_holds():
    assert best([]) == Best(values={})


def test_hand_stands_before_newer_lists():
    records = [says("district", "2026-11-01", name="ROSA"), says("hand", "2026-01-01", name="Rosa")]
    assert best(records).values == {"name": "Rosa"}
    assert source_of("name", records) == "hand"


def test_newest_first_day_wins_then_her_own_word_then_the_source_first_by_name():
    old, new = says("a", "2026-09-01", name="Old"), says("b", "2026-10-01", name="New")
    assert best([new, old]).values == {"name": "New"}
    same = [says("b", name="B"), says("a", name="A")]
    assert best(same).values == {"name": "A"}
    assert best([*same, says("join", name="Herself")]).values == {"name": "Herself"}


def test_each_field_is_decided_for_itself():
    records = [says("a", "2026-09-01", name="Rosa", birth="02-29"), says("b", name="Rosa G.")]
    assert best(records).values == {"name": "Rosa G.", "birth": "02-29"}


def test_missing_once_is_only_missing():
    found = best([says("a", missing="2026-11-01", employment="active")])
    assert found == Best(values={"employment": "active"}, missing_since="2026-11-01")


def gone(source="a", *, code="", **values):
    record = says(source, missing="2026-10-15", code=code, **values)
    return Says(record.source, {**record.said, ABSENT: ["", "2026-11-15", 7]}, record.missing_since, code)


def test_missing_twice_separates_from_the_day_of_the_second_list():
    assert best([gone(employment="active")]) == Best(
        values={"employment": "separated"}, missing_since="2026-10-15", separated_on="2026-11-15"
    )
    assert source_of("employment", [gone(employment="active")]) == "a"


def test_absence_says_nothing_while_another_record_of_the_source_is_there():
    assert best([gone(code="=1"), says("a", code="=2", employment="leave")]).values == {"employment": "leave"}
    assert best([gone(), says("members", name="Rosa")]).values["employment"] == "separated"


def test_hand_and_newer_lists_stand_against_absence():
    assert best([gone(), says("hand", employment="leave")]).values == {"employment": "leave"}
    assert best([gone(), says("b", "2026-12-01", employment="active")]).values == {"employment": "active"}


def test_list_that_says_separated_gives_the_day():
    assert best([says("a", "2026-09-01", employment="separated")]).separated_on == "2026-09-01"


@given(RECORDS)
def test_best_does_not_hang_on_the_order_of_records(records):
    assert best(records) == best(records[::-1])


@given(RECORDS)
def test_best_says_only_what_somebody_said(records):
    found = best(records)
    for name, value in found.values.items():
        assert name in FIELDS
        said = {record.said[name][0] for record in records if name in record.said}
        assert value in said | ({"separated"} if name == "employment" else set())
        assert source_of(name, records) in {record.source for record in records}


@given(RECORDS, ENTRY)
def test_what_is_written_by_hand_holds_whatever_lists_say(records, entry):
    lists = [record for record in records if record.source != "hand"]
    assert best([*lists, Says("hand", {"name": entry})]).values["name"] == entry[0]
