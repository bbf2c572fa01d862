"""What the templates of accounts ask for."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

from unionhall.accounts import phrases

register = template.Library()

register.filter("role_word", phrases.role_word)
register.filter("role_means", phrases.role_means)
register.filter("state_word", phrases.state_word)
register.filter("caught_words", phrases.caught_words)


@register.filter
def as_json(value: Any) -> str:
    """The value as JSON for a data attribute; the template escapes it."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def in_fours(text: str) -> str:
    """The text in groups of four, so that it can be read aloud and typed: "JBSW Y3DP"."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
