"""Where a demonstration's mail goes, whoever sends it: Django's mail backend of demo mode."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from unionhall.foundation import clock
from unionhall.foundation.gateways import keep
from unionhall.foundation.gateways.messages import Message


class OutboxBackend(BaseEmailBackend):
    """Keeps one outbox row for each recipient and sends nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the mails; how many they were."""
        for mail in email_messages:
            for recipient in mail.recipients():
                self._keep(mail, parseaddr(recipient)[1])
        return len(email_messages)

    def _keep(self, mail: EmailMessage, to: str) -> None:
        language = (get_language() or "en")[:2]
        message = Message("mail", to=to, subject=str(mail.subject), body=str(mail.body), language=language)
        keep(message, at=clock.now())
