"""`unionhall archive`: what the public pages said: kept now, taken out, and checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any
from zipfile import BadZipFile, ZipFile

import typer

from unionhall.cli import imports as lists
from unionhall.cli.failures import Stop
from unionhall.cli.output import finish, progress
from unionhall.rulebook import archive_chain as chain

CampaignSlug = Annotated[str, typer.Option("--campaign", help="Whose archive, such as ewu.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of lines.")]
SAYS = {
    "format": "This is no archive of ours, or one of another version.",
    "number": "An entry is missing, or stands in another place.",
    "link": "The entry was changed after it was kept: its link does not follow.",
    "head": "The end is missing, or was changed.",
    "missing": "The document of the entry is missing.",
    "changed": "The document of the entry was changed.",
    "part_missing": "A part is missing and not named as removed.",
    "part_changed": "A part was changed.",
}


def register(app: typer.Typer) -> None:
    """Hang the group on the app."""
    group = typer.Typer(no_args_is_help=True, help="What the public pages said: keep it, take it out, check it.")
    group.command()(keep)
    group.command()(export)
    group.command()(verify)
    app.add_typer(group, name="archive")


def keep(campaign: CampaignSlug, as_json: AsJson = False) -> None:
    """Keep what the public pages of a campaign say now. It is done by itself; safe to repeat."""
    lists.wake()
    from unionhall.campaigns.queries import get_campaign
    from unionhall.foundation.clock import now
    from unionhall.site import operations

    with progress("Reading the pages", quiet=as_json):
        kept = operations.keep_campaign(campaign=get_campaign(campaign), at=now())
    finish({"campaign": campaign, "kept": kept}, [f"Kept {kept} pages that say something new."], as_json=as_json)


def export(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="Where the zip is written.")],
    campaign: CampaignSlug,
    as_json: AsJson = False,
) -> None:
    """Write the archive of a campaign as a zip: pages to read, documents as they were hashed, and a manifest."""
    lists.wake()
    from unionhall.campaigns.queries import get_campaign
    from unionhall.foundation.clock import now, today
    from unionhall.site import operations

    named = get_campaign(campaign)
    with file.open("xb") as out, progress("Writing the archive", quiet=as_json):
        manifest = operations.take_archive(campaign=named, file=out, actor=lists.actor(), at=now(), on=today())
    found = {"file": file.name, "entries": len(manifest["entries"]), "removed": len(manifest["removed"])}
    found["head"] = manifest["head"]
    finish(found, [f"{found['entries']} entries in {file}.", f"Head: {manifest['head']}"], as_json=as_json)


def verify(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A zip of an archive.")],
    as_json: AsJson = False,
) -> None:
    """Check a zip of an archive: every hash, every link, nothing missing. Needs no database. Exit 1 where it fails."""
    try:
        with ZipFile(file) as zipped:
            names = set(zipped.namelist())
            manifest: dict[str, Any] = json.loads(zipped.read("manifest.json"))
            faults = list(chain.faults_in(manifest, lambda name: zipped.read(name) if name in names else None))
    except (BadZipFile, KeyError, ValueError, TypeError) as error:
        raise Stop(f"{file.name} cannot be read as an archive ({type(error).__name__}).") from None
    entries = manifest.get("entries", [])
    found = {"file": file.name, "holds": not faults, "entries": len(entries), "head": manifest.get("head", "")}
    found["faults"] = [{"code": fault.code, "number": fault.number, "detail": fault.detail} for fault in faults]
    if faults:
        lines = [f"Entry {fault.number or '–'} {fault.detail}: {SAYS[fault.code]}" for fault in faults]
    else:
        lines = [f"All {len(entries)} entries hold.", f"Head: {found['head']}"]
    finish(found, lines, as_json=as_json)
    if faults:
        raise typer.Exit(1)
