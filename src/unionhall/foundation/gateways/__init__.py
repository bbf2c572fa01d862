"""How messages leave the house: one door, whatever the channel and the provider.

`deliver` takes one message and says what became of it. It never raises for a provider's failure, never writes to the
employer's domains, and logs ids and codes only. A demonstration sends nothing: what it would have sent is kept in the
outbox and read at /hall/outbox/.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings

from unionhall.foundation.contacts import is_employer_mail
from unionhall.foundation.enums import Outcome
from unionhall.foundation.gateways.mail import MailGateway, mail_gateway
from unionhall.foundation.gateways.messages import Delivery, Message
from unionhall.foundation.gateways.sms import SmsGateway, sms_gateway
from unionhall.foundation.models import OutboxMessage

__all__ = ["Delivery", "MailGateway", "Message", "SmsGateway", "deliver", "gateway_of"]

logger = logging.getLogger(__name__)


def deliver(message: Message, *, at: datetime) -> Delivery:
    """Send one message and say what became of it; in demo mode, keep it in the outbox.

    Never inside a transaction: a provider may take seconds. An address in the employer's domains is refused.
    """
    if message.channel == "mail" and is_employer_mail(message.to):
        return Delivery(Outcome.REFUSED, code="employer_address")
    if settings.DEMO:
        return keep(message, at=at)
    delivery = gateway_of(message).send(message)
    if not delivery.went:
        logger.warning("a %s (%s) was not sent: %s", message.channel, message.purpose or "-", delivery.code)
    return delivery


def gateway_of(message: Message) -> MailGateway | SmsGateway:
    """The gateway the settings name for the message's channel."""
    return mail_gateway() if message.channel == "mail" else sms_gateway()


def keep(message: Message, *, at: datetime) -> Delivery:
    """Put a message into the demonstration's outbox."""
    row = OutboxMessage.objects.create(
        at=at,
        channel=message.channel,
        to=message.to,
        subject=message.subject,
        body=message.body,
        language=message.language,
        purpose=message.purpose,
    )
    return Delivery(Outcome.KEPT, reference=row.public_id)
