"""`unionhall backup` and `unionhall restore`."""

from __future__ import annotations

import hashlib
import sys
import time
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from unionhall.cli.failures import Stop
from unionhall.cli.output import finish, note, progress
from unionhall.cli.setup import setup_django

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unionhall.cli.vault.archive import Manifest
    from unionhall.cli.vault.places import Place

MEGABYTE: Final = 1_000_000
PassphraseFile = Annotated[
    Path | None, typer.Option("--passphrase-file", help="A file whose first line is the pass phrase; else it is asked.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]


def register(app: typer.Typer) -> None:
    """Hang the commands on the app."""
    app.command("backup", short_help="Database and media into one file.")(backup)
    app.command("restore", short_help="A backup back into its place, whole.")(restore)


def backup(
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    passphrase_file: PassphraseFile = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file where it exists.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would hold; write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write database and media into one encrypted file and check it by reading it back. Keys are never inside."""
    began = time.monotonic()
    setup_django()
    from unionhall.cli.vault import archive

    place = current_place()
    if dry_run:
        _say_what_would_be(place, as_json=as_json)
        return
    _refuse_bad_target(out, overwrite=overwrite)
    passphrase = _passphrase(passphrase_file, new=True)
    with archive.written_whole(out) as target:
        with progress("Writing", quiet=as_json) as bar:
            manifest = archive.write(target, place=place, passphrase=passphrase, about=_about(), step=bar.step)
        target.flush()
        target.seek(0)
        with progress("Reading back", quiet=as_json) as bar:
            check_file(target, place, passphrase, bar.step)
    _write_down("cli.backup_made", manifest)
    result = _report(manifest, out, began)
    lines = [
        f"{out}: {result['bytes'] / MEGABYTE:.1f} MB; {_content(manifest)}; read back, whole; {result['seconds']} s.",
        "The keys are not inside: keep a copy of KEYS_DIR somewhere else, and the pass phrase in a third place.",
    ]
    finish(result, lines, as_json=as_json)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `unionhall backup` has written.")],
    passphrase_file: PassphraseFile = None,
    yes: Annotated[bool, typer.Option("--yes", help="Replace what is in the database without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the file to its end; replace nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a backup in the place of database and media, whole or not at all, after checking all of it."""
    began = time.monotonic()
    setup_django()
    from django.db import connections

    from unionhall.cli.vault import archive, swap

    place = current_place()
    passphrase = _passphrase(passphrase_file, new=False)
    with _opened(file) as source:
        if dry_run:
            with progress("Checking", quiet=as_json) as bar:
                manifest = check_file(source, place, passphrase, bar.step)
        else:
            refuse_while_running(place)
            swap.finish_interrupted(place)
            _confirm(place, yes=yes)
            with swap.staged(place) as stage:
                with progress("Checking", quiet=as_json) as bar:
                    manifest = archive.read(source, passphrase=passphrase, into=stage, step=bar.step)
                _refuse_stranger(manifest, place)
                place.database.check(stage / archive.DATABASE, manifest.tables)
                note("Everything is checked; putting it in place.", quiet=as_json)
                connections.close_all()
                swap.put_in_place(place, manifest.tables)
            _write_down("cli.backup_restored", manifest)
    result = _report(manifest, file, began) | {"dry_run": dry_run, "key_here": _key_is_here(manifest)}
    finish(result, _restore_lines(manifest, result), as_json=as_json)


def current_place() -> Place:
    """The database and the media folder of the settings."""
    from django.conf import settings
    from django.db import connection

    from unionhall.cli.vault.places import Place, Postgres, Sqlite

    config = connection.settings_dict
    if config["ENGINE"].endswith("sqlite3"):
        path = Path(config["NAME"])
        return Place(Sqlite(path), Path(settings.MEDIA_ROOT), Path(settings.DATA_DIR))
    return Place(Postgres(config), Path(settings.MEDIA_ROOT), Path(settings.DATA_DIR))


def check_file(source: Any, place: Place, passphrase: str, step: Any) -> Manifest:
    """Read a backup to its end and open the database in it. Raises Stop when anything is not right."""
    from unionhall.cli.vault import archive

    with archive.work_folder(place, "check.part") as folder:
        manifest = archive.read(source, passphrase=passphrase, into=folder, step=step)
        _refuse_stranger(manifest, place)
        place.database.check(folder / archive.DATABASE, manifest.tables)
    return manifest


def refuse_while_running(place: Place) -> None:
    """Nothing is replaced under a running server. Raises Stop."""
    from unionhall.cli.running import find_running

    state = find_running(place.work)
    if state is not None:
        raise Stop(f"Unionhall runs on this data folder (process {state.get('pid')}). Stop it, then restore.")


def _about() -> dict[str, str]:
    from unionhall.foundation import clock
    from unionhall.foundation.installation import find_installation

    held = find_installation()
    return {
        "version": version("unionhall"),
        "made_at": clock.now().isoformat(timespec="seconds"),
        "name": held.name if held else "",
        "key_mark": key_mark(),
    }


def key_mark() -> str:
    """Sixteen hex digits that tell one contacts key from another and nothing else; blank where there is none yet."""
    from django.conf import settings

    path = Path(settings.CONTACTS_KEY_FILE)
    if not path.is_file():
        return ""
    return hashlib.sha256(b"which contacts key\n" + path.read_bytes().strip()).hexdigest()[:16]


def _key_is_here(manifest: Manifest) -> bool:
    return not manifest.key_mark or manifest.key_mark == key_mark()


def _passphrase(file: Path | None, *, new: bool) -> str:
    from unionhall.cli.vault.envelope import SHORTEST_PASSPHRASE

    if file is not None:
        try:
            lines = file.read_text("utf-8").splitlines()
        except UnicodeDecodeError:
            raise Stop(f"{file} is no text: the pass phrase is its first line.") from None
        text = lines[0].strip() if lines else ""
    elif sys.stdin.isatty():
        text = typer.prompt("Pass phrase", hide_input=True, confirmation_prompt=new, err=True)
    else:
        raise Stop("There is nobody to ask for the pass phrase: give --passphrase-file FILE.")
    if new and len(text) < SHORTEST_PASSPHRASE:
        raise Stop(f"The pass phrase must have {SHORTEST_PASSPHRASE} characters or more; four or five words are good.")
    return text


def _refuse_bad_target(out: Path, *, overwrite: bool) -> None:
    if out.is_dir():
        raise Stop(f"{out} is a folder. Give the name of a file, such as {out / 'unionhall.backup'}")
    if not out.absolute().parent.is_dir():
        raise Stop(f"There is no folder {out.absolute().parent}. Make it first.")
    if out.exists() and not overwrite:
        raise Stop(f"{out} exists. Take another name, or --overwrite.")


def _refuse_stranger(manifest: Manifest, place: Place) -> None:
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    if manifest.vendor != place.database.vendor:
        raise Stop(f"This backup is of {manifest.vendor}, but DATABASE_URL names one of {place.database.vendor}.")
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("unionhall.")}
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    for name in manifest.migrations:
        if name.split(".")[0] in ours and name not in known:
            raise Stop(f"A later Unionhall ({manifest.version}) made this backup: {name} is unknown here. Upgrade.")


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    if file.is_dir():
        raise Stop(f"{file} is a folder. Give a file that `unionhall backup` has written.")
    with file.open("rb") as source:
        yield source


def _confirm(place: Place, *, yes: bool) -> None:
    rows = place.database.rows()
    if not rows or yes:
        return
    if not sys.stdin.isatty():
        raise Stop("The database is not empty. Back it up, then restore with --yes to replace everything in it.")
    typer.confirm("The database is not empty. Replace everything in it?", abort=True, err=True)


def _say_what_would_be(place: Place, *, as_json: bool) -> None:
    from unionhall.cli.vault import archive

    files = archive.media_files(place.media)
    result = {
        "dry_run": True,
        "vendor": place.database.vendor,
        "media_files": len(files),
        "media_bytes": sum(path.stat().st_size for path in files),
    }
    line = f"It would hold the {place.database.vendor} database and {len(files):,} media files. Nothing was written."
    finish(result, [line], as_json=as_json)


def _report(manifest: Manifest, file: Path, began: float) -> dict[str, Any]:
    told = asdict(manifest)
    told.pop("migrations")
    told["tables"] = len(manifest.tables)
    return told | {
        "file": str(file),
        "bytes": file.stat().st_size,
        "rows": manifest.rows(),
        "seconds": round(time.monotonic() - began, 1),
    }


def _content(manifest: Manifest) -> str:
    return f"{manifest.rows():,} rows and {manifest.media_files:,} media files"


def _restore_lines(manifest: Manifest, result: dict[str, Any]) -> list[str]:
    did = "is whole; nothing was replaced" if result["dry_run"] else "is restored"
    name = manifest.name or "no local yet"
    lines = [f"The backup of {manifest.made_at} ({name}) {did}: {_content(manifest)}."]
    if not result["key_here"]:
        lines.append("Its contacts were encrypted with another key than that in KEYS_DIR: put your copy there.")
    if not result["dry_run"]:
        lines.append("`unionhall run` brings the tables up to date and starts.")
    return lines


def _write_down(verb: str, manifest: Manifest) -> None:
    """Add it to the audit trail, where the database has one."""
    from django.db import DatabaseError

    from unionhall.foundation import audit, clock
    from unionhall.foundation.access import system_actor

    detail = {"rows": manifest.rows(), "media_files": manifest.media_files, "made_at": manifest.made_at}
    try:
        audit.record(actor=system_actor("operator"), verb=verb, at=clock.now(), label=manifest.name, detail=detail)
    except DatabaseError:
        note("The audit trail of this database could not be written; its tables are older than this Unionhall.")
