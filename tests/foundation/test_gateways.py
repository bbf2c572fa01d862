"""Messages leave by one door, and what became of each is said in its type."""

from __future__ import annotations

import logging
import smtplib

import pytest
import requests
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused, AnymailRequestsAPIError
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives, send_mail
from django.utils import translation
from twilio.http import HttpClient
from twilio.http.response import Response

from tests.factories.foundation import AT
from unionhall.config.settings.mail import mail_settings
from unionhall.foundation import gateways
from unionhall.foundation.crypto import Secret
from unionhall.foundation.enums import Outcome
from unionhall.foundation.gateways import Delivery, Message, deliver
from unionhall.foundation.gateways.mail import NULL_BACKEND, BackendMail, NullMail, failure, mail_gateway
from unionhall.foundation.gateways.outbox import OutboxBackend
from unionhall.foundation.gateways.sms import NullSms, TwilioSms, gateway_for, sms_gateway
from unionhall.foundation.models import OutboxMessage

MAIL = Message("mail", to="beto@example.org", subject="Hola", body="Tu código es 123456", purpose="sign_in_code")
TEXT = Message("sms", to="+12135550142", body="Tu código es 123456", language="es", purpose="sign_in_code")


# The door


@pytest.mark.django_db
@pytest.mark.parametrize("message", [MAIL, TEXT])
def test_demonstration_keeps_what_it_would_send(message, settings):
    settings.DEMO = True

    delivery = deliver(message, at=AT)

    row = OutboxMessage.objects.get()
    assert delivery == Delivery(Outcome.KEPT, reference=row.public_id)
    assert (row.channel, row.to, row.subject, row.body) == (message.channel, message.to, message.subject, message.body)
    assert (row.at, row.language, row.purpose) == (AT, message.language, message.purpose)
    assert (delivery.went, delivery.may_retry, mail.outbox) == (True, False, [])


@pytest.mark.django_db
@pytest.mark.parametrize("demo", [True, False])
def test_the_employer_is_never_written_to(settings, demo):
    settings.DEMO, settings.EMPLOYER_DOMAINS = demo, ("district.example",)

    delivery = deliver(Message("mail", to="beto@mail.District.example", body="x"), at=AT)

    assert delivery == Delivery(Outcome.REFUSED, code="employer_address")
    assert (OutboxMessage.objects.count(), mail.outbox) == (0, [])


def test_mail_goes_through_django_s_backend(settings):
    settings.DEMO = False

    delivery = deliver(MAIL, at=AT)

    (sent,) = mail.outbox
    assert delivery == Delivery(Outcome.SENT)
    assert (sent.to, sent.subject, sent.body) == (["beto@example.org"], "Hola", "Tu código es 123456")
    assert (sent.from_email, sent.alternatives) == (settings.DEFAULT_FROM_EMAIL, [])


def test_mail_carries_plain_text_beside_its_dressed_form(settings):
    settings.DEMO = False

    deliver(Message("mail", to="beto@example.org", body="Hola", html="<p>Hola</p>", sender="a@example.org"), at=AT)

    (sent,) = mail.outbox
    assert (sent.body, sent.from_email) == ("Hola", "a@example.org")
    assert [tuple(part) for part in sent.alternatives] == [("<p>Hola</p>", "text/html")]


def test_a_failure_is_logged_without_contact_or_words(settings, monkeypatch, caplog):
    settings.DEMO = False

    def fail(self):
        raise smtplib.SMTPRecipientsRefused({"beto@example.org": (550, b"no such user beto@example.org")})

    monkeypatch.setattr(EmailMultiAlternatives, "send", fail)

    with caplog.at_level(logging.WARNING, logger="unionhall.foundation.gateways"):
        delivery = deliver(MAIL, at=AT)

    assert delivery == Delivery(Outcome.REFUSED, code="smtp_550")
    assert caplog.messages == ["a mail (sign_in_code) was not sent: smtp_550"]


def test_printing_a_message_shows_neither_contact_nor_words():
    assert repr(TEXT) == "Message(channel='sms', language='es', purpose='sign_in_code', sender='')"


def test_without_a_provider_nothing_leaves(settings):
    settings.DEMO, settings.EMAIL_BACKEND, settings.SMS_URL = False, NULL_BACKEND, "null://"

    assert deliver(MAIL, at=AT) == deliver(TEXT, at=AT) == Delivery(Outcome.KEPT, code="null_gateway")
    assert isinstance(gateways.gateway_of(MAIL), NullMail)
    assert isinstance(gateways.gateway_of(TEXT), NullSms)


