"""What the pages of turfs and talks ask for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.access import QUEUE_ROLES
from unionhall.campaigns.queries import Holder, Team
from unionhall.foundation import vocabulary
from unionhall.foundation.access import Role, Viewer
from unionhall.rulebook.coverage import cat_members_wanted

register = template.Library()
register.filter("cat_members_wanted", cat_members_wanted)


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the Hall's front. key: what the page calls itself."""

    key: str
    label: str | Promise
    href: str


@register.simple_tag
def hall_tabs(viewer: Viewer) -> list[Tab]:
    """The front pages that the viewer's roles open, the widest first; none where there is only one."""
    pages = [
        Tab("queue", _("Queue"), reverse("hall_queue")) if viewer.has(*QUEUE_ROLES) else None,
        Tab("areas", _("Coverage"), reverse("hall_areas")) if viewer.has(Role.ORGANIZER) else None,
        Tab("team", capfirst(vocabulary.word("worksite")), reverse("hall_site")) if viewer.has(Role.STEWARD) else None,
        Tab("mine", _("My people"), reverse("hall_mine")) if viewer.has(Role.CAT_MEMBER) else None,
    ]
    found = [page for page in pages if page is not None]
    return found if len(found) > 1 else []


@register.filter
def people_of(holder: Holder, team: Team) -> int:
    """How many people somebody has at the worksite."""
    return team.counts.get(holder.key, 0)


@register.filter
def percent(share: Fraction | None) -> str:
    """A share in whole percent, rounded down so that only all is a hundred; a dash where there is nobody."""
    return "–" if share is None else str(int(share * 100))
