"""Every verb that is written into the trail anywhere has its sentence, in both languages."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from unionhall.accounts.enums import Method, TokenKind
from unionhall.accounts.operations.keys import CHANGES
from unionhall.foundation.trail import PAGE_CHANGED, UNKNOWN, Told, told, trail_verbs, verbs_of

SOURCE = Path(__file__).resolve().parents[2] / "src/unionhall"
SHAPE = re.compile(r"[a-z_]+\.[a-z_]+")
# Verbs that are put together: as it is written in the code → all that it may be.
PUT_TOGETHER = {
    "f'accounts.signed_in_by_{method.value}'": [f"accounts.signed_in_by_{one.value}" for one in Method],
    "f'accounts.signed_in_by_{kind.value}'": [f"accounts.signed_in_by_{one.value}" for one in TokenKind],
    "f'accounts.{kind.value}_made'": [f"accounts.{one.value}_made" for one in TokenKind],
    "f'wagtail.{row.action}'": ["wagtail.create", "wagtail.publish"],
    "f'accounts.{change}'": [f"accounts.{change}" for change in CHANGES],
}
EVERY = [item for verbs in trail_verbs for item in verbs.items()]


TREES = {path: ast.parse(path.read_text("utf-8")) for path in SOURCE.rglob("*.py") if "migrations" not in path.parts}


def helpers() -> dict[str, set[int]]:
    """Functions that take a verb by place → which place."""
    places = defaultdict(set)
    for node in (node for tree in TREES.values() for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef) and "verb" in (names := [arg.arg for arg in node.args.args]):
            places[node.name].add(names.index("verb"))
    return places


def written() -> Iterator[tuple[str, str]]:
    """(verb or how it is put together, where) of each call that writes one, through helpers with a `verb` too."""
    places = helpers()
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            for value in given(node, places):
                yield from ((verb, str(path.relative_to(SOURCE))) for verb in verbs_in(value))


def given(node: ast.AST, places: dict[str, set[int]]) -> list[ast.expr]:
    """What a call or an assignment gives as a verb."""
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func).split(".")[-1]
        spots = [node.args[spot] for spot in places.get(called, ()) if spot < len(node.args)]
        return [*spots, *(word.value for word in node.keywords if word.arg == "verb")]
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "verb":
        return [node.value]
    return []


def verbs_in(value: ast.expr) -> list[str]:
    """What a value may be: a word, either of two, or something put together."""
    if isinstance(value, ast.IfExp):
        return verbs_in(value.body) + verbs_in(value.orelse)
    if isinstance(value, ast.JoinedStr):
        return PUT_TOGETHER.get(ast.unparse(value), [ast.unparse(value)])
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and SHAPE.fullmatch(value.value):
        return [value.value]
    return []


def test_enough_verbs_are_found_to_be_looked_at() -> None:
    assert len({verb for verb, _where in written()}) > 80


def test_every_verb_that_is_written_anywhere_has_a_sentence() -> None:
    known = {verb for verb, _said in EVERY}
    bare = sorted({(verb, where) for verb, where in written() if verb not in known})

    assert bare == [], "add the verb to TRAIL in the phrases.py of its slice, and its Spanish"


@pytest.mark.parametrize(("verb", "said"), [*EVERY, ("other page", PAGE_CHANGED), ("other", UNKNOWN)])
def test_sentence_stands_in_both_languages_and_names_the_doer(verb: str, said: Told) -> None:
    with translation.override("en"):
        english = str(said.sentence)
    with translation.override("es"):
        spanish = str(said.sentence)

    assert english != spanish
    assert {re.search(r"%\(who\)s", text) is not None for text in (english, spanish)} == {True}
    assert set(re.findall(r"%\(\w+\)s", english)) == set(re.findall(r"%\(\w+\)s", spanish))
    assert set(re.findall(r"%\(\w+\)s", english)) <= {"%(who)s", "%(what)s"}
    assert english % {"who": "Gloria", "what": "x"}


def test_verb_of_the_pages_desk_without_a_sentence_of_its_own_is_a_page_that_changed() -> None:
    assert told("wagtail.workflow.start") is PAGE_CHANGED
    assert told("tests.odd") is UNKNOWN


def test_what_stands_out_is_what_goes_out_overrides_or_takes_two() -> None:
    loud = set(verbs_of(loud=True))

    assert {"roster.export_taken", "accounts.lockdown_begun", "roster.hold_placed", "roster.trail_taken"} <= loud
    assert not {"roster.person_added", "accounts.signed_in_by_code"} & loud
