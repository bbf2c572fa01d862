"""The generation of the public pages: one number that whatever changes them raises, in the same transaction.

Finished pages are kept under it (docs/decisions/0006-finished-pages.md); a copy of an older generation is never fresh.
"""

from __future__ import annotations

from django.db.models import F

from unionhall.foundation.models import Generation

ONLY = 1


def current() -> int:
    """The generation that holds now; 0 before anything was published. One query."""
    return Generation.objects.filter(pk=ONLY).values_list("number", flat=True).first() or 0


def advance() -> None:
    """Make every finished page old. Inside the transaction of the change, so that both are seen together or neither."""
    if not Generation.objects.filter(pk=ONLY).update(number=F("number") + 1):
        Generation.objects.get_or_create(pk=ONLY, defaults={"number": 1})
