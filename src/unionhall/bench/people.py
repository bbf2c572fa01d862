"""Two invented lists of the same people, as a roster and an employer would have them, and who is who.

The same seed gives the same lists. Nothing here is about anybody.
"""

from __future__ import annotations

import csv
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Final, TypeVar

from unionhall.rulebook.short_forms import SHORT_FORMS

SEED: Final = 20_260_901
STAYED: Final = 0.94
_T = TypeVar("_T")

_NAMES: Final = tuple(tuple(forms.split()) for forms in SHORT_FORMS.split("|"))
# The commonest surnames first; in front of "smith" those that double surnames are made of.
_COMMON_TEXT: Final = """
    garcia hernandez lopez martinez gonzalez rodriguez perez sanchez ramirez flores gomez torres cruz reyes
    morales ramos diaz gutierrez ortiz chavez mendoza ruiz alvarez vasquez castillo jimenez moreno romero herrera
    medina aguilar vargas guzman mendez salazar soto delgado rojas ortega guerrero estrada contreras munoz rios
    smith johnson williams brown jones davis miller wilson anderson taylor thomas jackson white harris lee kim
    park choi nguyen tran pham chen wang li zhang wong grigoryan sargsyan petrosyan harutyunyan hakobyan
    karapetyan khan patel cohen levy goldberg robinson walker young allen king wright scott hill green adams baker
    nelson carter mitchell
"""
_COMMON: Final = _COMMON_TEXT.split()
_DOUBLED: Final = _COMMON[: _COMMON.index("smith")]
# Rarer surnames are put together of these.
_STARTS, _MIDDLES, _ENDS = (
    line.split(",")
    for line in (
        "ba,be,bo,bra,car,cor,dal,del,des,fa,fer,gar,gra,hal,har,jo,kal,kar,la,len,ma,mar,mon,na,or,pa,per,qui,ra,ro,sal",
        "be,da,de,do,la,le,li,lo,man,mi,mo,na,ne,ni,ra,re,ri,ro,sa,se,ta,te,ti,to,va,ve,vi",
        "der,dez,gan,ham,kins,land,ler,lin,low,man,mer,ner,nez,son,ton,ver,well,yan,zar",
    )
)
_JOBS: Final = ("teacher", "teacher", "teacher", "counselor", "nurse", "psychologist", "librarian", "social worker")
_SITES: Final = 900


@dataclass(frozen=True, slots=True)
class Person:
    """One row of either list. who: the truth, which is shown to nobody but the count."""

    key: int
    who: int
    given: str
    family: str
    worksite: int
    job: str
    hired: str
    birth: str
    phone: str
    mail: str


