"""An invented campaign for tests: Riverside Kitchens United, with its record, and entries at invented schools."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from django.conf import settings

from tests.factories import roster
from unionhall.campaigns import operations
from unionhall.campaigns.enums import SlipState
from unionhall.campaigns.models import Campaign, Entry, Slip, Subscription
from unionhall.campaigns.operations import SignUp
from unionhall.foundation import clock
from unionhall.foundation.access import system_actor
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.contacts import parse_contact
from unionhall.roster import operations as roster_operations
from unionhall.roster.models import Person, Worksite
from unionhall.rulebook.phases import Step
from unionhall.rulebook.proof import solve

AT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
CLERK = system_actor("test")
PORTRAITS = ("staffing", "wages", "training", "safety")
_numbers = count(1)


def campaign(slug: str = "river", **fields: Any) -> Campaign:
    """A campaign with nothing on its record yet; another field as keyword."""
    words: dict[str, Any] = {
        "name": Bilingual("Riverside Kitchens United", "Cocinas Unidas de Riverside"),
        "union_name": "River Local 7",
        "employer": Bilingual("the Riverside schools", "las escuelas de Riverside"),
        "slogan": Bilingual("We feed this town", "Damos de comer a esta ciudad"),
        "who_we_are": Bilingual(
            "We are the cooks, drivers and aides of the Riverside schools.",
            "Quienes cocinamos, manejamos y ayudamos en las escuelas de Riverside.",
        ),
    }
    return operations.create_campaign(slug=slug, actor=CLERK, at=AT, **(words | fields))


def phase(of: Campaign, step: Step = Step.PICKETS, starts_on: date = date(2026, 11, 16), **fields: Any) -> Any:
    """A public phase that is under way, unless told otherwise."""
    words: dict[str, Any] = {
        "public": True,
        "title": Bilingual("Turning up the heat.", "Subimos la presión."),
        "line": Bilingual(
            "Pickets at schools, 16 November to 4 December", "Piquetes del 16 de noviembre al 4 de diciembre"
        ),
        "headline": Bilingual("Pickets go up on Monday", "El lunes empiezan los piquetes"),
        "evidence": "Bargaining team, minutes of 14 November",
    }
    return operations.record_phase(campaign=of, step=step, starts_on=starts_on, actor=CLERK, at=AT, **(words | fields))


def fact(
    of: Campaign, key: str = "unit-size", value: int = 3_000, as_of: date = date(2026, 10, 1), **fields: Any
) -> Any:
    """A dated fact that stands on the home page."""
    words: dict[str, Any] = {
        "label": Bilingual("In the unit", "En la unidad"),
        "unit": Bilingual("people", "personas"),
        "source": Bilingual("Employer’s list", "Lista del empleador"),
        "used_on": ["home"],
    }
    return operations.record_fact(
        campaign=of, key=key, value=value, as_of=as_of, actor=CLERK, at=AT, **(words | fields)
    )


def focus_area(of: Campaign, order: int = 1, **fields: Any) -> Any:
    """One focus area."""
    words: dict[str, Any] = {
        "slug": f"area-{order}",
        "title": Bilingual("Hours that feed a family", "Horas que dan para vivir"),
        "summary": Bilingual("Six-hour shifts for all who want them.", "Turnos de seis horas para quien los quiera."),
    }
    return operations.add_focus_area(campaign=of, order=order, actor=CLERK, at=AT, **(words | fields))


def session(of: Campaign, on: date = date(2026, 11, 10), **fields: Any) -> Any:
    """A session at the table."""
    words: dict[str, Any] = {
        "kind": "session",
        "title": Bilingual("Session 5", "Sesión 5"),
        "line": Bilingual("They did not move", "No se movieron"),
    }
    return operations.record_date(campaign=of, on=on, actor=CLERK, at=AT, **(words | fields))


def full_campaign(slug: str = "river", *, areas: int = 4, **fields: Any) -> Campaign:
    """A campaign with pictures, a phase, talks, sessions, facts and focus areas on its record."""
    shown = Bilingual("Seven workers before a school", "Siete trabajadores ante una escuela")
    made = campaign(slug, **({"picture": "hero", "picture_text": shown} | fields))
    phase(made, Step.BARGAINING, date(2026, 3, 8), public=False)
    phase(made, ends_on=date(2026, 12, 4))
    session(made)
    fact(made)
    fact(made, "offer", 2, label=Bilingual("Their offer", "Su oferta"), unit=Bilingual("% once", "% una vez"), order=1)
    for order in range(1, areas + 1):
        portrait = PORTRAITS[order % len(PORTRAITS)]
        focus_area(
            made, order, picture=portrait, picture_text=Bilingual("A cook at work", "Una cocinera en su trabajo")
        )
    return made


def sign_up(name: str = "Rosa Méndez", *, site: Worksite | None = None, contact: str = "", **fields: Any) -> SignUp:
    """What Rosa sends through the form, in Spanish."""
    given: dict[str, Any] = {
        "worksite_text": site.name if site else "Palo Verde",
        "language": "es",
        "wording": "Acepto mensajes.",
        "page_language": "es",
    }
    reach = parse_contact(contact or f"213 555 01{next(_numbers) % 100:02d}")
    return SignUp(name=name, contact=reach, worksite=site, **(given | fields))


def entry(
    of: Campaign, *, site: Worksite | None = None, waited: timedelta = timedelta(hours=3), **fields: Any
) -> Entry:
    """An entry that came in some hours before AT."""
    sent = sign_up(fields.pop("name", f"Rosa Méndez {next(_numbers)}"), site=site, **fields)
    return operations.receive_entry(campaign=of, sign_up=sent, actor=CLERK, at=AT - waited)


def updates_of(of: Campaign, person: Person) -> Subscription:
    """The person gets the campaign's updates by her own contact, which she has proved to be hers."""
    point = person.contact_points.order_by("pk")[0]
    roster_operations.verify_contact(contact_point=point, actor=CLERK, at=AT)
    sent = sign_up("", contact=str(point.value), kind="updates", worksite_text="")
    return operations.subscribe(campaign=of, sign_up=sent, actor=CLERK, at=AT)


def proof(slug: str = "river", kind: str = "join", *, at: datetime | None = None) -> str:
    """What the script of the page would fill in: a challenge of ours, and the number that solves it."""
    challenge = operations.make_challenge(place=f"{slug}/{kind}", at=at or clock.now())
    return f"{challenge}:{solve(challenge=challenge, bits=settings.PROOF_BITS)}"


def take_in_all() -> None:
    """Do what the tasks do after a commit: every slip that is ready becomes an entry or a subscription."""
    for slip in Slip.objects.filter(state=SlipState.READY):
        operations.take_in(slip_id=slip.pk, at=clock.now())


def slip(of: Campaign, *, at: datetime = AT, proven_by: str = "", address: str = "203.0.113.7", **fields: Any) -> Slip:
    """A form that came in: held, unless a proof comes with it."""
    sent = fields.pop("sent", None) or sign_up(fields.pop("name", f"Rosa Méndez {next(_numbers)}"), **fields)
    return operations.receive_slip(campaign=of, sign_up=sent, proof=proven_by, address=address, at=at)


def school(name: str = "Palo Verde Elementary", **fields: Any) -> Worksite:
    """A live school."""
    return roster.worksite(name, **fields)
