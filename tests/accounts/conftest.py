"""Accounts by themselves: no slice above tells them who is who."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from unionhall.accounts.hookspecs import member_directory


@pytest.fixture(autouse=True)
def _no_directory() -> Iterator[None]:
    """The hook as it is before the roster registers; what a test adds it takes out again itself."""
    held = {key: member_directory.get(key) for key in member_directory.keys()}  # noqa: SIM118 - a Hook iterates items
    for key in held:
        member_directory.remove(key)
    yield
    for key, item in held.items():
        if item is not None:
            member_directory.register(key, item)
