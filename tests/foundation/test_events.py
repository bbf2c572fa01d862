"""Events are told after the commit, to everybody, and never after a rollback."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import pytest
from django.db import transaction

from tests.factories.foundation import rolled_back
from unionhall.foundation import events


@dataclass(frozen=True, slots=True)
class DoorOpened:
    """For these tests only."""

    name: str


@pytest.fixture
def heard():
    names = []

    @events.subscribe(DoorOpened)
    def listen(event):
        names.append(event.name)

    yield names
    events._listeners.pop(DoorOpened)


@pytest.mark.django_db(transaction=True)
def test_event_is_told_after_the_commit(heard):
    with transaction.atomic():
        events.publish(DoorOpened("front"))
        assert heard == []

    assert heard == ["front"]


@pytest.mark.django_db(transaction=True)
def test_event_without_a_transaction_is_told_at_once(heard):
    events.publish(DoorOpened("front"))

    assert heard == ["front"]


@pytest.mark.django_db(transaction=True)
def test_event_is_never_told_after_a_rollback(heard):
    with rolled_back():
        events.publish(DoorOpened("front"))

    assert heard == []


@pytest.mark.django_db
def test_event_of_an_inner_rollback_is_not_told(heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        events.publish(DoorOpened("outer"))
        with rolled_back():
            events.publish(DoorOpened("inner"))

    assert heard == ["outer"]


@pytest.mark.django_db
def test_a_failing_listener_stops_nobody(heard, django_capture_on_commit_callbacks, caplog):
    @events.subscribe(DoorOpened)
    def fail(event):
        raise ZeroDivisionError

    late = []
    events.subscribe(DoorOpened)(late.append)

    with django_capture_on_commit_callbacks(execute=True), caplog.at_level(logging.ERROR):
        events.publish(DoorOpened("front"))

    assert (heard, late) == (["front"], [DoorOpened("front")])
    assert [record.getMessage() for record in caplog.records] == ["a listener of DoorOpened failed"]


def test_a_listener_joins_once(heard):
    (listener,) = events.listeners(DoorOpened)

    with pytest.raises(ValueError, match="listens to DoorOpened already"):
        events.subscribe(DoorOpened)(listener)

    assert events.listeners(DoorOpened) == (listener,)


def test_an_event_nobody_hears_has_no_listeners():
    assert events.listeners(DoorOpened) == ()
