"""What goes out after a page has answered, so that no timing tells what we know. Queued: ids, never a secret."""

from __future__ import annotations

from django_tasks import task

from unionhall.accounts import operations
from unionhall.accounts.events import CodeAsked, KeyChanged, PasswordResetAsked, ProofAsked
from unionhall.foundation import clock, events


@task()
def send_code(code_id: int) -> None:
    """Make and send the code of one asking, where it reaches somebody."""
    at = clock.now()
    operations.send_code(code_id=code_id, at=at)
    operations.forget_old_askings(at=at)


@task()
def send_password_reset(user_id: int) -> None:
    """Send the link to a new password, where the mail was a staff account's."""
    operations.send_password_reset(user_id=user_id, at=clock.now())


@task()
def send_key_notice(user_id: int, change: str) -> None:
    """Tell an account's owner that a key changed."""
    operations.send_key_notice(user_id=user_id, change=change, at=clock.now())


@events.subscribe(CodeAsked)
def queue_code(event: CodeAsked) -> None:
    """A code was asked for."""
    send_code.enqueue(event.code_id)


@events.subscribe(PasswordResetAsked)
def queue_password_reset(event: PasswordResetAsked) -> None:
    """A new password was asked for."""
    send_password_reset.enqueue(event.user_id)


@events.subscribe(KeyChanged)
def queue_key_notice(event: KeyChanged) -> None:
    """A key changed."""
    send_key_notice.enqueue(event.user_id, event.change)


@task()
def send_proof(proof_id: int) -> None:
    """Send the code by which a member shows that a number or address is hers."""
    operations.send_proof(proof_id=proof_id, at=clock.now())


@events.subscribe(ProofAsked)
def queue_proof(event: ProofAsked) -> None:
    """A member wants to be reached elsewhere."""
    send_proof.enqueue(event.proof_id)
