"""The table of environment variables: defaults, what is refused and in which words, what is never shown."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from unionhall.config.settings import environment

ROOT = Path(__file__).resolve().parents[2]


def start(tmp_path: Path, code: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of its own, with these variables and no others of ours."""
    ours = {variable.name for variable in environment.TABLE}
    clean = {name: value for name, value in os.environ.items() if name not in ours and name != "DJANGO_SETTINGS_MODULE"}
    given = clean | {"DATA_DIR": str(tmp_path), "PYTHONPATH": "src"} | variables
    program = f"from unionhall.config import settings\n{code}"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=given, capture_output=True, text=True, check=False
    )


def test_defaults_need_no_variable() -> None:
    values = environment.read({})

    assert set(values) == {variable.name for variable in environment.TABLE}
    assert values["BASE_URL"] == "http://localhost:8000"
    assert values["TIME_ZONE"] == "America/Los_Angeles"
    assert values["DEMO"] is False
    assert values["DATABASE_URL"] == ""
    assert values["ALLOWED_HOSTS"] == ()


def test_empty_and_blank_values_take_the_default() -> None:
    assert environment.read({"TIME_ZONE": "  ", "DEMO": ""}) == environment.read({})


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("DEMO", "Yes", True),
        ("DEBUG", "off", False),
        ("ALLOWED_HOSTS", " a.example.org, ,b.example.org", ("a.example.org", "b.example.org")),
        ("HSTS_SECONDS", "0", 0),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("CACHE_URL", "redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/0"),
    ],
)
def test_values_are_read_as_their_type(name: str, text: str, value: Any) -> None:
    assert environment.read({name: text})[name] == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("BASE_URL", "campaign.example.org"),
        ("DATABASE_URL", "mysql://somewhere/else"),
        ("CACHE_URL", "memcached://127.0.0.1"),
        ("TASKS_URL", "celery://"),
        ("MAIL_URL", "pigeon://roof"),
        ("SMS_URL", "http://example.org"),
        ("DEMO", "maybe"),
        ("HSTS_SECONDS", "-5"),
        ("HSTS_SECONDS", "a year"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("TIME_ZONE", "../../etc/passwd"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_value_that_cannot_be_meant_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"^Settings to mend before Unionhall can start:\n  {name}: "):
        environment.read({name: text})


def test_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").touch()

    with pytest.raises(ImproperlyConfigured, match="DATA_DIR"):
        environment.read({"DATA_DIR": str(tmp_path / "data")})


def test_all_wrong_values_are_told_at_once() -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.read({"DEMO": "maybe", "TIME_ZONE": "Mars/Olympus"})

    lines = str(caught.value).split("\n")
    assert len(lines) == 3
    assert lines[1] == "  DEMO: “maybe” cannot be used; write 1 or 0."
    assert lines[2].startswith("  TIME_ZONE: “Mars/Olympus” cannot be used; name a zone")


@pytest.mark.parametrize("variable", [v for v in environment.TABLE if v.secret], ids=lambda variable: variable.name)
def test_secret_is_never_shown(variable: environment.Variable) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.read({variable.name: "wrong://rosa:marigold-2026@example.org"})

    assert "marigold" not in str(caught.value)
    assert f"{variable.name}: its value cannot be used" in str(caught.value)


@pytest.mark.parametrize("variable", environment.TABLE, ids=lambda variable: variable.name)
def test_variable_says_what_it_is_for_and_its_example_is_accepted(variable: environment.Variable) -> None:
    assert variable.help.endswith((".", "+12135550100"))
    if variable.example:
        assert environment.read({variable.name: variable.example})


def test_start_is_refused_with_the_sentence(tmp_path: Path) -> None:
    done = start(tmp_path, TIME_ZONE="Mars/Olympus", CACHE_URL="memcached://u:marigold@h")

    assert done.returncode == 1
    assert "TIME_ZONE: “Mars/Olympus” cannot be used" in done.stderr
    assert "CACHE_URL: its value cannot be used" in done.stderr
    assert "marigold" not in done.stderr


def test_https_turns_the_locks(tmp_path: Path) -> None:
    code = "print(settings.SECURE_HSTS_SECONDS, settings.SESSION_COOKIE_SECURE, settings.SECURE_PROXY_SSL_HEADER)"

    plain = start(tmp_path, code)
    https = start(tmp_path, code, BASE_URL="https://campaign.example.org", TRUST_PROXY="1")

    assert plain.stdout.strip() == "0 False None"
    assert https.stdout.strip() == "31536000 True ('HTTP_X_FORWARDED_PROTO', 'https')"


def test_demo_answers_on_this_machine_only_unless_told(tmp_path: Path) -> None:
    code = "print('campaign.example.org' in settings.ALLOWED_HOSTS)"
    address = "https://campaign.example.org"

    assert start(tmp_path, code, BASE_URL=address).stdout.strip() == "True"
    assert start(tmp_path, code, BASE_URL=address, DEMO="1").stdout.strip() == "False"
    assert start(tmp_path, code, BASE_URL=address, DEMO="1", DEMO_PUBLIC="1").stdout.strip() == "True"


def test_invented_people_exist_in_demo_mode_alone(tmp_path: Path) -> None:
    code = "print('unionhall.demo' in settings.INSTALLED_APPS)"

    assert start(tmp_path, code).stdout.strip() == "False"
    assert start(tmp_path, code, DEMO="1").stdout.strip() == "True"
