"""Keys in files: made once, for their owner alone, and never made anew over a damaged one."""

from __future__ import annotations

import multiprocessing
import os
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from unionhall.config.keys import read_or_make_key


def test_key_is_made_once_and_stays(tmp_path: Path) -> None:
    first = read_or_make_key(tmp_path / "keys/contacts.key")

    assert len(first) == 32
    assert read_or_make_key(tmp_path / "keys/contacts.key") == first


def test_key_and_its_folder_belong_to_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        read_or_make_key(tmp_path / "keys/contacts.key")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "keys/contacts.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_two_keys_differ(tmp_path: Path) -> None:
    assert read_or_make_key(tmp_path / "a.key") != read_or_make_key(tmp_path / "b.key")


@pytest.mark.parametrize("content", ["", "xyz", "ab" * 31, "ab" * 33, "\0" * 64])
def test_damaged_key_is_refused_and_left_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "contacts.key"
    path.write_text(content, "ascii")

    with pytest.raises(ImproperlyConfigured, match=r"contacts\.key in KEYS_DIR .*Restore it from your copy") as caught:
        read_or_make_key(path)

    assert path.read_text("ascii") == content
    assert "abab" not in str(caught.value)


def test_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "keys").touch()

    with pytest.raises(ImproperlyConfigured, match=r"contacts\.key in KEYS_DIR cannot be used"):
        read_or_make_key(tmp_path / "keys/contacts.key")


def test_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    path = tmp_path / "keys/contacts.key"

    with multiprocessing.get_context("spawn").Pool(4) as pool:
        keys = set(pool.map(read_or_make_key, [path] * 16))

    assert keys == {read_or_make_key(path)}
    assert [item.name for item in path.parent.iterdir()] == ["contacts.key"]
