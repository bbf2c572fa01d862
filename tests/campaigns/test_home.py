"""The home page by phase: each phase changes the page, in both languages, and no part says the opposite of another."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.campaigns.test_views import text
from tests.factories import campaigns as factory
from unionhall.campaigns.models import Campaign
from unionhall.foundation import clock
from unionhall.foundation.bilingual import Bilingual
from unionhall.rulebook.phases import Step
from unionhall.rulebook.stages import Block

pytestmark = pytest.mark.django_db

# steps begun one after the other | the parts of the page in their order | what it says in English | in Spanish
STAGES = {
    "beginning": ([], ["listen"], "It begins with you", "Empieza contigo"),
    "listening": ([Step.LISTENING], ["listen"], "Tell us what must change", "Dinos qué debe cambiar"),
    "platform": ([Step.PLATFORM_VOTE], ["platform"], "Members decide", "Los miembros deciden"),
    "bargaining": ([Step.BARGAINING], ["table"], "Next session", "Próxima sesión"),
    "escalating": (
        [Step.BARGAINING, Step.PICKETS],
        ["pickets", "table"],
        "An informational picket is not a strike",
        "Un piquete informativo no es una huelga",
    ),
    "impasse": (
        [Step.BARGAINING, Step.IMPASSE],
        ["impasse", "table"],
        "Impasse means that help comes from outside",
        "Punto muerto quiere decir que viene ayuda de fuera",
    ),
    "strike vote": (
        [Step.BARGAINING, Step.STRIKE_VOTE_OPEN],
        ["strike_vote", "table"],
        "A yes is not a strike",
        "Un sí no es una huelga",
    ),
    "strike": ([Step.IMPASSE, Step.STRIKE], ["strike", "table"], "Find your line", "Encuentra tu línea"),
    "agreement": ([Step.BARGAINING, Step.PICKETS, Step.AGREEMENT], ["agreement"], "What we won", "Lo que ganamos"),
    "ratified": (
        [Step.AGREEMENT, Step.RATIFICATION, Step.ENFORCEMENT],
        ["enforcement"],
        "We have a contract",
        "Tenemos contrato",
    ),
}
BLOCKS = {block.value for block in Block}
PARTS = re.compile(r'<section class="band[^"]*" id="(\w+)"')


def told(steps: list[Step], *, public: bool) -> Campaign:
    """A campaign with these steps begun, one a week, the last one this week, and a day to come of each kind."""
    today = clock.today()
    made = factory.campaign()
    for number, step in enumerate(steps):
        begun = today - timedelta(weeks=len(steps) - number - 1)
        title, headline = Bilingual(f"Now {step}", f"Ahora {step}"), Bilingual(f"Poster {step}", f"Cartel {step}")
        factory.phase(made, step, begun, public=public, title=title, headline=headline)
    for days, kind in enumerate(("action", "meeting", "notice", "session"), start=2):
        factory.session(made, today + timedelta(days=days), kind=kind, title=Bilingual(f"The {kind}", f"El {kind}"))
    return made


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("stage", STAGES)
def test_each_phase_makes_its_own_page_in_both_languages(client, stage, public):
    steps, parts, english, spanish = STAGES[stage]
    told(steps, public=public)

    for address, said in (("/en/river/", english), ("/es/river/", spanish)):
        page = client.get(address)
        order = [part for part in PARTS.findall(page.content.decode()) if part in BLOCKS]
        assert (order, said in text(page)) == (parts, True)


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("stage", STAGES)
def test_no_part_says_the_opposite_of_another(client, stage, public):
    steps, _parts, _english, _spanish = STAGES[stage]
    told(steps, public=public)
    page = text(client.get("/en/river/"))
    on_strike = stage == "strike"

    assert ("Are we on strike? Yes. Here is why" in page, "Are we on strike? No. Here is why" in page) == (
        on_strike,
        not on_strike,
    )
    assert ("A strike has been called" in page) == on_strike
    assert ("There is an agreement" in page) == (stage in ("agreement", "ratified"))
    assert ("Talks are still going on" in page) == (stage in ("bargaining", "escalating", "strike vote"))
    assert ("Next session" in page) == ("table" in STAGES[stage][1])
    if public and steps:
        assert f"Now {steps[-1]}" in page
        assert [f"Now {step}" for step in steps[:-1] if f"Now {step}" in page] == []


def test_the_answer_comes_first_when_it_is_hot_and_is_always_there(client):
    for steps, first in (([Step.BARGAINING, Step.PICKETS], True), ([Step.LISTENING], False)):
        Campaign.objects.all().delete()
        told(steps, public=True)
        parts = PARTS.findall(client.get("/en/river/").content.decode())
        assert parts.count("rumor") == 1
        assert (parts[0] == "rumor") == first


def test_the_next_three_days_are_shown_once_each(client):
    told([Step.BARGAINING, Step.PICKETS], public=True)

    page = text(client.get("/en/river/"))

    assert [page.count(f"The {kind}") for kind in ("action", "meeting", "notice")] == [1, 1, 1]


def test_offers_are_shown_while_they_lie_on_the_table_only(client):
    made = told([Step.BARGAINING], public=True)
    factory.fact(made, "offer", 2, unit=Bilingual("% once", "% una vez"), used_on=["offers"])
    before = text(client.get("/es/river/"))
    factory.phase(made, Step.AGREEMENT, clock.today())

    assert ("2 % una vez" in before, "2 % una vez" in text(client.get("/es/river/"))) == (True, False)


def test_the_local_shows_one_two_and_no_campaigns(client, django_assert_num_queries):
    def shown(address: str, cost: int) -> str:
        with django_assert_num_queries(cost):
            return text(client.get(address))

    assert "No campaign has been opened yet" in shown("/en/", 2)
    assert "Todo empieza con una plática" in shown("/es/", 2)
    told([Step.STRIKE], public=True)
    assert "Nuestra campaña" in shown("/es/", 3)
    factory.campaign("other", skin="red")
    page = shown("/en/", 3)
    assert "Our campaigns" in page
    assert "Now Now strike" in page


def test_a_campaign_that_is_over_speaks_as_of_its_day(client):
    made = told([Step.BARGAINING], public=True)
    Campaign.objects.update(as_of=made.phases.get().starts_on - timedelta(days=1))

    page = text(client.get("/en/river/"))

    assert "It begins with you" in page
    assert f"True as of {(clock.today() - timedelta(days=1)).day} " in page
