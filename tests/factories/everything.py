"""One of everything, for the walk through every door: two areas, two worksites, their people, and who knocks.

East is where everything lies: Beto works there, Rosa signed up there. West is where the colleagues work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.test import Client

from tests.factories import accounts, campaigns, exports, pages, roster
from tests.factories.foundation import make_job
from tests.roster import people_lists
from unionhall.accounts import operations as account_operations
from unionhall.accounts.enums import ALWAYS_STRONG, Method
from unionhall.accounts.models import User
from unionhall.campaigns import operations as campaign_operations
from unionhall.campaigns.models import RecordChange
from unionhall.campaigns.queries import preferences_token
from unionhall.foundation import clock
from unionhall.foundation.access import Actor, Grant, Reach, Role, Viewer
from unionhall.foundation.contacts import parse_contact
from unionhall.roster import operations
from unionhall.roster.enums import ImportState
from unionhall.roster.models import Doubt, Import, LookAlike, Person, Worksite
from unionhall.roster.operations.keeping import access_review

BETO_PHONE, CLEO_PHONE = "213 555 0142", "213 555 0178"
# As pages may write the phone of Beto: for people, and in a link to call.
WRITTEN = ("555-0142", "5550142", "555 0142")
ROSA = "Rosa Méndez"
COUNSEL = Grant(Role.COUNSEL, Reach.ALL)
TWINS = ("Rosa García", "Rosa Garcia M", "Alberto Luna", "Alberto Luna Ruiz")
OWNER, COLLEAGUE, ELSEWHERE = "owner", "colleague", "other turf"
SCOPED = {Role.CAT_MEMBER: Reach.TURF, Role.STEWARD: Reach.WORKSITE, Role.ORGANIZER: Reach.AREA, Role.MEMBER: Reach.OWN}
# Whose role holds somewhere: a colleague holds it in the same place, another one elsewhere.
PLACED = (Role.CAT_MEMBER, Role.STEWARD, Role.ORGANIZER)


@dataclass(frozen=True, slots=True)
class World:
    """clients: who knocks, by name. arguments: of each address that takes some, in its order. note: an act in the
    queue that can be taken back. east, west: a person who works there.
    """

    clients: Mapping[str, Client]
    arguments: Mapping[str, tuple[Any, ...]]
    note: str
    east: Person
    west: Person


def make_world() -> World:
    """Everything, written once. Needs the database, and a transaction that is undone."""
    at = clock.now()
    areas = {code: roster.area(code) for code in "EW"}
    sites = {
        "E": roster.worksite("Rosemead Street Elementary", area=areas["E"]),
        "W": roster.worksite("Harbor Middle", area=areas["W"]),
    }
    beto = roster.person("Beto Luna", site=sites["E"], contact=BETO_PHONE)
    cleo = roster.person("Cleo Park", site=sites["W"], contact=CLEO_PHONE)
    river = pages.grounded()
    rosa = campaigns.entry(river, site=sites["E"], name=ROSA)
    turf = {OWNER: [beto.public_id, rosa.person.public_id], ELSEWHERE: [cleo.public_id]}
    codes = {
        Reach.TURF: turf,
        Reach.WORKSITE: {OWNER: [sites["E"].public_id], ELSEWHERE: [sites["W"].public_id]},
        Reach.AREA: {OWNER: [areas["E"].public_id], ELSEWHERE: [areas["W"].public_id]},
    }
    users = {key(role, place): _user(role, place, codes) for role in Role for place in (OWNER, COLLEAGUE)}
    users |= {key(role, ELSEWHERE): _user(role, ELSEWHERE, codes) for role in PLACED}
    users["stranger"] = accounts.make_user("Nadia Cole")
    users["supervisor"] = accounts.make_user("Dana Price")
    for person, place in ((beto, OWNER), (cleo, COLLEAGUE)):
        Person.objects.filter(pk=person.pk).update(user=users[key(Role.MEMBER, place)])
    clients = {name: _signed_in(user) for name, user in users.items()} | {"public": knocking()}
    clients |= {f"{role.value} weak": _signed_in(users[key(role, OWNER)], strong=False) for role in ALWAYS_STRONG}
    account_operations.close_account(user=users["supervisor"], actor=roster.CLERK, at=at, why="management")
    note = campaign_operations.record_act(entry=rosa, kind="call", actor=roster.CLERK, at=at)
    lain = {"entry": rosa, "campaign": river, "beto": beto, "site": sites["E"], "users": users}
    return World(clients, _arguments(at, **lain), note.public_id, beto, cleo)


def key(role: Role, place: str) -> str:
    """What a knocking person is called: her role, and whether everything is hers, a colleague's or lies elsewhere."""
    return f"{role.value} {place}"


