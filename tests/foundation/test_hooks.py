"""Typed registries for the higher slices."""

from __future__ import annotations

import pytest

from unionhall.foundation import hooks
from unionhall.foundation.hooks import HallEntry, Hook


@pytest.fixture
def hook():
    made: Hook[HallEntry] = Hook("test_entries", says="For these tests.")
    yield made
    del hooks._all["test_entries"]


def entry(name):
    return HallEntry(label=name, url_name=f"{name}:list", icon="people")


def test_items_come_in_their_order_then_in_that_of_registering(hook):
    hook.register("b.turf", entry("turf"))
    hook.register("a.queue", entry("queue"), order=10)
    hook.register("c.chart", entry("chart"))

    assert [item.label for item in hook] == ["queue", "turf", "chart"]
    assert hook.keys() == ("a.queue", "b.turf", "c.chart")
    assert len(hook) == 3


def test_an_item_is_found_by_its_key(hook):
    queue = hook.register("a.queue", entry("queue"))

    assert hook.get("a.queue") == queue
    assert hook.get("a.other") is None
    hook.remove("a.queue")
    assert list(hook) == []


def test_double_registration_is_refused(hook):
    first = hook.register("a.queue", entry("queue"))

    with pytest.raises(ValueError, match=r"test_entries has a\.queue already"):
        hook.register("a.queue", entry("other"))

    assert list(hook) == [first]


def test_two_hooks_of_one_name_are_refused(hook):
    with pytest.raises(ValueError, match="named test_entries already"):
        Hook("test_entries", says="Again.")


def test_every_hook_is_listed_with_a_sentence():
    listed = hooks.all_hooks()

    assert [item.name for item in listed] == sorted(item.name for item in listed)
    assert {"audit_mirrors", "hall_entries"} <= {item.name for item in listed}
    assert all(item.says.endswith(".") for item in listed)
