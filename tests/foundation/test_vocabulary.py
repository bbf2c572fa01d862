"""What a local calls things: packs, its own words, articles."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from unionhall.foundation import vocabulary
from unionhall.foundation.access import system_actor
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.models import AuditEntry

BY = {"actor": system_actor("test"), "at": datetime(2026, 11, 22, tzinfo=UTC)}
REP = vocabulary.Word(one=Bilingual("rep", "representante"), many=Bilingual("reps", "representantes"), gender="m")


@pytest.fixture(autouse=True)
def _fresh():
    vocabulary.forget()


@pytest.mark.parametrize(
    ("language", "count", "form", "said"),
    [
        ("en", 1, "", "area"),
        ("en", 3, "", "areas"),
        ("en", 1, "a", "an area"),
        ("en", 3, "a", "areas"),
        ("en", 3, "the", "the areas"),
        ("es", 1, "the", "la división"),
        ("es", 2, "the", "las divisiones"),
        ("es", 1, "a", "una división"),
        ("es-mx", 2, "", "divisiones"),
    ],
)
def test_word_agrees_with_count_language_and_article(language, count, form, said):
    area = vocabulary.Word(one=Bilingual("area", "división"), many=Bilingual("areas", "divisiones"), gender="f")
    assert area.said(count=count, form=form, language=language) == said


@pytest.mark.django_db
def test_default_words_stand_until_the_local_chooses():
    assert vocabulary.word("worksite") == "worksite"
    vocabulary.choose_vocabulary(pack="school", **BY)
    assert vocabulary.word("worksite", count=2) == "schools"
    assert vocabulary.word("worksite", form="the", language="es") == "la escuela"
    assert vocabulary.word("steward", count=2) == "stewards"
    assert vocabulary.word("nobody knows") == "nobody knows"


@pytest.mark.django_db
def test_own_word_stands_over_every_pack_until_it_is_taken_back():
    vocabulary.say_word(key="steward", said=REP, **BY)
    vocabulary.choose_vocabulary(pack="hospitality", **BY)
    assert vocabulary.word("steward", count=2, language="es") == "representantes"
    vocabulary.say_word(key="steward", said=None, **BY)
    assert vocabulary.word("steward") == "shop steward"
    assert AuditEntry.objects.filter(verb="foundation.vocabulary_chosen").count() == 3


@pytest.mark.django_db
def test_chosen_twice_is_written_once():
    vocabulary.choose_vocabulary(pack="school", **BY)
    vocabulary.choose_vocabulary(pack="school", **BY)
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("castle", REP),
        ("steward", vocabulary.Word(one=Bilingual("rep", ""), many=Bilingual("reps", "x"))),
        ("steward", vocabulary.Word(one=Bilingual("r" * 61, "x"), many=Bilingual("reps", "x"))),
    ],
)
def test_words_that_cannot_be_said_are_refused(key, said):
    with pytest.raises(vocabulary.NoSuchLabel):
        vocabulary.say_word(key=key, said=said, **BY)
    with pytest.raises(vocabulary.NoSuchPack):
        vocabulary.choose_vocabulary(pack="castle", **BY)


@pytest.mark.django_db
def test_words_are_read_once_for_many_asked(django_assert_num_queries):
    with django_assert_num_queries(1):
        for key in ("worksite", "steward", "area", "worksite"):
            vocabulary.word(key)


@pytest.mark.parametrize("pack", tuple(vocabulary.vocabulary_packs), ids=lambda pack: pack.code)
def test_every_pack_is_whole_in_both_languages_and_says_only_what_the_default_says(pack):
    known = vocabulary.vocabulary_packs.get("default")
    assert pack.words.keys() <= known.words.keys()
    assert pack.name.is_complete()
    assert all(word.one.is_complete() and word.many.is_complete() for word in pack.words.values())
    assert {word.gender for word in pack.words.values()} <= {"m", "f"}


@pytest.mark.django_db
def test_templates_ask_for_words_by_tag():
    vocabulary.choose_vocabulary(pack="school", **BY)
    page = Template("{% load ui %}{% word 'worksite' 'the' %}, {% words 'worksite' %}, {% words 'worksite' 1 %}")
    with translation.override("es"):
        assert page.render(Context()) == "la escuela, escuelas, escuela"