def knocking() -> Client:
    """A browser that our own pages are open in; what goes wrong inside is an answer of 500."""
    return Client(headers={"Sec-Fetch-Site": "same-origin"}, raise_request_exception=False)


def _user(role: Role, place: str, codes: Mapping[Reach, Mapping[str, list[str]]]) -> User:
    reach = SCOPED.get(role, Reach.ALL)
    user = accounts.make_user(f"{role.value} {place}")
    accounts.grant(user, role, reach, codes.get(reach, {}).get(OWNER if place == COLLEAGUE else place, ()))
    return user


def _signed_in(user: User, *, strong: bool = True) -> Client:
    client = knocking()
    accounts.sign_in(client, user, strong=strong)
    return client


def _arguments(
    at: datetime, *, entry: Any, campaign: Any, beto: Person, site: Any, users: Mapping[str, User]
) -> dict[str, tuple[Any, ...]]:
    """What stands in each address; what belongs to somebody belongs to the data administrator or to the member."""
    by: dict[str, Any] = {"actor": roster.CLERK, "at": at}
    member, owner = users[key(Role.MEMBER, OWNER)], users[key(Role.DATA_ADMINISTRATOR, OWNER)]
    device = account_operations.note_sign_in(user=owner, session_key="d" * 32, agent="", method=Method.PASSKEY, at=at)
    roll = operations.freeze_roll(name="Strike vote", asked={}, as_of=clock.today(), reason="Board", **by)
    named = {
        ("job", "job_stop", "job_resume"): (make_job(actor_id=owner.pk, actor_label=owner.name).public_id,),
        ("person", "person_file", "person_edit", "person_contact", "person_undo"): (beto.public_id,),
        ("person_retire",): (beto.public_id, str(beto.contact_points.get().pk)),
        ("roll", "roll_file"): (roll.public_id,),
        ("hall_entry", "hall_act", "hall_undo", "hall_note", "hall_place", "hall_clear"): (entry.public_id,),
        ("end_device",): (device.public_id,),
        ("hold_lift",): (operations.place_hold(person=beto, reason="Case 12-1101", **by).public_id,),
        ("paper_code",): (member.public_id,),
        ("sign_in_link",): (account_operations.make_personal_link(user=member, at=at).split("/")[-2],),
        (
            *("campaign_home", "campaign_join", "campaign_joined", "campaign_sites", "campaign_cat"),
            *("campaign_cat_thanks", "campaign_sign_up", "campaign_sign_up_thanks", "campaign_challenge"),
            *("campaign_calendar", "campaign_calendar_file"),
        ): (campaign.slug,),
        ("me_by_link",): (account_operations.make_view_token(user=member, at=at),),
        ("worksite", "worksite_edit", "worksite_close", "worksite_hours", "worksite_merge"): (site.public_id,),
        **_of_record(campaign),
        **_of_slips(campaign),
        ("hall_team", "hall_turfs", "hall_turfs_undo"): (site.public_id,),
        ("hall_talk", "hall_talk_act", "hall_talk_undo", "hall_talk_link"): (beto.public_id,),
        ("media",): ("original_images/secret.jpg",),
        ("stream_feed",): (campaign.slug, "updates"),
        ("archive", "check", "hall_archive_file"): (campaign.slug,),
        ("archive_version",): (campaign.slug, "CDFGHJKM"),
        ("hall_sealed",): ("0" * 64,),
        **_of_lists(at, Actor(user_id=owner.pk, label=owner.name), site),
        **_of_twins(at, site),
        **_of_invitations(at, owner, site),
    }
    return {name: found for names, found in named.items() for name in names}


def _of_record(campaign: Any) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """A step, a fact, a focus area and a change of the campaign's record."""
    slug, fact = campaign.slug, campaign.facts.get(key="unit-size")
    step, area = campaign.phases.get(step="pickets"), campaign.focus_areas.all()[0]
    change = RecordChange.objects.get(campaign=campaign, part="facts", row_id=fact.pk)
    return {
        ("campaign_date", "campaign_date_file"): (slug, campaign.dates.all()[0].slug),
        ("record", "record_identity", "record_phases", "record_phase_new"): (slug,),
        ("record_phase", "record_phase_remove"): (slug, step.pk),
        ("record_move",): (slug, area.pk),
        ("record_part", "record_add"): (slug, "facts"),
        ("record_edit", "record_remove"): (slug, "facts", fact.pk),
        ("record_undo",): (change.public_id,),
        ("record_word",): ("steward",),
    }


