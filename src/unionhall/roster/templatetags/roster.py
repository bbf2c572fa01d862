"""What the templates of the roster ask for."""

from __future__ import annotations

from django import template

from unionhall.roster import phrases

register = template.Library()

register.filter("stands", phrases.stands_sentence)
