"""What the operator is told to mend, each with the sentence that mends it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.checks import Error, Warning
from django.core.management import call_command
from django.db import connection

from tests.factories.foundation import AT, make_job
from unionhall.foundation import checks, crypto
from unionhall.foundation.gateways.mail import NULL_BACKEND
from unionhall.foundation.models import OutboxMessage


def ids(found):
    assert all(message.hint and message.hint[-1] not in " ," for message in found)
    return [message.id for message in found]


@pytest.fixture
def real(settings, monkeypatch):
    """The settings of a real local at a public address, as they should be."""
    settings.DEMO, settings.DEBUG, settings.BASE_URL = False, False, "https://campaign.example.org"
    settings.ALLOWED_HOSTS, settings.SECURE_PROXY_SSL_HEADER = ["campaign.example.org"], ("X", "https")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.SMS_URL, settings.EMPLOYER_DOMAINS = "twilio://A:T@+12135550100", ("district.example",)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    monkeypatch.setattr(checks.apps, "is_installed", lambda name: name != "unionhall.demo")
    return settings


@pytest.fixture
def key_file(tmp_path, settings) -> Path:
    path = tmp_path / "contacts.key"
    path.write_text("a" * 64)
    path.chmod(0o600)
    settings.CONTACTS_KEY_FILE = path
    crypto._read_ring.cache_clear()
    yield path
    crypto._read_ring.cache_clear()


def test_a_house_in_order_is_told_nothing(real, key_file):
    found = [
        *checks.check_keys(),
        *checks.check_demo(),
        *checks.check_address(),
        *checks.check_machinery(),
        *checks.check_gateways(),
        *checks.check_database(),
    ]

    assert found == []


def test_a_missing_key_is_an_error(key_file):
    key_file.unlink()

    (found,) = checks.check_keys()

    assert isinstance(found, Error)
    assert found.id == "foundation.E001"
    assert "contacts.key" in found.msg


def test_a_damaged_old_key_is_an_error(key_file):
    key_file.with_name("contacts.old-2025.key").write_text("no key")

    (found,) = checks.check_keys()

    assert "contacts.old-2025.key" in found.msg


@pytest.mark.parametrize(
    ("mode", "expected"), [(0o600, []), (0o400, []), (0o640, ["foundation.W001"]), (0o604, ["foundation.W001"])]
)
def test_a_key_others_may_read_is_warned_of(key_file, mode, expected):
    key_file.chmod(mode)

    assert ids(checks.check_keys()) == expected


def test_demonstration_outside_demo_mode_is_an_error(settings):
    settings.DEMO = False

    assert ids(checks.check_demo()) == ["foundation.E002"]


@pytest.mark.parametrize(
    ("hosts", "expected"), [(["localhost", "[::1]"], []), (["localhost", "demo.example.org"], ["foundation.W002"])]
)
def test_demonstration_open_to_others_is_warned_of(settings, hosts, expected):
    settings.DEMO, settings.ALLOWED_HOSTS = True, hosts

    assert ids(checks.check_demo()) == expected


@pytest.mark.parametrize(
    ("base_url", "debug", "proxy", "expected"),
    [
        ("http://localhost:8000", True, None, []),
        ("http://campaign.example.org", False, None, ["foundation.W003"]),
        ("https://campaign.example.org", True, ("X", "https"), ["foundation.E003"]),
        ("https://campaign.example.org", False, None, ["foundation.W004"]),
    ],
)
def test_a_public_address_is_looked_at(settings, base_url, debug, proxy, expected):
    settings.BASE_URL, settings.DEBUG, settings.SECURE_PROXY_SSL_HEADER = base_url, debug, proxy

    assert ids(checks.check_address()) == expected


def test_a_cache_of_one_process_does_not_fit_several(real, monkeypatch):
    monkeypatch.setitem(real.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    real.CACHES = {"default": {"BACKEND": checks.LOCMEM}}

    assert ids(checks.check_machinery()) == ["foundation.W005"]


def test_work_done_at_once_is_warned_of(real):
    real.TASKS = {"default": {"BACKEND": checks.IMMEDIATE}}

    assert ids(checks.check_machinery()) == ["foundation.W006"]


def test_silent_gateways_are_warned_of(real):
    real.EMAIL_BACKEND, real.SMS_URL, real.EMPLOYER_DOMAINS = NULL_BACKEND, "null://", ()

    assert ids(checks.check_gateways()) == ["foundation.W007", "foundation.W008", "foundation.W009"]


def test_half_an_address_of_texts_is_an_error(settings):
    settings.SMS_URL = "twilio://account"

    assert ids(checks.check_gateways()) == ["foundation.E004"]


def test_a_demonstration_needs_no_gateways(settings):
    settings.DEMO, settings.SMS_URL = True, "null://"

    assert checks.check_gateways() == []


@pytest.mark.django_db
def test_values_under_a_lost_key_are_an_error(key_file):
    OutboxMessage.objects.create(at=AT, channel="sms", to="+12135550142", body="x")
    assert checks.check_database(databases=["default"]) == []

    key_file.write_text("b" * 64)
    crypto._read_ring.cache_clear()
    make_job()

    (found,) = checks.check_database(databases=["default"])
    assert found.id == "foundation.E005"
    assert found.msg == (
        "Values cannot be read with the keys here: foundation.OutboxMessage.body, foundation.OutboxMessage.subject, "
        "foundation.OutboxMessage.to."
    )


@pytest.mark.django_db
def test_an_unguarded_trail_is_warned_of(monkeypatch):
    monkeypatch.setattr("unionhall.foundation.audit.is_guarded", lambda: False)

    (found,) = checks.check_database(databases=["default"])

    assert isinstance(found, Warning)
    assert found.id == "foundation.W010"


@pytest.mark.django_db
def test_a_database_not_migrated_yet_is_left_alone(monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)

    assert checks.check_database(databases=["default"]) == []


@pytest.mark.django_db
def test_django_runs_them(capsys):
    call_command("check", databases=["default"])

    assert "foundation.E" not in capsys.readouterr().err
