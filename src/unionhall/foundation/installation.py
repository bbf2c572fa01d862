"""Whether this database holds a real local or the invented one; the two never mix."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import audit
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import Refused
from unionhall.foundation.models import Installation


class DatabaseIsTaken(Refused):
    """The database holds the other kind of local. Read by operators, whose command line is English."""

    code = "database_is_taken"
    message = _("This database holds %(name)s, a %(kind)s local. Use another DATA_DIR or DATABASE_URL for this one.")


def find_installation() -> Installation | None:
    """What the database holds; None before the first `init` or `demo`."""
    return Installation.objects.first()


def refuse_real() -> None:
    """Let invented people in only where no real local lives. Raises DatabaseIsTaken."""
    held = find_installation()
    if held is not None and held.kind == Installation.Kind.REAL:
        raise DatabaseIsTaken(name=held.name, kind=held.kind)


@transaction.atomic
def mark_installation(
    *,
    kind: Literal["real", "demo"],
    name: str,
    languages: Sequence[str],
    rule_pack: str = "",
    actor: Actor,
    at: datetime,
) -> Installation:
    """Write down, once, that this database holds that local; the same demo a second time changes nothing.

    languages: codes such as "en" and "es", the first one the local's own. rule_pack: code of the legal pack, or none.
    Raises DatabaseIsTaken where a real local stands, or one of the other kind.
    """
    held = find_installation()
    if held is not None:
        if held.kind == kind == "demo":
            return held
        raise DatabaseIsTaken(name=held.name, kind=held.kind)
    row = Installation.objects.create(kind=kind, name=name, languages=list(languages), rule_pack=rule_pack, made_at=at)
    audit.record(actor=actor, verb="foundation.installation_marked", at=at, obj=row, detail={"kind": kind})
    return row
