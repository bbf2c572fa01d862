"""Every reason that the rules for lists give has its sentence, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from unionhall import rulebook
from unionhall.roster.phrases import NOTICE, ROW, WHOLE, notice_sentence, row_sentence
from unionhall.rulebook.cells import Fault
from unionhall.rulebook.forbidden import _WORDS
from unionhall.rulebook.reports import Notice

ROWS = [
    "no_person_name",
    "id_of_another",
    "cut_short",
    "no_hours",
    "no_day",
    "no_birthday",
    "unknown_language",
    "unknown_membership",
    "unknown_standing",
    "unknown_employment",
    "management",
    "no_phone",
    "no_mail",
    "toll_free",
    "internet_phone",
    "premium_rate",
    "pager",
    "extension",
    "no_home_zip",
    "long_address",
    "no_opt_out",
    "unknown_opt_out",
    "no_way",
    "too_long",
]
FILES = ("people_list", "people_entries", "people_file", "reaching", "contact_list", "opt_out_list")


def test_rules_give_no_other_reason():
    folder = Path(rulebook.__file__).parent
    given = set()
    for name in FILES:
        given |= set(re.findall(r'[Ff]ault\([^()]*?"((?:[a-z]+_)+[a-z]+)"', (folder / f"{name}.py").read_text("utf-8")))
    assert given - {"hired_on", "birth_month", "contact_status", "opted_out"} <= set(ROW) | set(WHOLE)


@pytest.mark.parametrize("code", ROWS)
def test_reasons_of_lines_are_sentences_in_both_languages(code):
    said = set()
    for language in ("en", "es"):
        with translation.override(language):
            said.add(row_sentence(Fault(2, code, "Job", "Aide", "5")))
    assert len(said) == 2
    assert all(sentence.endswith(".") and "%" not in sentence for sentence in said)


@pytest.mark.parametrize("why", sorted(_WORDS))
def test_every_forbidden_kind_has_its_notice(why):
    assert f"dropped_{why}" in NOTICE
    with translation.override("es"):
        assert "“SSN”" in notice_sentence(Notice(f"dropped_{why}", fields={"head": "SSN"}))
