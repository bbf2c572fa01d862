"""Choices and states of the roster."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

EVERY_SCHOOL_DAY: Final = "12345"


class SiteKind(models.TextChoices):
    """What kind of place a worksite is."""

    SCHOOL = "school", _("school")
    OFFICE = "office", _("office")
    YARD = "yard", _("yard or depot")
    OTHER = "other", _("other workplace")


class SiteStatus(models.TextChoices):
    """Whether people work there now. Only a live worksite is offered to anybody; the others are kept and marked."""

    LIVE = "live", _("live")
    PENDING = "pending", _("not open yet")
    CLOSED = "closed", _("closed")
    MERGED = "merged", _("merged into another")


class AreaBy(models.TextChoices):
    """How a worksite came into its area."""

    NONE = "", _("in no area")
    ZIP = "zip", _("by its ZIP code")
    CENTRE = "centre", _("by the nearest centre")
    HAND = "hand", _("by hand")


class ContactKind(models.TextChoices):
    """What a contact point is good for. Only a cell phone is ever texted."""

    SMS = "sms", _("cell phone")
    PHONE = "phone", _("telephone")
    MAIL = "mail", _("mail")
    POST = "post", _("home address")


class ContactOwner(models.TextChoices):
    """Whose the channel is. What belongs to the employer is never written to, and nobody signs in with it."""

    PERSONAL = "personal", _("the member's own")
    EMPLOYER = "employer", _("the employer's")


class ConsentPurpose(models.TextChoices):
    """What a person agreed to hear about."""

    CAMPAIGN = "campaign", _("news and asks of the campaign")
    SERVICE = "service", _("notices about votes and meetings")
    SHOWN = "shown", _("shown to the members one stands for")


class ImportKind(models.TextChoices):
    """What a file brought."""

    WORKSITES = "worksites", _("worksites")
    PEOPLE = "people", _("people")
    CONTACTS = "contacts", _("contacts")
    OPTOUTS = "optouts", _("opt-outs")
    BOUNDARIES = "boundaries", _("district boundaries")
    WORDPRESS = "wordpress", _("pages of another site")


class ImportState(models.TextChoices):
    """How far a file has come. One that is applying or being undone may be stopped, and resumed where it was."""

    LOOKED_AT = "looked_at", _("looked at, nothing written")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", _("applied")
    UNDOING = "undoing", _("being taken back")
    UNDONE = "undone", _("taken back")


class ExportKind(models.TextChoices):
    """What a file takes out."""

    PEOPLE = "people", _("people")
    WORKSITES = "worksites", _("worksites")
    MATCHES = "matches", _("doubtful matches")
    EVERYTHING = "everything", _("everything")
    BREACH = "breach", _("who was exposed")


# What is asked for like any list; who was exposed is asked for where that was looked up.
EXPORTS_ASKED: Final = (ExportKind.PEOPLE, ExportKind.WORKSITES, ExportKind.MATCHES, ExportKind.EVERYTHING)


class Exposed(models.TextChoices):
    """A class of data that can get out, as a notice to those concerned must name it."""

    NAMES = "names", _("name, worksite and job")
    REACH = "reach", _("phone numbers and mail")
    HOME = "home", _("home address")
    BIRTH = "birth", _("birthday without the year")
    NUMBERS = "numbers", _("employee and member numbers")
    STANDING = "standing", _("employment and membership")
    AGREED = "agreed", _("agreements to be written to")
    TALKS = "talks", _("notes of talks")


class BreachWay(models.TextChoices):
    """How data got out."""

    SEEN = "seen", _("on the screen")
    FILE = "file", _("in a file that was fetched")
    WHOLE_FILE = "whole_file", _("in the whole file of a person")
    LIST = "list", _("on a frozen list")
    WHOLE = "whole", _("with the database or a backup")


class ExportFormat(models.TextChoices):
    """How the file is written."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX (Excel)"
    JSON = "json", "JSON"


class ExportState(models.TextChoices):
    """How far an export has come."""

    ASKED = "asked", _("waits for a second person")
    REFUSED = "refused", _("refused")
    AGREED = "agreed", _("agreed to, being made")
    READY = "ready", _("ready to fetch")
    TAKEN = "taken", _("fetched")
    EXPIRED = "expired", _("not fetched in time")


class Decision(models.TextChoices):
    """What somebody said of a doubtful row."""

    OPEN = "", _("not settled yet")
    SAME = "same", _("the same")
    NEW = "new", _("somebody new")
    SKIP = "skip", _("left out")


class Employment(models.TextChoices):
    """How the employer holds a person. In management nobody is of the unit, and every door of ours is closed."""

    UNKNOWN = "", _("not known")
    ACTIVE = "active", _("active")
    LEAVE = "leave", _("on leave")
    SUBSTITUTE = "substitute", _("substitute")
    SEPARATED = "separated", _("separated")
    MANAGEMENT = "management", _("management")


class Membership(models.TextChoices):
    """Whether a person signed; being represented does not need it."""

    UNKNOWN = "", _("not known")
    MEMBER = "member", _("member")
    NONMEMBER = "nonmember", _("not a member")
    FORMER = "former", _("former member")


class Standing(models.TextChoices):
    """Whether a member fulfils what the constitution asks for."""

    UNKNOWN = "", _("not known")
    GOOD = "good", _("in good standing")
    BEHIND = "behind", _("not in good standing")


class ChangeKind(models.TextChoices):
    """What an import did to one record."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    CLAIMED = "claimed", _("recognized under another source")


class OfficeKind(models.TextChoices):
    """An office of the union. What a local calls it is a matter of its vocabulary."""

    STEWARD = "steward", _("steward")
    CHAPTER_CHAIR = "chapter_chair", _("chapter chair")
    CO_CHAIR = "co_chair", _("co-chair")
    VICE_CHAIR = "vice_chair", _("vice-chair")
    AREA_LEADER = "area_leader", _("area leader")
    BARGAINING_TEAM = "bargaining_team", _("bargaining team")
    CHIEF_NEGOTIATOR = "chief_negotiator", _("chief negotiator")
    BOARD_MEMBER = "board_member", _("board member")
    OFFICER = "officer", _("officer of the local")


class ChosenBy(models.TextChoices):
    """How somebody came into an office."""

    UNKNOWN = "", _("not known")
    ELECTED = "elected", _("elected")
    NAMED = "named", _("named")
    ACTING = "acting", _("acting")


class AccessFound(models.TextChoices):
    """What a list says of somebody who holds a role or was offered one."""

    MANAGEMENT = "management", _("became management")
    LEFT = "left", _("left the employer")
    MOVED = "moved", _("works elsewhere now")
    MISSING = "missing", _("is missing from the list")


class AccessDecision(models.TextChoices):
    """What is done about a role or an invitation."""

    OPEN = "", _("not decided yet")
    END = "end", _("end it")
    MOVE = "move", _("move it")
    KEEP = "keep", _("keep it")
    RESTORE = "restore", _("give it back")
