"""Slips: every form that is sent is kept, at once and sealed; taken in when its proof is good, or held until its code.

Writing a slip is the same work whoever sends it and whoever is known: nobody can time what we know. Taking it in comes
after the answer. Source: docs/rules/holding.md.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.enums import CODE_LIFE, CODE_TRIES
from unionhall.campaigns.enums import EntryKind, SlipState
from unionhall.campaigns.events import SlipReady
from unionhall.campaigns.models import Campaign, Slip
from unionhall.campaigns.operations.entries import receive_entry
from unionhall.campaigns.operations.letters import SAME_CLICK, write_slip_letter
from unionhall.campaigns.operations.proofs import read_proof
from unionhall.campaigns.operations.subscribing import subscribe
from unionhall.campaigns.queries.sealing import SignUp, open_slip, seal
from unionhall.foundation import audit, crypto, events
from unionhall.foundation.access import Actor, system_actor
from unionhall.foundation.contacts import indexes_of
from unionhall.foundation.errors import AlreadyDone, Refused
from unionhall.foundation.hooks import ClockStand
from unionhall.roster.queries.retention import holds
from unionhall.rulebook.names import fold

PUBLIC_FORM: Final = system_actor("public form")
# So many an hour from one address go through by their proof alone; beyond that a code is asked for.
FREE_AN_HOUR: Final = 20
ADDRESS_KEPT: Final = timedelta(hours=1)
TAKEN_KEPT: Final = timedelta(days=1)


class SlipCodeWrong(Refused):
    """Another code, an old one, or the sixth try: never said which."""

    code = "slip_code_wrong"
    status = 422
    message = _("This code does not fit. Look at the digits of the last message, or have a new code sent.")


class SlipSettled(AlreadyDone):
    """A slip that waits for nothing any more."""

    code = "slip_settled"
    message = _("This sign-up was let in already. Nothing was changed.")


def receive_slip(*, campaign: Campaign, sign_up: SignUp, proof: str, address: str, at: datetime) -> Slip:
    """The slip of a form that was sent: ready where its proof is good and the address under the rate, else held.

    proof: as the browser sent it, or blank. address: the network address, of which only a keyed hash stays, for an
    hour. The very same form a second time is the same slip. Never refuses.
    """
    kind = EntryKind(sign_up.kind)
    asker = crypto.blind_index(address, purpose="sign-up-asker")
    named = read_proof(text=proof, place=place_of(campaign=campaign, kind=kind), at=at)
    likeness = crypto.blind_index(
        f"{campaign.pk}\n{kind}\n{sign_up.contact.value}\n{fold(sign_up.name)}", purpose="likeness"
    )
    with transaction.atomic():
        used = Slip.objects.filter(proof=named).first() if named else None
        if used is not None and used.likeness == likeness:
            return used
        good = named if named and used is None and _is_under_rate(asker, at) else ""
        values: dict[str, Any] = {
            "campaign": campaign,
            "kind": kind,
            "likeness": likeness,
            "asker": asker,
            "received_at": at,
        }
        return _keep(sign_up, good, values)


def take_in(*, slip_id: int, at: datetime) -> bool:
    """A slip that is ready becomes an entry, or a subscription, as of the instant it came in; then it is emptied.

    False for one that was taken in already, or is held. at: now.
    """
    with transaction.atomic():
        slip = Slip.objects.select_for_update().filter(pk=slip_id, state=SlipState.READY).first()
        if slip is None:
            return False
        sign_up = open_slip(slip)
        sent: dict[str, Any] = {
            "campaign": slip.campaign,
            "sign_up": sign_up,
            "actor": PUBLIC_FORM,
            "at": slip.received_at,
        }
        if slip.kind == EntryKind.UPDATES:
            subscribe(**sent, proven=slip.proven)
        else:
            receive_entry(**sent, proven=slip.proven)
        Slip.objects.filter(pk=slip.pk).update(state=SlipState.TAKEN, taken_at=at, sealed="", code="", key="")
    return True


def confirm_slip(*, slip: Slip, code_text: str, at: datetime) -> Slip:
    """She entered the code that came on her own channel: the slip may be taken in, with its original time.

    code_text: as typed or pasted. A try is counted before it is judged: five for ten minutes, then a new code.
    Raises SlipCodeWrong; one that was let in already is given back as it is.
    """
    digits = "".join(sign for sign in code_text if sign.isdecimal())
    typed = crypto.blind_indexes(f"{slip.pk}:{digits}", purpose="slip-code")
    with transaction.atomic():
        row = Slip.objects.select_for_update().get(pk=slip.pk)
        if row.state == SlipState.HELD:
            tried = Slip.objects.filter(pk=row.pk, tries__lt=CODE_TRIES).update(tries=F("tries") + 1)
            lives = row.code_made_at is not None and at - row.code_made_at <= CODE_LIFE
            right = bool(tried and lives and row.code in typed)
            if right:
                _let_in(row, proven=True)
    if row.state == SlipState.HELD:
        raise SlipCodeWrong
    return row


def confirm_slip_by_link(*, slip: Slip, key: str, at: datetime) -> Slip:
    """She pressed the button behind our message's link, which works while the slip waits. Raises SlipCodeWrong."""
    with transaction.atomic():
        row = Slip.objects.select_for_update().get(pk=slip.pk)
        if row.state == SlipState.HELD and row.key in crypto.blind_indexes(f"{row.pk}:{key}", purpose="slip-key"):
            _let_in(row, proven=True)
    if row.state == SlipState.HELD:
        raise SlipCodeWrong
    return row


