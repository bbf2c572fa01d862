"""What a local calls things: one word for a worksite, a steward, an area, in both languages, wherever it is printed.

Higher slices bring packs of words (`vocabulary_packs`); the local chooses one and may say single words otherwise. Here
no word is known, only how to ask for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any, Final, Literal

from django.db import transaction
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from unionhall.foundation import audit, generation
from unionhall.foundation.access import Actor
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.errors import Invalid
from unionhall.foundation.hooks import Hook
from unionhall.foundation.models import VocabularyChoice

# How long a process may go on with the words it has read, where another process has chosen others.
KEPT_SECONDS: Final = 60.0
DEFAULT: Final = "default"
LONGEST: Final = 60

WordForm = Literal["", "the", "a"]


class NoSuchPack(Invalid):
    """No slice brought a pack of that code."""

    code = "no_such_vocabulary"
    message = _("There is no vocabulary “%(value)s”. There are: %(known)s.")


class NoSuchLabel(Invalid):
    """A word for something that no pack has a word for, or a word that is blank or too long."""

    code = "no_such_label"
    message = _("“%(value)s” cannot be said so. Look at the list of the vocabulary.")


@dataclass(frozen=True, slots=True)
class Word:
    """One thing by its name: singular and plural in both languages. gender: of the Spanish word, "m" or "f"."""

    one: Bilingual
    many: Bilingual
    gender: str = "m"

    def said(self, *, count: int = 1, form: WordForm = "", language: str = "") -> str:
        """The word for so many, with its article where `form` asks for one. language: else the one now active."""
        spoken = language or get_language() or "en"
        plain = (self.one if count == 1 else self.many).in_language(spoken)
        article = self._article(form, spoken.startswith("es"), single=count == 1, word=plain) if form else ""
        return f"{article} {plain}" if article else plain

    def _article(self, form: WordForm, spanish: bool, *, single: bool, word: str) -> str:
        if not spanish:
            if form == "the":
                return "the"
            return ("an" if word[:1].lower() in "aeiou" else "a") if single else ""
        if form == "the":
            return _THE[(self.gender, single)]
        return _A[self.gender] if single else ""

    def to_json(self) -> dict[str, Any]:
        """The word as packs and choices keep it."""
        return {"en": [self.one.en, self.many.en], "es": [self.one.es, self.many.es], "gender": self.gender}


_THE: Final = {("m", True): "el", ("f", True): "la", ("m", False): "los", ("f", False): "las"}
_A: Final = {"m": "un", "f": "una"}


@dataclass(frozen=True, slots=True)
class Pack:
    """Words that go together. What a pack lacks is said as in the default one."""

    code: str
    name: Bilingual
    words: Mapping[str, Word]


vocabulary_packs: Hook[Pack] = Hook("vocabulary_packs", says="Words a local may choose for what it calls things.")


@dataclass(slots=True)
class _Held:
    """The words of this process. until: by the machine's own running clock; 0 where nothing is read yet."""

    words: Mapping[str, Word] = field(default_factory=dict)
    until: float = 0.0


_held = _Held()


def read_pack(path: Path) -> Pack:
    """A pack from a file of words; its code is the file's name."""
    content = json.loads(path.read_text("utf-8"))
    words = {key: word_from_json(value) for key, value in content["words"].items()}
    return Pack(code=path.stem, name=Bilingual(**content["name"]), words=words)


def word_from_json(value: Mapping[str, Any]) -> Word:
    """A word as `Word.to_json` gives it."""
    (one_en, many_en), (one_es, many_es) = value["en"], value["es"]
    return Word(one=Bilingual(one_en, one_es), many=Bilingual(many_en, many_es), gender=value["gender"])


def word(key: str, *, count: int = 1, form: WordForm = "", language: str = "") -> str:
    """What this local calls something, for so many of it; a key that no pack knows is said as it is.

    form: "the" or "a" for the article before it, which agrees with the Spanish word.
    """
    found = words().get(key)
    return found.said(count=count, form=form, language=language) if found else key


def lazy_words(key: str) -> str:
    """Several of something with a capital letter, asked for only when it is printed: for a menu made at the start."""
    return lazy(lambda: capfirst(word(key, count=2)), str)()


def words() -> Mapping[str, Word]:
    """Every word as this local says it. Read once a minute and process; chosen anew, this process knows at once."""
    if monotonic() >= _held.until:
        choice = VocabularyChoice.objects.first()
        chosen = choice.pack if choice else DEFAULT
        own = {key: word_from_json(value) for key, value in choice.own_words.items()} if choice else {}
        hold({**_words_of(DEFAULT), **_words_of(chosen), **own})
    return _held.words


def chosen() -> VocabularyChoice:
    """What the local chose, not kept: its pack and the words it says otherwise; the default where it chose nothing."""
    return VocabularyChoice.objects.first() or VocabularyChoice(pack=DEFAULT)


def hold(found: Mapping[str, Word], *, seconds: float = KEPT_SECONDS) -> None:
    """Keep these words in this process for a while."""
    _held.words, _held.until = found, monotonic() + seconds


def forget() -> None:
    """Read the words anew when one is next asked for."""
    _held.until = 0.0


@transaction.atomic
def choose_vocabulary(*, pack: str, actor: Actor, at: datetime) -> VocabularyChoice:
    """The local says things as that pack does; words it said otherwise stay. Raises NoSuchPack."""
    if vocabulary_packs.get(pack) is None:
        raise NoSuchPack(value=pack, known=", ".join(vocabulary_packs.keys()))
    choice = VocabularyChoice.objects.first() or VocabularyChoice()
    if choice._state.adding or choice.pack != pack:
        choice.pack = pack
        _save(choice, {"pack": pack}, actor, at)
    return choice


@transaction.atomic
def say_word(*, key: str, said: Word | None, actor: Actor, at: datetime) -> VocabularyChoice:
    """The local says that one thing so, whatever its pack says; None takes the word of the pack again.

    Raises NoSuchLabel for a key that no pack knows, and for a word that is blank or too long.
    """
    if key not in _words_of(DEFAULT):
        raise NoSuchLabel(value=key)
    texts = () if said is None else (said.one.en, said.one.es, said.many.en, said.many.es)
    if any(not text.strip() or len(text) > LONGEST for text in texts) or (said and said.gender not in _A):
        raise NoSuchLabel(value=key)
    choice = VocabularyChoice.objects.first() or VocabularyChoice()
    own = {name: value for name, value in choice.own_words.items() if name != key}
    if said is not None:
        own[key] = said.to_json()
    if own != choice.own_words:
        choice.own_words = own
        _save(choice, {"word": key}, actor, at)
    return choice


def _save(choice: VocabularyChoice, detail: Mapping[str, str], actor: Actor, at: datetime) -> None:
    choice.save()
    generation.advance()
    audit.record(actor=actor, verb="foundation.vocabulary_chosen", at=at, obj=choice, detail=detail)
    forget()
    transaction.on_commit(forget)


def _words_of(code: str) -> Mapping[str, Word]:
    pack = vocabulary_packs.get(code)
    return pack.words if pack else {}
