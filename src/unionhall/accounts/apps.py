"""Accounts as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.access import Role


class AccountsConfig(AppConfig):
    """People who sign in, their devices and the roles they were granted."""

    name = "unionhall.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to our own events once every app is loaded, and put the account into the Hall's dock."""
        from unionhall.accounts import tasks
        from unionhall.foundation.hooks import HallEntry, hall_entries

        closing = HallEntry(
            _("Lockdown"), "lockdown", "lock", (Role.OFFICER, Role.DATA_ADMINISTRATOR), _("Sign everybody out at once.")
        )
        hall_entries.register("accounts.lockdown", closing, order=95)
        hall_entries.register("accounts.account", HallEntry(_("My account"), "account", "key"), order=90)

        assert tasks  # noqa: S101 - imported for its subscriptions
