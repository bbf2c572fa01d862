"""Which failures are worth a second try."""

from __future__ import annotations

import json

import pytest

from tools.unsteady import few_failed


@pytest.mark.parametrize(
    ("failed", "names"),
    [
        ({}, []),
        ({"tests/b.py::test_b": True, "tests/a.py::test_a": True}, ["tests/a.py::test_a", "tests/b.py::test_b"]),
        ({f"tests/a.py::test_{number}": True for number in range(4)}, []),
        ({"tests/a.py": True}, []),
    ],
)
def test_only_a_few_whole_tests_are_worth_a_second_try(tmp_path, failed, names):
    cache = tmp_path / "lastfailed"
    cache.write_text(json.dumps(failed))

    assert few_failed(cache) == names


def test_a_run_without_failures_leaves_nothing_to_try(tmp_path):
    assert few_failed(tmp_path / "absent") == []
