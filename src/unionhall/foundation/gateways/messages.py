"""What goes through a gateway, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from unionhall.foundation.enums import Outcome


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one contact. Printing it shows neither the contact nor what it says.

    channel: "mail" or "sms". to: normalized. body: plain text, always; html: the same, dressed, for mail only.
    purpose: why it is sent, such as "sign_in_code", for statistics. sender: an address of our own, for mail.
    """

    channel: Literal["mail", "sms"]
    to: str = field(repr=False)
    body: str = field(repr=False)
    subject: str = field(default="", repr=False)
    language: str = "en"
    purpose: str = ""
    html: str = field(default="", repr=False)
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message. reference: the provider's id of it; code: why it was not sent."""

    outcome: Outcome
    reference: str = ""
    code: str = ""

    @property
    def went(self) -> bool:
        """Whether the message left, or was kept where a demonstration keeps it."""
        return self.outcome in (Outcome.SENT, Outcome.KEPT)

    @property
    def may_retry(self) -> bool:
        """Whether sending it again later may help."""
        return self.outcome == Outcome.TRY_LATER
