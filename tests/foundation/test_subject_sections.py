"""Whatever points at a person stands in her file, or says why not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from tests.factories import accounts, campaigns, roster
from unionhall.accounts.enums import Method
from unionhall.accounts.models import User
from unionhall.accounts.operations import note_sign_in
from unionhall.foundation import clock
from unionhall.foundation.hooks import Subject, SubjectLine, subject_sections
from unionhall.roster.models import Person
from unionhall.roster.queries.subject import subject_of

# Columns that name a person or an account by number or public id, without a relation.
BY_ID = ("person", "person_id", "record_pk", "decided_pk", "actor_id", "asked_by_id", "decided_by_id", "applied_by_id")


def ours() -> Iterator[type[models.Model]]:
    """The tables of our slices and of those who sign people in."""
    for model in apps.get_models():
        if model.__module__.startswith(("unionhall.", "allauth.")):
            yield model


def pointing() -> set[str]:
    """Every table that points at a person or an account, directly or through another one that does.

    What points at a table that is left out, such as the lines of a list of worksites, is left out with it.
    """
    apart = {label for section in subject_sections for label in section.left_out}
    found: set[type[models.Model]] = {Person, User}
    while True:
        more = {model for model in ours() if model not in found and any(_points(model, found, apart))}
        if not more:
            return {model._meta.label for model in found}
        found |= more


def _points(model: type[models.Model], found: set[type[models.Model]], apart: set[str]) -> Iterator[bool]:
    known = {one for one in found if one._meta.label not in apart}
    for field in model._meta.local_concrete_fields:
        yield field.related_model in known if field.is_relation else field.name in BY_ID


def test_every_table_that_points_at_a_person_is_in_her_file_or_says_why_not() -> None:
    told = {label for section in subject_sections for label in section.tables}
    left_out = {label for section in subject_sections for label in section.left_out}

    assert pointing() - told - left_out == set()
    assert told & left_out == set()
    assert left_out <= {model._meta.label for model in ours()}


def test_each_section_says_what_it_is_kept_for() -> None:
    for section in subject_sections:
        assert str(section.title)
        assert len(str(section.why)) > 20


@pytest.mark.django_db
def test_a_whole_file_holds_what_was_written_of_her_and_nothing_of_anybody_else() -> None:
    river = campaigns.full_campaign()
    rosa = campaigns.entry(river, name="Rosa Méndez").person
    other = roster.person("Cleo Park", contact="213 555 0178")

    text = _text(subject_of(rosa))

    assert "Rosa Méndez" in text
    assert "Cleo" not in text
    assert "555-0178" not in text
    assert "Cleo Park" in _text(subject_of(other))


@pytest.mark.django_db
def test_somebody_without_an_account_has_a_file_too() -> None:
    person = roster.person("Beto Luna", contact="213 555 0142")

    assert "(213) 555-0142" in _text(subject_of(person))


@pytest.mark.django_db
def test_her_devices_stand_in_her_file() -> None:
    person = roster.person("Beto Luna", contact="213 555 0142")
    user = accounts.make_user("Beto Luna")
    Person.objects.filter(pk=person.pk).update(user=user)
    note_sign_in(user=user, session_key="d" * 32, agent="Chrome Android", method=Method.CODE, at=clock.now())

    assert "Chrome" in _text(Subject(person.pk, person.public_id, user.pk))


def _text(subject: Subject) -> str:
    lines: list[SubjectLine] = [line for section in subject_sections for line in section.read(subject)]
    return "\n".join(f"{line.label}: {line.value} ({line.source}, {line.on})" for line in lines)
