"""A member's own link, sent to her by somebody who leads her place and never sees it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.events import LinkSent
from unionhall.campaigns.queries.member import proved_channels
from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import Refused
from unionhall.foundation.models import AuditEntry
from unionhall.roster.models import Person

ONCE_IN: Final = timedelta(hours=1)
SENT: Final = "campaigns.link_sent"


class NoProvedChannel(Refused):
    """Nowhere to send it that is surely hers and open to us."""

    code = "no_proved_channel"
    message = _(
        "We have no number or mail that they have proved and left open to messages. Ask them to prove one on their own "
        "page."
    )


class LinkSentLately(Refused):
    """One went out within the hour."""

    code = "link_sent_lately"
    status = 429
    message = _("A link went to them within the hour. Ask them to look for it.")


@transaction.atomic
def have_link_sent(*, person: Person, actor: Actor, at: datetime) -> None:
    """The member's own link shall go to a channel she has proved. Raises NoProvedChannel or LinkSentLately."""
    Person.objects.select_for_update().get(pk=person.pk)
    lately = AuditEntry.objects.filter(object_type="roster.person", object_id=str(person.pk), at__gt=at - ONCE_IN)
    if lately.filter(verb=SENT).exists():
        raise LinkSentLately
    if not proved_channels(person):
        raise NoProvedChannel
    audit.record(actor=actor, verb=SENT, at=at, obj=person, label=person.public_id)
    events.publish(LinkSent(person_id=person.pk))
