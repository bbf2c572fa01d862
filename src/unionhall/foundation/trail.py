"""Each act of the trail as a sentence, in both languages: every slice says its own verbs, here is what holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.enums import Loud, TrailGroup
from unionhall.foundation.hooks import Hook

CLERK: Final = _("The system")
# What works here without an account, by what the trail calls it.
CLERKS: Final = {
    "clock": _("The nightly clock"),
    "operator": _("Whoever runs the machine"),
    "command line": _("Whoever runs the machine"),
    "import": _("A list"),
    "wagtail": _("The pages’ desk"),
    "public form": _("A form of the site"),
    "demo": _("The invented local"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One verb in words. sentence: with %(who)s, and %(what)s where the record has a name worth saying.

    loud: why it stands out, blank for most.
    """

    sentence: str | Promise
    group: TrailGroup
    loud: Loud = Loud.NO


trail_verbs: Hook[dict[str, Told]] = Hook("trail_verbs", says="Each verb of the audit trail as a sentence.")

PAGE_CHANGED: Final = Told(_("%(who)s changed a page or a setting: %(what)s."), TrailGroup.PAGES)
UNKNOWN: Final = Told(_("%(who)s did something that has no sentence yet: %(what)s."), TrailGroup.HOUSE)

HOUSE: Final[dict[str, Told]] = {
    "foundation.job_started": Told(_("%(who)s started long work: %(what)s."), TrailGroup.HOUSE),
    "foundation.job_stopped": Told(_("%(who)s stopped long work: %(what)s."), TrailGroup.HOUSE),
    "foundation.job_resumed": Told(_("%(who)s let long work go on: %(what)s."), TrailGroup.HOUSE),
    "foundation.installation_marked": Told(_("%(who)s set the house up: %(what)s."), TrailGroup.HOUSE),
    "foundation.vocabulary_chosen": Told(_("%(who)s chose the words of the local."), TrailGroup.HOUSE),
    "cli.backup_made": Told(_("%(who)s made a backup of everything."), TrailGroup.HOUSE, Loud.EXPORT),
    "cli.backup_restored": Told(_("%(who)s put a backup in place of everything."), TrailGroup.HOUSE, Loud.OVERRIDE),
    "cli.keys_copy_recorded": Told(_("%(who)s wrote down where the copy of the keys lies."), TrailGroup.HOUSE),
    "wagtail.create": Told(_("%(who)s began a page or a setting: %(what)s."), TrailGroup.PAGES),
    "wagtail.edit": Told(_("%(who)s edited a page or a setting: %(what)s."), TrailGroup.PAGES),
    "wagtail.delete": Told(_("%(who)s deleted a page or a setting: %(what)s."), TrailGroup.PAGES, Loud.OVERRIDE),
    "wagtail.publish": Told(_("%(who)s published a page: %(what)s."), TrailGroup.PAGES),
    "wagtail.unpublish": Told(_("%(who)s took a page off the site: %(what)s."), TrailGroup.PAGES),
    "wagtail.revert": Told(_("%(who)s put a page back to an earlier version: %(what)s."), TrailGroup.PAGES),
}


def clerk(label: str) -> str:
    """Who did it, where it was no account: in words where we have some. label: as the trail keeps it."""
    return str(CLERKS.get(label, label or CLERK))


def told(verb: str) -> Told:
    """The sentence of a verb; one that fits any page for the other verbs of the pages' desk."""
    for verbs in trail_verbs:
        if verb in verbs:
            return verbs[verb]
    return PAGE_CHANGED if verb.startswith("wagtail") else UNKNOWN


def verbs_of(*, groups: Iterable[TrailGroup] = (), loud: bool = False) -> list[str]:
    """The verbs of those groups, of all where none is named; loud: only those that stand out."""
    wanted = frozenset(groups)
    found = (item for verbs in trail_verbs for item in verbs.items())
    return sorted(
        verb for verb, said in found if (not wanted or said.group in wanted) and (not loud or said.loud is not Loud.NO)
    )
