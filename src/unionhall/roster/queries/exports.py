"""Which exports there are, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from unionhall.accounts.models import RoleGrant, User
from unionhall.foundation.access import Role, Viewer
from unionhall.foundation.errors import NotFound
from unionhall.roster.access import exports_visible_to, may_decide_export, may_fetch_export
from unionhall.roster.enums import ExportState
from unionhall.roster.models import Area, Export


class NoSuchExport(NotFound):
    """No export of that id that this viewer may know of."""

    code = "no_such_export"
    message = _("There is no such export, or it is not yours to see.")


@dataclass(frozen=True, slots=True)
class ExportShown:
    """An export as its page shows it at one instant, and what its viewer may do with it now."""

    export: Export
    area: str
    state: ExportState
    may_decide: bool
    may_fetch: bool
    is_own: bool

    @property
    def label(self) -> str:
        """Where it stands, in a few words."""
        return str(self.state.label)


@dataclass(frozen=True, slots=True)
class ExportBoard:
    """What waits for the viewer, and the log below. waiting: to be decided by the viewer; ready: to be fetched."""

    waiting: list[ExportShown]
    ready: list[ExportShown]
    log: list[ExportShown]


def get_export(viewer: Viewer, public_id: str) -> Export:
    """The export of that id. Raises NoSuchExport."""
    found = exports_visible_to(viewer).filter(public_id=public_id).defer("sealed").first()
    if found is None:
        raise NoSuchExport
    return found


def export_to_make(pk: int) -> Export:
    """The export of a database number, for the work that makes its file. Raises NoSuchExport."""
    found = Export.objects.filter(pk=pk).defer("sealed").first()
    if found is None:
        raise NoSuchExport
    return found


def export_shown(viewer: Viewer, public_id: str, *, at: datetime) -> ExportShown:
    """One export as the viewer sees it. Raises NoSuchExport."""
    return _shown(viewer, get_export(viewer, public_id), dict(export_areas()), at)


def export_board(viewer: Viewer, *, at: datetime, limit: int = 100) -> ExportBoard:
    """What waits for the viewer and the latest exports, whatever became of them; their files are not read."""
    areas = dict(export_areas())
    rows = exports_visible_to(viewer).defer("sealed")[:limit]
    log = [_shown(viewer, export, areas, at) for export in rows]
    return ExportBoard(
        waiting=[item for item in log if item.may_decide],
        ready=[item for item in log if item.may_fetch],
        log=log,
    )


def _shown(viewer: Viewer, export: Export, areas: dict[str, str], at: datetime) -> ExportShown:
    state = ExportState(export.state)
    if state == ExportState.READY and not export.is_fetchable(at):
        state = ExportState.EXPIRED
    return ExportShown(
        export=export,
        area=areas.get(str(export.filter.get("area", "")), ""),
        state=state,
        may_decide=state == ExportState.ASKED and may_decide_export(viewer, export),
        may_fetch=state == ExportState.READY and may_fetch_export(viewer, export),
        is_own=export.asked_by_id is not None and export.asked_by_id == viewer.user_id,
    )


def export_areas() -> list[tuple[str, str]]:
    """Public id and name of every area, for a choice."""
    return [(area.public_id, str(area)) for area in Area.objects.order_by("code")]


def deciders(*, asker: int | None, roles: Sequence[Role]) -> list[User]:
    """Active accounts other than the asker's that hold one of the roles, ended grants left out."""
    held = RoleGrant.objects.filter(role__in=[role.value for role in roles], ended_at=None).exclude(user=asker)
    return list(User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk"))
