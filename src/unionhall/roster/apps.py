"""The roster slice as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.access import Role


class RosterConfig(AppConfig):
    """See docs/slices/roster.md."""

    name = "unionhall.roster"
    label = "roster"

    def ready(self) -> None:
        """Tell accounts who is who, and put our rooms into the Hall."""
        from unionhall.accounts.hookspecs import member_directory
        from unionhall.foundation.hooks import HallEntry, hall_entries
        from unionhall.roster.access import MemberDirectory

        lists = HallEntry(
            _("Lists"), "imports", "doc", (Role.DATA_ADMINISTRATOR,), _("Bring in a list, look first, take it back.")
        )
        hall_entries.register("roster.imports", lists, order=60)

        member_directory.register("roster.members", MemberDirectory())
