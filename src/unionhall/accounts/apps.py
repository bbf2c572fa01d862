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
        from unionhall.accounts.tables import SECTIONS
        from unionhall.foundation.hooks import (
            ExportSection,
            HallEntry,
            export_sections,
            hall_entries,
            subject_sections,
        )

        closing = HallEntry(
            _("Lockdown"), "lockdown", "lock", (Role.OFFICER, Role.DATA_ADMINISTRATOR), _("Sign everybody out at once.")
        )
        hall_entries.register("accounts.lockdown", closing, order=95)
        hall_entries.register(
            "accounts.account",
            HallEntry(_("My account"), "account", "key", line=_("Where you are signed in, your keys, your language.")),
            order=90,
        )

        left_out = {
            "Invitation.token": "a keyed hash of the link",
            "Device": "sessions and remembered browsers",
            "SignInCode": "one-time codes",
            "SignInContact.index": "a keyed hash",
            "SignInToken": "personal links and paper codes",
            "Slowdown": "failed tries, as keyed hashes",
            "User.password": "a hash of the password",
        }
        export_sections.register("accounts.tables", ExportSection("accounts", left_out), order=80)

        for order, (key, section) in enumerate(SECTIONS.items(), start=60):
            subject_sections.register(key, section, order=order)

        assert tasks  # noqa: S101 - imported for its subscriptions
