"""Turfs: who answers for whom, what a CAT member reaches by it, and how each act is taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import accounts, roster
from tests.factories import campaigns as campaign_factory
from tests.factories import turf as factory
from tests.factories.turf import AT, BY, codes_of, give
from unionhall.accounts import operations as account_operations
from unionhall.accounts.models import Invitation, RoleGrant
from unionhall.campaigns import operations, queries
from unionhall.campaigns.models import Cover, Talk
from unionhall.campaigns.operations import Given, NobodyTicked, NothingToUndo
from unionhall.foundation.access import Reach, Role
from unionhall.foundation.contacts import parse_contact
from unionhall.foundation.errors import NotAllowed
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations as roster_operations
from unionhall.roster.models import Assignment

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def site():
    return roster.worksite("Magnolia Avenue Elementary", area=roster.area("E"))


@pytest.fixture
def crew(site):
    return factory.people(site, 3)


@pytest.fixture
def jorge():
    return factory.cat_member("Jorge Luna")


@pytest.fixture
def ana():
    return factory.cat_member("Ana Paz")


def standing(site) -> dict[str, str]:
    """Who answers for whom now."""
    rows = Cover.objects.filter(worksite=site, ended_at=None).select_related("person", "user", "invitation")
    return {row.person.name: (row.user or row.invitation).name for row in rows}


def codes(*persons) -> list[str]:
    return [person.public_id for person in persons]


def invite(site, *persons, name="Luis Ortega", phone="213 555 0171"):
    denise = factory.steward(site)
    return operations.invite_with_turf(
        worksite=site,
        people=codes(*persons),
        name=name,
        contact=parse_contact(phone),
        language="es",
        viewer=factory.as_steward(denise, site),
        actor=denise.as_actor(),
        at=AT,
    )


def test_given_people_are_within_reach_of_the_cat_member_and_nobody_else_is(site, crew, jorge):
    given_now = give(site, jorge, crew[0], crew[1])

    assert given_now.people == 2
    assert codes_of(jorge) == set(codes(crew[0], crew[1]))
    assert standing(site) == {"Worker 01": "Jorge Luna", "Worker 02": "Jorge Luna"}


def test_the_same_click_twice_changes_nothing(site, crew, jorge):
    give(site, jorge, *crew)
    before = (AuditEntry.objects.count(), Cover.objects.count(), RoleGrant.objects.count())

    assert give(site, jorge, *crew) == Given()
    assert (AuditEntry.objects.count(), Cover.objects.count(), RoleGrant.objects.count()) == before


def test_somebody_given_to_another_is_the_first_one_s_no_more(site, crew, jorge, ana):
    give(site, jorge, *crew)
    give(site, ana, crew[0])

    assert (codes_of(jorge), codes_of(ana)) == (set(codes(*crew[1:])), {crew[0].public_id})


def test_who_has_nobody_left_has_no_role_left(site, crew, jorge):
    give(site, jorge, crew[0])
    operations.take_turf(worksite=site, people=codes(crew[0]), **BY)

    assert codes_of(jorge) == set()
    assert not jorge.role_grants.filter(role=Role.CAT_MEMBER, ended_at=None).exists()


def test_a_person_has_one_cat_member_at_a_worksite_whatever_code_runs(site, crew, jorge, ana):
    give(site, jorge, crew[0])

    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        Cover.objects.create(person=crew[0], worksite=site, user=ana, given_at=AT, given_in="x")


def test_a_person_of_two_worksites_may_have_two_cat_members(site, crew, jorge, ana):
    harbor = roster.worksite("Harbor Middle")
    Assignment.objects.create(person=crew[0], worksite=harbor, source="test")
    give(site, jorge, crew[0])
    give(harbor, ana, crew[0])

    assert codes_of(jorge) == codes_of(ana) == {crew[0].public_id}


def test_somebody_of_another_worksite_cannot_be_given(site, crew, jorge):
    stranger = roster.person("Cleo Park", site=roster.worksite("Harbor Middle"))

    with pytest.raises(NobodyTicked):
        give(site, jorge, stranger)
    give(site, jorge, crew[0], stranger)
    assert codes_of(jorge) == {crew[0].public_id}


def test_nobody_ticked_is_said(site, jorge):
    with pytest.raises(NobodyTicked, match="Tick at least one"):
        give(site, jorge)


def test_undo_brings_back_who_had_them_before(site, crew, jorge, ana):
    give(site, jorge, crew[0], crew[1])
    act = give(site, ana, *crew).act
    operations.undo_turf(worksite=site, act=act, **BY)

    assert standing(site) == {"Worker 01": "Jorge Luna", "Worker 02": "Jorge Luna"}
    assert (codes_of(jorge), codes_of(ana)) == (set(codes(*crew[:2])), set())


def test_undo_a_second_time_changes_nothing_and_says_so(site, crew, jorge):
    act = give(site, jorge, *crew).act
    operations.undo_turf(worksite=site, act=act, **BY)

    for wrong in (act, "", "unknown"):
        with pytest.raises(NothingToUndo):
            operations.undo_turf(worksite=site, act=wrong, **BY)


def test_undo_leaves_whoever_was_given_on_since(site, crew, jorge, ana):
    act = give(site, jorge, crew[0], crew[1]).act
    give(site, ana, crew[0])
    operations.undo_turf(worksite=site, act=act, **BY)

    assert standing(site) == {"Worker 01": "Ana Paz"}


def test_taking_back_is_undone_too(site, crew, jorge):
    give(site, jorge, *crew)
    act = operations.take_turf(worksite=site, people=codes(crew[0]), **BY).act
    operations.undo_turf(worksite=site, act=act, **BY)

    assert codes_of(jorge) == set(codes(*crew))


def test_the_trail_names_ids_and_no_contact(site, crew, jorge):
    give(site, jorge, crew[0])

    entry = AuditEntry.objects.get(verb="campaigns.turf_given")
    assert entry.place == site.public_id
    assert entry.detail["people"] == [crew[0].public_id]
    assert "555" not in str(entry.detail)


def test_an_invitation_promises_people_and_reaches_nobody_before_it_is_accepted(site, crew):
    invitation, _token, given_now = invite(site, *crew[:2])

    assert (given_now.people, set(invitation.codes)) == (2, set(codes(*crew[:2])))
    assert standing(site) == {"Worker 01": "Luis Ortega", "Worker 02": "Luis Ortega"}
    assert not RoleGrant.objects.filter(role=Role.CAT_MEMBER).exists()


def test_accepted_the_promised_people_are_her_own(site, crew, django_capture_on_commit_callbacks):
    _invitation, token, _given = invite(site, *crew[:2])
    with django_capture_on_commit_callbacks(execute=True):
        luis = account_operations.accept_invitation(token=token, at=AT)

    assert codes_of(luis) == set(codes(*crew[:2]))
    assert set(Cover.objects.filter(user=luis).values_list("person", flat=True)) == {crew[0].pk, crew[1].pk}
    assert luis.role_grants.filter(ended_at=None).count() == 1


def test_who_accepts_beside_a_turf_holds_both_in_one_role(site, crew, django_capture_on_commit_callbacks):
    luis = factory.cat_member("Luis Ortega", "213 555 0171")
    give(site, luis, crew[2])
    _invitation, token, _given = invite(site, *crew[:2])
    with django_capture_on_commit_callbacks(execute=True):
        assert account_operations.accept_invitation(token=token, at=AT) == luis

    assert codes_of(luis) == set(codes(*crew))
    assert luis.role_grants.filter(role=Role.CAT_MEMBER, ended_at=None).count() == 1


def test_who_was_promised_and_taken_back_is_not_in_the_role_that_is_accepted(site, crew):
    invitation, token, _given = invite(site, *crew[:2])
    operations.take_turf(worksite=site, people=codes(crew[0]), **BY)
    luis = account_operations.accept_invitation(token=token, at=AT)

    assert codes_of(luis) == {crew[1].public_id}
    assert AuditEntry.objects.filter(verb="accounts.invitation_narrowed", object_id=str(invitation.pk)).exists()


def test_with_nobody_left_the_invitation_is_withdrawn(site, crew, jorge):
    invitation, token, _given = invite(site, crew[0])
    give(site, jorge, crew[0])
    invitation.refresh_from_db()

    assert (invitation.withdrawn_at, invitation.value) == (AT, "")
    with pytest.raises(account_operations.InvitationWorn):
        account_operations.accept_invitation(token=token, at=AT)


def test_undo_of_an_invitation_withdraws_it_and_keeps_the_people_where_they_were(site, crew, jorge):
    give(site, jorge, crew[0])
    invitation, _token, given_now = invite(site, *crew[:2])
    operations.undo_turf(worksite=site, act=given_now.act, **BY)
    invitation.refresh_from_db()

    assert invitation.withdrawn_at == AT
    assert standing(site) == {"Worker 01": "Jorge Luna"}


def test_undo_after_the_invitation_was_accepted_takes_the_people_back(site, crew, django_capture_on_commit_callbacks):
    _invitation, token, given_now = invite(site, *crew[:2])
    with django_capture_on_commit_callbacks(execute=True):
        luis = account_operations.accept_invitation(token=token, at=AT)
    operations.undo_turf(worksite=site, act=given_now.act, **BY)

    assert (codes_of(luis), standing(site)) == (set(), {})


def test_a_steward_invites_to_people_of_her_own_worksite_only(site, crew):
    harbor = roster.worksite("Harbor Middle")
    cleo = roster.person("Cleo Park", site=harbor)
    denise = factory.steward(site)

    with pytest.raises(NotAllowed):
        operations.invite_with_turf(
            worksite=harbor,
            people=codes(cleo),
            name="Luis",
            contact=parse_contact("213 555 0171"),
            language="es",
            viewer=factory.as_steward(denise, site),
            actor=denise.as_actor(),
            at=AT,
        )
    assert (Invitation.objects.count(), Cover.objects.count()) == (0, 0)


def test_who_left_the_worksite_is_out_of_reach_and_comes_back_with_her(site, crew, jorge):
    give(site, jorge, *crew)
    Assignment.objects.filter(person=crew[0]).update(ends_on=TODAY - timedelta(days=1))
    operations.keep_grants(**BY)
    assert codes_of(jorge) == set(codes(*crew[1:]))

    Assignment.objects.filter(person=crew[0]).update(ends_on=None)
    operations.keep_grants(**BY)
    assert codes_of(jorge) == set(codes(*crew))


def test_keeping_grants_twice_writes_once(site, crew, jorge):
    give(site, jorge, *crew)

    assert operations.keep_grants(**BY) == 0


def test_people_in_a_role_given_by_hand_stay_in_it(site, crew, jorge):
    other = roster.person("Cleo Park", site=roster.worksite("Harbor Middle"))
    accounts.grant(jorge, Role.CAT_MEMBER, Reach.TURF, [other.public_id])
    give(site, jorge, crew[0])
    assert codes_of(jorge) == {other.public_id, crew[0].public_id}

    operations.take_turf(worksite=site, people=codes(crew[0]), **BY)
    assert codes_of(jorge) == {other.public_id}


def test_the_last_day_of_a_role_stays_when_its_people_change(site, crew, jorge):
    give(site, jorge, crew[0])
    RoleGrant.objects.filter(user=jorge).update(ends_on=date(2026, 12, 31))
    give(site, jorge, crew[1])

    assert jorge.role_grants.get(ended_at=None).ends_on == date(2026, 12, 31)


def test_merged_people_stay_with_their_cat_member_and_part_again(site, crew, jorge, django_capture_on_commit_callbacks):
    give(site, jorge, crew[0])
    with django_capture_on_commit_callbacks(execute=True):
        merge = roster_operations.merge_people(kept=crew[1], absorbed=crew[0], **BY)
    assert codes_of(jorge) == {crew[1].public_id}

    with django_capture_on_commit_callbacks(execute=True):
        roster_operations.part_people(merge=merge, **BY)
    assert codes_of(jorge) == {crew[0].public_id}


def test_of_two_who_were_one_the_kept_one_s_cat_member_stays(
    site, crew, jorge, ana, django_capture_on_commit_callbacks
):
    give(site, jorge, crew[0])
    give(site, ana, crew[1])
    with django_capture_on_commit_callbacks(execute=True):
        merge = roster_operations.merge_people(kept=crew[1], absorbed=crew[0], **BY)
    assert (codes_of(jorge), codes_of(ana)) == (set(), {crew[1].public_id})

    with django_capture_on_commit_callbacks(execute=True):
        roster_operations.part_people(merge=merge, **BY)
    assert (codes_of(jorge), codes_of(ana)) == ({crew[0].public_id}, {crew[1].public_id})


def test_worksites_that_merge_keep_their_turfs(site, crew, jorge, django_capture_on_commit_callbacks):
    give(site, jorge, *crew)
    annex = roster.worksite("Magnolia Annex")
    with django_capture_on_commit_callbacks(execute=True):
        roster_operations.merge_worksites(kept=annex, absorbed=site, **BY)

    assert codes_of(jorge) == set(codes(*crew))
    assert standing(annex).keys() == {"Worker 01", "Worker 02", "Worker 03"}


def test_a_role_ended_by_hand_gives_the_turf_back(site, crew, jorge, django_capture_on_commit_callbacks):
    give(site, jorge, *crew)
    with django_capture_on_commit_callbacks(execute=True):
        account_operations.end_role(grant=jorge.role_grants.get(ended_at=None), **BY)

    assert standing(site) == {}
    operations.keep_grants(**BY)
    assert codes_of(jorge) == set()


def test_a_turf_that_is_written_anew_is_not_given_back(site, crew, jorge, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        give(site, jorge, *crew[:2])
        give(site, jorge, crew[2])

    assert len(standing(site)) == 3


def test_whose_account_is_closed_covers_nobody(site, crew, jorge):
    give(site, jorge, *crew)
    account_operations.close_account(user=jorge, **BY)
    team = queries.get_team(site, factory.as_steward(factory.steward(site), site), now=AT, on=TODAY)

    assert len(team.uncovered) == 3


def test_the_team_says_who_covers_whom_and_who_heard_from_nobody(site, crew, jorge):
    campaign = campaign_factory.campaign()
    give(site, jorge, crew[0])
    invite(site, crew[1])
    factory.talk(campaign, crew[0], "call", at=AT - timedelta(days=59))
    factory.talk(campaign, crew[1], "call", at=AT - timedelta(days=61))
    factory.talk(campaign, crew[2], "note", text="Works nights", at=AT)
    team = queries.get_team(site, factory.as_steward(jorge, site), now=AT, on=TODAY)

    assert [one.person.name for one in team.uncovered] == ["Worker 03"]
    assert [one.person.name for one in team.people if one.covered] == ["Worker 01"]
    assert [one.person.name for one in team.silent] == ["Worker 02", "Worker 03"]
    assert [(holder.name, holder.promised) for holder in team.holders] == [("Jorge Luna", False), ("Luis Ortega", True)]
    assert [one.person.name for one in team.of(team.holders[0])] == ["Worker 01"]


def test_a_reply_to_a_sign_up_counts_as_heard(site, crew):
    entry = campaign_factory.entry(campaign_factory.campaign(), site=site, name="Rosa Méndez")
    operations.record_act(entry=entry, kind="call", actor=roster.CLERK, at=AT)
    team = queries.get_team(site, factory.as_steward(factory.steward(site), site), now=AT, on=TODAY)

    assert "Rosa Méndez" not in [one.person.name for one in team.silent]


def test_a_link_that_ran_out_promises_nobody(site, crew):
    invite(site, *crew)
    later = AT + timedelta(days=8)
    team = queries.get_team(site, factory.as_steward(factory.steward(site), site), now=later, on=later.date())

    assert len(team.uncovered) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_a_team_costs_the_same_for_one_and_three(site, jorge, count, django_assert_num_queries):
    crew = factory.people(site, count)
    give(site, jorge, *crew)
    viewer = factory.as_steward(factory.steward(site), site)

    with django_assert_num_queries(5):
        queries.get_team(site, viewer, now=AT, on=TODAY)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["give", "take", "undo"]), st.sets(st.integers(0, 2)), st.booleans())))
def test_whatever_is_done_the_roles_reach_exactly_whom_the_lines_name(site, crew, jorge, ana, steps):
    with transaction.atomic():
        acts: list[str] = [""]
        for what, chosen, first in steps:
            ticked = codes(*(crew[number] for number in chosen))
            try:
                if what == "give":
                    to = jorge if first else ana
                    done = operations.give_turf(worksite=site, people=ticked, to=to, **BY)
                elif what == "take":
                    done = operations.take_turf(worksite=site, people=ticked, **BY)
                else:
                    done = operations.undo_turf(worksite=site, act=acts[-1 if first else 0], **BY)
            except (NobodyTicked, NothingToUndo):
                continue
            acts.append(done.act)
        for user in (jorge, ana):
            lines = Cover.objects.filter(user=user, ended_at=None).values_list("person__public_id", flat=True)
            assert codes_of(user) == set(lines)
        transaction.set_rollback(True)


def test_what_was_said_is_forgotten_with_the_person(site, crew, jorge):
    give(site, jorge, crew[0])
    factory.talk(campaign_factory.campaign(), crew[0], asked="Sticker day", text="Her sister is ill")

    assert operations.forget_contacts_of(person=crew[0], **BY) == 1
    assert (Talk.objects.count(), standing(site)) == (0, {})
    assert "sister" not in str(list(AuditEntry.objects.values()))
