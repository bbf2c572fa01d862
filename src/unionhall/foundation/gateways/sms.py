"""Text messages, through the provider the settings name (SMS_URL): Twilio, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Protocol
from urllib.parse import unquote, urlsplit

import requests
from django.conf import settings
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from unionhall.foundation.crypto import Secret
from unionhall.foundation.enums import Outcome
from unionhall.foundation.gateways.mail import http_failure
from unionhall.foundation.gateways.messages import Delivery, Message

TIMEOUT_SECONDS: Final = 10.0


class SmsGateway(Protocol):
    """Anything that can send one text message."""

    def send(self, message: Message) -> Delivery:
        """Send it and say what became of it; never raises for a failure of the provider."""


class NullSms:
    """Sends nothing, and says so."""

    def send(self, message: Message) -> Delivery:
        """Kept: nothing left the house."""
        return Delivery(Outcome.KEPT, code="null_gateway")


@dataclass(frozen=True, slots=True)
class TwilioSms:
    """Texts through Twilio. sender: our number (E.164), or the id of a messaging service (MG...)."""

    account: str
    token: Secret
    sender: str
    http: Any = None

    def send(self, message: Message) -> Delivery:
        """Hand the text over; waits ten seconds at most and tries once, so that whoever queues decides on the rest."""
        http = self.http or TwilioHttpClient(timeout=TIMEOUT_SECONDS, max_retries=0)
        client = Client(self.account, self.token.reveal(), http_client=http)
        by = {"messaging_service_sid": self.sender} if self.sender.startswith("MG") else {"from_": self.sender}
        try:
            sent = client.messages.create(to=message.to, body=message.body, **by)
        except (TwilioRestException, TwilioServiceException) as error:
            return Delivery(http_failure(error.status).outcome, code=f"twilio_{error.code}")
        except requests.RequestException as error:
            return Delivery(Outcome.TRY_LATER, code=type(error).__name__)
        return Delivery(Outcome.SENT, reference=str(sent.sid))


def sms_gateway() -> SmsGateway:
    """The gateway of the settings."""
    return gateway_for(settings.SMS_URL)


def gateway_for(url: str) -> SmsGateway:
    """The gateway an address means: null://, or twilio://ACCOUNT:TOKEN@SENDER. Raises ValueError for another."""
    parts = urlsplit(url)
    if parts.scheme == "null":
        return NullSms()
    if parts.scheme != "twilio" or not (parts.username and parts.password and parts.netloc.rpartition("@")[2]):
        raise ValueError("write twilio://ACCOUNT:TOKEN@+12135550100, or null://")
    sender = unquote(parts.netloc.rpartition("@")[2])
    return TwilioSms(account=unquote(parts.username), token=Secret(unquote(parts.password)), sender=sender)
