"""`unionhall init`: a real, empty local, by questions or by options."""

from __future__ import annotations

import re
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from unionhall.cli.failures import Stop
from unionhall.cli.first_campaign import (
    FirstCampaign,
    as_text,
    ask_campaign,
    open_campaign,
    prompted,
    read_answers,
    typed_units,
    vocabulary_of,
)
from unionhall.cli.output import finish, note
from unionhall.cli.setup import setup_django

LANGUAGES: Final = ("en", "es")
ACTOR: Final = "operator"


class RulePack(StrEnum):
    """Which law the local bargains under. A pack opens no gate before the local's counsel has confirmed it."""

    EERA = "us-ca-eera"
    NLRA = "us-nlra"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Answers:
    """What makes a local. languages: the local's own one first. units: code → English and Spanish name."""

    name: str
    languages: tuple[str, ...]
    employer: str
    units: tuple[tuple[str, str, str], ...]
    rule_pack: str
    admin_name: str
    admin_mail: str
    vocabulary: str = "default"
    campaign: FirstCampaign | None = None

    def told(self) -> dict[str, Any]:
        """For `--json`."""
        units = [{"code": code, "en": english, "es": spanish} for code, english, spanish in self.units]
        chosen = {"vocabulary": self.vocabulary} if self.vocabulary != "default" else {}
        opened = {"campaign": self.campaign.slug} if self.campaign else {}
        return {
            "name": self.name,
            "languages": list(self.languages),
            "employer": self.employer,
            "units": units,
            "rule_pack": self.rule_pack,
            "administrator": self.admin_mail,
            **chosen,
            **opened,
        }


def register(app: typer.Typer) -> None:
    """Hang the command on the app."""
    app.command("init", short_help="Make a real, empty local.")(init)


