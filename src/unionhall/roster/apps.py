"""The roster slice as a Django app."""

from pathlib import Path
from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.access import Role

# What an export of every table leaves out, and why.
LEFT_OUT: Final = {
    "Doubt.way_back": "what takes an answer back, kept encrypted for its months only",
    "ContactPoint.index_full": "a keyed hash",
    "ContactPoint.index_last4": "a keyed hash",
    "ContactPoint.index_last7": "a keyed hash",
    "Export.sealed": "the bytes of an export, kept encrypted for a day only",
    "ImportFile": "the bytes of lists, kept encrypted for their days only",
    "LineSeen": "keyed digests that spare reading a line twice; made anew by the next list",
    "OptOut.index_full": "a keyed hash",
}


class RosterConfig(AppConfig):
    """See docs/slices/roster.md."""

    name = "unionhall.roster"
    label = "roster"

    def ready(self) -> None:
        """Tell accounts who is who, put our rooms into the Hall, and say what of ours goes out."""
        from unionhall.accounts.hookspecs import member_directory, scope_directory
        from unionhall.foundation.hooks import ExportSection, export_sections, hall_notices, subject_sections
        from unionhall.foundation.trail import trail_verbs
        from unionhall.foundation.vocabulary import read_pack, vocabulary_packs
        from unionhall.roster import phrases, receivers, tasks  # noqa: F401 - joining is all most do
        from unionhall.roster.access import MemberDirectory, ScopeDirectory
        from unionhall.roster.queries.access_notices import waiting_reviews
        from unionhall.roster.queries.subject import SECTIONS

        for path in sorted((Path(__file__).parent / "data" / "vocabulary").glob("*.json")):
            pack = read_pack(path)
            vocabulary_packs.register(pack.code, pack)
        member_directory.register("roster.members", MemberDirectory())
        scope_directory.register("roster.scopes", ScopeDirectory())
        export_sections.register("roster.tables", ExportSection("roster", LEFT_OUT), order=10)
        for order, (key, section) in enumerate(SECTIONS.items(), start=10):
            subject_sections.register(key, section, order=order)
        trail_verbs.register("roster.verbs", phrases.TRAIL)
        hall_notices.register("roster.access", waiting_reviews)
        _open_rooms()
        _wind_clocks()


def _open_rooms() -> None:
    """Our entries of the Hall's dock and menu."""
    from unionhall.foundation.hooks import HallEntry, hall_entries
    from unionhall.foundation.vocabulary import lazy_words
    from unionhall.roster.access import DESK, SEE_NAMES, SEE_ROLLS, TRAIL_READERS

    data, board = (Role.DATA_ADMINISTRATOR,), (Role.DATA_ADMINISTRATOR, Role.OFFICER)
    keepers = (*board, Role.COUNSEL)
    rooms = (
        (20, "people", _("People"), "people", SEE_NAMES, _("Find anybody, and where each word comes from.")),
        (
            40,
            "worksites",
            lazy_words("worksite"),
            "pin",
            SEE_NAMES,
            _("Names, codes, hours, stewards: what we know of a place."),
        ),
        (50, "review", _("Same person?"), "search", DESK, _("Records that look like one, side by side.")),
        (60, "imports", _("Lists"), "doc", data, _("Bring in a list, look first, take it back.")),
        (62, "exports", _("Exports"), "down", board, _("Take a file out: a reason, two persons, one day.")),
        (
            65,
            "invitations",
            _("Invitations"),
            "people",
            (Role.STEWARD, Role.ORGANIZER, *board),
            _("Ask somebody to take a role; they accept by a link."),
        ),
        (72, "trail", _("Who saw and changed what"), "book", TRAIL_READERS, _("The trail: by person, place and day.")),
        (75, "keeping", _("What we keep"), "clock", keepers, _("What is forgotten when, and legal holds.")),
        (76, "breach", _("Who was exposed"), "warn", keepers, _("After a loss: whom to tell, and what got out.")),
        (66, "access_reviews", _("Who has access"), "key", board, _("Roles, and what the newest list says of them.")),
        (70, "rolls", _("Frozen lists"), "lock", SEE_ROLLS, _("Who fitted a question on a day.")),
    )
    for order, name, label, icon, roles, line in rooms:
        hall_entries.register(f"roster.{name}", HallEntry(label, name, icon, roles, line), order=order)


def _wind_clocks() -> None:
    """What the roster forgets by itself."""
    from unionhall.foundation.hooks import RetentionClock, retention_clocks
    from unionhall.roster.operations.keeping import doubts, files, sights
    from unionhall.roster.operations.people import retention

    former = RetentionClock(
        _("Former members"),
        _("twelve months after the last day known of their leaving"),
        _("name, ids, the last place with its days, and what was agreed to, without any contact"),
        retention.forget_former,
        retention.stand_of_former,
        stops_on_hold=True,
    )
    lists = RetentionClock(
        _("Files of lists that came in"),
        _("30 days after they came"),
        _("the report, and what is needed to take the list back"),
        files.forget_lists,
        files.stand_of_lists,
        stops_on_hold=True,
    )
    copies = RetentionClock(
        _("Exported files that nobody fetched"),
        _("a day after they were made"),
        _("who asked, who agreed, and why"),
        files.forget_copies,
        files.stand_of_copies,
    )
    seen = RetentionClock(
        _("Who was shown whose contacts"),
        _("twelve months after the day"),
        _("nothing"),
        sights.forget_sights,
        sights.stand_of_sights,
        stops_on_hold=True,
    )
    lines = RetentionClock(
        _("Doubtful lines of lists of people"),
        _("six months after their list came"),
        _("the number of the line, and what was said of it"),
        doubts.forget_doubts,
        doubts.stand_of_doubts,
        stops_on_hold=True,
    )
    clocks = (("former", former), ("lists", lists), ("copies", copies), ("sights", seen), ("doubts", lines))
    for order, (key, clock) in enumerate(clocks, start=10):
        retention_clocks.register(f"roster.{key}", clock, order=order)