def test_gateways_follow_the_settings(settings):
    settings.SMS_URL = "twilio://ACCOUNT:TOKEN@+12135550100"

    assert isinstance(sms_gateway(), TwilioSms)
    assert isinstance(mail_gateway(), BackendMail)


# Mail: what a failure means


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"")}), Delivery(Outcome.REFUSED, code="smtp_550")),
        (smtplib.SMTPRecipientsRefused({"a": (451, b"")}), Delivery(Outcome.TRY_LATER, code="smtp_451")),
        (smtplib.SMTPRecipientsRefused({}), Delivery(Outcome.REFUSED, code="smtp_500")),
        (smtplib.SMTPDataError(554, b""), Delivery(Outcome.REFUSED, code="smtp_554")),
        (smtplib.SMTPServerDisconnected(), Delivery(Outcome.TRY_LATER, code="SMTPServerDisconnected")),
        (TimeoutError(), Delivery(Outcome.TRY_LATER, code="TimeoutError")),
        (AnymailRecipientsRefused(), Delivery(Outcome.REFUSED, code="recipient_refused")),
        (AnymailAPIError(), Delivery(Outcome.TRY_LATER, code="AnymailAPIError")),
    ],
)
def test_failure_tells_for_good_from_for_now(error, expected):
    assert failure(error) == expected


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (400, "refused"),
        (401, "refused"),
        (408, "try_later"),
        (429, "try_later"),
        (500, "try_later"),
        (503, "try_later"),
    ],
)
def test_provider_s_status_tells_for_good_from_for_now(status, outcome):
    response = requests.Response()
    response.status_code = status

    assert failure(AnymailRequestsAPIError(response=response)) == Delivery(Outcome(outcome), code=f"http_{status}")


def test_reference_of_the_provider_is_kept(monkeypatch):
    class Status:
        message_id = "abc-1"

    def send(self):
        self.anymail_status = Status

    monkeypatch.setattr(EmailMultiAlternatives, "send", send)

    assert BackendMail().send(MAIL) == Delivery(Outcome.SENT, reference="abc-1")


# Mail: the settings


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("null://", {"EMAIL_BACKEND": NULL_BACKEND}),
        ("console://", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
        (
            "smtps://u%40x:p%2Fw@mail.example.org",
            {
                "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "EMAIL_HOST": "mail.example.org",
                "EMAIL_PORT": 465,
                "EMAIL_HOST_USER": "u@x",
                "EMAIL_HOST_PASSWORD": "p/w",
                "EMAIL_USE_SSL": True,
                "EMAIL_USE_TLS": False,
                "EMAIL_TIMEOUT": 15,
            },
        ),
        (
            "mailgun://key@mg.example.org?eu=1",
            {
                "EMAIL_BACKEND": "anymail.backends.mailgun.EmailBackend",
                "ANYMAIL": {
                    "REQUESTS_TIMEOUT": 15,
                    "MAILGUN_API_KEY": "key",
                    "MAILGUN_SENDER_DOMAIN": "mg.example.org",
                    "MAILGUN_API_URL": "https://api.eu.mailgun.net/v3",
                },
            },
        ),
        (
            "postmark://token@",
            {
                "EMAIL_BACKEND": "anymail.backends.postmark.EmailBackend",
                "ANYMAIL": {"REQUESTS_TIMEOUT": 15, "POSTMARK_SERVER_TOKEN": "token"},
            },
        ),
        (
            "sendgrid://key@",
            {
                "EMAIL_BACKEND": "anymail.backends.sendgrid.EmailBackend",
                "ANYMAIL": {"REQUESTS_TIMEOUT": 15, "SENDGRID_API_KEY": "key"},
            },
        ),
    ],
)
def test_address_of_mail_becomes_settings(url, expected):
    assert mail_settings(url) == expected


@pytest.mark.parametrize(
    ("url", "host", "port", "ssl", "tls"),
    [
        ("smtp://localhost", "localhost", 25, False, False),
        ("smtp://u:p@mail.example.org", "mail.example.org", 587, False, True),
        ("smtp://u:p@mail.example.org:2525?tls=0", "mail.example.org", 2525, False, False),
        ("smtp://mail.example.org?tls=1", "mail.example.org", 587, False, True),
        ("ses://u:p@us-west-2", "email-smtp.us-west-2.amazonaws.com", 465, True, False),
    ],
)
def test_smtp_is_encrypted_where_a_password_goes(url, host, port, ssl, tls):
    found = mail_settings(url)

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (ssl, tls)


