"""Who may see and do what, as data; and which roles want a second factor.

The table is printed in docs/reference/access.md from `permission_table()`. Every slice decides its own doors in its
`access.py`; a test walks every address with every role and compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from unionhall.foundation.access import Grant, Reach, Role


class Matter(StrEnum):
    """The columns of the table: what may be seen or done."""

    NAMES = "names"
    CONTACTS = "contacts"
    ASSESSMENTS = "assessments, notes"
    TOOK_PART = "took part"
    IMPORT = "import, merge"
    EXPORT = "bulk export"
    PAGES = "pages"
    TABLE = "table drafts"
    ROLL = "roll status"
    AUDIT = "audit trail"
    RECORD = "campaign record"


class Extent(StrEnum):
    """How far a permission goes."""

    NONE = "–"
    OWN = "o"
    TURF = "t"
    SITE = "s"
    AREA = "a"
    ALL = "✓"
    LIMITED = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """One cell. extent: how far; note: the condition or the limited part, in plain English."""

    extent: Extent
    note: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.extent.value, self.note) if part)


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """One line of the table: who, and a permission for each Matter. roles: empty for those who are not signed in."""

    label: str
    roles: tuple[Role, ...]
    permissions: dict[Matter, Permission]


_EXTENTS: Final = {extent.value: extent for extent in Extent if extent.value}
_TABLE: Final = """
public, supervisor, stranger | – | – | – | – | – | – | public | – | – | – | public
member | o | o | – | o | – | own file | – | – | o | own | –
CAT member | t | t, tap to call | t | t | – | – | – | – | – | – | –
steward | s | s, tap to call | s | s | – | – | – | – | – | – | –
organizer | a | a | a | a | review queue | – | – | – | – | a | –
bargaining team | – | – | – | totals | – | – | – | ✓ | – | – | –
communications | – | – | – | totals | – | – | ✓ | – | – | pages | ✓, no phase
data administrator | ✓ | ✓ | – | ✓ | ✓ | two persons | – | – | – | ✓ | ✓, no phase
election committee | roll | – | – | – | – | evidence | – | – | ✓ | votes | –
election observer | roll | – | – | – | – | evidence | – | – | counts | votes | –
officer, counsel | ✓ | – | – | totals | – | – | review | ✓ | – | ✓ | ✓
"""


def permission_table() -> tuple[PermissionRow, ...]:
    """The access table, a row for each group of roles, in the order of the document."""
    return tuple(_row(line) for line in _TABLE.strip().splitlines())


def permission(role: Role, matter: Matter) -> Permission:
    """What a role may do in one matter, as the table says."""
    return next(row.permissions[matter] for row in permission_table() if role in row.roles)


def _row(line: str) -> PermissionRow:
    label, *cells = (cell.strip() for cell in line.split("|"))
    names = {role.value.replace("_", " "): role for role in Role}
    roles = tuple(names[word.lower()] for word in label.split(", ") if word.lower() in names)
    return PermissionRow(label, roles, dict(zip(Matter, map(_permission, cells), strict=True)))


def _permission(text: str) -> Permission:
    first, _, rest = text.partition(", ")
    if first in _EXTENTS:
        return Permission(_EXTENTS[first], rest)
    return Permission(Extent.LIMITED, text)


# Export, import, ballots, the table or the admin: these want a second factor wherever they hold.
ALWAYS_STRONG: Final = frozenset(Role) - {Role.MEMBER, Role.CAT_MEMBER, Role.STEWARD}
# These open the pages of the site and its settings, at /admin/.
ADMIN_ROLES: Final = frozenset({Role.COMMUNICATIONS, Role.DATA_ADMINISTRATOR})


def needs_second_factor(grant: Grant) -> bool:
    """Whether this grant opens only to a second factor or passkey: by its role, or by reaching past one worksite."""
    if grant.role in ALWAYS_STRONG or grant.reach in (Reach.ALL, Reach.AREA):
        return True
    return grant.reach is Reach.WORKSITE and len(grant.codes) > 1


class ContactKind(StrEnum):
    """A channel on which a member can be reached to sign in; values as in foundation.contacts."""

    SMS = "sms"
    MAIL = "mail"


class TokenKind(StrEnum):
    """What a member may hold in place of a code."""

    LINK = "link"
    PAPER = "paper"
    VIEW = "view"


class Method(StrEnum):
    """How somebody came in."""

    PASSWORD = "password"  # noqa: S105 - the word, not one
    PASSKEY = "passkey"
    CODE = "code"
    LINK = "link"
    PAPER = "paper"
    DEVICE = "device"


class InvitationState(StrEnum):
    """How far an invitation has come."""

    WAITS_FOR_SECOND = "waits"
    SENT = "sent"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CAUGHT = "caught"


class Caught(StrEnum):
    """Why an invitation was stopped at the door."""

    MANAGEMENT = "management"
    MAIL = "mail"


# Roles that one person alone does not give: whoever holds them can read, change or close everything.
GIVEN_BY_TWO: Final = frozenset({Role.DATA_ADMINISTRATOR, Role.OFFICER, Role.COUNSEL, Role.ELECTION_COMMITTEE})
# Whom a role may bring in, in its own reach; the others are brought in by data administrators and officers.
MAY_BRING: Final = {
    Role.ORGANIZER: frozenset({Role.STEWARD, Role.CAT_MEMBER}),
    Role.STEWARD: frozenset({Role.CAT_MEMBER}),
}

# A code: six digits, ten minutes, five tries, bound to the asking browser (docs/decisions/0031-codes-and-links.md).
CODE_DIGITS: Final = 6
CODE_TRIES: Final = 5
CODE_LIFE: Final = timedelta(minutes=10)
LINK_LIFE: Final = timedelta(days=7)
LINK_USES: Final = 5
# A link that only shows harmless things, opened as often as she likes (docs/decisions/0100-my-campaign.md).
VIEW_LIFE: Final = timedelta(days=60)
VIEW_USES: Final = 30_000
PAPER_LIFE: Final = timedelta(days=2)
DEVICE_LIFE: Final = timedelta(days=90)
INVITATION_LIFE: Final = timedelta(days=7)
# Kept so long after they open nothing any more, so that somebody who asks "was that me?" still gets an answer.
TOKENS_KEPT: Final = timedelta(days=30)
PLACES_KEPT: Final = timedelta(days=180)
