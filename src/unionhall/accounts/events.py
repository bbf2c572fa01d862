"""What happens in accounts, told after the transaction is safe. Ids only: never a contact, a code or a token."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccountOpened:
    """Somebody may sign in from now on."""

    user_id: int


@dataclass(frozen=True, slots=True)
class RoleGranted:
    """A role was given. role: value of foundation.access.Role."""

    user_id: int
    grant_id: int
    role: str


@dataclass(frozen=True, slots=True)
class RoleEnded:
    """A role ended before or at its day. role: value of foundation.access.Role."""

    user_id: int
    grant_id: int
    role: str


@dataclass(frozen=True, slots=True)
class RolesFollowed:
    """Roles hold elsewhere, since a place or person they name became another one, or its own again."""

    grant_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PasswordResetAsked:
    """Somebody asked for a link to a new password. user_id: 0 where the mail is no account's."""

    user_id: int


@dataclass(frozen=True, slots=True)
class KeyChanged:
    """An account's password, second factor or passkeys changed. change: which, such as "totp_activated"."""

    user_id: int
    change: str


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """Somebody asked for a code; whether one is sent is decided by the task that hears this."""

    code_id: int


@dataclass(frozen=True, slots=True)
class ProofAsked:
    """A member wants to prove a number or address of hers; a code is sent there by the task that hears this."""

    proof_id: int


@dataclass(frozen=True, slots=True)
class ViewLinkAsked:
    """A personal link shall be sent to an account's own channel; made by the task that hears this, so that no queue
    holds it.
    """

    user_id: int


@dataclass(frozen=True, slots=True)
class LockdownBegun:
    """The inner rooms were closed."""

    lockdown_id: int


@dataclass(frozen=True, slots=True)
class LockdownLifted:
    """Two officers opened the inner rooms again."""

    lockdown_id: int


@dataclass(frozen=True, slots=True)
class InvitationAccepted:
    """Somebody took the role that was offered to them."""

    invitation_id: int
    user_id: int
