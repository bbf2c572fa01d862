"""Tables of accounts: who may sign in, and what they were granted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.enums import CODE_TRIES, Caught, ContactKind, InvitationState, Method, TokenKind
from unionhall.foundation.access import Actor, Grant, Reach, Role
from unionhall.foundation.fields import EncryptedTextField
from unionhall.foundation.ids import new_public_id


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the mail is optional, since many members have none."""

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> User:
        """A new account. A blank mail is stored as none, so that many may lack one; no password: none is usable."""
        user = self.model(email=self.normalize_email(email) or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """The operator's own account, with every right of the Wagtail admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """The account of a mail, in whatever case it is written."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in: staff by mail and second factor, members by code or link."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("mail"), null=True, blank=True, unique=True)
    language = models.CharField(
        _("language"), max_length=2, default="en", choices=[("en", "English"), ("es", "Español")]
    )
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name", "pk")
        constraints = [models.CheckConstraint(condition=~models.Q(email=""), name="user_mail_is_null_not_blank")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as the person writes it."""
        return self.name

    def get_short_name(self) -> str:
        """The first word of the name."""
        return self.name.split(" ", 1)[0]

    def as_actor(self) -> Actor:
        """This account as the doer of an act."""
        return Actor(user_id=self.pk, label=self.trail_label)

    @property
    def trail_label(self) -> str:
        """What the audit trail calls it: staff by name, a member by public id, since the trail never forgets."""
        return self.name if self.is_staff else self.public_id


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Reads of the grants."""

    def holding(self, on: date) -> RoleGrantQuerySet:
        """Those that hold on that day: begun, not past their last day, not ended."""
        begun = self.filter(starts_on__lte=on, ended_at__isnull=True)
        return begun.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=on))


class RoleGrant(models.Model):
    """One role given to one account, in one scope, for a time.

    codes: where it holds now. named: where it was given, if a place or person it names became another one since, so
    that the role is back there once the two are parted.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    reach = models.CharField(max_length=10, choices=[(reach.value, reach.value) for reach in Reach])
    codes = models.JSONField(default=list, blank=True)
    named = models.JSONField(default=list, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[models.Manager[RoleGrant]] = models.Manager.from_queryset(RoleGrantQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="grant_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"

    def as_grant(self) -> Grant:
        """This row as the value that access doors read."""
        return Grant(role=Role(self.role), reach=Reach(self.reach), codes=frozenset(self.codes))


class SignInContact(models.Model):
    """A channel that a member controls and may sign in by. Several people may share one phone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_contacts")
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.value) for kind in ContactKind])
    value = EncryptedTextField(context="accounts.signincontact")
    index = models.CharField(max_length=32, db_index=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "index"], name="sign_in_contact_once_an_account")]

    def __str__(self) -> str:
        return self.kind


class SignInCode(models.Model):
    """One asking for a code, from one browser. Holds keyed hashes only: of the contact, browser, code.

    A row is written whether the contact is known or not, so that nobody can tell. contact_under_all_keys: its hashes
    under every key, while a rotation is under way. asker: of contact and address together. `code` stays blank until a
    code went out; `proved_at` is when it was typed rightly, `used_at` when somebody came in by it.
    """

    browser = models.CharField(max_length=32, db_index=True)
    contact = models.CharField(max_length=32, db_index=True)
    contact_under_all_keys = models.JSONField(default=list)
    asker = models.CharField(max_length=32)
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.value) for kind in ContactKind])
    language = models.CharField(max_length=2)
    code = models.CharField(max_length=32, blank=True)
    asked_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    proved_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [models.CheckConstraint(condition=models.Q(tries__lte=CODE_TRIES), name="sign_in_code_tries")]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_at:%Y-%m-%d %H:%M}"


class SignInToken(models.Model):
    """A personal link or a paper code: dated, of few uses, stored as a keyed hash."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_tokens")
    kind = models.CharField(max_length=5, choices=[(kind.value, kind.value) for kind in TokenKind])
    token = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    uses_left = models.PositiveSmallIntegerField(default=1)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(expires_at__gt=models.F("made_at")), name="sign_in_token_lasts")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d}"


class ContactProof(models.Model):
    """A number or address that a member wants to be reached by and has not proved yet. Proved, the row goes.

    index: keyed hash of the contact, by which askings are counted. code: keyed hash, blank until one went out.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.value) for kind in ContactKind])
    value = EncryptedTextField(context="accounts.contactproof")
    index = models.CharField(max_length=32, db_index=True)
    language = models.CharField(max_length=2)
    code = models.CharField(max_length=32, blank=True)
    asked_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [models.CheckConstraint(condition=models.Q(tries__lte=CODE_TRIES), name="contact_proof_tries")]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_at:%Y-%m-%d %H:%M}"


