"""A person wants no messages any more; and wants them again, exactly as before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from unionhall.foundation.access import Actor
from unionhall.roster.enums import ContactKind, ContactOwner
from unionhall.roster.models import Consent, OptOut, Person
from unionhall.roster.operations.people.adding import withdraw_consent
from unionhall.roster.operations.people.by_hand import note
from unionhall.roster.queries import way_of


@dataclass(frozen=True, slots=True)
class Stopped:
    """What stopped: ids of the consents that were withdrawn and of the opt-outs that were written down."""

    consents: tuple[int, ...] = ()
    opt_outs: tuple[int, ...] = ()


@transaction.atomic
def stop_messages(*, person: Person, source: str, actor: Actor, at: datetime) -> Stopped:
    """Nobody writes to the person any more, whatever list brings her contacts again. A second time nothing changes.

    source: where she said so, such as "my campaign".
    """
    consents = list(Consent.objects.filter(person=person, withdrawn_at=None).select_related("person"))
    for consent in consents:
        withdraw_consent(consent=consent, actor=actor, at=at)
    outs = [
        OptOut.objects.create(kind=kind, index_full=index, value=value, source=source, opted_out_at=at)
        for (kind, index), value in _open_ways(person).items()
    ]
    if consents or outs:
        detail = {"consents": len(consents), "opt_outs": len(outs), "source": source}
        note(actor, "roster.messages_stopped", at, person, person, detail)
    return Stopped(tuple(consent.pk for consent in consents), tuple(out.pk for out in outs))


@transaction.atomic
def resume_messages(
    *, person: Person, consents: Collection[int], opt_outs: Collection[int], actor: Actor, at: datetime
) -> None:
    """What stopped goes on as it was. A contact that was agreed to anew in the meantime is left as it is.

    consents, opt_outs: as `Stopped` gave them.
    """
    OptOut.objects.filter(pk__in=opt_outs, lifted_at=None).update(lifted_at=at)
    back = 0
    for consent in Consent.objects.filter(pk__in=consents, person=person).exclude(withdrawn_at=None):
        again = Consent.objects.filter(
            person=person,
            contact_point=consent.contact_point_id,
            channel=consent.channel,
            purpose=consent.purpose,
            withdrawn_at=None,
        )
        if not again.exists():
            Consent.objects.filter(pk=consent.pk).update(withdrawn_at=None)
            back += 1
    note(actor, "roster.messages_resumed", at, person, person, {"consents": back, "opt_outs": len(opt_outs)})


def _open_ways(person: Person) -> dict[tuple[str, str], str]:
    """The person's own numbers and addresses that nobody opted out of yet: kind and hash → value."""
    points = person.contact_points.filter(owner=ContactOwner.PERSONAL).exclude(kind=ContactKind.POST)
    ways = {(way_of(point.kind), point.index_full): point.value for point in points}
    standing = OptOut.objects.filter(index_full__in=[index for _kind, index in ways], lifted_at=None)
    for kind, index in standing.values_list("kind", "index_full"):
        ways.pop((kind, index), None)
    return ways