def _of_lists(at: datetime, desk: Actor, site: Worksite) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """A list looked at, one applied, a line in doubt; a file that waits for its second person, one to be fetched."""
    looked = roster.imported(state=ImportState.LOOKED_AT, applied_at=None)
    applied = roster.imported(state=ImportState.APPLIED)
    people_lists.apply(f"00123,GARCIA,ROSA,Cook,{site.name},213 555 0160,Active")
    people_lists.apply(f"00123,Petrosyan,Anahit,Cook,{site.name},213 555 0161,Active", day=clock.today())
    return {
        ("import", "import_columns", "import_apply", "import_discard", "import_report"): (looked.public_id,),
        ("import_undo", "import_doubts"): (applied.public_id,),
        ("import_doubt",): (applied.public_id, "none"),
        **_of_access(at, applied, site),
        ("review_line",): (Doubt.objects.get().public_id,),
        ("export", "export_agree", "export_refuse"): (exports.asked(by=desk, at=at).public_id,),
        ("export_fetch",): (exports.ready(by=desk, at=at).public_id,),
    }


def _of_slips(campaign: Any) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """A form that waits for its code, one for the data desk, and somebody who gets updates."""
    waits, other = (campaigns.slip(campaign, name=name) for name in ("Lupe Ortiz", "Ana Prado"))
    sent = campaigns.sign_up("", kind="updates", worksite_text="")
    reader = campaign_operations.subscribe(campaign=campaign, sign_up=sent, actor=roster.CLERK, at=campaigns.AT)
    return {
        ("campaign_code",): (campaign.slug, waits.public_id),
        ("campaign_code_link",): (campaign.slug, waits.public_id, "none"),
        ("campaign_preferences",): (campaign.slug, preferences_token(reader)),
        ("hall_release",): (other.public_id,),
    }


def _of_twins(at: datetime, site: Worksite) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """Two records that look like one, and two that were merged."""
    one, other, kept, absorbed = (roster.person(name, site=site) for name in TWINS)
    pair = LookAlike.objects.create(first=one, second=other, score=0.9, reasons=[], found_at=at)
    merge = operations.merge_people(kept=kept, absorbed=absorbed, actor=roster.CLERK, at=at)
    gone = roster.worksite("Closed Elementary", area=site.area)
    places = operations.merge_worksites(kept=site, absorbed=gone, actor=roster.CLERK, at=at)
    return {("review_group",): (pair.pk,), ("person_part",): (merge.pk,), ("worksite_part",): (places.pk,)}


def _of_invitations(at: datetime, owner: User, site: Worksite) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """Roles offered by the data administrator: a steward's, and one that waits for a second person."""
    steward = Grant(Role.STEWARD, Reach.WORKSITE, frozenset({site.public_id}))
    offer = account_operations.Offer("Alma Reyes", parse_contact("213 555 0199"), "en", steward, site.name)
    viewer = Viewer(owner.pk, owner.name, (Grant(Role.DATA_ADMINISTRATOR, Reach.ALL),), strong=True)
    _invitation, token = account_operations.invite(offer=offer, viewer=viewer, actor=owner.as_actor(), at=at)
    waits = account_operations.Offer("Lee Ward", parse_contact("213 555 0198"), "en", COUNSEL, "")
    second, _token = account_operations.invite(offer=waits, viewer=viewer, actor=owner.as_actor(), at=at)
    acts = ("invitation_agree", "invitation_withdraw", "invitation_clear")
    return {("invitation",): (token,), acts: (second.public_id,)}


def _of_access(at: datetime, applied: Import, site: Worksite) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """A steward who left: her role waits in the review of a list."""
    gone, user = roster.person("Alma Solis", site=site), accounts.make_user("Alma Solis")
    accounts.grant(user, Role.STEWARD, Reach.WORKSITE, [site.public_id])
    Person.objects.filter(pk=gone.pk).update(user=user, employment="separated")
    review = access_review.open_access_review(import_id=applied.pk, at=at)
    case = review.items.get(person=gone).public_id
    return {
        ("access_review", "access_all", "access_done"): (applied.public_id,),
        ("access_decide", "access_agree", "access_reopen"): (case,),
    }