class Device(models.Model):
    """A place where somebody is signed in: one browser, named in words, revocable by its owner.

    session: the key of the running session. token: keyed hash of the cookie of a browser that was asked to be
    remembered; blank where it was not.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    name = models.CharField(max_length=80)
    session = models.CharField(max_length=40, db_index=True)
    token = models.CharField(max_length=32, blank=True, db_index=True)
    method = models.CharField(max_length=8, choices=[(method.value, method.value) for method in Method])
    signed_in_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-seen_at", "-pk")

    def __str__(self) -> str:
        return self.name


class Slowdown(models.Model):
    """Failed tries of one account from one address together, so that guessing becomes slow and nobody is shut out.

    key: keyed hash of both; neither can be read from it.
    """

    key = models.CharField(max_length=32, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.failures} until {self.last_at:%Y-%m-%d %H:%M}"


class Invitation(models.Model):
    """A role offered to somebody on a channel of their own, accepted there by a button.

    value: the contact, encrypted; gone once the invitation is settled. token: keyed hash of the secret in the link.
    codes: as in RoleGrant. place: where the role holds, in words, as the one who invites saw it. ends_on: last day of
    the role. agreed_by: the second person, for a role that two must give; blank while they have not. caught_at: when
    the link was opened by somebody who stands on the employer's side, as caught_why says; she was let in nowhere.
    cleared_at: when somebody of ours said that it may be taken all the same. forgotten_at: when the contact of an
    invitation that ran out was deleted.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("es", "Español")])
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.value) for kind in ContactKind])
    value = EncryptedTextField(context="accounts.invitation")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    reach = models.CharField(max_length=10, choices=[(reach.value, reach.value) for reach in Reach])
    codes = models.JSONField(default=list, blank=True)
    place = models.CharField(max_length=250, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    token = models.CharField(max_length=32, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wants_second = models.BooleanField(default=False)
    agreed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    caught_at = models.DateTimeField(null=True, blank=True)
    caught_why = models.CharField(max_length=12, blank=True, choices=[(why.value, why.value) for why in Caught])
    cleared_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-invited_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("invited_at")), name="invitation_lasts_for_a_while"
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by__isnull=True)
                | models.Q(invited_by__isnull=True)
                | ~models.Q(agreed_by=models.F("invited_by")),
                name="invitation_agreed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True)
                | models.Q(wants_second=False)
                | models.Q(agreed_at__isnull=False),
                name="invitation_by_two_is_agreed_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} for {self.name}"

    def state(self, at: datetime) -> InvitationState:
        """How far the invitation has come at that instant."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.caught_at is not None:
            return InvitationState.CAUGHT
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        if at >= self.expires_at:
            return InvitationState.EXPIRED
        waits = self.wants_second and self.agreed_at is None
        return InvitationState.WAITS_FOR_SECOND if waits else InvitationState.SENT


class Lockdown(models.Model):
    """A time in which the inner rooms were closed: every session ended, exports stopped, the public site stayed.

    why: the reason in a sentence. stands: "yes" until two officers have agreed to open again, then null, so that the
    database lets one stand at a time. lifted_at: when the second of them agreed.
    """

    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=120)
    why = models.CharField(max_length=250, blank=True)
    stands = models.CharField(max_length=3, null=True, unique=True, default="yes")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-begun_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stands="yes", lifted_at__isnull=True)
                | models.Q(stands__isnull=True, lifted_at__isnull=False),
                name="lockdown_stands_until_it_is_lifted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}"


class LockdownVoice(models.Model):
    """One officer's word that a lockdown may end. The second one's opens the rooms."""

    lockdown = models.ForeignKey(Lockdown, on_delete=models.CASCADE, related_name="voices")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["lockdown", "user"], name="lockdown_voice_once_an_officer")]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.lockdown_id}"
