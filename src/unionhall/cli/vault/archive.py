"""What lies in the encrypted file: a compressed tar of manifest, database, media and a list of their hashes."""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, Final, cast

from unionhall.cli.failures import Stop
from unionhall.cli.vault.envelope import Damaged, Reader, Writer
from unionhall.cli.vault.places import Counts, Place

MANIFEST: Final = "manifest.json"
DATABASE: Final = "database"
MEDIA: Final = "media/"
SEAL: Final = "hashes.json"

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. key_mark: tells whether KEYS_DIR holds the key its contacts were encrypted with."""

    version: str
    made_at: str
    name: str
    vendor: str
    migrations: list[str]
    tables: Counts
    media_files: int
    media_bytes: int
    key_mark: str

    def rows(self) -> int:
        """All rows of all tables."""
        return sum(self.tables.values())


@contextmanager
def written_whole(target: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name when everything is written, and not at all otherwise. Raises Stop."""
    draft = target.with_name(target.name + ".part")
    handle = os.open(draft, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Stop(f"Another backup is being written to {target}.") from None
        opened.truncate(0)
        try:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
            os.replace(draft, target)
        finally:
            draft.unlink(missing_ok=True)


@contextmanager
def work_folder(place: Place, name: str) -> Iterator[Path]:
    """An empty folder for work in progress, readable by its owner alone, gone afterwards."""
    folder = place.work / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def media_files(folder: Path) -> list[Path]:
    """Every file below the media folder, sorted."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def write(target: BinaryIO, *, place: Place, passphrase: str, about: dict[str, str], step: Step) -> Manifest:
    """Write database and media into the open file, encrypted.

    about: version, made_at, name and key_mark of the manifest. step: told bytes done and bytes in all.
    """
    with work_folder(place, "backup.part") as folder:
        dump = folder / DATABASE
        counts = place.database.dump(dump)
        place.database.check(dump, counts)
        media = media_files(place.media)
        sizes = sum(path.stat().st_size for path in media)
        manifest = Manifest(
            vendor=place.database.vendor,
            migrations=place.database.migrations(),
            tables=counts,
            media_files=len(media),
            media_bytes=sizes,
            **about,
        )
        members = {DATABASE: dump} | {MEDIA + path.relative_to(place.media).as_posix(): path for path in media}
        total = dump.stat().st_size + sizes
        done = 0
        hashes: dict[str, str] = {}
        writer = Writer(target, passphrase)
        with tarfile.open(fileobj=cast("IO[bytes]", writer), mode="w|gz", format=tarfile.PAX_FORMAT) as tar:
            _add_bytes(tar, MANIFEST, json.dumps(asdict(manifest)).encode())
            for name, path in members.items():
                hashes[name] = _add_file(tar, path, name)
                done += path.stat().st_size
                step(done, total)
            _add_bytes(tar, SEAL, json.dumps(hashes).encode())
        writer.finish()
    return manifest


def read(source: BinaryIO, *, passphrase: str, into: Path | None, step: Step) -> Manifest:
    """Read a backup to its end and compare every hash.

    into: an empty folder that gets `database` and `media/`, or None to check only. Raises NotABackup, WrongPassphrase,
    Damaged: the folder may then hold part of it and is to be thrown away.
    """
    size = os.fstat(source.fileno()).st_size
    reader = Reader(source, passphrase)
    found: dict[str, str] = {}
    texts: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", reader), mode="r|gz") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None or not member.isfile():
                    raise Damaged("it holds something strange")
                if member.name in {MANIFEST, SEAL}:
                    texts[member.name] = content.read()
                else:
                    found[member.name] = _take(content, _target(into, member.name))
                step(source.tell(), size)
        reader.read()
        manifest = Manifest(**json.loads(texts[MANIFEST]))
        whole = json.loads(texts[SEAL]) == found
    except (tarfile.TarError, EOFError, zlib.error, KeyError, TypeError, ValueError) as error:
        raise Damaged(f"its content: {error.__class__.__name__}") from None
    if not whole or DATABASE not in found:
        raise Damaged("its content and its list of hashes disagree")
    return manifest


def _target(into: Path | None, name: str) -> Path | None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not (name == DATABASE or name.startswith(MEDIA)):
        raise Damaged("it holds something strange")
    return None if into is None else into / path


def _take(content: IO[bytes], target: Path | None) -> str:
    digest = hashlib.sha256()
    if target is None:
        while data := content.read(1 << 20):
            digest.update(data)
        return digest.hexdigest()
    target.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        while data := content.read(1 << 20):
            digest.update(data)
            opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    return digest.hexdigest()


class _Hashing(io.RawIOBase):
    """Passes a file on and remembers the hash of what went by."""

    def __init__(self, source: BinaryIO) -> None:
        self.source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        data = self.source.read(size)
        self.digest.update(data)
        return data


def _add_file(tar: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as opened:
        info = tarfile.TarInfo(name)
        stat = os.fstat(opened.fileno())
        info.size, info.mtime, info.mode = stat.st_size, int(stat.st_mtime), 0o600
        hashing = _Hashing(opened)
        try:
            tar.addfile(info, cast("IO[bytes]", hashing))
        except OSError:
            raise Stop(f"{name} changed while it was read. Run the backup again.") from None
    return hashing.digest.hexdigest()


def _add_bytes(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info: Any = tarfile.TarInfo(name)
    info.size, info.mode = len(data), 0o600
    tar.addfile(info, io.BytesIO(data))
