"""Catalogues: what is collected, what is missed, what stays as it was."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "tools"))

import catalogues
import messages
import translations

TEMPLATE = """{% load i18n %}
<c-button label="{% translate 'Join' %}">
   {% blocktranslate count counter=n %}one member{% plural %}{{ counter }} members{% endblocktranslate %}
</c-button>
{% blocktranslate with who=name trimmed %}
    Hello,
    {{ who }}
{% endblocktranslate %}
"""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A slice with four texts in Python and three in a template."""
    folder = tmp_path / "src/unionhall/roster"
    (folder / "templates/roster").mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "templates/roster/page.html").write_text(TEMPLATE, "utf-8")
    (folder / "enums.py").write_text('a = _("open")\nb = pgettext_lazy("a school", "open")\n', "utf-8")
    (folder / "operations.py").write_text('c = _("%(count)s came")\nd = _(\n    "Write "\n    "it."\n)\n', "utf-8")
    return folder


def translate(folder: Path, **spanish: str | tuple[str, ...]) -> None:
    """Collect, then write the given Spanish (ids with _ for spaces) and "x" with its placeholders for the rest."""
    messages.write(folder)
    path = catalogues.catalogue_path(folder)
    catalogue = catalogues.load(path)
    for entry in catalogue:
        if entry.id:
            asked = translations.as_tuple(entry.id)
            plain = tuple(" ".join(["x", *sorted(translations.placeholders(text))]) for text in asked)
            entry.string = spanish.get(asked[0].replace(" ", "_"), plain if len(plain) > 1 else plain[0])
    with path.open("wb") as target:
        target.write(messages.HEADER.format(name=folder.name).encode())
        messages.write_po(target, catalogue, omit_header=True, include_lineno=False, width=120)


def test_texts_of_python_and_templates_are_met(roster: Path) -> None:
    found = {message.key for message in catalogues.messages(roster)}

    assert found == {
        ("open", None),
        ("open", "a school"),
        ("%(count)s came", None),
        ("Write it.", None),
        ("Join", None),
        ("one member", None),
        ("Hello, %(who)s", None),
    }


def test_complete_spanish_has_no_problem(roster: Path, tmp_path: Path) -> None:
    translate(roster)

    assert translations.problems(tmp_path) == []


def test_every_text_without_spanish_is_told(roster: Path, tmp_path: Path) -> None:
    messages.write(roster)

    assert len(translations.problems(tmp_path)) == 7
    assert "src/unionhall/roster/templates/roster/page.html:2: “Join” has no Spanish" in translations.problems(tmp_path)


@pytest.mark.parametrize("spanish", ["vinieron", "vinieron %(cuenta)s", "%(count)s de %(total)s"])
def test_placeholder_lost_or_invented_is_told(roster: Path, tmp_path: Path, spanish: str) -> None:
    translate(roster, **{"%(count)s_came": spanish})

    assert translations.problems(tmp_path) == [
        "src/unionhall/roster/operations.py:1: “%(count)s came” must hold %(count)s in Spanish too"
    ]


@pytest.mark.parametrize("spanish", ["Cuando usted quiera", "Elija uno", "No está. Escríbalo así", "Déjelo"])
def test_usted_is_told(roster: Path, tmp_path: Path, spanish: str) -> None:
    translate(roster, Join=spanish)

    assert [line for line in translations.problems(tmp_path) if "say tú" in line]


def test_third_person_is_no_usted(roster: Path, tmp_path: Path) -> None:
    translate(roster, Join="Quien elija escriba su nombre: el que haga falta")

    assert translations.problems(tmp_path) == []


def test_guessed_text_is_told(roster: Path, tmp_path: Path) -> None:
    translate(roster)
    path = catalogues.catalogue_path(roster)
    path.write_text(path.read_text("utf-8").replace('msgid "Join"', '#, fuzzy\nmsgid "Join"'), "utf-8")

    assert [line for line in translations.problems(tmp_path) if "fuzzy" in line]


def test_text_said_in_two_ways_by_two_slices_is_told(roster: Path, tmp_path: Path) -> None:
    site = tmp_path / "src/unionhall/site"
    site.mkdir()
    (site / "__init__.py").touch()
    (site / "views.py").write_text('_("Join")\n', "utf-8")
    translate(roster, Join="Únete")
    translate(site, Join="Unirme")

    assert translations.problems(tmp_path) == [
        "“Join” is said in two ways (roster: “Únete”, site: “Unirme”): agree, or give one a context"
    ]


def test_collecting_again_changes_nothing(roster: Path) -> None:
    translate(roster, Join="Únete")
    messages.write(roster)
    path = catalogues.catalogue_path(roster)
    before = path.read_bytes()

    messages.write(roster)

    assert path.read_bytes() == before
    assert "Únete" in before.decode()
    assert "POT-Creation-Date" not in before.decode()


def test_text_nobody_asks_for_goes(roster: Path, tmp_path: Path) -> None:
    translate(roster)
    (roster / "enums.py").write_text("", "utf-8")
    assert len(translations.problems(tmp_path)) == 2

    messages.write(roster)

    assert translations.problems(tmp_path) == []


def test_compiled_catalogue_is_read_by_gettext(roster: Path, tmp_path: Path) -> None:
    import gettext

    translate(roster, one_member=("una persona", "%(counter)s personas"), open="abierta")

    assert catalogues.compile_all(tmp_path) == 1

    with catalogues.catalogue_path(roster).with_suffix(".mo").open("rb") as source:
        spanish = gettext.GNUTranslations(source)
    assert spanish.gettext("open") == "abierta"
    assert spanish.ngettext("one member", "%(counter)s members", 3) == "%(counter)s personas"
