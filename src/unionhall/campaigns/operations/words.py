"""What the local calls things, chosen on screen: written with what was said before, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zlib import crc32

from django.db import transaction

from unionhall.campaigns.enums import Part
from unionhall.campaigns.models import RecordChange
from unionhall.foundation import vocabulary
from unionhall.foundation.access import Actor
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.vocabulary import Word, word_from_json


@transaction.atomic
def choose_words(*, pack: str, actor: Actor, at: datetime) -> None:
    """The local says things as that pack does. The pack it speaks by already changes nothing. Raises NoSuchPack."""
    before = vocabulary.chosen().pack
    chosen = vocabulary.choose_vocabulary(pack=pack, actor=actor, at=at)
    if chosen.pack != before:
        named = vocabulary.vocabulary_packs.get(pack)
        title = named.name if named else Bilingual(pack, pack)
        _write(0, title, {"pack": before}, {"pack": pack}, actor, at)


@transaction.atomic
def put_word(*, key: str, said: Word | None, actor: Actor, at: datetime) -> None:
    """The local says that one thing so; None says it as the pack again. Said so already, nothing changes.

    Raises NoSuchLabel.
    """
    before = vocabulary.chosen().own_words.get(key)
    vocabulary.say_word(key=key, said=said, actor=actor, at=at)
    after = said.to_json() if said else None
    if after != before:
        shown = said or vocabulary.words()[key]
        _write(crc32(key.encode()), shown.one, {"key": key, "said": before}, {"key": key, "said": after}, actor, at)


def say_again(*, before: Mapping[str, Any], actor: Actor, at: datetime) -> None:
    """What was said before a change is said again. before: as a change keeps it."""
    if "pack" in before:
        vocabulary.choose_vocabulary(pack=before["pack"], actor=actor, at=at)
    else:
        said = word_from_json(before["said"]) if before["said"] else None
        vocabulary.say_word(key=before["key"], said=said, actor=actor, at=at)


def _write(
    row_id: int, title: Bilingual, before: Mapping[str, Any], after: Mapping[str, Any], actor: Actor, at: datetime
) -> None:
    RecordChange.objects.create(
        part=Part.WORDS,
        row_id=row_id,
        title=title,
        before=before,
        after=after,
        by_id=actor.user_id,
        by_label=actor.label,
        at=at,
    )
