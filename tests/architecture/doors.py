"""Who gets in at each address of ours. `test_doors.py` knocks at every one as everybody and compares.

A line: method and address | its matter in docs/reference/access.md, – for none | the public, and a supervisor whose
account was closed | everybody signed in whom the line does not name, a stranger without any role first | who else gets
what, with what the other one gets after a slash where it differs. The owner has the thing in her turf, worksite or
area, or made it; the other one holds the same role elsewhere or, where a role holds everywhere, did not make it. A
colleague whose role holds in the same turf, worksite or area gets what the owner gets. An empty form is sent, so 422 is
an open door and 302 after POST a done deed.

A method without a line answers 405.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import product

from django.urls import URLPattern, URLResolver

from unionhall.accounts.enums import Extent, Matter, permission
from unionhall.config.slices import slices
from unionhall.foundation.access import Role

SHORT = {
    "member": Role.MEMBER,
    "cat": Role.CAT_MEMBER,
    "steward": Role.STEWARD,
    "organizer": Role.ORGANIZER,
    "bargaining": Role.BARGAINING_TEAM,
    "communications": Role.COMMUNICATIONS,
    "data": Role.DATA_ADMINISTRATOR,
    "committee": Role.ELECTION_COMMITTEE,
    "observer": Role.ELECTION_OBSERVER,
    "officer": Role.OFFICER,
    "counsel": Role.COUNSEL,
}
SHUT = {403, 404}
TO_SIGN_IN = 302
# Whose role holds somewhere, so that a colleague may hold it in the same place.
PLACED = (Role.CAT_MEMBER, Role.STEWARD, Role.ORGANIZER)
LINES = """
GET alive | – | 200 | 200 |
GET ready | – | 200 | 200 |
GET job | – | 302 | 404 | data 200/404
POST job_stop | – | 302 | 404 | data 302/404
POST job_resume | – | 302 | 404 | data 302/404
GET styleguide | – | 200 | 200 |
GET styleguide_booth | – | 200 | 200 |
GET styleguide_find | – | 200 | 200 |
GET hall_menu | – | 302 | 200 |
GET lockdown | – | 302 | 403 | data 200, officer 200
POST lockdown_begin | – | 302 | 403 | data 422, officer 422
POST lockdown_agree | – | 302 | 403 | data 409, officer 409
GET account | – | 302 | 200 |
POST set_language | – | 302 | 302 |
POST end_other_devices | – | 302 | 302 |
POST end_device | – | 302 | 404 | data 302/404
GET paper_code | – | 302 | 404 | cat 200/404, steward 200/404, organizer 200/404
POST paper_code | – | 302 | 404 | cat 200/404, steward 200/404, organizer 200/404
GET account_change_password | – | 302 | 302 |
POST account_change_password | – | 302 | 302 |
GET account_set_password | – | 404 | 404 |
POST account_set_password | – | 404 | 404 |
GET account_reset_password | – | 200 | 200 |
POST account_reset_password | – | 200 | 200 |
GET mfa_activate_totp | – | 302 | 200 |
POST mfa_activate_totp | – | 302 | 200 |
GET mfa_add_webauthn | – | 302 | 200 |
POST mfa_add_webauthn | – | 302 | 200 |
GET sign_in | – | 200 | 302 |
POST sign_in | – | 200 | 200 |
GET sign_in_code | – | 302 | 302 |
POST sign_in_code | – | 302 | 302 |
GET sign_in_who | – | 302 | 302 |
POST sign_in_who | – | 302 | 302 |
GET sign_in_paper | – | 200 | 200 |
POST sign_in_paper | – | 200 | 200 |
POST sign_in_device | – | 302 | 302 |
GET invitation | – | 200 | 200 |
POST invitation | – | 302 | 302 |
GET sign_in_link | – | 200 | 200 |
POST sign_in_link | – | 302 | 302 |
GET people | names | 302 | 403 | cat 200, steward 200, organizer 200, data 200, officer 200, counsel 200
GET person | names | 302 | 403 | cat 200/404, steward 200/404, organizer 200/404, data 200, officer 200, counsel 200
GET person_file | – | 302 | 403 | data 200, officer 200
POST person_file | – | 302 | 403 | data 422, officer 422
GET person_edit | import, merge | 302 | 403 | organizer 200/404, data 200
POST person_edit | import, merge | 302 | 403 | organizer 302/404, data 302
POST person_contact | import, merge | 302 | 403 | organizer 422/404, data 422
POST person_retire | import, merge | 302 | 403 | organizer 302/404, data 302
POST person_undo | import, merge | 302 | 403 | organizer 302/404, data 302
POST person_part | import, merge | 302 | 403 | organizer 302/404, data 302
GET review | import, merge | 302 | 403 | organizer 200, data 200
POST review_group | import, merge | 302 | 403 | organizer 302/404, data 302
GET worksites | names | 302 | 403 | cat 200, steward 200, organizer 200, data 200, officer 200, counsel 200
GET worksite | names | 302 | 403 | cat 200/404, steward 200/404, organizer 200/404, data 200, officer 200, counsel 200
GET worksite_edit | import, merge | 302 | 403 | data 200
POST worksite_edit | import, merge | 302 | 403 | data 422
POST worksite_close | import, merge | 302 | 403 | data 302
GET worksite_merge | import, merge | 302 | 403 | data 200
POST worksite_merge | import, merge | 302 | 403 | data 422
POST worksite_part | import, merge | 302 | 403 | data 302
POST worksite_hours | import, merge | 302 | 403 | data 422
GET review_lines | import, merge | 302 | 403 | organizer 200, data 200
POST review_line | import, merge | 302 | 403 | organizer 302/404, data 302
POST review_undo | import, merge | 302 | 403 | organizer 302, data 302
GET rolls | names | 302 | 403 | data 200, committee 200, observer 200, officer 200, counsel 200
GET roll_new | import, merge | 302 | 403 | data 200
POST roll_new | import, merge | 302 | 403 | data 422
GET roll | names | 302 | 403 | data 200, committee 200, observer 200, officer 200, counsel 200
GET roll_file | names | 302 | 403 | data 200, committee 200, observer 200, officer 200, counsel 200
GET imports | import, merge | 302 | 403 | data 200
GET invitations | – | 302 | 403 | steward 200, organizer 200, data 200, officer 200
GET invitation_new | – | 302 | 403 | steward 302, organizer 200, data 200, officer 200
POST invitation_new | – | 302 | 403 | steward 302, organizer 422, data 422, officer 422
GET invitation_sites | – | 302 | 403 | steward 200, organizer 200, data 200, officer 200
POST invitation_agree | – | 302 | 403 | steward 404, organizer 404, data 403/302, officer 302
POST invitation_clear | – | 302 | 403 | steward 404, organizer 404, data 409, officer 409
POST invitation_withdraw | – | 302 | 403 | steward 404, organizer 404, data 302, officer 302
GET exports | bulk export | 302 | 403 | data 200, officer 200
GET export_ask | bulk export | 302 | 403 | data 200
POST export_ask | bulk export | 302 | 403 | data 422
GET export | bulk export | 302 | 403 | data 200, officer 200
POST export_agree | bulk export | 302 | 403 | data 403/302, officer 302
POST export_refuse | bulk export | 302 | 403 | data 403/302, officer 302
POST export_fetch | bulk export | 302 | 403 | data 200/403
GET trail | audit trail | 302 | 403 | organizer 200, communications 200, data 200, committee 200, \
 observer 200, officer 200, counsel 200
