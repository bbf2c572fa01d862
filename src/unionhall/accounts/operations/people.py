"""Opening accounts: staff with mail and password, members with a channel they control."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.events import AccountOpened
from unionhall.accounts.models import SignInContact, User
from unionhall.accounts.operations.devices import end_sessions
from unionhall.accounts.operations.roles import end_role
from unionhall.foundation import audit, events
from unionhall.foundation.access import Actor
from unionhall.foundation.contacts import Contact, indexes_of, is_employer_mail, lookup
from unionhall.foundation.errors import Refused


class MailTaken(Refused):
    """An account with that mail exists."""

    code = "mail_taken"
    message = _("An account with this mail exists already. Give it the role instead of opening a second one.")


@transaction.atomic
def create_staff(*, name: str, email: str, password: str, language: str, actor: Actor, at: datetime) -> User:
    """The new account of somebody who signs in by mail and password, and by a second factor where a role wants it.

    email: in any case, stored in small letters. password: already judged by the validators of the settings. language:
    "en" or "es". There is no public way to this: the office or the operator opens it.
    Raises MailTaken.
    """
    address = email.strip().lower()
    if User.objects.filter(email__iexact=address).exists():
        raise MailTaken
    user = User.objects.create_user(address, password, name=name.strip(), language=language, is_staff=True)
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=True)
    audit.record(actor=actor, verb="accounts.staff_created", at=at, obj=user, detail={"language": language})
    events.publish(AccountOpened(user_id=user.pk))
    return user


@transaction.atomic
def ensure_member(*, name: str, language: str, contacts: Sequence[Contact], actor: Actor, at: datetime) -> User:
    """The account of a member of that name who signs in by those contacts: the one that exists, else a new one.

    The same name by the same contact twice is the same account; another name by that contact is another person, as on
    a family's phone. contacts: normalized, what the member controls; those of the employer are left out. Contacts that
    the account lacks are added to it.
    """
    own = [contact for contact in contacts if contact.kind == "sms" or not is_employer_mail(contact.value)]
    hashes = [index for contact in own for index in lookup(contact)]
    same = User.objects.filter(is_active=True, sign_in_contacts__index__in=hashes, name__iexact=name.strip())
    user = same.order_by("pk").first() or _open_member(name.strip(), language, actor, at)
    held = set(user.sign_in_contacts.values_list("index", flat=True))
    missing = [contact for contact in own if held.isdisjoint(lookup(contact))]
    for contact in missing:
        SignInContact.objects.create(
            user=user, kind=contact.kind, value=contact.value, index=indexes_of(contact).full, added_at=at
        )
    if missing:
        audit.record(
            actor=actor, verb="accounts.sign_in_contact_added", at=at, obj=user, detail={"count": len(missing)}
        )
    return user


def _open_member(name: str, language: str, actor: Actor, at: datetime) -> User:
    user = User.objects.create_user(name=name, language=language)
    audit.record(actor=actor, verb="accounts.member_created", at=at, obj=user, detail={"language": language})
    events.publish(AccountOpened(user_id=user.pk))
    return user


@transaction.atomic
def close_account(*, user: User, actor: Actor, at: datetime, why: str = "") -> None:
    """Nobody signs in to that account any more: its roles and sessions end at once. A closed one is left as it is.

    why: the reason in a word or sentence, for the trail.
    """
    if not user.is_active:
        return
    user.is_active = False
    user.save(update_fields=["is_active"])
    for grant in user.role_grants.filter(ended_at=None):
        end_role(grant=grant, actor=actor, at=at, why=why)
    end_sessions(user=user, actor=actor, at=at)
    audit.record(actor=actor, verb="accounts.account_closed", at=at, obj=user, why=why)


@transaction.atomic
def reopen_account(*, user: User, actor: Actor, at: datetime, why: str = "") -> None:
    """That account may be signed in to again, without the roles and sessions it had. An open one is left as it is.

    why: the reason in a word or sentence, for the trail.
    """
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(actor=actor, verb="accounts.account_opened_again", at=at, obj=user, why=why)


@transaction.atomic
def set_language(*, user: User, language: str, actor: Actor, at: datetime) -> None:
    """The language the account reads from now on. language: "en" or "es"."""
    if user.language == language:
        return
    user.language = language
    user.save(update_fields=["language"])
    audit.record(actor=actor, verb="accounts.language_set", at=at, obj=user, detail={"language": language})
