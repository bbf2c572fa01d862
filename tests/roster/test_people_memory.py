"""Lines that are known again without being read: what a list does is the same as if each were read."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from django.db import transaction

from tests.factories import roster as factory
from tests.roster.people_lists import apply, counts, preview, receive, resume, snapshot, undo
from unionhall.foundation.bilingual import Bilingual
from unionhall.roster import operations, tables
from unionhall.roster.models import (
    Assignment,
    Classification,
    ContactPoint,
    Import,
    LineSeen,
    Person,
    PersonRecord,
    Unit,
    Worksite,
)

pytestmark = pytest.mark.django_db

SEP, OCT, NOV = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
HEADS = "Employee ID,Last Name,First Name,Job Title,Unit,Site,Cell Phone,Work Email,Status,Hire Date"
SITES = ("Rosemead Street Elementary", "Harbor Middle", "Nobody's School")
NAMES = (("Quintero", "Abel"), ("Moss", "Bianca"), ("Okafor", "Cyrus"), ("Ferrer", "Dalia"), ("Yuen", "Edgar"))
STATES = ("Active", "Active", "Active", "LOA", "Principal", "Terminated")


@pytest.fixture(autouse=True)
def sites():
    factory.worksite(SITES[0])
    factory.worksite(SITES[1])
    employer = operations.put_employer(code="d", name="District", actor=factory.CLERK, at=factory.AT)
    name = Bilingual(en="Teachers", es="Docentes")
    operations.put_unit(employer=employer, code="T", name=name, actor=factory.CLERK, at=factory.AT)


def line(number, *, site=0, phone=0, state=0, title="Cook", name=0, unit="T"):
    last, first = NAMES[(number + name) % len(NAMES)]
    return (
        f"{number:05d},{last},{first},{title},{unit},{SITES[site]},213 555 {phone or number:04d},"
        f"w{number}@example.org,{STATES[state]},08/{number % 28 + 1:02d}/2015"
    )


def some_line(number, chance):
    return line(
        number,
        site=chance.choice((0, 0, 0, 1, 2)),
        phone=chance.choice((0, 0, 0, 7777, 12)),
        state=chance.choice((0, 0, 0, *range(len(STATES)))),
        title=chance.choice(("Cook", "Cook", "Driver", "")),
        name=chance.choice((0, 0, 0, 0, 1)),
        unit=chance.choice(("T", "T", "")),
    )


def next_list(lines, chance):
    """The list of the next month: most lines as they were, some otherwise, some gone, some new, some twice."""
    kept = [text for text in lines if chance.random() < 0.85]
    again = [some_line(int(text.partition(",")[0]), chance) if chance.random() < 0.25 else text for text in kept]
    again += [some_line(chance.randrange(100, 120), chance) for _ in range(chance.randrange(3))]
    again += [chance.choice(again)] if again and chance.random() < 0.2 else []
    again += [chance.choice(again).replace("00", "0", 1)] if again and chance.random() < 0.1 else []
    chance.shuffle(again)
    return again or [line(1)]


def undo_last(chance):
    undo(Import.objects.filter(state="applied").order_by("-pk").values_list("pk", flat=True).first())


def merge_two(chance):
    people = list(Person.objects.filter(merged_into=None).order_by("pk"))
    if len(people) > 1:
        kept, absorbed = chance.sample(people, 2)
        operations.merge_people(kept=kept, absorbed=absorbed, actor=factory.CLERK, at=factory.AT)


def edit_by_hand(chance):
    person = chance.choice(list(Person.objects.order_by("pk")))
    field, text = chance.choice((("name", "Somebody Else"), ("hired_on", "2001-02-03"), ("birth", "02-03")))
    operations.edit_person(person=person, values={field: text}, actor=factory.CLERK, at=factory.AT)


def other_source(chance):
    apply(some_line(chance.randrange(5), chance), heads=HEADS, source="union", name="union.csv", day=OCT)


def first(model):
    """The oldest row of a table."""
    return model.objects.filter(pk__in=model.objects.order_by("pk").values_list("pk", flat=True)[:1])


# What may come between two lists of one source. Some go past our own operations, as a careless hand at the database.
BETWEEN = (
    lambda chance: None,
    lambda chance: Worksite.objects.filter(name=SITES[0]).update(name_key="elsewhere"),
    lambda chance: factory.worksite(SITES[1]),
    lambda chance: first(Classification).update(code="changed"),
    lambda chance: Unit.objects.update(code="X", name=Bilingual(en="Others")),
    lambda chance: first(Assignment).update(ends_on=OCT),
    lambda chance: first(ContactPoint).delete(),
    lambda chance: first(PersonRecord).delete(),
    lambda chance: first(Person).update(name="Called Otherwise"),
    undo_last,
    merge_two,
    edit_by_hand,
    other_source,
)


@contextmanager
def taken_back():
    """All that is done in here is as if it never was."""
    with transaction.atomic():
        point = transaction.savepoint()
        yield
        transaction.savepoint_rollback(point)


def told(report):
    return replace(report, seconds=0, import_id=None)


def written(lines, **other):
    """All rows after a list, without what chance gives."""
    apply(*lines, **other)
    return {
        name: [{field: value for field, value in row.items() if field != "public_id"} for row in rows]
        for name, rows in snapshot().items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(24))
def test_list_does_the_same_as_if_nothing_were_remembered(seed, settings):
    chance = Random(seed)
    lines = [some_line(number, chance) for number in range(8)]
    apply(*lines, heads=HEADS, day=SEP)
    remembered = 0
    for month, day in enumerate((OCT, NOV, date(2027, 1, 1), date(2026, 10, 15)), start=1):
        for _step in range(chance.randrange(3)):
            chance.choice(BETWEEN)(chance)
        if month == 3:
            settings.EMPLOYER_DOMAINS = ["example.org"]
        lines = next_list(lines, chance)
        remembered += LineSeen.objects.count()
        terms = {"heads": HEADS, "day": day, "options": {"all_absent": chance.random() < 0.5}}
        with_memory = told(preview(*lines, **terms))
        with taken_back():
            rows = written(lines, **terms)
        with taken_back():
            LineSeen.objects.all().delete()
            assert told(preview(*lines, **terms)) == with_memory
            assert written(lines, **terms) == rows
        apply(*lines, **terms)
    assert remembered


def recalled(*lines, **other):
    """How many lines of a list are known again."""
    data = "\n".join([other.pop("heads", HEADS), *lines]).encode()
    file = tables.read_bytes(data, name="district.csv")
    return len(operations.look_at(kind="people", file=file, source="district", as_of=OCT).plan.same)


def test_line_that_says_the_same_is_known_again():
    apply(line(1), line(2), line(3), heads=HEADS)

    assert recalled(line(1), line(2), line(3, phone=4321)) == 2
    assert counts(preview(line(1), line(2), line(3, phone=4321), heads=HEADS, day=OCT)) == (0, 1, 2, 0, 0)


def test_order_of_columns_and_lines_and_columns_that_are_not_read_change_nothing():
    apply(line(1), line(2), heads=HEADS)
    turned = [",".join(["October", *reversed(text.split(","))]) for text in (line(2), line(1))]

    assert recalled(*turned, heads=",".join(["Month", *reversed(HEADS.split(","))])) == 2


def test_line_of_which_the_report_has_something_to_say_is_read_again():
    odd = line(1).replace("213 555 0001", "213 555 01")
    unplaced, manager = line(2, site=2), line(3, state=4)
    apply(odd, unplaced, manager, line(4), line(4), heads=HEADS)

    assert recalled(odd, unplaced, manager, line(4), line(4)) == 0
    assert recalled(line(4)) == 0
    apply(line(4), heads=HEADS, day=OCT, options={"all_absent": True})
    assert recalled(line(4)) == 1


def test_person_whom_one_of_us_wrote_by_hand_is_held_against_every_list():
    apply(line(1), heads=HEADS)
    person = Person.objects.get()
    operations.edit_person(person=person, values={"hired_on": "2001-02-03"}, actor=factory.CLERK, at=factory.AT)

    assert recalled(line(1)) == 0
    assert preview(line(1), heads=HEADS, day=OCT).conflicts == 1


def test_list_that_waits_is_written_as_it_was_when_it_was_looked_at():
    apply(line(1), line(2), heads=HEADS)
    imported = receive(line(1), line(2, site=1), heads=HEADS, day=OCT)
    resume(imported)

    assert set(PersonRecord.objects.values_list("last_seen_on", flat=True)) == {OCT}
    assert LineSeen.objects.count() == 2
    assert recalled(line(1), line(2, site=1)) == 2


def test_nothing_readable_of_a_line_is_kept():
    apply(line(1), heads=HEADS)
    seen = LineSeen.objects.get()

    assert len(seen.digest) == 32
    assert str(seen) == f"line of {seen.record_id}"
