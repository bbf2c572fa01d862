"""Who may open what lies sealed in the archive, and take a whole archive out (docs/reference/access.md)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from unionhall.foundation.access import Role, Viewer, require_role
from unionhall.foundation.errors import Refused

ARCHIVE_ROLES: Final = (Role.COMMUNICATIONS, Role.DATA_ADMINISTRATOR, Role.OFFICER, Role.COUNSEL)


class NoHoldStands(Refused):
    """Opening a sealed original while no legal hold stands."""

    code = "no_hold_stands"
    message = _("A sealed original opens under a legal hold only, and none stands. Nothing was opened.")


def require_archive(viewer: Viewer) -> None:
    """Let those pass who keep the record of what was said. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    require_role(viewer, *ARCHIVE_ROLES, strong=True)


def require_sealed(viewer: Viewer) -> None:
    """Let counsel pass, by a second factor. Raises SignInNeeded, NotAllowed or SecondFactorNeeded."""
    require_role(viewer, Role.COUNSEL, strong=True)


def may_open_sealed(viewer: Viewer) -> bool:
    """Whether the viewer is counsel."""
    return viewer.has(Role.COUNSEL)
