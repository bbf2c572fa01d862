"""Acts of the site as sentences, by-lines and other small words of the pages."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.enums import TrailGroup
from unionhall.foundation.trail import Told

BY_NAME: Final = "member"

# Each verb of ours in the trail, as a sentence.
TRAIL: Final[dict[str, Told]] = {
    "site.ground_made": Told(_("%(who)s laid the ground of the site."), TrailGroup.PAGES),
    "site.campaign_pages_made": Told(_("%(who)s laid the ground of a campaign’s pages."), TrailGroup.PAGES),
    "site.release_given": Told(_("%(who)s wrote down what somebody agreed to have shown."), TrailGroup.PAGES),
    "site.release_withdrawn": Told(_("%(who)s took down what somebody no longer agrees to."), TrailGroup.PAGES),
    "site.sealed_opened": Told(_("%(who)s opened a sealed original of the archive."), TrailGroup.PAGES),
    "site.archive_taken": Told(_("%(who)s took the archive of a campaign’s pages out."), TrailGroup.PAGES),
    "site.wordpress_moved": Told(_("%(who)s moved pages of another site in."), TrailGroup.PAGES),
}


def by_words(post: Any) -> str:
    """Who speaks in a post, as it stands under its day: a body, a member by name, or both."""
    if post.by_line == BY_NAME:
        return str(post.author)
    body = str(post.get_by_line_display())
    return gettext("%(name)s, for %(body)s") % {"name": post.author, "body": body} if post.author else body
