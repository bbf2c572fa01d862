"""The log of talks: what was said with a person is written down with one tap, and taken back with one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import TalkKind
from unionhall.campaigns.events import TalkNoted
from unionhall.campaigns.models import Campaign, Cover, Talk
from unionhall.campaigns.operations.entries import EmptyNote
from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.foundation.errors import Invalid, Refused
from unionhall.roster.models import Person

# The same line by the same hand within this time is a second click.
A_CLICK: Final = timedelta(minutes=1)


class UnknownTalk(Invalid):
    """Something that no button of ours says."""

    code = "unknown_talk"
    message = _("This can be noted: called, texted, talked, a note, done. Go back and press one of these.")


class NoCampaignNow(Refused):
    """A talk while no campaign is under way."""

    code = "no_campaign_now"
    message = _("No campaign is under way, so that there is nothing to note a talk in. The office begins one.")


class TalkTakenBack(Refused):
    """Undo of a line that was taken back."""

    code = "talk_taken_back"
    message = _("This was taken back already. Nothing was changed.")


@transaction.atomic
def note_talk(
    *,
    campaign: Campaign | None,
    person: Person,
    kind: str,
    actor: Actor,
    at: datetime,
    asked: str = "",
    text: str = "",
) -> Talk:
    """Write down that the person was called, texted, talked with, that all is done for today, or a note.

    asked: what she was asked. text: what was said. The same click twice gives the first line back. Raises UnknownTalk,
    EmptyNote, NoCampaignNow.
    """
    if kind not in TalkKind.values:
        raise UnknownTalk
    if campaign is None:
        raise NoCampaignNow
    if kind == TalkKind.NOTE and not text.strip():
        raise EmptyNote
    Person.objects.select_for_update().filter(pk=person.pk).first()
    words = {"asked": asked.strip()[:120], "text": text.strip()}
    mine = Talk.objects.standing().filter(campaign=campaign, person=person, kind=kind, by=actor.user_id, **words)
    twin = mine.filter(at__gt=at - A_CLICK).first()
    if twin is not None:
        return twin
    talk = Talk.objects.create(campaign=campaign, person=person, kind=kind, by_id=actor.user_id, at=at, **words)
    _tell(talk, "campaigns.talk_noted", actor, at)
    return talk


@transaction.atomic
def take_back_talk(*, talk: Talk, actor: Actor, at: datetime) -> Talk:
    """The line counts no more. Raises TalkTakenBack."""
    if not Talk.objects.filter(pk=talk.pk, taken_back_at=None).update(taken_back_at=at):
        raise TalkTakenBack
    _tell(talk, "campaigns.talk_taken_back", actor, at)
    return talk


@transaction.atomic
def forget_contacts_of(*, person: Person, actor: Actor, at: datetime) -> int:
    """Delete what was said with a person, and end the lines on which she stands; gives how many lines of the log went.

    For the retention clock of former members. The trail keeps that it was done, not what it was.
    """
    gone, _by_table = Talk.objects.filter(person=person).delete()
    Cover.objects.filter(person=person, ended_at=None).update(ended_at=at)
    if gone:
        detail = {"talks": gone}
        audit.record(
            actor=actor, verb="campaigns.talks_forgotten", at=at, obj=person, label=person.public_id, detail=detail
        )
    return gone


def _tell(talk: Talk, verb: str, actor: Actor, at: datetime) -> None:
    detail = {"kind": str(talk.kind), "talk": talk.public_id}
    audit.record(actor=actor, verb=verb, at=at, obj=talk, label=talk.person.public_id, detail=detail)
    events.publish(TalkNoted(person_id=talk.person_id, kind=str(talk.kind), at=at))
