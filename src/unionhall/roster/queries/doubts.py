"""Rows of lists that wait for somebody to say who they are."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, QuerySet

from unionhall.foundation.audit import search_trail
from unionhall.roster.enums import Decision, ImportState
from unionhall.roster.models import Doubt, Import, Person


def open_doubts() -> QuerySet[Doubt]:
    """The rows that wait, of the latest list of each source that stands: an older list's are repeated there or gone."""
    lists = Import.objects.filter(state__in=(ImportState.APPLYING, ImportState.APPLIED))
    latest = lists.order_by().values("kind", "source").annotate(last=Max("pk")).values("last")
    waiting = Doubt.objects.filter(decision=Decision.OPEN, imported__in=latest)
    return waiting.select_related("imported", "site").order_by("imported", "line", "pk")


def became_management(since: datetime) -> list[Person]:
    """The persons whom a list or one of us has said to be management since then, the latest first; each once."""
    told = search_trail(verb="roster.became_management").filter(at__gte=since)
    ids = list(dict.fromkeys(told.order_by("-at", "-pk").values_list("detail__person", flat=True)))
    found = {person.public_id: person for person in Person.objects.filter(public_id__in=ids)}
    return [found[public_id] for public_id in ids if public_id in found]
