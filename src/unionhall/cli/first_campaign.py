"""The part of `unionhall init` that opens the first campaign, and answers that come from a file."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from unionhall.cli.failures import Stop

if TYPE_CHECKING:
    from datetime import datetime

    from unionhall.foundation.access import Actor

KNOWN: Final = (
    "name", "languages", "employer", "units", "rule_pack", "vocabulary", "admin_name", "admin_mail", "campaign",
)  # fmt: skip
OF_CAMPAIGN: Final = ("slug", "name", "slogan", "who_we_are", "union", "inks")
INKS: Final = ("purple", "red")
Both = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FirstCampaign:
    """What opens a campaign. Texts are (English, Spanish)."""

    slug: str
    name: Both
    slogan: Both
    who_we_are: Both
    union: str = ""
    inks: str = "purple"


def read_answers(file: Path | None) -> dict[str, Any]:
    """The answers of a JSON file, "-" for standard input; nothing where none is named. Raises Stop."""
    if file is None:
        return {}
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
        found = json.loads(text)
    except OSError as error:
        raise Stop(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Stop(f"{file} is no text: the answers are one JSON object.") from None
    except json.JSONDecodeError as error:
        raise Stop(f"{file}, line {error.lineno}: this is no JSON ({error.msg}). Nothing was written.") from None
    campaign = found.get("campaign") if isinstance(found, dict) else None
    if not isinstance(found, dict) or (campaign is not None and not isinstance(campaign, dict)):
        raise Stop(f"{file}: the answers are one JSON object, and so is its campaign. Nothing was written.")
    strange = [*(set(found) - set(KNOWN)), *(f"campaign.{key}" for key in set(campaign or {}) - set(OF_CAMPAIGN))]
    if strange:
        known = ", ".join((*KNOWN, *(f"campaign.{key}" for key in OF_CAMPAIGN)))
        raise Stop(f"{file}: nobody asks for {', '.join(sorted(strange))}. Known are: {known}. Nothing was written.")
    return found


def as_text(value: Any) -> str:
    """An answer of the file as it would be typed: a list with commas, a text in two languages with a bar."""
    if isinstance(value, Mapping):
        return f"{value.get('en', '')}|{value.get('es', '')}"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value or "")


def typed_units(value: Any) -> list[str]:
    """The units of the file as they would be typed."""
    rows = value if isinstance(value, list) else []
    typed = [f"{row.get('code', '')}={row.get('en', '')}|{row.get('es', '')}" for row in rows if isinstance(row, dict)]
    return [unit.removesuffix("|") for unit in typed]


def both(text: str) -> Both:
    """English and Spanish, parted by a bar. Raises ValueError."""
    english, _bar, spanish = (" ".join(part.split()) for part in text.partition("|"))
    if not english or not spanish or max(len(english), len(spanish)) > 400:
        raise ValueError("write it in both languages, as English|Spanish, such as We can’t wait|No podemos esperar")
    return english, spanish


def name_in_both(text: str) -> Both:
    """A name, the same in both languages where no bar parts it. Raises ValueError."""
    return both(text if "|" in text else f"{text}|{text}")


def slug_of(text: str) -> str:
    """The address of a campaign; blank for none. Raises ValueError."""
    from unionhall.campaigns.enums import RESERVED_SLUGS

    slug = text.strip().lower()
    if slug and not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,29}", slug):
        raise ValueError("an address has small letters, digits and hyphens, at most 30, such as ewu")
    if slug in RESERVED_SLUGS:
        raise ValueError(f"“{slug}” is the address of something else; take another")
    return slug


def inks_of(text: str) -> str:
    """The inks of a campaign. Raises ValueError."""
    if text not in INKS:
        raise ValueError("write " + " or ".join(INKS))
    return text


def vocabulary_of(text: str) -> str:
    """The code of a pack of words. Raises ValueError."""
    from unionhall.foundation.vocabulary import vocabulary_packs

    if vocabulary_packs.get(text) is None:
        raise ValueError("write one of " + ", ".join(vocabulary_packs.keys()))
    return text


def prompted(question: str, default: str | None) -> str:
    """What somebody types. Answers from a pipe that end early leave the rest as it is offered."""
    try:
        return str(typer.prompt(question, default=default, err=True))
    except typer.Abort:
        if sys.stdin.isatty() or default is None:
            raise
        return default


def ask_campaign(given: Mapping[str, str], ask: Callable[..., Any], *, asked: bool) -> FirstCampaign | None:
    """The first campaign by options and questions; none where nobody names its address.

    given: what options and file say, as typed. ask: gives the checked answer of one option.
    """
    question = "The first campaign’s address, such as ewu (Enter: open none yet)"
    slug = ask("campaign", given["slug"], asked=asked, question=question, default="", check=slug_of)
    if not slug:
        said = [key for key, value in given.items() if value and key not in ("slug", "union", "inks")]
        if said:
            raise typer.BadParameter("a campaign needs its address", param_hint="--campaign")
        return None
    name = ask("campaign-name", given["name"], asked=asked, question="Its name, English|Spanish", check=name_in_both)
    slogan = ask("slogan", given["slogan"], asked=asked, question="Its slogan, English|Spanish", check=both)
    question = "Who we are, in two sentences, English|Spanish"
    who = ask("who-we-are", given["who_we_are"], asked=asked, question=question, check=both)
    inks = ask("inks", given["inks"], asked=asked, question="Its inks (purple, red)", default="purple", check=inks_of)
    return FirstCampaign(slug, name, slogan, who, given["union"], inks)


def open_campaign(first: FirstCampaign, *, union: str, employer: str, actor: Actor, at: datetime) -> None:
    """The campaign stands, with nothing on its record but who it is."""
    from unionhall.campaigns.operations import create_campaign
    from unionhall.foundation.bilingual import Bilingual

    create_campaign(
        slug=first.slug,
        name=Bilingual(*first.name),
        union_name=first.union or union[:120],
        employer=Bilingual(*name_in_both(employer)),
        slogan=Bilingual(*first.slogan),
        who_we_are=Bilingual(*first.who_we_are),
        skin=first.inks,
        actor=actor,
        at=at,
    )