POST trail_take | audit trail | 302 | 403 | data 422, officer 422, counsel 422
GET breach | – | 302 | 403 | data 200, officer 200, counsel 200
POST breach_file | bulk export | 302 | 403 | data 422
GET access_reviews | – | 302 | 403 | data 200, officer 200
GET access_review | – | 302 | 403 | data 200, officer 200
POST access_all | – | 302 | 403 | data 302, officer 302
POST access_done | – | 302 | 403 | data 409, officer 409
POST access_decide | – | 302 | 403 | data 422, officer 422
POST access_agree | – | 302 | 403 | data 409, officer 409
POST access_reopen | – | 302 | 403 | data 409, officer 409
GET keeping | – | 302 | 403 | data 200, officer 200, counsel 200
POST hold_place | – | 302 | 403 | officer 422, counsel 422
POST hold_lift | – | 302 | 403 | officer 422, counsel 422
GET import_new | import, merge | 302 | 403 | data 200
POST import_new | import, merge | 302 | 403 | data 200
GET import | import, merge | 302 | 403 | data 200
POST import_columns | import, merge | 302 | 403 | data 404
POST import_apply | import, merge | 302 | 403 | data 302
POST import_discard | import, merge | 302 | 403 | data 302
GET import_doubts | import, merge | 302 | 403 | data 200
POST import_doubt | import, merge | 302 | 403 | data 404
GET import_undo | import, merge | 302 | 403 | data 200
POST import_undo | import, merge | 302 | 403 | data 302
GET import_report | import, merge | 302 | 403 | data 200
GET hall | names | 302 | 403 | cat 200, steward 200, organizer 200, data 200, officer 200
GET hall_queue | names | 302 | 403 | cat 200, steward 200, organizer 200, data 200, officer 200
GET hall_mine | assessments, notes | 302 | 403 | cat 200
GET hall_site | assessments, notes | 302 | 403 | steward 200
GET hall_areas | assessments, notes | 302 | 403 | organizer 200
GET hall_talk | assessments, notes | 302 | 403 | cat 200/404, steward 200/404, organizer 200/404
POST hall_talk | assessments, notes | 302 | 403 | cat 422/404, steward 422/404, organizer 422/404
POST hall_talk_act | assessments, notes | 302 | 403 | cat 422/404, steward 422/404, organizer 422/404
POST hall_talk_undo | assessments, notes | 302 | 403 | cat 409/404, steward 409/404, organizer 409/404
POST hall_talk_link | assessments, notes | 302 | 403 | steward 409/404, organizer 409/404
GET hall_team | assessments, notes | 302 | 403 | steward 200/404, organizer 200/404
GET hall_turfs | assessments, notes | 302 | 403 | steward 200/404, organizer 200/404
POST hall_turfs | assessments, notes | 302 | 403 | steward 422/404, organizer 422/404
POST hall_turfs_undo | assessments, notes | 302 | 403 | steward 409/404, organizer 409/404
GET hall_entry | names | 302 | 403 | cat 200/404, steward 200/404, organizer 200/404, data 200, officer 200
POST hall_act | contacts | 302 | 403 | cat 422/404, steward 422/404, organizer 422/404, data 422
POST hall_undo | contacts | 302 | 403 | cat 302/404, steward 302/404, organizer 302/404, data 302
POST hall_note | assessments, notes | 302 | 403 | cat 422/404, steward 422/404, organizer 422/404
POST hall_clear | – | 302 | 403 | cat 403/404, steward 403/404, organizer 422/404, data 422, officer 403
POST hall_place | import, merge | 302 | 403 | cat 403/404, steward 403/404, organizer 403/404, data 422
GET record_campaigns | campaign record | 302 | 403 | communications 200, data 200, officer 200, counsel 200
GET record_new | campaign record | 302 | 403 | communications 200, data 200, officer 200, counsel 200
POST record_new | campaign record | 302 | 403 | communications 422, data 422, officer 422, counsel 422
GET record_words | campaign record | 302 | 403 | communications 200, data 200, officer 200, counsel 200
POST record_words | campaign record | 302 | 403 | communications 422, data 422, officer 422, counsel 422
GET record_word | campaign record | 302 | 403 | communications 200, data 200, officer 200, counsel 200
POST record_word | campaign record | 302 | 403 | communications 422, data 422, officer 422, counsel 422
POST record_undo | campaign record | 302 | 403 | communications 302, data 302, officer 302, counsel 302
GET record | campaign record | 302 | 403 | communications 200, data 200, officer 200, counsel 200
GET record_identity | campaign record | 302 | 403 | communications 200, data 200, officer 200, counsel 200
POST record_identity | campaign record | 302 | 403 | communications 422, data 422, officer 422, counsel 422
GET record_phases | campaign record | 302 | 403 | communications 200, data 200, officer 200, counsel 200
GET record_phase_new | campaign record | 302 | 403 | officer 200, counsel 200
POST record_phase_new | campaign record | 302 | 403 | officer 422, counsel 422
GET record_phase | campaign record | 302 | 403 | officer 200, counsel 200
POST record_phase | campaign record | 302 | 403 | officer 422, counsel 422
POST record_phase_remove | campaign record | 302 | 403 | officer 302, counsel 302
POST record_move | campaign record | 302 | 403 | communications 302, data 302, officer 302, counsel 302
GET record_part | campaign record | 302 | 403 | communications 200, data 200, officer 200, counsel 200
GET record_add | campaign record | 302 | 403 | communications 200, data 200, officer 200, counsel 200
POST record_add | campaign record | 302 | 403 | communications 422, data 422, officer 422, counsel 422
GET record_edit | campaign record | 302 | 403 | communications 200, data 200, officer 200, counsel 200
POST record_edit | campaign record | 302 | 403 | communications 422, data 422, officer 422, counsel 422
POST record_remove | campaign record | 302 | 403 | communications 302, data 302, officer 302, counsel 302
GET me | – | 302 | 200 |
GET me_held | – | 302 | 404 | member 200
POST me_file | – | 302 | 404 | member 200
POST me_language | – | 302 | 302 |
POST me_call | – | 302 | 404 | member 302
POST me_agree | – | 302 | 404 |
POST me_updates | – | 302 | 404 |
POST me_stop | – | 302 | 404 | member 302
GET me_correct | – | 302 | 404 | member 200
POST me_name | – | 302 | 404 | member 302
POST me_wrong | – | 302 | 404 | member 422
POST me_contact | – | 302 | 404 | member 422
GET me_contact_code | – | 302 | 404 | member 200
POST me_contact_code | – | 302 | 404 | member 422
GET me_leave | – | 302 | 404 | member 200
POST me_leave | – | 302 | 404 | member 422
POST me_stay | – | 302 | 404 | member 409
POST me_link | – | 302 | 404 | member 302
GET me_by_link | – | 200 | 200 |
POST me_by_link | – | 302 | 302 |
GET local_home | – | 200 | 200 |
GET campaign_join | – | 200 | 200 |
POST campaign_join | – | 422 | 422 |
GET campaign_joined | – | 200 | 200 |
GET campaign_cat | – | 200 | 200 |
POST campaign_cat | – | 422 | 422 |
GET campaign_cat_thanks | – | 200 | 200 |
GET campaign_sign_up | – | 200 | 200 |
POST campaign_sign_up | – | 422 | 422 |
GET campaign_sign_up_thanks | – | 200 | 200 |
GET campaign_preferences | – | 200 | 200 |
POST campaign_preferences | – | 422 | 422 |
GET campaign_code | – | 200 | 200 |
POST campaign_code | – | 422 | 422 |
GET campaign_code_link | – | 200 | 200 |
POST campaign_code_link | – | 422 | 422 |
GET campaign_challenge | – | 200 | 200 |
GET hall_held | contacts | 302 | 403 | data 200
POST hall_release | contacts | 302 | 403 | data 302
GET campaign_sites | – | 200 | 200 |
GET campaign_home | – | 200 | 200 |
GET campaign_calendar | – | 200 | 200 |
GET campaign_calendar_file | – | 200 | 200 |
GET campaign_date | – | 200 | 200 |
GET campaign_date_file | – | 200 | 200 |
GET search | – | 200 | 200 |
GET sitemap | – | 200 | 200 |
GET robots | – | 200 | 200 |
GET media | – | 404 | 404 |
GET stream_feed | – | 200 | 200 |
GET archive | – | 200 | 200 |
GET archive_version | – | 404 | 404 |
GET check | – | 200 | 200 |
GET hall_archive | – | 302 | 403 | communications 200, data 200, officer 200, counsel 200
GET hall_archive_file | – | 302 | 403 | communications 200, data 200, officer 200, counsel 200
GET hall_sealed | – | 302 | 403 | counsel 404
POST hall_sealed | – | 302 | 403 | counsel 404
GET demo_outbox | – | 200 | 200 |
"""
# Where an address is narrower or wider than the cell of its matter: addresses | roles | why.
EXCEPTIONS = """
record_phase_new record_phase record_phase_remove | communications data | a phase wants an officer or counsel
people person worksites worksite | member | reads her own at /me/
people person worksites worksite hall hall_queue hall_entry | committee observer | know names from the roll only
hall hall_queue hall_entry | member counsel | the queue is for those who answer, and for officers who watch over it
hall_mine | steward organizer | theirs are a worksite and areas
hall_site hall_areas hall_team hall_turfs hall_turfs_undo | cat | gives nobody out
hall_site | organizer | hers are areas
hall_talk_link | cat | the link goes out by whoever leads the place
hall_areas | steward | hers is a worksite
hall_act hall_undo | member | nobody answers herself
hall_held hall_release | member cat steward organizer | what is held lies with no worksite yet
rolls roll roll_file | member cat steward organizer | a roll reaches past anybody's turf
imports import_new import import_columns import_apply import_discard import_undo import_report | organizer | review only
import_doubts import_doubt | organizer | a worksite list is the data desk's
breach_file | committee observer | evidence comes with the vote
roll_new hall_place worksite_edit worksite_close worksite_hours | organizer | reaches past an area
worksite_merge worksite_part | organizer | reaches past an area
exports export export_ask export_agree export_refuse export_fetch breach_file | member | her own file comes with /me/
exports export export_ask export_agree export_refuse export_fetch | committee observer | evidence comes with the vote
exports export export_agree export_refuse | officer | may be the second person
trail | member | her own acts stand on /me/
trail_take | member organizer communications committee observer | a file of the trail is for those who read all of it
import_doubt | data | no line of this list waits: 404
import_columns | data | the file of this list was deleted after its days: 404
"""


@dataclass(frozen=True, slots=True)
class Door:
    """One line of LINES. named: (owner, colleague) of the roles that it names."""

    method: str
    address: str
    matter: Matter | None
    public: int
    others: int
    named: dict[Role, tuple[int, int]]

    def answers(self, role: Role) -> tuple[int, int]:
        """What an owner and a colleague of that role get."""
        return self.named.get(role, (self.others, self.others))

    def is_open(self, role: Role) -> bool:
        """Whether anybody of that role gets in."""
        return any(status not in SHUT for status in self.answers(role))


def doors() -> tuple[Door, ...]:
    """Every line."""
    return tuple(_door(line) for line in LINES.strip().splitlines())


def own_addresses(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """The addresses in a list and below it whose views are ours."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from own_addresses(pattern.url_patterns)
        elif not pattern.callback.__module__.startswith("allauth."):
            yield pattern


