"""Why two records may be one person's, in a sentence."""

from __future__ import annotations

from django.utils.translation import override

from unionhall.roster.phrases import LIKENESS, THING, reasons_sentence
from unionhall.rulebook.matching import REASONS, Reason

SAID = (
    Reason("same_phone"),
    Reason("same_surname"),
    Reason("same_worksite"),
    Reason("nickname", 1, "Rosa", "Rosita"),
    Reason("other_job", -1),
)


def test_reasons_are_told_in_one_line():
    assert reasons_sentence(SAID) == (
        "Same: phone, surname, worksite; two forms of one first name: Rosa / Rosita; different: job"
    )


def test_reasons_are_told_in_spanish():
    with override("es"):
        told = reasons_sentence(SAID)
    assert told == (
        "En común: teléfono, apellido, lugar de trabajo; dos formas de un mismo nombre: Rosa / Rosita; distinto: puesto"
    )


def test_every_reason_there_is_can_be_told():
    untold = [
        code
        for code in REASONS
        if code not in LIKENESS and code.removeprefix("same_").removeprefix("other_") not in THING
    ]
    assert untold == []
    assert [code for code in REASONS if not reasons_sentence([Reason(code, 1, "A", "B")])] == []


def test_a_name_with_a_percent_sign_is_told_as_it_is():
    assert reasons_sentence([Reason("name_close", 1, "100%", "%s")]) == "Nearly the same spelling: 100% / %s"
