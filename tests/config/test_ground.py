"""The test run itself: fresh databases, no network."""

from __future__ import annotations

import socket

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from pytest_socket import SocketConnectBlockedError
from wagtail.models import Page


@pytest.mark.parametrize("turn", [1, 2])
def test_committed_rows_are_gone_after_a_transactional_test(transactional_db: None, turn: int) -> None:
    users = get_user_model()

    users.objects.create_user(name="Beto", email="beto@example.org")

    assert users.objects.count() == 1
    assert Page.objects.exists()


def test_rows_written_by_migrations_survive(db: None) -> None:
    assert Page.objects.filter(depth=1).count() == 1


def test_database_is_a_copy_for_tests(db: None) -> None:
    name = str(connection.settings_dict["NAME"])

    assert "test" in name


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_network_is_closed() -> None:
    with pytest.raises(SocketConnectBlockedError), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