def all_addresses() -> Iterator[URLPattern]:
    """Our addresses, slice by slice."""
    for item in slices(demo=True):
        if find_spec(f"{item.app}.urls"):
            module = import_module(f"{item.app}.urls")
            yield from own_addresses([*module.urlpatterns, *getattr(module, "localized_urlpatterns", [])])


def walks() -> dict[str, list[tuple[Role | None, Door, int]]]:
    """Who knocks where, by walker: role, door, and the answer that the line says.

    Those beside the owner knock where an address names a thing; everywhere else one of a role is as good as another.
    """
    named = {str(one.name) for one in all_addresses() if one.pattern.converters}
    things = [door for door in doors() if door.address in named]
    return {
        "public": [(None, door, door.public) for door in doors()],
        "supervisor": [(None, door, door.public) for door in doors()],
        "stranger": [(None, door, door.others) for door in doors()],
        "owner": [(role, door, door.answers(role)[0]) for role in Role for door in doors()],
        "colleague": [(role, door, door.answers(role)[role not in PLACED]) for role in Role for door in things],
        "other turf": [(role, door, door.answers(role)[1]) for role in PLACED for door in things],
    }


@dataclass(frozen=True, slots=True)
class Counts:
    """What one walker did: knocks; of them refusals (shut, or sent to sign in) and openings."""

    walker: str
    roles: int
    knocks: int
    refusals: int

    @property
    def openings(self) -> int:
        """How many doors opened."""
        return self.knocks - self.refusals


