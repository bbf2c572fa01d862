"""Guessing made slow: each failed try of one account from one address makes the next one wait; nothing ever closes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.models import Slowdown
from unionhall.foundation import crypto
from unionhall.foundation.errors import Refused

FREE_FAILURES: Final = 5
LONGEST_WAIT_SECONDS: Final = 300
FORGET_AFTER: Final = timedelta(hours=6)


class TooFast(Refused):
    """After several failed tries, before the wait is over. A passkey is never asked to wait."""

    code = "too_fast"
    status = 429
    message = _("Several tries failed. Wait %(seconds)s seconds and try again, or come in with a passkey.")


def require_patience(*, account: str, address: str, at: datetime) -> None:
    """Let the try pass when nothing has failed lately; never decides for longer than five minutes.

    account: what was typed to name it, in any case; address: the network address. Raises TooFast.
    """
    row = Slowdown.objects.filter(key=_key(account, address)).first()
    if row is None:
        return
    left = row.last_at + timedelta(seconds=wait_seconds(row.failures)) - at
    if left > timedelta(0):
        raise TooFast(seconds=int(left.total_seconds()) + 1)


@transaction.atomic
def count_failure(*, account: str, address: str, at: datetime) -> int:
    """One more failed try of that account from that address; gives how many there were in a row."""
    row, _made = Slowdown.objects.select_for_update().get_or_create(
        key=_key(account, address), defaults={"last_at": at}
    )
    row.failures = 1 if at - row.last_at > FORGET_AFTER else row.failures + 1
    row.last_at = at
    row.save(update_fields=["failures", "last_at"])
    return row.failures


def forget_failures(*, account: str, address: str) -> None:
    """The right try came: nothing waits any more from that address."""
    Slowdown.objects.filter(key=_key(account, address)).delete()


def wait_seconds(failures: int) -> int:
    """How long the next try waits: nothing after up to four failures, then 5, 10, 20 ... up to 300 seconds."""
    if failures < FREE_FAILURES:
        return 0
    doubled = min(failures - FREE_FAILURES, 10)
    return min(5 << doubled, LONGEST_WAIT_SECONDS)


def _key(account: str, address: str) -> str:
    return crypto.blind_index(f"{account.strip().casefold()}\n{address}", purpose="slowdown")
