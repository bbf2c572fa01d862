"""A real local begins: `unionhall init`, its empty pages teach in both languages, its administrator signs in."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from typer.testing import CliRunner

from unionhall.accounts import queries
from unionhall.cli.main import app
from unionhall.foundation import clock, vocabulary

pytestmark = pytest.mark.django_db
LOCAL = (
    "init", "--yes", "--json", "--name", "Local 7", "--employer", "Valley Unified", "--vocabulary", "school",
    "--admin-name", "Dana Ruiz", "--admin-mail", "dana@example.org",
)  # fmt: skip
CAMPAIGN = (
    "--campaign", "valley", "--campaign-name", "Valley United", "--slogan", "Enough|Basta",
    "--who-we-are", "We are the aides.|Somos quienes asisten.",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _real(settings):
    settings.DEMO = False


def command(*words: str):
    """The command line, called in this process."""
    return CliRunner().invoke(app, list(words), prog_name="unionhall")


def sign_in(client: Client, password: str) -> None:
    """Dana signs in by password, is led to her second factor, sets it up, and is in."""
    client.post("/account/login/", {"login": "dana@example.org", "password": password})
    assert client.get("/hall/campaigns/").status_code != 200
    client.get("/account/second-factor/app/add/")
    code = queries.totp_code(secret=client.session["mfa.totp.secret"], at=clock.now())
    client.post("/account/second-factor/app/add/", {"code": code})


def test_an_empty_local_teaches_signs_its_administrator_in_and_opens_a_campaign(settings):
    made = command(*LOCAL)
    assert made.exit_code == 0, made.stderr
    vocabulary.forget()
    visitor, dana = Client(), Client()

    for address, taught in (("/en/", "Open the first campaign"), ("/es/", "Abrir la primera campaña")):
        page = visitor.get(address).content.decode()
        assert (taught in page, "Local 7" in page) == (True, True)
    told = json.loads(command("check", "--json").stdout)
    left = {finding["about"]: finding["todo"] for finding in told["findings"]}
    assert left["campaigns"] == f"Open the first one at {settings.BASE_URL}/hall/campaigns/new/"

    sign_in(dana, json.loads(made.stdout)["password"])
    rooms = dana.get("/hall/campaigns/")
    assert rooms.status_code == 200
    sent = {
        "slug": "valley", "name_en": "Valley United", "name_es": "Valle Unido", "slogan_en": "Enough",
        "slogan_es": "Basta", "who_we_are_en": "We are the aides.", "who_we_are_es": "Somos quienes asisten.",
        "union_name": "Local 7", "employer_en": "The schools", "employer_es": "Las escuelas", "skin": "purple",
        "languages": ["en", "es"],
    }  # fmt: skip
    assert dana.post("/hall/campaigns/new/", sent).status_code == 302
    assert "Empieza contigo" in visitor.get("/es/valley/").content.decode()


def test_a_local_begun_with_its_campaign_says_what_is_left(settings):
    assert command(*LOCAL, *CAMPAIGN).exit_code == 0

    for address, said in (("/en/valley/", "It begins with you"), ("/es/valley/", "Empieza contigo")):
        assert said in Client().get(address).content.decode()
    told = json.loads(command("check", "--json").stdout)
    finding = next(finding for finding in told["findings"] if finding["about"] == "campaign valley")
    assert "No phase is on record" in finding["found"]
    assert finding["todo"] == f"Keep its record at {settings.BASE_URL}/hall/campaigns/valley/"