def counts() -> list[Counts]:
    """The walks in numbers, for the reference and for the test that keeps it true."""
    return [_count(walker, walk) for walker, walk in walks().items()]


def _count(walker: str, walk: list[tuple[Role | None, Door, int]]) -> Counts:
    sent_away = walker in ("public", "supervisor")
    shut = sum(
        status in SHUT or (sent_away and status == TO_SIGN_IN and door.others != status) for _, door, status in walk
    )
    return Counts(walker, len({role for role, _, _ in walk if role}), len(walk), shut)


def strange_roles() -> Iterator[str]:
    """Where a line and the access table disagree about a role, and no exception says why; or one is not needed."""
    excused = set(_exceptions())
    found = {(door.address, role) for door in doors() for role in Role if _differs(door, role)}
    yield from (f"{address} for {role}: not as the access table says" for address, role in sorted(found - excused))
    yield from (f"{address} for {role}: an exception without need" for address, role in sorted(excused - found))


def _differs(door: Door, role: Role) -> bool:
    return door.matter is not None and door.is_open(role) != (permission(role, door.matter).extent is not Extent.NONE)


def _exceptions() -> Iterable[tuple[str, Role]]:
    for line in EXCEPTIONS.strip().splitlines():
        addresses, roles, _why = line.split(" | ")
        yield from ((address, SHORT[role]) for address, role in product(addresses.split(), roles.split()))


def _door(line: str) -> Door:
    what, matter, public, others, named = (cell.strip() for cell in line.split("|"))
    method, address = what.split()
    cells = dict(cell.strip().split(" ") for cell in named.split(",") if cell)
    answers = {SHORT[role]: _pair(cell) for role, cell in cells.items()}
    return Door(method, address, None if matter == "–" else Matter(matter), int(public), int(others), answers)


def _pair(cell: str) -> tuple[int, int]:
    owner, _, colleague = cell.partition("/")
    return int(owner), int(colleague or owner)
