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
        from unionhall.accounts import phrases, tasks
        from unionhall.accounts.tables import SECTIONS
        from unionhall.foundation.hooks import (
            ExportSection,
            HallEntry,
            export_sections,
            hall_entries,
            subject_sections,
        )
        from unionhall.foundation.trail import trail_verbs

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
            "ContactProof": "numbers and addresses not proved yet, gone after a day",
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

        trail_verbs.register("accounts.verbs", phrases.TRAIL)
        _wind_clocks()
        assert tasks  # noqa: S101 - imported for its subscriptions


def _wind_clocks() -> None:
    """What accounts forget by themselves. A legal hold keeps none of it: it opens doors, and proves nothing."""
    from unionhall.accounts import operations
    from unionhall.foundation.hooks import RetentionClock, retention_clocks

    clocks = (
        (
            "codes",
            _("One-time codes, personal links, paper codes and failed tries"),
            _("codes and tries after a day, links and paper codes 30 days past their end"),
            _("nothing"),
            operations.forget_codes,
            operations.stand_of_codes,
        ),
        (
            "invited",
            _("Phone or mail of somebody who was invited and did not answer"),
            _("when the invitation runs out, after seven days"),
            _("the name, the role, who invited and when"),
            operations.forget_invited,
            operations.stand_of_invited,
        ),
        (
            "places",
            _("Where somebody was signed in"),
            _("180 days after signing out"),
            _("the line in the trail that says somebody came in"),
            operations.forget_places,
            operations.stand_of_places,
        ),
    )
    for order, (key, what, lasts, remains, run, stand) in enumerate(clocks, start=60):
        retention_clocks.register(f"accounts.{key}", RetentionClock(what, lasts, remains, run, stand), order=order)
