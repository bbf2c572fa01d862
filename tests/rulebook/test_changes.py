"""What a change did, and how it is taken back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from unionhall.rulebook.changes import Touched, difference, spliced, unwind

FIELDS = ("name", "zip", "status")
values = st.sampled_from(["", "a", "b", None, 1.5])
records = st.fixed_dictionaries(dict.fromkeys(FIELDS, values))
updates = st.dictionaries(st.sampled_from(FIELDS), values)


@given(records, updates)
def test_undoing_right_after_gives_back_what_was_there(record, update):
    touched = difference(record, update)
    applied = {**record, **touched.after}
    undone = unwind(applied, touched)
    assert undone.stands == ()
    assert {**applied, **undone.restored} == record


@given(records, updates)
def test_saying_the_same_touches_nothing(record, update):
    applied = {**record, **update}
    assert difference(applied, update) == Touched(before={}, after={})


@given(records, updates, updates)
def test_later_values_stand(record, first, second):
    one = difference(record, first)
    middle = {**record, **one.after}
    two = difference(middle, second)
    last = {**middle, **two.after}
    undone = unwind(last, one)
    now = {**last, **undone.restored}
    assert all(now[name] == value for name, value in two.after.items())


@given(records, updates, updates)
def test_undoing_both_in_either_order_leads_back_past_both(record, first, second):
    one = difference(record, first)
    middle = {**record, **one.after}
    two = difference(middle, second)
    last = {**middle, **two.after}

    older_first = {**last, **unwind(last, one).restored}
    older_first |= unwind(older_first, spliced(one, two)).restored

    newer_first = {**last, **unwind(last, two).restored}
    newer_first |= unwind(newer_first, one).restored

    assert newer_first == record
    assert older_first == record
