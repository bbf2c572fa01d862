"""Encrypted values and the hashes they are found by."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.foundation import crypto
from unionhall.foundation.crypto import CannotDecrypt, KeyUnusable, Secret, blind_index, blind_indexes, decrypt, encrypt


def new_key(path: Path, digit: str) -> Path:
    path.write_text(digit * 64, "ascii")
    return path


@pytest.fixture
def key_file(tmp_path, settings) -> Path:
    settings.CONTACTS_KEY_FILE = new_key(tmp_path / "contacts.key", "a")
    crypto._read_ring.cache_clear()
    yield settings.CONTACTS_KEY_FILE
    crypto._read_ring.cache_clear()


@given(st.text(), st.text(max_size=20))
def test_encrypt_gives_back_the_text_and_hides_it(text, context):
    sealed = encrypt(text, context=context)

    assert decrypt(sealed, context=context) == text
    assert sealed != encrypt(text, context=context)
    assert len(text) < 4 or text.encode() not in sealed


def test_decrypt_refuses_any_changed_byte(key_file):
    sealed = encrypt("+12135550142")

    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(CannotDecrypt):
            decrypt(bytes(changed))


def test_decrypt_refuses_a_value_from_another_context(key_file):
    with pytest.raises(CannotDecrypt):
        decrypt(encrypt("+12135550142", context="phone"), context="mail")


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x01abcd", b"\x01" * 40])
def test_decrypt_refuses_what_was_never_encrypted(key_file, data):
    with pytest.raises(CannotDecrypt):
        decrypt(data)


def test_decrypt_refuses_a_header_without_a_body(key_file):
    with pytest.raises(CannotDecrypt):
        decrypt(encrypt("text")[: crypto.HEADER_BYTES + 3])


def test_rotation_keeps_old_values_readable_and_findable(key_file):
    sealed, index = encrypt("alma@example.org"), blind_index("alma@example.org", purpose="mail")
    shutil.move(key_file, key_file.with_name("contacts.old-2026.key"))
    new_key(key_file, "b")
    crypto._read_ring.cache_clear()

    assert decrypt(sealed) == "alma@example.org"
    assert encrypt("x")[: crypto.HEADER_BYTES] != sealed[: crypto.HEADER_BYTES]
    assert blind_index("alma@example.org", purpose="mail") != index
    assert blind_indexes("alma@example.org", purpose="mail")[1] == index


def test_is_readable_tells_a_lost_key(key_file):
    sealed = encrypt("text")
    assert crypto.is_readable(sealed)

    new_key(key_file, "c")
    crypto._read_ring.cache_clear()

    assert not crypto.is_readable(sealed)


def test_blind_index_differs_by_purpose_and_by_key(key_file):
    phone = blind_index("5550142", purpose="phone")

    assert phone == blind_index("5550142", purpose="phone")
    assert len(phone) == 32
    assert phone != blind_index("5550142", purpose="mail")


def test_key_ring_without_a_file_is_unusable(tmp_path, settings):
    settings.CONTACTS_KEY_FILE = tmp_path / "absent.key"

    with pytest.raises(KeyUnusable):
        encrypt("text")


@pytest.mark.parametrize("text", ["", "not hex", "ab" * 31, "ab" * 33])
def test_read_key_refuses_a_damaged_file(tmp_path, text):
    path = tmp_path / "contacts.key"
    path.write_text(text)

    with pytest.raises(KeyUnusable):
        crypto.read_key(path)


def test_a_secret_tells_nothing_unless_asked(key_file):
    secret, key = Secret("swordfish"), crypto.key_ring()[0]

    assert secret.reveal() == "swordfish"
    assert "swordfish" not in f"{secret!r} {secret} {[secret]}"
    assert key.master.hex() not in repr(key)
    for thing in (secret, key):
        with pytest.raises(TypeError, match="never pickled"):
            pickle.dumps(thing)
