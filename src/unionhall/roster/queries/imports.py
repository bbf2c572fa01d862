"""What came in, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.errors import NotFound
from unionhall.roster.enums import ImportKind, ImportState
from unionhall.roster.models import Import

# Under this name a report keeps its sentences in Spanish; what stands beside it is English.
SPANISH: Final = "es"


class NoSuchImport(NotFound):
    """No import has that number."""

    code = "no_such_import"
    message = _("There is no import %(id)s. `unionhall imports` lists them.")


def get_import(import_id: int) -> Import:
    """The import of a number. Raises NoSuchImport."""
    try:
        return Import.objects.get(pk=import_id)
    except (Import.DoesNotExist, OverflowError):
        raise NoSuchImport(id=import_id) from None


def get_import_by_public_id(public_id: str) -> Import:
    """The import of an address. Raises NotFound."""
    found = Import.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def sources() -> list[str]:
    """What lists were called so far, in the order of the alphabet."""
    return sorted(set(Import.objects.exclude(source="").values_list("source", flat=True)), key=str.casefold)


def told(imported: Import) -> dict[str, Any]:
    """The report of an import in the language now active."""
    spoken = imported.report.get(SPANISH, {}) if (get_language() or "en").startswith("es") else {}
    return {name: value for name, value in (imported.report | spoken).items() if name != SPANISH}


def imports() -> QuerySet[Import]:
    """Every import, the latest first, undone ones too."""
    return Import.objects.order_by("-pk")


def begun_import(*, kind: str, source: str, sha256: str, as_of: date) -> Import | None:
    """The import of that very file, source and day that was begun and not finished; None where there is none."""
    begun = Import.objects.filter(state=ImportState.APPLYING, kind=kind, source=source, sha256=sha256, as_of=as_of)
    return begun.order_by("pk").first()


def source_with_columns(kind: str, columns: Sequence[str]) -> str:
    """The source of the latest list of that kind with exactly these columns; "" where there was none."""
    lists = Import.objects.exclude(state=ImportState.LOOKED_AT).filter(kind=kind, columns=list(columns))
    return lists.order_by("-pk").values_list("source", flat=True).first() or ""


def mapping_of_source(kind: str, source: str) -> dict[str, str]:
    """The mapping that was last said for lists of that kind from that source; none where nobody said one."""
    lists = Import.objects.exclude(state=ImportState.LOOKED_AT).filter(kind=kind, source=source)
    return lists.order_by("-pk").values_list("mapping", flat=True).first() or {}


def last_day_of(source: str) -> date | None:
    """The day of which the latest list of worksites from this source spoke; None before its first."""
    applied = Import.objects.filter(kind=ImportKind.WORKSITES, source=source, applied_at__isnull=False, undone_at=None)
    return applied.order_by("-as_of").values_list("as_of", flat=True).first()
