"""Short data in two languages: a value that knows both, a model field that stores it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import get_language

from unionhall.foundation.errors import Invalid


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A phrase in English and in Spanish. A blank side means: not translated yet."""

    en: str = ""
    es: str = ""

    def in_language(self, language: str) -> str:
        """The phrase in that language; in the other one where this side is blank. language: "en", "es" or "es-mx"."""
        first, second = (self.es, self.en) if language.startswith("es") else (self.en, self.es)
        return first or second

    def is_complete(self) -> bool:
        """Whether both sides are written, as publishing demands."""
        return bool(self.en.strip() and self.es.strip())

    def missing(self) -> tuple[str, ...]:
        """The languages not written yet."""
        return tuple(code for code, text in (("en", self.en), ("es", self.es)) if not text.strip())

    def to_json(self) -> dict[str, str]:
        """A plain mapping for storage and export."""
        return {"en": self.en, "es": self.es}

    def __str__(self) -> str:
        return self.in_language(get_language() or "en")


class NotTranslated(Invalid):
    """Publishing something that one language lacks."""

    code = "not_translated"


class BilingualField(models.JSONField):
    """Stores a Bilingual as JSON; accepts a mapping too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Bilingual)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Bilingual:
        """The stored mapping as a Bilingual."""
        return as_bilingual(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> Bilingual:
        """Anything assigned, as a Bilingual."""
        return as_bilingual(value)

    def get_prep_value(self, value: Any) -> Any:
        """The plain mapping that is stored."""
        return super().get_prep_value(as_bilingual(value).to_json())

    def value_to_string(self, obj: models.Model) -> Any:
        """The plain mapping for serializers."""
        return as_bilingual(self.value_from_object(obj)).to_json()


def as_bilingual(value: Any) -> Bilingual:
    """A Bilingual from a Bilingual, a mapping with en and es, or nothing. Raises TypeError for anything else."""
    if isinstance(value, Bilingual):
        return value
    if value is None:
        return Bilingual()
    if isinstance(value, Mapping):
        return Bilingual(en=str(value.get("en", "")), es=str(value.get("es", "")))
    raise TypeError(f"a Bilingual is made from a mapping with en and es, not from {type(value).__name__}")
