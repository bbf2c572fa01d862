"""Rules for every template of every slice: components called as they declare, nothing inline, nothing untranslated."""

from __future__ import annotations

import re
from pathlib import Path

from tests.ui.templates import ANYWHERE, COMMENT, PREFIXES, SOURCES, component_names, declared, templates, uses

ALL = templates()
TONES = {
    "button": {"", "second", "line", "danger"},
    "badge": {"open", "wait", "talk", "agreed", "won", "aside", "stop", "good"},
    "notice": {"info", "warn", "bad", "good"},
    "sheet": {"", "ink1", "decide"},
}
TONE = re.compile(r'<c-(\w+)\s[^>]*?\stone="([a-z0-9]*)"')
INLINE = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)(?! type=\"application/ld\+json\")[^>]*>|javascript:", re.I
)
BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
STRUCTURE = re.compile(
    r"\{% block (?:body_class|skin|dir|html_attrs|sheet|hall_home) %\}.*?\{% endblock %\}", re.DOTALL
)
CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SILENT = re.compile(r"<(code|script|svg|symbol|title lang)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^<>]*>", re.DOTALL)
SAID = re.compile(
    r"\s(?:title|alt|label|hint|text|caption|note|lede|over|quote|placeholder|aria-label|question|answer|unit|open)"
    r"=(\"[^\"]*\"|'[^']*')"
)
WORD = re.compile(r"[A-Za-zÁÉÍÓÚÑáéíóúñ]{2,}")
# Names are the same in every language; the guide invents a few.
NAMES = (
    "Unionhall|Education Workers United|Win Our Future|Alder Street Elementary|Palo Verde Middle|Magnolia Avenue|"
    "Mesa Bus Yard|Rosa Méndez|Huong Tran|Alder St, Gate B|Channel Rd|nbsp|middot|amp|Aa|English|Español|"
    "SHA-256|CSV|JSON|"
    "7c1e 90ab 44d2 f0c3 5be8 1d77 a2f9 6630"
)


def breaches(found: dict[Path, list[str]]) -> list[str]:
    """What is wrong, by template; nothing for those that keep the rule."""
    return [f"{path.relative_to(SOURCES)}: {it}" for path, wrong in found.items() for it in wrong]


def plain(template: Path) -> str:
    return COMMENT.sub("", template.read_text("utf-8"))


def misuses(template: Path) -> list[str]:
    """Attributes, slots and components that nobody declares."""
    known, wrong = component_names(), []
    for use in uses(template):
        if use.slot_of:
            wrong += [f"<c-slot {it}> in c-{use.slot_of}" for it in use.attributes if it not in declared(use.slot_of)]
        elif use.component not in known:
            wrong.append(f"no component c-{use.component}")
        else:
            free = declared(use.component) | ANYWHERE
            wrong += [
                f"c-{use.component} {it}" for it in use.attributes if it not in free and not it.startswith(PREFIXES)
            ]
    return wrong


def untranslated(template: Path) -> list[str]:
    """Words outside a translating tag, in text and in the attributes that are read out."""
    text = CODE.sub("", re.sub(NAMES, "", STRUCTURE.sub("", BLOCK.sub("", plain(template)))))
    said = WORD.findall(TAG.sub(" ", SILENT.sub(" ", text)))
    return said + [match for match in SAID.findall(text) if WORD.search(match)]


def test_templates_call_components_as_they_declare() -> None:
    assert breaches({template: misuses(template) for template in ALL}) == []


def test_templates_carry_no_inline_script_or_style() -> None:
    assert breaches({template: INLINE.findall(plain(template)) for template in ALL}) == []


def test_templates_say_nothing_untranslated() -> None:
    assert breaches({template: untranslated(template) for template in ALL}) == []


def test_templates_use_tones_that_exist() -> None:
    wrong = {
        template: [
            f"c-{component} tone={tone}"
            for component, tone in TONE.findall(plain(template))
            if component in TONES and tone not in TONES[component]
        ]
        for template in ALL
    }

    assert breaches(wrong) == []


def test_rules_catch_what_they_forbid() -> None:
    assert INLINE.search('<p style="color:red">')
    assert INLINE.search('<a onclick="go()">')
    assert INLINE.search("<script>go()</script>")
    assert not INLINE.search('<script type="module" src="/x.js"></script>')
    assert WORD.findall(TAG.sub(" ", CODE.sub("", '<p class="x">Hello {% translate "you" %}</p>'))) == ["Hello"]
