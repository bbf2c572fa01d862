"""The campaigns slice as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.access import Role


class CampaignsConfig(AppConfig):
    """See docs/slices/campaigns.md."""

    name = "unionhall.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        """Join the events we listen to, and put the queue into the Hall's dock."""
        from unionhall.campaigns import phrases, receivers, tasks  # noqa: F401 - joining is all most do
        from unionhall.campaigns.access import RECORD_ROLES
        from unionhall.campaigns.queries.subject import SECTIONS
        from unionhall.campaigns.queries.subject_turf import TURF_SECTIONS
        from unionhall.foundation.hooks import (
            ExportSection,
            HallEntry,
            export_sections,
            hall_entries,
            subject_sections,
        )
        from unionhall.foundation.trail import trail_verbs

        roles = (Role.CAT_MEMBER, Role.STEWARD, Role.ORGANIZER, Role.DATA_ADMINISTRATOR, Role.OFFICER)
        hall_entries.register(
            "campaigns.queue",
            HallEntry(_("Queue"), "hall_queue", "queue", roles, _("Who signed up and waits for a word.")),
            order=10,
        )
        held = HallEntry(
            _("Held sign-ups"), "hall_held", "clock", (Role.DATA_ADMINISTRATOR,), _("Forms that wait for their code.")
        )
        hall_entries.register("campaigns.held", held, order=75)
        left_out = {
            "Slip": "forms that wait for their code, with keyed hashes; forgotten after some days",
            "Letter.contact_index": "a keyed hash",
            "Subscription.contact_index": "a keyed hash",
        }
        export_sections.register("campaigns.tables", ExportSection("campaigns", left_out), order=20)
        fronts = (
            (4, "mine", _("My people"), "talk", Role.CAT_MEMBER, _("Those you answer for: call, text, talk, done.")),
            (5, "site", _("Team"), "people", Role.STEWARD, _("Who has whom, who waits, who heard from nobody.")),
            (12, "areas", _("Coverage"), "chart", Role.ORGANIZER, _("Where most is missing, place by place.")),
        )
        for order, name, label, icon, role, line in fronts:
            hall_entries.register(
                f"campaigns.{name}", HallEntry(label, f"hall_{name}", icon, (role,), line), order=order
            )
        hall_entries.register(
            "campaigns.record",
            HallEntry(_("Campaigns"), "record_campaigns", "book", RECORD_ROLES, _("What the pages are drawn from.")),
            order=45,
        )
        for order, (key, section) in enumerate((SECTIONS | TURF_SECTIONS).items(), start=40):
            subject_sections.register(key, section, order=order)
        trail_verbs.register("campaigns.verbs", phrases.TRAIL)
        _wind_clocks()


def _wind_clocks() -> None:
    """What campaigns forget by themselves."""
    from unionhall.campaigns.operations import former, holding, member
    from unionhall.foundation.hooks import RetentionClock, retention_clocks

    notes = RetentionClock(
        _("Notes about former members"),
        _("with the former member, and again each night where any were left"),
        _("that she or he signed up, when, where, and what was agreed to"),
        former.forget_former,
        former.stand_of_former,
        stops_on_hold=True,
    )
    retention_clocks.register("campaigns.notes", notes, order=20)
    slips = RetentionClock(
        _("Sign-ups that wait for their code"),
        _("after thirty days, or as many as this installation says; network addresses after an hour"),
        _("nothing: they were on no roster"),
        holding.forget_slips,
        holding.stand_of_slips,
        stops_on_hold=True,
    )
    retention_clocks.register("campaigns.slips", slips, order=25)
    leavers = RetentionClock(
        _("Accounts of those who left by their own page"),
        _("a week after they asked, unless they took it back"),
        _("what is held of whom the contract covers; that no messages are wanted"),
        member.forget_leavers,
        member.stand_of_leavers,
    )
    retention_clocks.register("campaigns.leavers", leavers, order=25)
