"""Short data in two languages."""

from __future__ import annotations

import pytest
from django.db import connection, models
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from unionhall.foundation.bilingual import Bilingual, BilingualField, as_bilingual

BOTH = Bilingual(en="Wages", es="Salarios")


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        (BOTH, "en", "Wages"),
        (BOTH, "es", "Salarios"),
        (BOTH, "es-mx", "Salarios"),
        (Bilingual(en="Wages"), "es", "Wages"),
        (Bilingual(es="Salarios"), "en", "Salarios"),
        (Bilingual(), "es", ""),
    ],
)
def test_phrase_falls_back_to_the_other_side(value, language, shown):
    assert value.in_language(language) == shown
    with translation.override(language):
        assert str(value) == shown


def test_phrase_without_an_active_language_is_english():
    with translation.override(None):
        assert str(BOTH) == "Wages"


@pytest.mark.parametrize(
    ("value", "missing"),
    [(BOTH, ()), (Bilingual(en="Wages", es=" "), ("es",)), (Bilingual(es="x"), ("en",)), (Bilingual(), ("en", "es"))],
)
def test_publishing_wants_both_sides(value, missing):
    assert value.missing() == missing
    assert value.is_complete() is (missing == ())


@given(st.builds(Bilingual, en=st.text(), es=st.text()))
def test_stored_phrase_comes_back(value):
    field = BilingualField()

    assert as_bilingual(value.to_json()) == value
    assert field.to_python(field.get_prep_value(value)) == value


def test_field_reads_what_the_database_holds():
    field = BilingualField()

    assert field.from_db_value('{"en": "Wages", "es": "Salarios"}', None, connection) == BOTH
    assert field.from_db_value(None, None, connection) == Bilingual()
    assert field.get_default() == Bilingual()


def test_field_is_serialized_as_a_mapping():
    class Demand(models.Model):
        title = BilingualField()

        class Meta:
            app_label = "tests_bilingual"

        def __str__(self):
            return str(self.title)

    assert Demand._meta.get_field("title").value_to_string(Demand(title=BOTH)) == BOTH.to_json()


@pytest.mark.parametrize("value", ["Wages", 7, ["Wages"]])
def test_anything_else_is_refused(value):
    with pytest.raises(TypeError, match="mapping with en and es"):
        as_bilingual(value)
