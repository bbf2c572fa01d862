"""Mail, through the backend the settings name (MAIL_URL): Django's own for SMTP, django-anymail's for the providers."""

from __future__ import annotations

import smtplib
from typing import Final, Protocol

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from unionhall.foundation.enums import Outcome
from unionhall.foundation.gateways.messages import Delivery, Message

NULL_BACKEND: Final = "django.core.mail.backends.dummy.EmailBackend"
FIRST_PERMANENT: Final = 500


class MailGateway(Protocol):
    """Anything that can send one mail."""

    def send(self, message: Message) -> Delivery:
        """Send it and say what became of it; never raises for a failure of the provider."""


class NullMail:
    """Sends nothing, and says so."""

    def send(self, message: Message) -> Delivery:
        """Kept: nothing left the house."""
        return Delivery(Outcome.KEPT, code="null_gateway")


class BackendMail:
    """Mail through Django's backends."""

    def send(self, message: Message) -> Delivery:
        """Hand the mail over; plain text always, the dressed form beside it where there is one."""
        mail = EmailMultiAlternatives(
            message.subject, message.body, message.sender or settings.DEFAULT_FROM_EMAIL, [message.to]
        )
        if message.html:
            mail.attach_alternative(message.html, "text/html")
        # Whatever a provider's client raises becomes a Delivery: one bad address must not end a broadcast.
        try:
            mail.send()
        except Exception as error:
            return failure(error)
        status = getattr(mail, "anymail_status", None)
        return Delivery(Outcome.SENT, reference=str(getattr(status, "message_id", "") or ""))


def failure(error: Exception) -> Delivery:
    """The delivery that an error of a mail backend means: refused for good, or worth another try."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return _failed("smtp", max(codes, default=FIRST_PERMANENT))
    if isinstance(error, smtplib.SMTPResponseException):
        return _failed("smtp", error.smtp_code)
    if isinstance(error, AnymailRecipientsRefused):
        return Delivery(Outcome.REFUSED, code="recipient_refused")
    if isinstance(error, AnymailAPIError) and error.status_code is not None:
        return http_failure(error.status_code)
    return Delivery(Outcome.TRY_LATER, code=type(error).__name__)


def http_failure(status: int) -> Delivery:
    """The delivery that a provider's HTTP status means: 4xx is for good, but for 408 and 429; the rest passes."""
    permanent = 400 <= status < 500 and status not in (408, 429)
    return Delivery(Outcome.REFUSED if permanent else Outcome.TRY_LATER, code=f"http_{status}")


def mail_gateway() -> MailGateway:
    """The gateway of the settings."""
    return NullMail() if settings.EMAIL_BACKEND == NULL_BACKEND else BackendMail()


def _failed(prefix: str, code: int) -> Delivery:
    return Delivery(Outcome.REFUSED if code >= FIRST_PERMANENT else Outcome.TRY_LATER, code=f"{prefix}_{code}")
