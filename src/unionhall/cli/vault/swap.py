"""Putting a checked copy in the place of what is there, so that a power cut leaves the old or the new, never a mix."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from unionhall.cli.vault.archive import DATABASE
from unionhall.cli.vault.places import Counts, Place, Postgres, Sqlite

STAGE: Final = "restore.part"
READY: Final = "READY"
OLD_MEDIA: Final = "old-media"


@contextmanager
def staged(place: Place) -> Iterator[Path]:
    """An empty stage; thrown away afterwards, unless it was marked ready and the switch still has to be finished."""
    stage = place.work / STAGE
    stage.mkdir(parents=True, mode=0o700)
    try:
        yield stage
    finally:
        if not (stage / READY).exists():
            shutil.rmtree(stage, ignore_errors=True)


def put_in_place(place: Place, counts: Counts) -> None:
    """What lies checked in the stage becomes the database and the media.

    PostgreSQL: one transaction, then the media. SQLite: from the moment the stage is marked ready, the switch is
    finished by whoever comes next (`finish_interrupted`), however often it is cut off.
    """
    stage = place.work / STAGE
    if isinstance(place.database, Postgres):
        place.database.replace(stage / DATABASE, counts)
        (stage / DATABASE).unlink()
    elif isinstance(place.database, Sqlite):
        place.database.settle()
    (stage / "media").mkdir(exist_ok=True)
    _sync_folder(stage)
    (stage / READY).touch()
    _sync_folder(stage)
    finish_interrupted(place)


def finish_interrupted(place: Place) -> bool:
    """Finish a switch that was cut off; throw away a stage that was never ready. True where a switch was finished."""
    stage = place.work / STAGE
    if not stage.is_dir():
        return False
    ready = (stage / READY).exists()
    if ready:
        _switch_media(stage, place.media)
        if isinstance(place.database, Sqlite) and (stage / DATABASE).exists():
            os.replace(stage / DATABASE, place.database.path)
            _sync_folder(place.database.path.parent)
        (stage / READY).unlink()
    shutil.rmtree(stage)
    return ready


def _switch_media(stage: Path, media: Path) -> None:
    if not (stage / "media").exists():
        return
    if media.exists():
        shutil.rmtree(stage / OLD_MEDIA, ignore_errors=True)
        os.rename(media, stage / OLD_MEDIA)
    media.parent.mkdir(parents=True, exist_ok=True)
    os.rename(stage / "media", media)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