def ask_new_code(*, slip: Slip, at: datetime) -> None:
    """Owe her another code, in the bounds that keep our forms from ringing strangers; nothing tells which."""
    with transaction.atomic():
        row = Slip.objects.select_for_update().get(pk=slip.pk)
        if row.state == SlipState.HELD:
            write_slip_letter(row, at)


def release_slip(*, slip: Slip, actor: Actor, at: datetime) -> Slip:
    """The data desk lets a held slip in by hand: it has her word by another way. Raises SlipSettled."""
    with transaction.atomic():
        row = Slip.objects.select_for_update().get(pk=slip.pk)
        if row.state != SlipState.HELD:
            raise SlipSettled
        _let_in(row, proven=False)
        audit.record(actor=actor, verb="campaigns.slip_released", at=at, obj=row, detail={"kind": row.kind})
    return row


def forget_addresses(*, at: datetime) -> int:
    """Network addresses are gone after an hour, emptied slips after a day; gives how many addresses are left."""
    Slip.objects.filter(received_at__lt=at - ADDRESS_KEPT).exclude(asker="").update(asker="")
    Slip.objects.filter(state=SlipState.TAKEN, taken_at__lt=at - TAKEN_KEPT).delete()
    return Slip.objects.exclude(asker="").count()


def forget_slips(*, actor: Actor, at: datetime) -> int:
    """Held slips past their days are forgotten with all that was written in them; gives how many were.

    A legal hold on everybody stops this clock.
    """
    forget_addresses(at=at)
    if _stands_still():
        return 0
    with transaction.atomic():
        old = Slip.objects.held().filter(received_at__lt=at - held_for())
        count = old.count()
        if count:
            old.delete()
            audit.record(actor=actor, verb="campaigns.slips_forgotten", at=at, detail={"slips": count})
    return count


def stand_of_slips(at: datetime) -> ClockStand:
    """How many held slips would go now, how many wait, and when the next one goes."""
    waiting = Slip.objects.held()
    due = waiting.filter(received_at__lt=at - held_for()).count()
    if _stands_still():
        return ClockStand(held=waiting.count())
    first = waiting.filter(received_at__gte=at - held_for()).first()
    next_on = timezone.localdate(first.received_at + held_for()) if first else None
    return ClockStand(due=due, waiting=waiting.count() - due, next_on=next_on)


def _stands_still() -> bool:
    return holds().filter(person=None).exists()


def held_for() -> timedelta:
    """How long a held slip waits before it is forgotten (HELD_DAYS)."""
    return timedelta(days=settings.HELD_DAYS)


def place_of(*, campaign: Campaign, kind: str) -> str:
    """What a challenge is for: campaign and form."""
    return f"{campaign.slug}/{kind}"


def _is_under_rate(asker: str, at: datetime) -> bool:
    lately = Slip.objects.since(at - ADDRESS_KEPT).filter(asker=asker)
    return lately.exclude(proof=None).count() < FREE_AN_HOUR


def _keep(sign_up: SignUp, proof: str, values: dict[str, Any]) -> Slip:
    """The new slip, ready by its proof or held. Where another click uses that proof this instant, it is its."""
    values |= {
        "sealed": seal(sign_up),
        "channel": sign_up.contact.kind,
        "language": sign_up.language,
        "contact_index": indexes_of(sign_up.contact).full,
    }
    if proof:
        try:
            with transaction.atomic():
                slip = Slip.objects.create(state=SlipState.READY, proof=proof, **values)
        except IntegrityError:
            used = Slip.objects.get(proof=proof)
            return used if used.likeness == values["likeness"] else _hold(values)
        events.publish(SlipReady(slip_id=slip.pk))
        return slip
    return _hold(values)


def _hold(values: dict[str, Any]) -> Slip:
    """The held slip: new, or the one of an earlier click, with what was written last; a code is owed either way."""
    key = {name: values.pop(name) for name in ("likeness", "asker")}
    at: datetime = values["received_at"]
    slip, new = Slip.objects.get_or_create(**key, state=SlipState.HELD, defaults=values)
    if new:
        write_slip_letter(slip, at)
    else:
        Slip.objects.filter(pk=slip.pk).update(sealed=values["sealed"])
        if not slip.letters.filter(written_at__gt=at - SAME_CLICK).exists():
            write_slip_letter(slip, at)
    return slip


def _let_in(slip: Slip, *, proven: bool) -> None:
    slip.state, slip.proven = SlipState.READY, proven
    slip.save(update_fields=["state", "proven"])
    events.publish(SlipReady(slip_id=slip.pk))
