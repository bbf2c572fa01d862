"""What accounts holds about one person, class by class: for her own page and for the subject file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.models import Device, Invitation, LockdownVoice, RoleGrant, SignInContact, SignInToken, User
from unionhall.accounts.phrases import role_word
from unionhall.foundation.hooks import Subject, SubjectLine, SubjectSection
from unionhall.foundation.models import AuditEntry

MOST: Final = 200
VERBS: Final[dict[str, str | Promise]] = {
    "accounts.account_closed": _("the account was closed"),
    "accounts.device_ended": _("a browser was signed out"),
    "accounts.language_set": _("the language was set"),
    "accounts.link_made": _("a personal link was made"),
    "accounts.member_created": _("the account was opened"),
    "accounts.paper_made": _("a paper code was made"),
    "accounts.sign_in_contact_added": _("a number or address to sign in with was added"),
    "accounts.signed_in_by_code": _("signed in by a code"),
    "accounts.signed_in_by_device": _("signed in on a remembered phone"),
    "accounts.signed_in_by_link": _("signed in by a personal link"),
    "accounts.signed_in_by_paper": _("signed in by a paper code"),
    "accounts.signed_in_by_passkey": _("signed in by a passkey"),
    "accounts.signed_in_by_password": _("signed in by a password"),
    "accounts.staff_created": _("the account was opened"),
    "accounts.view_link_asked": _("a personal link was asked for"),
    "accounts.view_links_ended": _("personal links were turned off"),
}


def _account(subject: Subject) -> Iterator[SubjectLine]:
    user = User.objects.filter(pk=subject.user_id or 0).first()
    if user is None:
        return
    opened = timezone.localdate(user.joined_at)
    yield SubjectLine(gettext("Name on the account"), user.name, "", opened)
    yield SubjectLine(gettext("Language"), str(user.get_language_display()), gettext("you"), opened)
    if user.email:
        yield SubjectLine(gettext("Mail"), user.email, "", opened)
    for address in EmailAddress.objects.filter(user=user).exclude(email=user.email or ""):
        yield SubjectLine(gettext("Mail"), address.email)
    for contact in SignInContact.objects.filter(user=user):
        day = timezone.localdate(contact.added_at)
        yield SubjectLine(gettext("You sign in with"), contact.value, gettext("you"), day)
    for key in Authenticator.objects.filter(user=user):
        yield SubjectLine(gettext("Second factor"), str(key.get_type_display()), "", timezone.localdate(key.created_at))


def _devices(subject: Subject) -> Iterator[SubjectLine]:
    for device in Device.objects.filter(user=subject.user_id or 0)[:MOST]:
        ended = gettext("signed out") if device.ended_at else gettext("signed in")
        seen = gettext("last used on %(day)s") % {"day": date_format(timezone.localdate(device.seen_at))}
        yield SubjectLine(device.name, f"{ended}, {seen}", "", timezone.localdate(device.signed_in_at))
    for token in SignInToken.objects.filter(user=subject.user_id or 0).order_by("-made_at")[:MOST]:
        label = gettext("Paper code") if token.kind == "paper" else gettext("Personal link")
        until = gettext("good until %(day)s") % {"day": date_format(timezone.localdate(token.expires_at))}
        yield SubjectLine(label, until, "", timezone.localdate(token.made_at))


def _roles(subject: Subject) -> Iterator[SubjectLine]:
    mine = subject.user_id or 0
    for grant in RoleGrant.objects.filter(user=mine).order_by("-starts_on", "pk"):
        last = grant.ends_on or (timezone.localdate(grant.ended_at) if grant.ended_at else None)
        until = gettext("until %(day)s") % {"day": date_format(last)} if last else ""
        yield SubjectLine(capfirst(role_word(grant.role)), until, "", grant.starts_on)
    for offer in Invitation.objects.filter(user=mine):
        label = gettext("A role you were offered: %(role)s") % {"role": role_word(offer.role)}
        yield SubjectLine(label, offer.place, "", timezone.localdate(offer.invited_at))
    for voice in LockdownVoice.objects.filter(user=mine):
        yield SubjectLine(gettext("Agreed to end a lockdown"), "", "", timezone.localdate(voice.said_at))


def _trail(subject: Subject) -> Iterator[SubjectLine]:
    if subject.user_id is None:
        return
    about = Q(object_type="accounts.user", object_id=str(subject.user_id))
    by_her = Q(actor_id=subject.user_id)
    for entry in AuditEntry.objects.filter(about | by_her, verb__startswith="accounts.").order_by("-at", "-pk")[:MOST]:
        mine = gettext("you") if entry.actor_id == subject.user_id else entry.actor_label
        what = capfirst(str(VERBS.get(entry.verb, entry.verb)))
        yield SubjectLine(what, entry.why, mine or gettext("the system"), timezone.localdate(entry.at))


SECTIONS: Final = {
    "accounts.user": SubjectSection(
        title=_("Your account"),
        why=_(
            "So that you, and nobody else, can sign in. Closed when you leave; its contacts are deleted a year later."
        ),
        tables=("accounts.User", "accounts.SignInContact", "account.EmailAddress", "mfa.Authenticator"),
        read=_account,
        left_out={
            "account.EmailConfirmation": "one-time keys of staff mail",
            "accounts.ContactProof": "a number or address not proved yet, gone after a day",
            "accounts.Lockdown": "no person stands in it",
            "accounts.SignInCode": "keyed hashes of askings, gone after a day",
            "accounts.Slowdown": "keyed hashes of failed tries, gone after a day",
        },
    ),
    "accounts.devices": SubjectSection(
        title=_("Where you are signed in"),
        why=_("So that you see each phone and computer, and can sign it out. Nobody can read the links themselves."),
        tables=("accounts.Device", "accounts.SignInToken"),
        read=_devices,
    ),
    "accounts.roles": SubjectSection(
        title=_("What you may do here"),
        why=_("Who held which role when is part of the record. Kept for good."),
        tables=("accounts.RoleGrant", "accounts.Invitation", "accounts.LockdownVoice"),
        read=_roles,
    ),
    "accounts.trail": SubjectSection(
        title=_("What was done with your account"),
        why=_("Every act stands in the trail, so that whoever misuses it is found. It is never changed or deleted."),
        tables=("foundation.AuditEntry",),
        read=_trail,
    ),
}