def two_lists(count: int, *, seed: int = SEED) -> tuple[list[Person], list[Person]]:
    """The employer's list and the roster, of so many rows each, in no common order."""
    chance = Random(seed)  # noqa: S311 - invented people
    families = _families(max(500, count // 4), chance)
    weights = list(accumulate(1 / (place + 12) for place in range(len(families))))
    firsts = list(accumulate(1 / (place + 8) for place in range(len(_NAMES))))
    shuffled = chance.sample(_NAMES, len(_NAMES))
    everybody: list[Person] = []
    leaving = round(count * (1 - STAYED))
    for who in range(count + leaving):
        name = shuffled[bisect(firsts, chance.random() * firsts[-1])][0]
        family = families[bisect(weights, chance.random() * weights[-1])]
        everybody.append(_person(who, name, family, everybody, chance))
    roster = [_blanked(one, chance) for one in everybody[:count]]
    employer = [_changed(one, families, chance) for one in everybody[leaving:]]
    chance.shuffle(employer)
    return [replace(one, key=line) for line, one in enumerate(employer, start=2)], roster


def write(people: Sequence[Person], path: Path) -> None:
    """The rows as a CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(asdict(people[0])))
        writer.writeheader()
        writer.writerows(asdict(one) for one in people)


def _families(count: int, chance: Random) -> list[str]:
    made = {
        chance.choice(_STARTS) + "".join(chance.choices(_MIDDLES, k=chance.choice((0, 1, 1)))) + chance.choice(_ENDS)
        for _ in range(count * 2)
    }
    rest = sorted(made - set(_COMMON))
    chance.shuffle(rest)
    return [*_COMMON, *rest[:count]]


def _person(who: int, given: str, family: str, others: Sequence[Person], chance: Random) -> Person:
    """One person; three in a hundred share surname and phone with somebody before them, as households do."""
    hired = date(1990, 8, 15) + timedelta(days=365 * chance.randrange(36))
    if chance.random() < 0.6:
        hired += timedelta(days=chance.randrange(365))
    born = date(2000, 1, 1) + timedelta(days=chance.randrange(366))
    phone = f"1213{chance.randrange(2_000_000, 9_999_999)}"
    if others and chance.random() < 0.03:
        relative = chance.choice(others)
        family, phone = relative.family, relative.phone
    if chance.random() < 0.2:
        family = f"{family} {chance.choice(_DOUBLED)}"
    site, job = chance.randrange(_SITES), chance.choice(_JOBS)
    mail = f"{given}.{family.replace(' ', '')}{chance.randrange(100)}@mail.invalid"
    return Person(who, who, given, family, site, job, hired.isoformat(), f"{born:%m-%d}", phone, mail)


def _blanked(one: Person, chance: Random) -> Person:
    """As a roster knows somebody: a birthday of every second, a phone of seven and a mail of five in ten."""
    return replace(
        one,
        birth=one.birth if chance.random() < 0.5 else "",
        phone=one.phone if chance.random() < 0.7 else "",
        mail=one.mail if chance.random() < 0.5 else "",
        hired=one.hired if chance.random() < 0.9 else "",
    )


def _changed(one: Person, families: Sequence[str], chance: Random) -> Person:
    """As an employer's list has the same person a year later."""
    given, family = one.given, one.family
    given = _maybe(0.10, given, lambda: chance.choice(_forms(one.given)), chance)
    given = _maybe(0.04, given, lambda: _slip(given, chance), chance)
    given = _maybe(0.02, given, lambda: given[0], chance)
    family = _maybe(0.05, family, lambda: _slip(family, chance), chance)
    family = _maybe(0.10, family, lambda: family.split()[0], chance)
    family = _maybe(0.02, family, lambda: chance.choice(families), chance)
    if chance.random() < 0.02:
        given, family = family, given
    return replace(
        one,
        given=given,
        family=family,
        worksite=_maybe(0.10, one.worksite, lambda: chance.randrange(_SITES), chance),
        job=_maybe(0.06, one.job, lambda: chance.choice(_JOBS), chance),
        hired=_maybe(0.05, one.hired, lambda: chance.choice(("", "2026-08-10")), chance),
        birth=_maybe(0.05, one.birth, lambda: chance.choice(("", one.birth[:3] + one.birth[:2:-1])), chance),
        phone=_maybe(
            0.6, one.phone, lambda: chance.choice(("", "", f"1323{chance.randrange(2_000_000, 9_999_999)}")), chance
        ),
        mail=_maybe(0.7, one.mail, lambda: "", chance),
    )


def _maybe(share: float, value: _T, other: Callable[[], _T], chance: Random) -> _T:
    return other() if chance.random() < share else value


def _forms(given: str) -> tuple[str, ...]:
    return next(forms for forms in _NAMES if forms[0] == given)


def _slip(word: str, chance: Random) -> str:
    """One letter left out, doubled, exchanged with the next, or another in its place."""
    place = chance.randrange(1, len(word)) if len(word) > 1 else 0
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return chance.choice(
        (
            before + after,
            before + letter + letter + after,
            before + after[:1] + letter + after[1:],
            before + chance.choice("aeinrst") + after,
        )
    )