def init(
    name: Annotated[str, typer.Option(help="What the local is called: “Local 99”.")] = "",
    languages: Annotated[str, typer.Option(help="Its languages, its own first: en,es or es,en.")] = "",
    employer: Annotated[str, typer.Option(help="Who signs the other side of the contract.")] = "",
    unit: Annotated[
        list[str] | None, typer.Option(help="A unit as CODE=English name|Spanish name; may be given several times.")
    ] = None,
    rule_pack: Annotated[RulePack | None, typer.Option(help="The law it bargains under.")] = None,
    vocabulary: Annotated[str, typer.Option(help="The pack of words it speaks by, such as school.")] = "",
    admin_name: Annotated[str, typer.Option(help="The first administrator's name.")] = "",
    admin_mail: Annotated[str, typer.Option(help="The first administrator's mail, never the employer's.")] = "",
    campaign: Annotated[str, typer.Option(help="The first campaign's address, such as ewu; none opens none.")] = "",
    campaign_name: Annotated[str, typer.Option(help="Its name, as English|Spanish.")] = "",
    slogan: Annotated[str, typer.Option(help="Its slogan, as English|Spanish.")] = "",
    who_we_are: Annotated[str, typer.Option(help="Who we are, in two sentences, as English|Spanish.")] = "",
    inks: Annotated[str, typer.Option(help="Its inks: purple or red.")] = "",
    answers_file: Annotated[
        Path | None, typer.Option("--answers", help="A JSON file with the answers, - for standard input.")
    ] = None,
    password_file: Annotated[
        Path | None, typer.Option(help="A file whose first line is the administrator's password; else one is made.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; take the options as they are.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be made; write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Make a real, empty local: name, languages, employer, units, rule pack, words, administrator, first campaign."""
    setup_django(demo=False)
    _refuse_demo_mode()
    typed = {
        "name": name,
        "languages": languages,
        "employer": employer,
        "rule_pack": rule_pack or "",
        "vocabulary": vocabulary,
        "admin_name": admin_name,
        "admin_mail": admin_mail,
    }
    of_campaign = {"slug": campaign, "name": campaign_name, "slogan": slogan, "who_we_are": who_we_are, "inks": inks}
    given = _joined(typed, of_campaign | {"union": ""}, unit or [], read_answers(answers_file))
    answers = _answers(given, asked=not yes and answers_file is None and is_asked())
    password = _password(password_file, answers)
    if not dry_run:
        _make(answers, password, quiet=as_json)
    made = "" if password_file or dry_run else password
    result = answers.told() | {"dry_run": dry_run} | ({"password": made} if made else {})
    finish(result, _lines(answers, made, dry_run=dry_run), as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Given:
    """What options and file say, as it would be typed; what a command line says stands before the file."""

    local: dict[str, str]
    campaign: dict[str, str]
    units: list[str]


def _joined(typed: dict[str, str], of_campaign: dict[str, str], units: list[str], file: dict[str, Any]) -> _Given:
    said = file.get("campaign") or {}
    return _Given(
        local={key: value or as_text(file.get(key)) for key, value in typed.items()},
        campaign={key: value or as_text(said.get(key)) for key, value in of_campaign.items()},
        units=units or typed_units(file.get("units")),
    )


def _answers(given: _Given, *, asked: bool) -> Answers:
    """The checked answers; asked for where somebody is there to answer."""
    local = given.local

    def ask(option: str, question: str, check: Callable[[str], Any], default: str | None = None) -> Any:
        said = local[option.replace("-", "_")] or ("" if asked else default or "")
        return _answer(option, said, asked=asked, question=question, check=check, default=default)

    return Answers(
        name=ask("name", "What is the local called?", _some),
        languages=ask("languages", "Its languages, its own first", _languages, "en,es"),
        employer=ask("employer", "Who is the employer?", _some),
        units=_units(given.units, asked=asked),
        rule_pack=ask("rule-pack", "The law it bargains under (us-ca-eera, us-nlra, none)", _pack, "none"),
        admin_name=ask("admin-name", "The first administrator's name", _some),
        admin_mail=ask("admin-mail", "Their mail", _mail),
        vocabulary=ask("vocabulary", "The words it speaks by (default, school, ...)", vocabulary_of, "default"),
        campaign=ask_campaign(given.campaign, _answer, asked=asked),
    )


def _make(answers: Answers, password: str, *, quiet: bool) -> None:
    """The database is brought up to date, then the local stands in it."""
    from unionhall.cli.prepare import ensure_languages, migrate

    def say(text: str) -> None:
        note(text, quiet=quiet)

    migrate(say)
    ensure_languages(say)
    make_local(answers, password=password)


def is_asked() -> bool:
    """Whether somebody sits there to answer."""
    return sys.stdin.isatty()


def make_local(answers: Answers, *, password: str) -> None:
    """The local stands in the database: all of it or nothing. Raises DatabaseIsTaken where another one lives."""
    from django.conf import settings
    from django.db import transaction

    from unionhall.accounts.operations import create_staff, grant_role
    from unionhall.foundation import clock
    from unionhall.foundation.access import Reach, Role, system_actor
    from unionhall.foundation.bilingual import Bilingual
    from unionhall.foundation.installation import mark_installation
    from unionhall.foundation.vocabulary import choose_vocabulary
    from unionhall.roster.operations import put_employer, put_unit
    from unionhall.site.operations import ensure_ground

    actor, at = system_actor(ACTOR), clock.now()
    with transaction.atomic():
        mark_installation(
            kind="real", name=answers.name, languages=answers.languages, rule_pack=answers.rule_pack, actor=actor, at=at
        )
        employer = put_employer(code=_slug(answers.employer), name=answers.employer, actor=actor, at=at)
        for code, english, spanish in answers.units:
            put_unit(employer=employer, code=code, name=Bilingual(english, spanish), actor=actor, at=at)
        user = create_staff(
            name=answers.admin_name,
            email=answers.admin_mail,
            password=password,
            language=answers.languages[0],
            actor=actor,
            at=at,
        )
        for role in (Role.DATA_ADMINISTRATOR, Role.COMMUNICATIONS, Role.OFFICER):
            grant_role(user=user, role=role, reach=Reach.ALL, actor=actor, at=at)
        ensure_ground(name=answers.name, base_url=settings.BASE_URL, actor=actor, at=at)
        choose_vocabulary(pack=answers.vocabulary, actor=actor, at=at)
        if answers.campaign:
            open_campaign(answers.campaign, union=answers.name, employer=answers.employer, actor=actor, at=at)


def _refuse_demo_mode() -> None:
    from django.conf import settings
    from django.db import DatabaseError

    from unionhall.foundation.installation import DatabaseIsTaken, find_installation

    if settings.DEMO:
        raise Stop("DEMO=1 is set: a real local is not made in demo mode. Unset DEMO.")
    try:
        held = find_installation()
    except DatabaseError:
        return  # no tables yet
    if held is not None:
        taken = DatabaseIsTaken(name=held.name, kind=held.kind)
        on_screen = " It stands as it was; to change it, sign in at /hall/." if held.kind == "real" else ""
        raise Stop(taken.sentence() + on_screen)


def _answer(
    option: str, given: str, *, asked: bool, question: str, check: Callable[[str], Any], default: str | None = None
) -> Any:
    """The checked value of an option; asked for, as often as need be, where it is not given and somebody is there."""
    if given or not asked:
        try:
            return check(given or default or "")
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint=f"--{option}") from None
    while True:
        try:
            return check(prompted(question, default))
        except ValueError as error:
            typer.echo(f"  {error}", err=True)


def _some(text: str) -> str:
    text = " ".join(text.split())
    if not text or len(text) > 200:
        raise ValueError("it is needed, in at most 200 characters")
    return text


def _languages(text: str) -> tuple[str, ...]:
    codes = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if not codes or set(codes) - set(LANGUAGES) or len(set(codes)) != len(codes):
        raise ValueError("write en,es or es,en (its own first), or one of them")
    return codes


def _pack(text: str) -> str:
    if text not in set(RulePack):
        raise ValueError("write " + ", ".join(RulePack))
    return str(text)


def _mail(text: str) -> str:
    from unionhall.foundation.contacts import is_employer_mail, normalize_mail
    from unionhall.foundation.errors import Invalid

    try:
        mail = normalize_mail(text)
    except Invalid as error:
        raise ValueError(error.sentence()) from None
    if is_employer_mail(mail):
        raise ValueError("this mail belongs to the employer; take a private one")
    return mail


def _unit(text: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"\s*([^=|\s]{1,20})\s*=\s*([^|=]+?)\s*(?:\|\s*([^|]+?)\s*)?", text)
    if found is None:
        raise ValueError("write a unit as CODE=English name|Spanish name, such as C=Operations|Operaciones")
    code, english, spanish = found.groups()
    return code, english, spanish or ""


def _units(given: Sequence[str], *, asked: bool) -> tuple[tuple[str, str, str], ...]:
    units = [_answer("unit", text, asked=False, question="", check=_unit) for text in given]
    while asked and not given:
        more = prompted("A unit, CODE=English|Spanish (Enter: no more)", "")
        if not more:
            break
        try:
            units.append(_unit(more))
        except ValueError as error:
            typer.echo(f"  {error}", err=True)
    codes = [unit[0] for unit in units]
    if len(set(codes)) != len(codes):
        raise typer.BadParameter("two units have the same code", param_hint="--unit")
    return tuple(units)


def _password(file: Path | None, answers: Answers) -> str:
    """The administrator's password: read, judged by the validators of the settings, or a new random one."""
    if file is None:
        return secrets.token_urlsafe(15)
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from unionhall.accounts.models import User

    try:
        lines = file.read_text("utf-8").splitlines()
        password = lines[0] if lines else ""
        validate_password(password, User(name=answers.admin_name, email=answers.admin_mail))
    except UnicodeDecodeError:
        raise Stop(f"{file} is no text: the password is its first line.") from None
    except ValidationError as error:
        raise Stop("The password will not do. " + " ".join(error.messages)) from None
    return password


def _slug(text: str) -> str:
    from django.utils.text import slugify

    return slugify(text)[:40] or "employer"


def _lines(answers: Answers, password: str, *, dry_run: bool) -> list[str]:
    units = ", ".join(code for code, _, _ in answers.units) or "none yet"
    would = "would be" if dry_run else "is"
    lines = [
        f"{answers.name} {would} made: employer {answers.employer}; units {units}; rule pack {answers.rule_pack}.",
        f"First administrator: {answers.admin_name} <{answers.admin_mail}>.",
    ]
    if password:
        lines.append(f"Password, shown this once: {password}")
    if answers.campaign:
        lines.append(f"Campaign: /en/{answers.campaign.slug}/ and /es/{answers.campaign.slug}/.")
    elif not dry_run:
        lines.append("No campaign is open yet: open the first one at /hall/campaigns/.")
    if not dry_run:
        lines.append(
            "They set up a second factor when they first sign in at /hall/. Next: `unionhall run`, `unionhall check`."
        )
    return lines
