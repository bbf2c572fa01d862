"""A WordPress export looked at, and moved in: whole or not at all.

Source: docs/rules/wordpress.md.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from time import perf_counter

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.queries import get_campaign
from unionhall.foundation import audit
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import Refused
from unionhall.roster.enums import ImportKind, ImportState
from unionhall.roster.models import Import, ImportChange
from unionhall.roster.operations import FileRefused, report_kept
from unionhall.rulebook.directory import Fault
from unionhall.rulebook.reports import Notice, Report
from unionhall.rulebook.wxr import BrokenExport, Export, Item, read_export
from unionhall.site import queries
from unionhall.site.enums import Stream
from unionhall.site.models import MovedItem, StreamPage
from unionhall.site.operations.moving.writing import Move, site_of
from unionhall.site.operations.sections import ensure_campaign_pages


class NoGround(Refused):
    """A campaign whose pages cannot stand yet."""

    code = "no_ground"
    message = _(
        "The pages of this campaign have no ground yet. Start Unionhall once, so that it makes them; then repeat."
    )


def preview_wordpress(
    *, data: bytes, name: str, campaign: str, language: str, source: str, as_of: date, actor: Actor, at: datetime
) -> Report:
    """What a WordPress export would bring; nothing is written. Arguments and errors as for `apply_wordpress`."""
    with transaction.atomic():
        report = _move(data, name, campaign, language, source, as_of, actor, at)
        transaction.set_rollback(True)
    return replace(report, import_id=None)


@transaction.atomic
def apply_wordpress(
    *, data: bytes, name: str, campaign: str, language: str, source: str, as_of: date, actor: Actor, at: datetime
) -> Report:
    """Posts and pages of a WordPress export are pages of the campaign, in one language; gives the report.

    Whole or not at all. What the old site showed to everybody is public, all else a draft. The same file a second time
    adds nothing; a newer one corrects what nobody has edited here since. `undo_import` takes it back.
    data, name: the file. campaign: its address. language: en or es. source: what to call the old site, "" for its
    address. Raises FileRefused with the line where the file breaks, NoSuchCampaign, NoGround.
    """
    return _move(data, name, campaign, language, source, as_of, actor, at)


def _move(
    data: bytes, name: str, campaign: str, language: str, source: str, as_of: date, actor: Actor, at: datetime
) -> Report:
    started = perf_counter()
    report = Report(
        kind=ImportKind.WORDPRESS.value,
        source=source[:80] or name[:80],
        as_of=as_of,
        file=name,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    export = _read(data, report)
    site = site_of(export.site, export.title)
    report = replace(report, source=source[:80] or site)
    move = _begin(campaign, language, site, actor, at)
    once, repeated = _once(export.items)
    for item in _parents_first(once):
        move.take(item)
    refused = tuple(Fault(line=line, code="wxr_untold") for line in export.untold) + repeated
    report = replace(
        report,
        rows_read=len(once) + len(refused),
        new=move.counts["new"],
        changed=move.counts["changed"],
        unchanged=move.counts["unchanged"],
        refused=tuple(sorted(refused, key=lambda fault: fault.line)),
        notices=tuple(_notices(move, export)),
    )
    row = _written(report, move, actor, at)
    return replace(report, import_id=row.pk, seconds=perf_counter() - started)


def _read(data: bytes, report: Report) -> Export:
    """The file, or its refusal with the line. Raises FileRefused."""
    try:
        return read_export(data)
    except BrokenExport as error:
        whole = Fault(line=error.line, code=error.code, value=error.detail)
        raise FileRefused(replace(report, rows_read=1, refused=(whole,), whole=whole)) from error


def _begin(campaign: str, language: str, site: str, actor: Actor, at: datetime) -> Move:
    """The work, once the campaign has its pages. Raises NoSuchCampaign, NoGround."""
    found = get_campaign(campaign)
    ensure_campaign_pages(campaign=found, actor=actor, at=at)
    home = queries.find_campaign_page(campaign, language)
    blog = StreamPage.objects.child_of(home).filter(stream=Stream.BLOG).first() if home else None
    if home is None or blog is None:
        raise NoGround
    held = {row.key: row for row in MovedItem.objects.filter(home=home).select_related("page")}
    return Move(home=home, blog=blog, site=site, at=at, held=held)


def _once(items: tuple[Item, ...]) -> tuple[list[Item], tuple[Fault, ...]]:
    """The items, each id once; and the lines that repeat one."""
    first: dict[tuple[str, str], Item] = {}
    repeated = []
    for item in items:
        held = first.setdefault((item.kind, item.id), item)
        if held is not item:
            repeated.append(Fault(line=item.line, code="wxr_repeated", value=item.title[:60], other=str(held.line)))
    return list(first.values()), tuple(repeated)


def _parents_first(items: list[Item]) -> list[Item]:
    """Every page after the page above it, siblings in their order; a ring of pages is broken where it is met."""
    by_id = {item.id: item for item in items if item.kind == "page"}

    def height(item: Item) -> int:
        seen, above = {item.id}, by_id.get(item.parent)
        while above is not None and above.id not in seen:
            seen.add(above.id)
            above = by_id.get(above.parent)
        return len(seen)

    return sorted(items, key=lambda item: (height(item) if item.kind == "page" else 0, item.order, item.line))


def _notices(move: Move, export: Export) -> list[Notice]:
    """What the reader should know: what stays unseen, what was left, where old addresses lead."""
    found = list(move.notices)
    kept = {name: move.drafts[name] for name in ("draft", "scheduled", "private", "protected")}
    left = {"menus": export.menus, "comments": export.comments, "files": export.files, "others": export.others}
    left["thrown"] = export.thrown_away
    for code, fields in (("wxr_drafts", kept), ("wxr_left", left)):
        if any(fields.values()):
            found.append(Notice(code, fields=fields))
    for code, count in (("wxr_pictures", "pictures"), ("wxr_dirty", "dirty"), ("wxr_redirects", "redirects")):
        if move.counts[count]:
            found.append(Notice(code, fields={"count": move.counts[count]}))
    if not move.counts["new"] and not move.counts["changed"]:
        found.insert(0, Notice("nothing_changed"))
    return found


def _written(report: Report, move: Move, actor: Actor, at: datetime) -> Import:
    """The import among the others, with what each change must be taken back to."""
    row = Import.objects.create(
        kind=report.kind,
        source=report.source,
        as_of=report.as_of,
        file_name=report.file,
        sha256=report.sha256,
        state=ImportState.APPLIED,
        options={"home": move.home.pk},
        applied_at=at,
        applied_by_id=actor.user_id,
        applied_by=actor.label[:120],
    )
    Import.objects.filter(pk=row.pk).update(report=report_kept(replace(report, import_id=row.pk)))
    for change in move.changes:
        change.imported = row
    ImportChange.objects.bulk_create(move.changes, batch_size=200)
    detail = {"import": row.pk, "new": report.new, "changed": report.changed, "rows": report.rows_read}
    audit.record(actor=actor, verb="site.wordpress_moved", at=at, obj=row, detail=detail)
    return row
