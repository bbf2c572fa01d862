"""The roster slice as a Django app."""

from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.access import Role


class RosterConfig(AppConfig):
    """See docs/slices/roster.md."""

    name = "unionhall.roster"
    label = "roster"

    def ready(self) -> None:
        """Tell accounts who is who, and put our rooms into the Hall."""
        from unionhall.accounts.hookspecs import member_directory, scope_directory
        from unionhall.foundation.hooks import ExportSection, HallEntry, export_sections, hall_entries
        from unionhall.foundation.vocabulary import lazy_words, read_pack, vocabulary_packs
        from unionhall.roster import receivers, tasks  # noqa: F401 - joining is all they do
        from unionhall.roster.access import DESK, SEE_NAMES, SEE_ROLLS, MemberDirectory, ScopeDirectory

        for path in sorted((Path(__file__).parent / "data" / "vocabulary").glob("*.json")):
            pack = read_pack(path)
            vocabulary_packs.register(pack.code, pack)
        sites = HallEntry(
            lazy_words("worksite"),
            "worksites",
            "pin",
            SEE_NAMES,
            _("Names, codes, hours, stewards: what we know of a place."),
        )
        hall_entries.register("roster.worksites", sites, order=40)

        lists = HallEntry(
            _("Lists"), "imports", "doc", (Role.DATA_ADMINISTRATOR,), _("Bring in a list, look first, take it back.")
        )
        hall_entries.register("roster.imports", lists, order=60)
        people = HallEntry(
            _("People"), "people", "people", SEE_NAMES, _("Find anybody, and where each word comes from.")
        )
        hall_entries.register("roster.people", people, order=20)
        twice = HallEntry(_("Same person?"), "review", "search", DESK, _("Records that look like one, side by side."))
        hall_entries.register("roster.review", twice, order=50)
        frozen = HallEntry(_("Frozen lists"), "rolls", "lock", SEE_ROLLS, _("Who fitted a question on a day."))
        hall_entries.register("roster.rolls", frozen, order=70)

        exports = HallEntry(
            _("Exports"),
            "exports",
            "down",
            (Role.DATA_ADMINISTRATOR, Role.OFFICER),
            _("Take a file out: a reason, two persons, one day."),
        )
        hall_entries.register("roster.exports", exports, order=62)
        left_out = {
            "ContactPoint.index_full": "a keyed hash",
            "ContactPoint.index_last4": "a keyed hash",
            "ContactPoint.index_last7": "a keyed hash",
            "Export.sealed": "the bytes of an export, kept encrypted for a day only",
            "ImportFile": "the bytes of lists, kept encrypted for their days only",
            "OptOut.index_full": "a keyed hash",
        }
        export_sections.register("roster.tables", ExportSection("roster", left_out), order=10)

        offering = HallEntry(
            _("Invitations"),
            "invitations",
            "people",
            (Role.STEWARD, Role.ORGANIZER, Role.DATA_ADMINISTRATOR, Role.OFFICER),
            _("Ask somebody to take a role; they accept by a link."),
        )
        hall_entries.register("roster.invitations", offering, order=65)

        member_directory.register("roster.members", MemberDirectory())
        scope_directory.register("roster.scopes", ScopeDirectory())
