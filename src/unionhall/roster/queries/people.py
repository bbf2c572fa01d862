"""Finding people: by any part of a name, a phone, an id, a mail or a worksite.

Source: docs/rules/people-finding.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from typing import Any, Final

from django.db.models import Aggregate, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from unionhall.foundation.contacts import Contact, InvalidContact, lookup, lookup_digits, normalize_phone
from unionhall.roster.models import Assignment, ContactPoint, Person, PersonRecord, Worksite
from unionhall.rulebook.asking import Asked, asked, words_near

MOST_ROWS: Final = 900
MOST_SHOWN: Final = 60
MOST_NEAR: Final = 400
_LAST_DIGITS: Final = {4: "index_last4__in", 7: "index_last7__in"}


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a question found. how: "words", "number", "mail"; "near" where only names that look alike were left."""

    persons: list[Person]
    how: str = ""


def find_people(text: str, *, among: QuerySet[Person], reachable: QuerySet[Person], limit: int = 20) -> Found:
    """The persons a text may mean, best first, at most `limit`.

    text: any part of a name in any order, a short form of it, the name of a worksite, both; a phone or its last seven
    or four digits; an id of any source, zeros before it or not; a mail address. among: whom the viewer may know.
    reachable: whose contacts the viewer may know; nobody else is found by one. At most six queries.
    """
    question = asked(text)
    if question.mail or question.digits:
        persons = _by_number(question, among, reachable, limit)
        return Found(persons, "mail" if question.mail else "number")
    if not question.words:
        return Found([])
    persons = _by_code(question, among) + _by_name(question, among, limit)
    if len(persons) >= limit:
        return Found(persons[:limit], "words")
    names = _Names(among)
    sets = [names.with_any(forms) | _people_at(forms[0]) for forms in question.words]
    persons += _others(persons, reduce(and_, sets), question, among)
    if persons:
        return Found(persons[:limit], "words")
    sets = [names.near(forms[0]) for forms in question.words]
    return Found(_others([], reduce(and_, sets), question, among)[:limit], "near")


class _Names:
    """All names of those whom the viewer may know, as one text that is gone through in a millisecond a word.

    A line a person: every word with a blank on either side, a tab, the number of the person. The database hands it over
    in one row, in a quarter of the time that a row each would take (docs/rules/people-finding.md, section 4).
    """

    def __init__(self, among: QuerySet[Person]) -> None:
        line = Concat("search", Value(" \t"), Cast("pk", TextField()), output_field=TextField())
        self.text = f"{among.order_by().aggregate(all=_Joined(line))['all'] or ''}\n"

    def with_any(self, forms: Sequence[str]) -> set[int]:
        """Those who have the first form anywhere in a name, or another one as a whole word."""
        return self._having([forms[0], *(f" {form} " for form in forms[1:])])

    def near(self, word: str) -> set[int]:
        """Those who have a word that the given one may be mistyped for."""
        found: set[int] = set()
        for one in words_near(word, self.words):
            if len(found) < MOST_NEAR:
                found |= self._having([f" {one} "])
        return found

    @cached_property
    def words(self) -> list[str]:
        """Every word of a name, once, without the digits in it: those of the numbers of persons go in one sweep."""
        return sorted(set(self.text.encode().translate(None, b"0123456789").decode().split()))

    def _having(self, parts: Sequence[str]) -> set[int]:
        found: set[int] = set()
        for part in parts:
            place = self.text.find(part)
            while place >= 0:
                start = self.text.index("\t", place)
                end = self.text.index("\n", start)
                found.add(int(self.text[start + 1 : end]))
                place = self.text.find(part, end)
        return found


class _Joined(Aggregate):
    """One text of many, a line each."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, chr(10))"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """As SQLite calls it."""
        return self.as_sql(
            compiler, connection, function="GROUP_CONCAT", template="%(function)s(%(expressions)s, char(10))", **context
        )


def _by_name(question: Asked, among: QuerySet[Person], limit: int) -> list[Person]:
    """Whose names begin with the text; then those in whom each word stands somewhere, the longest looked for first."""
    typed = [forms[0] for forms in question.words]
    start = " ".join(typed)
    rows = among.order_by("name_key", "pk")
    persons = list(rows.filter(name_key__gte=start, name_key__startswith=start)[:limit])
    if len(persons) < limit:
        holds = reduce(and_, (Q(search__contains=word) for word in sorted(typed, key=lambda word: -len(word))))
        known = {person.pk for person in persons}
        persons += [person for person in rows.filter(holds)[: limit + len(known)] if person.pk not in known]
    return persons[:limit]


def _by_code(question: Asked, among: QuerySet[Person]) -> list[Person]:
    """Whose id in some source it is, where the text can be one."""
    if not question.codes:
        return []
    ids = PersonRecord.objects.filter(code__in=question.codes).order_by().values_list("person_id", flat=True)
    return list(among.filter(pk__in=list(ids[:MOST_ROWS])).order_by("name_key", "pk"))


def _by_number(question: Asked, among: QuerySet[Person], reachable: QuerySet[Person], limit: int) -> list[Person]:
    """Those found by an id, then those found by a phone or a mail."""
    persons = _by_code(question, among)
    hashes = _hashes(question)
    if hashes is not None:
        ids = ContactPoint.objects.filter(hashes).order_by().values_list("person_id", flat=True)
        known = {person.pk for person in persons}
        rows = reachable.filter(pk__in=list(ids[:MOST_ROWS])).order_by("name_key", "pk")
        persons += [person for person in rows if person.pk not in known]
    return persons[:limit]


def _hashes(question: Asked) -> Q | None:
    """What the keyed hashes of a contact must be; none where the text can be no contact."""
    if question.mail:
        return Q(kind="mail", index_full__in=lookup(Contact(kind="mail", value=question.mail)))
    if column := _LAST_DIGITS.get(len(question.digits)):
        return Q(**{column: lookup_digits(question.digits)})
    try:
        number = normalize_phone(question.digits)
    except InvalidContact:
        return None
    return Q(index_full__in=lookup(Contact(kind="sms", value=number)))


def _at(word: str) -> QuerySet[Assignment]:
    """The places now at worksites that have a word beginning so."""
    sites = Worksite.objects.filter(search__contains=f" {word}").order_by().values("pk")
    return Assignment.objects.filter(ends_on=None, worksite__in=sites).order_by()


def _people_at(word: str) -> set[int]:
    """Who works now at such a worksite, known to the viewer or not."""
    return set(_at(word).values_list("person_id", flat=True))


def _others(known: Sequence[Person], ids: set[int], question: Asked, among: QuerySet[Person]) -> list[Person]:
    """The rest of those found, in order of name.

    Very many are either at worksites of that name, whom the database finds by itself, or share one frequent name: of
    them the first come, and one more word narrows the question.
    """
    more = ids - {person.pk for person in known}
    if len(more) > MOST_ROWS:
        at_sites = reduce(and_, (Q(pk__in=_at(forms[0]).values("person_id")) for forms in question.words))
        if found := list(among.filter(at_sites).order_by("name_key", "pk")[:MOST_SHOWN]):
            return found
    if not more:
        return []
    fits = Q(pk__in=sorted(more)[:MOST_ROWS])
    return list(among.filter(fits).order_by("name_key", "pk")[:MOST_SHOWN])