@pytest.mark.parametrize("url", ["smtps://", "postmark://", "mailgun://swordfish@", "mailgun://mg.example.org"])
def test_half_an_address_stops_the_start_without_showing_it(url):
    with pytest.raises(ImproperlyConfigured) as caught:
        mail_settings(url)

    assert str(caught.value).startswith("MAIL_URL names no ")
    assert "swordfish" not in str(caught.value)


def test_mailgun_stays_in_its_home_region_unless_told():
    assert "MAILGUN_API_URL" not in mail_settings("mailgun://key@mg.example.org")["ANYMAIL"]


# Texts


class FakeTwilio(HttpClient):
    """Twilio's wire, answering as told."""

    def __init__(self, answer):
        self.answer, self.sent = answer, []

    def request(
        self, method, url, params=None, data=None, headers=None, auth=None, timeout=None, allow_redirects=False
    ):
        self.sent.append((method, url, data, auth))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def twilio(answer, sender="+12135550100"):
    wire = FakeTwilio(answer)
    return TwilioSms(account="AC1", token=Secret("swordfish"), sender=sender, http=wire), wire


@pytest.mark.parametrize(("sender", "field"), [("+12135550100", "From"), ("MG123", "MessagingServiceSid")])
def test_twilio_sends_from_a_number_or_a_service(sender, field):
    gateway, wire = twilio(Response(201, '{"sid": "SM1"}'), sender)

    assert gateway.send(TEXT) == Delivery(Outcome.SENT, reference="SM1")
    ((method, url, data, auth),) = wire.sent
    assert (method, auth) == ("POST", ("AC1", "swordfish"))
    assert url == "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json"
    assert data == {"To": "+12135550142", field: sender, "Body": "Tu código es 123456"}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Response(400, '{"code": 21610, "message": "x"}'), Delivery(Outcome.REFUSED, code="twilio_21610")),
        (Response(429, '{"code": 20429, "message": "x"}'), Delivery(Outcome.TRY_LATER, code="twilio_20429")),
        (
            Response(400, '{"type": "x", "title": "x", "status": 400, "code": 30007}'),
            Delivery(Outcome.REFUSED, code="twilio_30007"),
        ),
        (Response(502, "<html>"), Delivery(Outcome.TRY_LATER, code="twilio_502")),
        (Response(503, '{"message": "x"}'), Delivery(Outcome.TRY_LATER, code="twilio_503")),
        (requests.ConnectTimeout("to +12135550142"), Delivery(Outcome.TRY_LATER, code="ConnectTimeout")),
    ],
)
def test_twilio_s_refusals_say_whether_to_try_again(answer, expected):
    gateway, wire = twilio(answer)

    assert gateway.send(TEXT) == expected
    assert len(wire.sent) == 1


def test_twilio_waits_ten_seconds_at_most_and_tries_once(monkeypatch):
    made = {}

    def client(**kwargs):
        made.update(kwargs)
        return FakeTwilio(Response(201, '{"sid": "SM1"}'))

    monkeypatch.setattr("unionhall.foundation.gateways.sms.TwilioHttpClient", client)

    gateway_for("twilio://AC1:swordfish@+12135550100").send(TEXT)

    assert made == {"timeout": 10.0, "max_retries": 0}


def test_address_of_texts_becomes_a_gateway():
    gateway = gateway_for("twilio://AC1:sword%2Ffish@MG123")

    assert (gateway.account, gateway.token.reveal(), gateway.sender) == ("AC1", "sword/fish", "MG123")
    assert "sword" not in repr(gateway)
    assert isinstance(gateway_for("null://"), NullSms)


@pytest.mark.parametrize("url", ["twilio://", "twilio://AC1@+1", "twilio://AC1:t@", "carrier://pigeon", ""])
def test_half_an_address_of_texts_is_refused(url):
    with pytest.raises(ValueError, match="write twilio://"):
        gateway_for(url)


# The outbox, for whoever sends mail without our door


@pytest.mark.django_db
def test_mail_of_other_software_is_kept_too(settings):
    with translation.override("es"):
        sent = send_mail(
            "Hola",
            "Tu código",
            "hall@localhost",
            ["Beto Ruiz <beto@example.org>", "cleo@example.org"],
            connection=OutboxBackend(),
        )

    rows = OutboxMessage.objects.order_by("pk")
    assert sent == 1
    assert [(row.to, row.subject, row.language) for row in rows] == [
        ("beto@example.org", "Hola", "es"),
        ("cleo@example.org", "Hola", "es"),
    ]
    assert str(rows[0]) == f"mail {rows[0].public_id}"
