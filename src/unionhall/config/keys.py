"""Keys that live in files outside the database and its backup."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


def read_or_make_key(path: Path) -> bytes:
    """The 32 bytes kept in a file; made at the first start, readable by its owner alone.

    Raises ImproperlyConfigured when the file holds something else, or can be neither read nor made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _make(path)
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(
            f"The key file {path.name} in KEYS_DIR cannot be used: {error}. Restore it from your copy."
        ) from error
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(
            f"The key file {path.name} in KEYS_DIR is damaged: it must hold 64 hex digits. Restore it from your copy."
        )
    return key


def _make(path: Path) -> None:
    """Write a new key whole or not at all; where two processes start at once, the first one's key stands."""
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_hex(KEY_BYTES), "ascii")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
