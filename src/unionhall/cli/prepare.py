"""What must be true before the first page: tables, files, languages. Quick where nothing changed, and never online."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from unionhall.cli.backup import current_place
from unionhall.cli.vault.swap import finish_interrupted
from unionhall.foundation.installation import DatabaseIsTaken, find_installation
from unionhall.ui.build import build

Say = Callable[[str], None]

# Extensions and next versions of htmx that no page of ours loads; one of them names files that its wheel lacks.
UNUSED: Final = ("django_htmx/ext/*", "django_htmx/htmax-*", "django_htmx/htmx-4*")


def prepare(say: Say) -> None:
    """Tables as the code wants them, static files in STATIC_ROOT, both languages known to Wagtail.

    say: told what is done, one line each. Running it a second time changes nothing. Raises DatabaseIsTaken when demo
    mode meets a real local.
    """
    if finish_interrupted(current_place()):
        say("Finished a restore that had been cut off.")
    migrate(say)
    refuse_wrong_mode()
    collect_static(say)
    ensure_languages(say)


def migrate(say: Say) -> int:
    """Apply what is missing; give how many migrations that were."""
    missing = missing_migrations()
    if missing:
        say(f"Setting up the database: {missing} steps.")
        migrate_others_first()
        call_command("migrate", interactive=False, verbosity=0)
        keep_private(connections[DEFAULT_DB_ALIAS].settings_dict)
    return missing


def migrate_others_first() -> None:
    """Apply what other people's apps lack, before ours stand beside them.

    Django builds anew, at each step, every model that is tied to the one it changes; nearly all of ours are, by the
    accounts. In the order of the alphabet Wagtail's two hundred steps would build ours two hundred times.
    """
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("unionhall.")}
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    executor.migrate([leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] not in ours])


def keep_private(config: Mapping[str, Any]) -> None:
    """A SQLite file is for its owner alone, and so are the files SQLite puts beside it."""
    path = Path(str(config["NAME"]))
    if config["ENGINE"].endswith("sqlite3") and path.is_file():
        path.chmod(0o600)


def missing_migrations() -> int:
    """How many migrations the database lacks."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refuse_wrong_mode() -> None:
    """A real local is never shown as a demonstration. Raises DatabaseIsTaken."""
    held = find_installation()
    if held is not None and settings.DEMO and held.kind == "real":
        raise DatabaseIsTaken(name=held.name, kind=held.kind)


def collect_static(say: Say) -> bool:
    """STATIC_ROOT holds every style, script, picture and typeface, compressed; tells whether anything was done."""
    build(settings.BUILD_DIR)
    for folder in (settings.BUILD_DIR / "fonts", settings.BUILD_DIR / "ui"):
        folder.mkdir(parents=True, exist_ok=True)
    stamp = Path(settings.BUILD_DIR) / "static.stamp"
    mark = _static_fingerprint()
    if stamp.is_file() and stamp.read_text("ascii") == mark and Path(settings.STATIC_ROOT).is_dir():
        return False
    say("Collecting styles, pictures and typefaces.")
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=list(UNUSED))
    stamp.write_text(mark, "ascii")
    return True


def ensure_languages(say: Say) -> None:
    """Wagtail has a locale for each of our languages."""
    from wagtail.models import Locale

    known = set(Locale.objects.values_list("language_code", flat=True))
    for code, name in settings.LANGUAGES:
        if code not in known:
            say(f"Adding {name}.")
            Locale.objects.create(language_code=code)


def _static_fingerprint() -> str:
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]["BACKEND"]).encode())
    for finder in get_finders():
        for name, storage in finder.list(list(UNUSED)):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
