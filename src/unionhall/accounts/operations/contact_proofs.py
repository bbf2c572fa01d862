"""A member shows by a code that a new number or address is hers, before it counts for anything."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final, Literal

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.enums import CODE_DIGITS, CODE_LIFE, CODE_TRIES, ContactKind
from unionhall.accounts.events import ProofAsked
from unionhall.accounts.models import ContactProof, SignInContact, User
from unionhall.accounts.operations.codes import CodeWrong
from unionhall.foundation import audit, crypto, events, gateways
from unionhall.foundation.access import Actor
from unionhall.foundation.contacts import Contact, indexes_of, is_employer_mail, lookup, parse_contact
from unionhall.foundation.errors import Refused
from unionhall.foundation.gateways import Message

KEPT: Final = timedelta(days=1)
SENT_AN_HOUR: Final = 5


class EmployersAddress(Refused):
    """An address that the employer can read."""

    code = "employers_address"
    status = 422
    message = _("This address belongs to the employer, who can read it. Give your own mail or cell phone.")


@transaction.atomic
def ask_proof(*, user: User, contact_text: str, language: str, at: datetime) -> None:
    """A code shall go to that contact; an older asking of the account is forgotten.

    contact_text: as typed. Whether anybody else has that contact changes nothing that can be seen.
    Raises InvalidContact or EmployersAddress.
    """
    contact = parse_contact(contact_text)
    if contact.kind == "mail" and is_employer_mail(contact.value):
        raise EmployersAddress
    asked = ContactProof.objects.create(
        user=user,
        kind=contact.kind,
        value=contact.value,
        index=indexes_of(contact).full,
        language=language,
        asked_at=at,
    )
    events.publish(ProofAsked(proof_id=asked.pk))


def send_proof(*, proof_id: int, at: datetime) -> bool:
    """Make the code and send it; gives whether a message went. Too many in an hour, and none goes."""
    ContactProof.objects.filter(asked_at__lt=at - KEPT).delete()
    asked = ContactProof.objects.filter(pk=proof_id, code="").first()
    if asked is None or _asked_too_often(asked, at):
        return False
    digits = str(secrets.randbelow(10**CODE_DIGITS)).zfill(CODE_DIGITS)
    if not ContactProof.objects.filter(pk=proof_id, code="").update(code=_hash(proof_id, digits)):
        return False
    return gateways.deliver(_message(asked, digits), at=at).went


def prove_contact(*, user: User, code_text: str, at: datetime) -> Contact:
    """The contact that the account has just proved; it signs in by it too. A try counts before it is judged.

    code_text: as typed or pasted. Raises CodeWrong.
    """
    with transaction.atomic():
        row = _newest(user, at)
        digits = "".join(sign for sign in code_text if sign.isdecimal())
        typed = crypto.blind_indexes(f"{row.pk if row else 0}:{digits}", purpose="contact-proof")
        proved = row is not None and row.code in typed
        contact = _keep(user, row, at) if row is not None and proved else None
    if contact is None:
        raise CodeWrong
    return contact


@transaction.atomic
def add_sign_in_contact(*, user: User, contact: Contact, actor: Actor, at: datetime) -> None:
    """The account signs in by that contact too. One it has already changes nothing."""
    if SignInContact.objects.filter(user=user, index__in=lookup(contact)).exists():
        return
    SignInContact.objects.create(
        user=user, kind=contact.kind, value=contact.value, index=indexes_of(contact).full, added_at=at
    )
    audit.record(actor=actor, verb="accounts.sign_in_contact_added", at=at, obj=user, detail={"count": 1})


def _keep(user: User, row: ContactProof, at: datetime) -> Contact:
    kind: Literal["mail", "sms"] = "mail" if row.kind == ContactKind.MAIL else "sms"
    contact = Contact(kind=kind, value=row.value)
    ContactProof.objects.filter(user=user).delete()
    add_sign_in_contact(user=user, contact=contact, actor=user.as_actor(), at=at)
    return contact


def _newest(user: User, at: datetime) -> ContactProof | None:
    """The newest living asking of the account, one try used up."""
    rows = ContactProof.objects.select_for_update().filter(user=user, asked_at__gt=at - CODE_LIFE)
    row = rows.first()
    if row is None or not row.code:
        return None
    used = ContactProof.objects.filter(pk=row.pk, tries__lt=CODE_TRIES).update(tries=F("tries") + 1)
    return row if used else None


def _asked_too_often(asked: ContactProof, at: datetime) -> bool:
    sent = ContactProof.objects.filter(asked_at__gt=at - timedelta(hours=1)).exclude(pk=asked.pk).exclude(code="")
    of_account = sent.filter(user=asked.user_id).count()
    return of_account >= SENT_AN_HOUR or sent.filter(index=asked.index).count() >= SENT_AN_HOUR


def _message(asked: ContactProof, digits: str) -> Message:
    mail = asked.kind == ContactKind.MAIL
    with translation.override(asked.language):
        body = gettext(
            "%(code)s is your code to show that this is yours. It works for ten minutes. If you asked for nothing, do "
            "nothing: nothing changes."
        ) % {"code": digits}
        subject = gettext("Is this your address?") if mail else ""
    channel: Literal["mail", "sms"] = "mail" if mail else "sms"
    return Message(
        channel=channel, to=asked.value, body=body, subject=subject, language=asked.language, purpose="contact_proof"
    )


def _hash(proof_id: int, digits: str) -> str:
    return crypto.blind_index(f"{proof_id}:{digits}", purpose="contact-proof")
