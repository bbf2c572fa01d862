"""One-time codes: asked for, sent, typed; and who it is where several people share a phone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.enums import CODE_DIGITS, CODE_LIFE, CODE_TRIES, ContactKind
from unionhall.accounts.events import CodeAsked
from unionhall.accounts.hookspecs import member_directory
from unionhall.accounts.models import SignInCode, SignInContact, Slowdown, User
from unionhall.foundation import audit, crypto, events, gateways
from unionhall.foundation.contacts import indexes_of, is_employer_mail, lookup, parse_contact
from unionhall.foundation.errors import Refused
from unionhall.foundation.gateways import Message

# Beyond these within the hour no message goes, and the answer is the same. The first counts contact and address
# together, so that nobody can keep a member out from elsewhere; the second keeps a phone from ringing all night.
SENT_AN_HOUR_FROM_ONE_ADDRESS: Final = 5
SENT_AN_HOUR_TO_ONE_CONTACT: Final = 30
KEPT: Final = timedelta(days=1)


class CodeWrong(Refused):
    """Another code, an old one, one asked for elsewhere, or the sixth try: never said which."""

    code = "code_wrong"
    status = 422
    message = _("This code does not open the door. Check the digits, or ask for a new code on this same phone.")


class NobodyByThatName(Refused):
    """The name and worksite fit nobody who signs in by this phone, or more than one."""

    code = "nobody_by_that_name"
    status = 422
    message = _(
        "We cannot tell who you are by that. Write your first name and your worksite as your steward knows them."
    )


@dataclass(frozen=True, slots=True)
class AskWho:
    """The code was right, and several people sign in by this contact: ask first name and worksite, list nobody."""


@transaction.atomic
def request_code(*, contact_text: str, browser_key: str, address: str, language: str, at: datetime) -> None:
    """The asking is written down; whether a code goes out is decided later, where nobody can time it.

    contact_text: as typed. browser_key: the secret in the asking browser's cookie. address: the network address, of
    which only a keyed hash with the contact is stored. The very same work is done for a known, an unknown and an
    employer's contact.
    Raises InvalidContact for what is neither a number nor a mail.
    """
    contact = parse_contact(contact_text)
    asked = SignInCode.objects.create(
        browser=_browser(browser_key),
        contact=indexes_of(contact).full,
        contact_under_all_keys=list(lookup(contact)),
        asker=crypto.blind_index(f"{contact.value}\n{address}", purpose="asker"),
        kind=contact.kind,
        language=language,
        asked_at=at,
    )
    events.publish(CodeAsked(code_id=asked.pk))


def send_code(*, code_id: int, at: datetime) -> bool:
    """Make the code and send it, where somebody signs in by that contact; gives whether a message went.

    Nothing goes to an employer's address, nor to a contact or browser that asked too often within the hour. The code
    itself lives in the message alone; the row gets its keyed hash.
    """
    asked = SignInCode.objects.get(pk=code_id)
    known = SignInContact.objects.filter(index__in=asked.contact_under_all_keys, user__is_active=True).first()
    if known is None or is_employer_mail(known.value) or _asked_too_often(asked, at):
        return False
    digits = str(secrets.randbelow(10**CODE_DIGITS)).zfill(CODE_DIGITS)
    SignInCode.objects.filter(pk=code_id, code="").update(code=_code_hash(code_id, digits))
    return gateways.deliver(_message(known, digits, asked.language), at=at).went


def forget_old_askings(*, at: datetime) -> None:
    """Askings and failures of more than a day ago are gone: they tell when somebody tried to come in."""
    SignInCode.objects.filter(asked_at__lt=at - KEPT).delete()
    Slowdown.objects.filter(last_at__lt=at - KEPT).delete()


def redeem_code(*, browser_key: str, code_text: str, at: datetime) -> User | AskWho:
    """Who signs in by the newest code of this browser; AskWho where several people share the contact.

    code_text: as typed or pasted, blanks and dashes allowed. A try is counted before it is judged.
    Raises CodeWrong.
    """
    with transaction.atomic():
        outcome = _try(browser_key, code_text, at)
    if outcome is None:
        raise CodeWrong
    return outcome


def tell_who(*, browser_key: str, first_name: str, site_text: str, at: datetime) -> User:
    """The one who signs in, of several who share the contact whose code this browser has just proved.

    first_name, site_text: as typed. Five tries, as with the code. Raises NobodyByThatName, CodeWrong when the code is
    too long ago.
    """
    with transaction.atomic():
        row = _newest(browser_key, at, proved=True)
        user = _pick(row, first_name, site_text) if row else None
        if row and user:
            _let_in(row, user, at)
    if row is None:
        raise CodeWrong
    if user is None:
        raise NobodyByThatName
    return user


def _try(browser_key: str, code_text: str, at: datetime) -> User | AskWho | None:
    row = _newest(browser_key, at, proved=False)
    digits = "".join(sign for sign in code_text if sign.isdecimal())
    typed = crypto.blind_indexes(f"{row.pk if row else 0}:{digits}", purpose="code")
    if row is None or row.code not in typed:
        return None
    row.proved_at, row.tries = at, 0
    row.save(update_fields=["proved_at", "tries"])
    users = _users_of(row)
    if len(users) > 1:
        return AskWho()
    return _let_in(row, users[0], at) if users else None


def _newest(browser_key: str, at: datetime, *, proved: bool) -> SignInCode | None:
    """The newest living row of this browser, one try used up."""
    rows = SignInCode.objects.select_for_update().filter(browser__in=_browsers(browser_key), used_at=None)
    row = rows.filter(asked_at__gt=at - CODE_LIFE).first()
    if row is None or (row.proved_at is not None) != proved:
        return None
    used_up = SignInCode.objects.filter(pk=row.pk, tries__lt=CODE_TRIES).update(tries=F("tries") + 1)
    return row if used_up else None


def _users_of(row: SignInCode) -> list[User]:
    users = User.objects.filter(is_active=True, sign_in_contacts__index__in=row.contact_under_all_keys)
    return list(users.distinct().order_by("pk"))


def _pick(row: SignInCode, first_name: str, site_text: str) -> User | None:
    users = {user.pk: user for user in _users_of(row)}
    for directory in member_directory:
        found = directory.find_account(user_ids=list(users), first_name=first_name, site_text=site_text)
        return users.get(found) if found is not None else None
    wanted = first_name.strip().casefold()
    same = [user for user in users.values() if user.get_short_name().casefold() == wanted]
    return same[0] if len(same) == 1 else None


def _let_in(row: SignInCode, user: User, at: datetime) -> User:
    row.used_at = at
    row.save(update_fields=["used_at"])
    audit.record(actor=user.as_actor(), verb="accounts.signed_in_by_code", at=at, obj=user)
    return user


def _asked_too_often(asked: SignInCode, at: datetime) -> bool:
    lately = SignInCode.objects.filter(asked_at__gt=at - timedelta(hours=1)).exclude(pk=asked.pk)
    sent = lately.filter(contact=asked.contact).exclude(code="")
    from_there = sent.filter(asker=asked.asker).count()
    return from_there >= SENT_AN_HOUR_FROM_ONE_ADDRESS or sent.count() >= SENT_AN_HOUR_TO_ONE_CONTACT


def _message(contact: SignInContact, digits: str, language: str) -> Message:
    with translation.override(language):
        body = gettext(
            "%(code)s is your code to sign in. It works for ten minutes, on the phone or computer where you asked for "
            "it. Nobody from the union will ever ask you for it."
        ) % {"code": digits}
        subject = gettext("Your code to sign in") if contact.kind == ContactKind.MAIL else ""
    channel: Literal["mail", "sms"] = "mail" if contact.kind == ContactKind.MAIL else "sms"
    return Message(
        channel=channel, to=contact.value, body=body, subject=subject, language=language, purpose="sign_in_code"
    )


def _code_hash(code_id: int, digits: str) -> str:
    return crypto.blind_index(f"{code_id}:{digits}", purpose="code")


def _browser(browser_key: str) -> str:
    return crypto.blind_index(browser_key, purpose="browser")


def _browsers(browser_key: str) -> tuple[str, ...]:
    return crypto.blind_indexes(browser_key, purpose="browser")
