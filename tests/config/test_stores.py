"""Database, cache and queue behind their addresses, on real connections."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache.backends.redis import RedisCache
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from tests import needs
from unionhall.config.settings.base import database

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: what is answered as stored survives a power cut
    "cache_size": -20000,
    "mmap_size": 134217728,
    "journal_size_limit": 27103364,
    "temp_store": 2,  # memory
    "foreign_keys": 1,
}


@pytest.fixture
def opened(tmp_path: Path, django_db_blocker: Any) -> Iterator[list[BaseDatabaseWrapper]]:
    """Two connections to one SQLite file, as the settings would make them."""
    config = database(f"sqlite:///{tmp_path / 'hall.sqlite3'}")
    with django_db_blocker.unblock():
        wrappers = [ConnectionHandler({"default": config | {}})["default"] for _ in range(2)]
        yield wrappers
        for wrapper in wrappers:
            wrapper.close()


def ask(wrapper: BaseDatabaseWrapper, statement: str) -> Any:
    """The one value that a statement gives."""
    with wrapper.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.mark.parametrize(("pragma", "value"), PRAGMAS.items())
def test_sqlite_is_tuned_on_every_connection(opened: list[BaseDatabaseWrapper], pragma: str, value: Any) -> None:
    assert [ask(wrapper, f"PRAGMA {pragma}") for wrapper in opened] == [value, value]


def test_sqlite_writers_wait_for_one_another_instead_of_failing(opened: list[BaseDatabaseWrapper]) -> None:
    with opened[0].cursor() as cursor:
        cursor.execute("CREATE TABLE tally (count INTEGER)")
        cursor.execute("INSERT INTO tally VALUES (0)")
    wrong: list[Exception] = []
    config = opened[0].settings_dict

    def add() -> None:
        wrapper = ConnectionHandler({"default": config | {}})["default"]
        try:
            for _ in range(25):
                wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
                count = ask(wrapper, "SELECT count FROM tally")
                with wrapper.cursor() as cursor:
                    cursor.execute("UPDATE tally SET count = %s", [count + 1])
                wrapper.commit()
                wrapper.set_autocommit(True)
        except Exception as error:
            wrong.append(error)
        finally:
            wrapper.close()

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert ask(opened[0], "SELECT count FROM tally") == 100


def test_sqlite_in_the_data_folder_is_the_default() -> None:
    config = database("")

    assert config["ENGINE"] == "django.db.backends.sqlite3"
    assert config["NAME"].endswith("/unionhall.sqlite3")
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://hall@127.0.0.1:5432/hall", {"USER": "hall", "PASSWORD": "", "HOST": "127.0.0.1", "NAME": "hall"}),
        ("postgresql://hall:p%40ss@db/hall", {"USER": "hall", "PASSWORD": "p@ss", "HOST": "db", "NAME": "hall"}),
        ("postgres://hall@/hall", {"USER": "hall", "HOST": "", "NAME": "hall"}),
    ],
)
def test_postgresql_address_is_taken_apart(url: str, expected: dict[str, str]) -> None:
    config = database(url)

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert {name: config[name] for name in expected} == expected
    assert config["CONN_HEALTH_CHECKS"] is True


def test_postgresql_answers(django_db_blocker: Any) -> None:
    needs.server("PostgreSQL", 5432)
    from django.db.utils import OperationalError

    with django_db_blocker.unblock():
        for role in ("root", "postgres"):
            wrapper = ConnectionHandler({"default": database(f"postgres://{role}@127.0.0.1:5432/postgres")})["default"]
            try:
                assert ask(wrapper, "SELECT 40 + 2") == 42
                return
            except OperationalError:
                continue
            finally:
                wrapper.close()
    needs.missing("PostgreSQL at 127.0.0.1:5432 lets neither root nor postgres in without a password")


def test_redis_keeps_and_forgets() -> None:
    address = needs.server("Redis", 6379)
    cache = RedisCache(f"redis://{address}/15", {"KEY_PREFIX": "unionhall-test"})

    cache.set("seen", {"at": 7}, timeout=30)
    added = cache.add("seen", "other")

    assert cache.get("seen") == {"at": 7}
    assert added is False
    assert cache.incr("count", 2) if cache.add("count", 1, timeout=30) else True
    cache.delete_many(["seen", "count"])
    assert cache.get("seen") is None


def test_work_is_done_at_once_in_tests(db: None, settings: Any) -> None:
    assert settings.TASKS["default"]["BACKEND"].endswith("ImmediateBackend")


def test_tests_never_touch_the_database_of_the_settings(db: None, settings: Any) -> None:
    assert str(connection.settings_dict["NAME"]) != str(database("")["NAME"])
