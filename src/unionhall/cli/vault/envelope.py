"""The encrypted file: a header, then AES-GCM frames that can be neither read, changed, cut nor reordered.

    magic · header length (4 bytes) · header (JSON) · SHA-256 of the header · frames
    frame: length (4 bytes, highest bit set on the last) · ciphertext and tag

The key comes from the pass phrase by scrypt with a fresh salt, so a frame's number can be its nonce; number, last-bit
and header are authenticated with each frame. Source: docs/decisions/0072-backup-file.md.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import struct
from dataclasses import asdict, dataclass
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from unionhall.cli.failures import Stop

MAGIC: Final = b"UNIONHALL BACKUP 1\n"
CHUNK_BYTES: Final = 1 << 20
LAST: Final = 1 << 31
LARGEST_HEADER: Final = 4096
COST: Final = 1 << 17
HIGHEST_COST: Final = 1 << 20
DIGEST_BYTES: Final = 32
TAG_BYTES: Final = 16
SHORTEST_PASSPHRASE: Final = 12


class NotABackup(Stop):
    """The file was never a backup of ours."""

    code = "not_a_backup"


class WrongPassphrase(Stop):
    """The file is whole, the pass phrase is another."""

    code = "wrong_passphrase"


class Damaged(Stop):
    """The file is not as it was written."""

    code = "backup_damaged"

    def __init__(self, where: str) -> None:
        super().__init__(f"The backup file is damaged ({where}). Nothing was restored; use another copy of it.")


@dataclass(frozen=True, slots=True)
class _Header:
    """What must be known to make the key. check: tells a wrong pass phrase from a damaged file."""

    cost: int
    salt: str
    check: str


class Writer(io.RawIOBase):
    """Encrypts what is written to it. `close()` writes the last frame; without it the file counts as cut off."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        self._target = target
        self._buffer = bytearray()
        self._number = 0
        salt = os.urandom(DIGEST_BYTES)
        key = _key(passphrase, salt, COST)
        header = json.dumps(asdict(_Header(COST, salt.hex(), _check(key)))).encode("ascii")
        self._seal = hashlib.sha256(header).digest()
        self._cipher = AESGCM(key)
        target.write(MAGIC + struct.pack(">I", len(header)) + header + self._seal)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: object, /) -> int:
        """Take all of the bytes."""
        view = memoryview(data)  # type: ignore[arg-type]  # RawIOBase gives any buffer
        self._buffer += view
        while len(self._buffer) > CHUNK_BYTES:
            self._frame(bytes(self._buffer[:CHUNK_BYTES]), last=False)
            del self._buffer[:CHUNK_BYTES]
        return view.nbytes

    def finish(self) -> None:
        """Write the last frame."""
        self._frame(bytes(self._buffer), last=True)
        self._buffer.clear()

    def _frame(self, plain: bytes, *, last: bool) -> None:
        cipher = self._cipher.encrypt(_nonce(self._number), plain, _bound(self._seal, last=last))
        self._target.write(struct.pack(">I", len(cipher) | (LAST if last else 0)) + cipher)
        self._number += 1


class Reader(io.RawIOBase):
    """Decrypts a file of Writer's. Raises NotABackup, WrongPassphrase, and Damaged as soon as a byte is not right."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        self._source = source
        self._buffer = bytearray()
        self._number = 0
        self._ended = False
        if source.read(len(MAGIC)) != MAGIC:
            raise NotABackup("This file is no Unionhall backup. Give a file that `unionhall backup` has written.")
        header, self._seal = self._read_header()
        key = _key(passphrase, bytes.fromhex(header.salt), header.cost)
        if not hmac.compare_digest(_check(key), header.check):
            raise WrongPassphrase("The pass phrase is not the one this backup was made with. Nothing was restored.")
        self._cipher = AESGCM(key)

    def readable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; fewer than asked only at the end."""
        while not self._ended and (size < 0 or len(self._buffer) < size):
            self._buffer += self._next()
        count = len(self._buffer) if size < 0 else size
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _next(self) -> bytes:
        mark = self._take(4)
        length = struct.unpack(">I", mark)[0]
        last = bool(length & LAST)
        length &= LAST - 1
        if not TAG_BYTES <= length <= CHUNK_BYTES + TAG_BYTES:
            raise Damaged(f"part {self._number + 1}")
        try:
            plain = self._cipher.decrypt(_nonce(self._number), self._take(length), _bound(self._seal, last=last))
        except InvalidTag:
            raise Damaged(f"part {self._number + 1}") from None
        self._number += 1
        if last:
            self._ended = True
            if self._source.read(1):
                raise Damaged("something stands after its end")
        return plain

    def _read_header(self) -> tuple[_Header, bytes]:
        length = struct.unpack(">I", self._take(4))[0]
        if length > LARGEST_HEADER:
            raise Damaged("its head")
        text = self._take(length)
        seal = self._take(DIGEST_BYTES)
        if hashlib.sha256(text).digest() != seal:
            raise Damaged("its head")
        header = _Header(**json.loads(text))
        if header.cost > HIGHEST_COST:
            raise Damaged("its head")
        return header, seal

    def _take(self, size: int) -> bytes:
        data = self._source.read(size)
        if len(data) < size:
            raise Damaged("it is cut off")
        return data


def _key(passphrase: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(passphrase.encode("utf-8"))


def _check(key: bytes) -> str:
    return hmac.new(key, b"this is the pass phrase", hashlib.sha256).hexdigest()


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _bound(seal: bytes, *, last: bool) -> bytes:
    return seal + (b"last" if last else b"more")
