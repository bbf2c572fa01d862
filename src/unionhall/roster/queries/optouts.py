"""Who may not be written to: the gate that every message passes."""

from __future__ import annotations

from collections.abc import Iterable

from unionhall.foundation.contacts import Contact, lookup
from unionhall.roster.enums import ContactOwner, Employment
from unionhall.roster.models import ContactPoint, OptOut


def way_of(kind: str) -> str:
    """Under which kind an opt-out is kept: one for every number, whether it is texted or called."""
    return "sms" if kind in ("sms", "phone") else kind


def is_opted_out(contact: Contact) -> bool:
    """Whether the owner of a number or address asked not to be written to, whoever has it and whoever brought it."""
    standing = OptOut.objects.filter(kind=way_of(contact.kind), lifted_at=None)
    return standing.filter(index_full__in=lookup(contact)).exists()


def opted_out_among(indexes: Iterable[str]) -> set[str]:
    """Which of these hashes of contacts belong to numbers or addresses that opted out: for many at once."""
    wanted = sorted(set(indexes))
    found: set[str] = set()
    standing = OptOut.objects.filter(lifted_at=None)
    for start in range(0, len(wanted), 500):
        rows = standing.filter(index_full__in=wanted[start : start + 500])
        found.update(rows.values_list("index_full", flat=True))
    return found


def is_on_roster(contact: Contact) -> bool:
    """Whether somebody on the roster who is not of the employer's side has this number or address as her own."""
    points = ContactPoint.objects.filter(index_full__in=lookup(contact), owner=ContactOwner.PERSONAL)
    return points.exclude(person__employment=Employment.MANAGEMENT).exists()
