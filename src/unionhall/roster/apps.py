"""The roster slice as a Django app."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """See docs/slices/roster.md."""

    name = "unionhall.roster"
    label = "roster"

    def ready(self) -> None:
        """Tell accounts who is who."""
        from unionhall.accounts.hookspecs import member_directory
        from unionhall.roster.access import MemberDirectory

        member_directory.register("roster.members", MemberDirectory())
