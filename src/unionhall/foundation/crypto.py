"""Values that lie encrypted, and the keyed hashes by which they are found again.

An encrypted value is: one byte of version, four bytes naming the key, twelve of nonce, then AES-256-GCM's text and tag;
the header and the caller's context are authenticated with it. The key file (settings.CONTACTS_KEY_FILE) holds 64 hex
digits. To rotate, move it to `contacts.old-NAME.key` beside it and start anew: old values stay readable and old hashes
findable until they are written again. Cipher and hash keys are derived from the file's key, one for each purpose.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.errors import Unavailable

VERSION: Final = 1
KEY_ID_BYTES: Final = 4
NONCE_BYTES: Final = 12
HEADER_BYTES: Final = 1 + KEY_ID_BYTES
KEY_BYTES: Final = 32
INDEX_BYTES: Final = 16


class KeyUnusable(Unavailable):
    """The key file is missing, unreadable or damaged."""

    code = "key_unusable"
    message = _("The key that protects contacts cannot be read. Nothing was changed; the operator must restore it.")


class CannotDecrypt(Unavailable):
    """A stored value was changed, or its key is not among ours."""

    code = "cannot_decrypt"
    message = _("A protected value cannot be read with the keys here. The operator must restore the right key.")


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that neither prints nor pickles: what it says must be asked for by name."""

    _text: str

    def reveal(self) -> str:
        """The text itself, for the one line that needs it."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is never pickled")


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the ring. id: what the header of a value names it by."""

    id: bytes
    master: bytes = field(repr=False)

    def derived(self, purpose: str) -> bytes:
        """32 bytes for one purpose; knowing them tells nothing about those of another."""
        return _derive(self.master, purpose)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Key is never pickled")


def encrypt(text: str, *, context: str = "") -> bytes:
    """The text, encrypted with the current key; each time different. context: must be the same to read it again."""
    return encrypt_bytes(text.encode(), context=context)


def decrypt(data: bytes, *, context: str = "") -> str:
    """The text that `encrypt` was given. Raises CannotDecrypt for an unknown key or a value that was changed."""
    return decrypt_bytes(data, context=context).decode()


def encrypt_bytes(plain: bytes, *, context: str = "") -> bytes:
    """The bytes of a file, encrypted as `encrypt` does a text."""
    key = key_ring()[0]
    header = bytes([VERSION]) + key.id
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key.derived("value")).encrypt(nonce, plain, header + context.encode())
    return header + nonce + sealed


def decrypt_bytes(data: bytes, *, context: str = "") -> bytes:
    """The bytes that `encrypt_bytes` was given. Raises CannotDecrypt."""
    header, nonce, sealed = data[:HEADER_BYTES], data[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES], data[HEADER_BYTES:]
    key = next((key for key in key_ring() if bytes([VERSION]) + key.id == header), None)
    if key is None:
        raise CannotDecrypt
    try:
        return AESGCM(key.derived("value")).decrypt(nonce, sealed[NONCE_BYTES:], header + context.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotDecrypt from error


def is_readable(header: bytes) -> bool:
    """Whether a value with these first bytes was written with a key that is here; reads no value."""
    return any(bytes([VERSION]) + key.id == header[:HEADER_BYTES] for key in key_ring())


def blind_index(value: str, *, purpose: str) -> str:
    """32 hex digits by which an equal value is found, under the current key. purpose: such as "phone" or "mail"."""
    return _index(key_ring()[0], value, purpose)


def blind_indexes(value: str, *, purpose: str) -> tuple[str, ...]:
    """The index under every key here, the current first: what a look-up asks for while a rotation is under way."""
    return tuple(_index(key, value, purpose) for key in key_ring())


def sealer(purpose: str, *, begin: str = "") -> Callable[[str], str]:
    """What makes 32 hex digits of a text, under the current key: for very many long ones that are only compared.

    begin: how all of them begin.
    """
    key = key_ring()[0].derived(f"seal:{purpose}")
    begun = hashlib.blake2b(begin.encode("utf-8", "surrogatepass"), key=key, digest_size=INDEX_BYTES)

    def seal(text: str) -> str:
        digest = begun.copy()
        digest.update(text.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    return seal


def key_ring() -> tuple[Key, ...]:
    """The keys here, the current first, then older ones by name. Raises KeyUnusable where one cannot be read."""
    return _read_ring(str(settings.CONTACTS_KEY_FILE))


def key_files(current: Path) -> tuple[Path, ...]:
    """The file of the current key, then those of older ones beside it."""
    return (current, *sorted(current.parent.glob(f"{current.stem}.old-*.key")))


def read_key(path: Path) -> Key:
    """The key in a file of 64 hex digits. Raises KeyUnusable for anything else."""
    try:
        master = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise KeyUnusable from error
    if len(master) != KEY_BYTES:
        raise KeyUnusable
    return Key(id=_derive(master, "id")[:KEY_ID_BYTES], master=master)


@lru_cache(maxsize=8)
def _read_ring(current: str) -> tuple[Key, ...]:
    return tuple(read_key(path) for path in key_files(Path(current)))


@lru_cache(maxsize=64)
def _derive(master: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"unionhall:{purpose}".encode()).derive(master)


def _index(key: Key, value: str, purpose: str) -> str:
    digest = hmac.digest(key.derived(f"index:{purpose}"), value.encode(), "sha256")
    return digest[:INDEX_BYTES].hex()
