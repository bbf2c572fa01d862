"""Finding people by whatever somebody remembers of them."""

from __future__ import annotations

import pytest

from tests.factories import roster as factory
from unionhall.foundation.access import Reach, Role
from unionhall.roster import access
from unionhall.roster.models import Assignment, Person, PersonRecord, Worksite
from unionhall.roster.queries.people import find_people
from unionhall.rulebook.names import fold

pytestmark = pytest.mark.django_db


@pytest.fixture
def reseda():
    return factory.worksite("Reseda High School", area=factory.area("E"))


@pytest.fixture
def people(reseda):
    """Rosa of Reseda, her namesake of Harbor, and Beto, whose list calls him Alberto."""
    harbor = factory.worksite("Harbor Middle School", area=factory.area("W"))
    rosa = factory.person("Rosa García Márquez", site=reseda, contact="213 555 0142")
    other = factory.person("Rosa Harutyunyan", site=harbor, contact="rosa@example.org")
    beto = factory.person("Alberto Luna", site=harbor, contact="323 555 0177")
    for person, code in ((rosa, "=00123"), (other, "=M-1042")):
        PersonRecord.objects.create(
            person=person, source="payroll", code=code, first_seen_on=factory.AT.date(), last_seen_on=factory.AT.date()
        )
    return {"rosa": rosa, "other": other, "beto": beto}


def names(text, among=None, reachable=None, limit=20):
    everybody = Person.objects.all() if among is None else among
    found = find_people(text, among=everybody, reachable=everybody if reachable is None else reachable, limit=limit)
    return [person.name for person in found.persons]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rosa", ["Rosa García Márquez", "Rosa Harutyunyan"]),
        ("GARCIA rosa", ["Rosa García Márquez"]),
        ("árque", ["Rosa García Márquez"]),
        ("marquez, garcia", ["Rosa García Márquez"]),
        ("beto", ["Alberto Luna"]),
        ("beto luna", ["Alberto Luna"]),
        ("rosita garcia", ["Rosa García Márquez"]),
        ("rosa gracia", ["Rosa García Márquez"]),
        ("harutunian", ["Rosa Harutyunyan"]),
        ("rosa reseda", ["Rosa García Márquez"]),
        ("reseda high", ["Rosa García Márquez"]),
        ("harbor", ["Alberto Luna", "Rosa Harutyunyan"]),
        ("zzyzx", []),
        ("", []),
        ("%", []),
    ],
)
def test_any_part_of_a_name_or_worksite(people, text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(213) 555-0142", ["Rosa García Márquez"]),
        ("555-0142", ["Rosa García Márquez"]),
        ("0142", ["Rosa García Márquez"]),
        ("0177", ["Alberto Luna"]),
        ("213 555 0143", []),
        ("Rosa@Example.org", ["Rosa Harutyunyan"]),
        ("00123", ["Rosa García Márquez"]),
        ("123", ["Rosa García Márquez"]),
        ("m-1042", ["Rosa Harutyunyan"]),
    ],
)
def test_phone_mail_and_id(people, text, found):
    assert names(text) == found


def test_name_that_begins_with_the_text_comes_first(reseda):
    for name in ("Ana Rosales", "Rosa Paz", "Luz Rosas"):
        factory.person(name, site=reseda)
    assert names("rosa")[0] == "Rosa Paz"
    assert set(names("rosa")[1:]) == {"Ana Rosales", "Luz Rosas"}


def test_nobody_is_found_beyond_what_the_viewer_may_know(people, reseda):
    steward = factory.viewer(Role.STEWARD, Reach.WORKSITE, reseda.public_id)
    mine = access.persons_visible_to(steward)
    for text in ("rosa", "harbor", "harutyunyan", "harutunian", "m-1042", "0177", "rosa@example.org"):
        assert set(names(text, mine, mine)) <= {"Rosa García Márquez"}


def test_officer_finds_nobody_by_a_phone(people):
    officer = factory.viewer(Role.OFFICER, Reach.ALL, strong=True)
    among, reachable = access.persons_visible_to(officer), access.persons_reached_by(officer)
    assert names("0142", among, reachable) == []
    assert names("123", among, reachable) == ["Rosa García Márquez"]


def test_worksite_left_is_no_way_to_find_somebody(people):
    Assignment.objects.filter(person=people["beto"]).update(ends_on=factory.AT.date())
    assert names("harbor") == ["Rosa Harutyunyan"]


def test_query_counts_do_not_grow(people, django_assert_max_num_queries):
    for text, most in (("rosa", 6), ("harutunian", 6), ("0142", 3), ("harbor rosa", 7)):
        with django_assert_max_num_queries(most):
            names(text)


@pytest.mark.slow
def test_thirty_five_thousand_are_found_in_as_many_queries_and_few_rows(django_assert_max_num_queries):
    sites = [factory.worksite(f"Site {place} Elementary") for place in range(20)]
    surnames = [
        f"{a}{b}{c}" for a in ("Gar", "Lun", "Mor", "Her") for b in ("a", "o", "i") for c in ("cia", "nez", "s")
    ]
    rows = []
    for number in range(35_000):
        name = f"Ana{number % 97} {surnames[number % len(surnames)]} {surnames[number // 7 % len(surnames)]}"
        rows.append(
            Person(
                name=name, name_key=fold(name), search=f" {fold(name)}", source="t", added_at=factory.AT, language="es"
            )
        )
    persons = Person.objects.bulk_create(rows, batch_size=2000)
    Assignment.objects.bulk_create(
        [Assignment(person=person, worksite=sites[person.pk % 20], source="t") for person in persons], batch_size=2000
    )
    assert Worksite.objects.count() == 20
    for text in ("ana7 garacia", "garacia", "ana", "garacai", "elementary", "site ana7"):
        with django_assert_max_num_queries(7):
            found = find_people(text, among=Person.objects.all(), reachable=Person.objects.all())
        assert 0 < len(found.persons) <= 20, text
