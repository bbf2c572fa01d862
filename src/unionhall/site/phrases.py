"""Acts of the site as sentences."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from unionhall.foundation.enums import TrailGroup
from unionhall.foundation.trail import Told

# Each verb of ours in the trail, as a sentence.
TRAIL: Final[dict[str, Told]] = {
    "site.ground_made": Told(_("%(who)s laid the ground of the site."), TrailGroup.PAGES),
}
