"""Finding worksites and areas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Case, IntegerField, Q, Value, When

from unionhall.foundation.errors import NotFound
from unionhall.roster.models import Area, Worksite
from unionhall.rulebook.finding import look_alikes
from unionhall.rulebook.names import asked_words, fold, site_key
from unionhall.rulebook.places import AreaRule, Point

LONGEST_QUESTION: Final = 100
MOST_WORDS: Final = 8
_SHOWN: Final = ("public_id", "name", "address", "city", "zip")


class NoSuchWorksite(NotFound):
    """No worksite has that public id."""

    code = "no_such_worksite"


@dataclass(frozen=True, slots=True)
class WorksiteHit:
    """A worksite as it is offered to somebody who looks for theirs. line: street and city, to tell namesakes apart."""

    public_id: str
    name: str
    line: str


def get_worksite(public_id: str) -> Worksite:
    """The worksite of a public id, live or not. Raises NoSuchWorksite."""
    found = Worksite.objects.select_related("area").filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise NoSuchWorksite
    return found


def find_worksites(text: str, *, limit: int = 8) -> list[WorksiteHit]:
    """The live worksites a text may mean, best first, at most `limit`.

    text: what has been typed so far, in English or Spanish. Each word must begin a word of the name, the street or the
    city; names that begin with the text come first. Where nothing fits, names that look alike are offered (one more
    query), so that a slip of the finger still finds the school. Accents, case and points never matter.
    """
    asked = asked_words(text[:LONGEST_QUESTION])[:MOST_WORDS]
    if not asked:
        return []
    fits = Q()
    for words in asked:
        fits &= reduce(or_, (Q(search__contains=f" {word}") for word in words))
    rank = Case(
        *(
            When(name_key__startswith=start, then=Value(place))
            for place, start in enumerate(dict.fromkeys((site_key(text), asked[0][0])))
            if start
        ),
        When(name_key__contains=f" {asked[0][0]}", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows = Worksite.objects.live().filter(fits).annotate(rank=rank).order_by("rank", "name_key", "pk")
    found = [_hit(row) for row in rows.values_list(*_SHOWN)[:limit]]
    return found or _look_alikes(asked, limit)


def find_worksite_by_text(text: str) -> Worksite | None:
    """The one live worksite a finished text names, or none where it names none or several.

    For the form without JavaScript: the whole name as any list writes it ("Reseda HS"), or name and line as offered.
    """
    key = site_key(text[: 2 * LONGEST_QUESTION])
    if not key:
        return None
    named = list(Worksite.objects.live().filter(name_key=key)[:2])
    if not named:
        first = key.split(" ", 1)[0]
        whole = fold(text[: 5 * LONGEST_QUESTION])
        near = Worksite.objects.live().filter(name_key__startswith=first)
        named = [site for site in near if whole == fold(f"{site.name} {line_of(site.address, site.city, site.zip)}")]
    return named[0] if len(named) == 1 else None


def area_rules() -> list[AreaRule]:
    """The areas as the rule of places takes them, by code."""
    return [
        AreaRule(
            id=area.pk,
            code=area.code,
            centre=None
            if area.latitude is None or area.longitude is None
            else Point(latitude=area.latitude, longitude=area.longitude),
            zips=frozenset(area.zips),
        )
        for area in Area.objects.order_by("code")
    ]


def line_of(address: str, city: str, zip_code: str) -> str:
    """Street and city on one line, as far as they are known."""
    return ", ".join(part for part in (address, f"{city} {zip_code[:5]}".strip()) if part)


def _look_alikes(asked: tuple[tuple[str, ...], ...], limit: int) -> list[WorksiteHit]:
    """Live worksites whose names look like the words asked, best first; none where nothing comes close."""
    rows = list(Worksite.objects.live().order_by("name_key", "pk").values_list("name_key", *_SHOWN))
    return [_hit(rows[place][1:]) for place in look_alikes(asked, [row[0] for row in rows], limit=limit)]


def _hit(row: tuple[str, ...]) -> WorksiteHit:
    public_id, name, address, city, zip_code = row
    return WorksiteHit(public_id=public_id, name=name, line=line_of(address, city, zip_code))
