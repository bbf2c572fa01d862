"""Who has access, looked through after each list: what is found, what is proposed, who decides, and by how many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.factories import accounts
from tests.factories import roster as factory
from unionhall.accounts import operations as account_operations
from unionhall.accounts.models import RoleGrant, User
from unionhall.cli import doctor
from unionhall.foundation.access import Actor, Grant, Reach, Role, Viewer
from unionhall.foundation.contacts import parse_contact
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations as roster
from unionhall.roster.enums import ImportState
from unionhall.roster.events import ImportApplied, ImportUndone
from unionhall.roster.models import AccessItem, AccessReview, Assignment, Person
from unionhall.roster.operations.keeping import access_review as operations
from unionhall.roster.tasks import imports

pytestmark = pytest.mark.django_db
AT = factory.AT
MARCUS, GLORIA = Actor(801, "Marcus"), Actor(802, "Gloria")


@pytest.fixture(autouse=True)
def _deciders():
    """Those who decide have accounts."""
    for actor in (MARCUS, GLORIA):
        User.objects.create(pk=actor.user_id, name=actor.label, is_staff=True)


@pytest.fixture
def here():
    return factory.worksite("Harbor Middle", area=factory.area("E"))


@pytest.fixture
def there():
    return factory.worksite("Mission Elementary", area=factory.area("W"))


def holder(name, role, reach, *codes, site=None, **said):
    """Somebody on the roster with an account and a role."""
    person, user = factory.person(name, site=site), accounts.make_user(name)
    Person.objects.filter(pk=person.pk).update(user=user, **said)
    person.refresh_from_db()
    return person, accounts.grant(user, role, reach, codes)


def review(imported=None):
    imported = imported or factory.imported(state=ImportState.APPLIED, applied_at=AT)
    return operations.open_access_review(import_id=imported.pk, at=AT)


def case(review):
    return review.items.get()


def decide(item, decision, reason="", actor=MARCUS):
    return operations.decide_access(item=item, decision=decision, reason=reason, actor=actor, at=AT)


def agree(item, actor=GLORIA):
    return operations.agree_to_access(item=item, actor=actor, at=AT)


@pytest.mark.parametrize(
    ("said", "found", "proposal"),
    [
        ({"employment": "separated"}, "left", "end"),
        ({"employment": "management"}, "management", "end"),
        ({"missing_since": AT.date()}, "missing", "keep"),
    ],
)
def test_what_the_list_says_of_a_steward_is_found_with_what_we_would_do(here, said, found, proposal):
    holder("Alma Reyes", Role.STEWARD, Reach.WORKSITE, here.public_id, site=here, **said)

    item = case(review())

    assert (item.found, item.proposal, item.wants_second) == (found, proposal, False)


def test_steward_who_works_elsewhere_now_is_proposed_to_move_there(here, there):
    _alma, grant = holder("Alma Reyes", Role.STEWARD, Reach.WORKSITE, here.public_id, site=there)
    item = case(review())
    assert (item.found, item.proposal, item.codes) == ("moved", "move", [there.public_id])

    decide(item, "move")

    grant.refresh_from_db()
    now = RoleGrant.objects.get(user=grant.user, ended_at=None)
    assert (grant.ended_at, now.codes, now.reach) == (AT, [there.public_id], "worksite")


def test_who_works_where_she_did_or_whom_no_list_knows_is_not_found(here):
    holder("Alma Reyes", Role.STEWARD, Reach.WORKSITE, here.public_id, site=here)
    accounts.grant(accounts.make_staff("Priya Nair"), Role.OFFICER)
    holder("Beto Luna", Role.MEMBER, Reach.OWN, site=here, employment="separated")

    found = review()

    assert (found.items.count(), found.done_at) == (0, AT)


def test_role_of_somebody_who_became_management_is_shown_as_ended_and_given_back_by_two(here):
    alma, grant = holder("Alma Reyes", Role.STEWARD, Reach.WORKSITE, here.public_id, site=here)
    Person.objects.filter(pk=alma.pk).update(employment="management")
    roster.shut_doors(persons=[alma], actor=factory.CLERK, at=AT)
    found = review()
    item = case(found)
    assert (item.is_automatic, item.wants_second, item.found) == (True, True, "management")
    assert not operations.queries.waiting_items(found).exists()
    with pytest.raises(operations.NoSuchDecision):
        decide(item, "keep", "mistake")
    with pytest.raises(operations.KeepWhy):
        decide(item, "restore")

    decide(item, "restore", "the list mixed up two people")
    assert operations.queries.waiting_items(found).exists()
    assert not RoleGrant.objects.filter(ended_at=None).exists()
    with pytest.raises(operations.OwnDecision):
        agree(item, actor=MARCUS)
    agree(item)

    grant.user.refresh_from_db()
    assert grant.user.is_active
    assert RoleGrant.objects.get(ended_at=None).codes == [here.public_id]
    assert AuditEntry.objects.filter(verb="roster.access_restored").count() == 1
    assert AuditEntry.objects.filter(verb="accounts.account_opened_again").count() == 1


def test_wide_role_ends_by_the_word_of_two_only(here):
    _gina, grant = holder("Gina Park", Role.OFFICER, Reach.ALL, site=here, employment="separated")
    item = decide(case(review()), "end")
    grant.refresh_from_db()
    assert (grant.ended_at, item.applied_at) == (None, None)

    agree(item)

    grant.refresh_from_db()
    assert grant.ended_at == AT


def test_database_refuses_a_wide_decision_applied_by_one(here):
    holder("Gina Park", Role.OFFICER, Reach.ALL, site=here, employment="separated")
    item = decide(case(review()), "end")

    with pytest.raises(IntegrityError), transaction.atomic():
        AccessItem.objects.filter(pk=item.pk).update(applied_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessItem.objects.filter(pk=item.pk).update(agreed_by_id=MARCUS.user_id)


def test_decision_that_waits_is_taken_back_and_a_done_one_is_not(here):
    holder("Gina Park", Role.OFFICER, Reach.ALL, site=here, employment="separated")
    item = decide(case(review()), "end")
    operations.take_back_decision(item=item, actor=MARCUS, at=AT)
    item.refresh_from_db()
    assert (item.decision, item.decided_by) == ("", "")
    with pytest.raises(operations.AccessDecided):
        agree(item)

    agree(decide(item, "end"))
    for act in (lambda: decide(item, "end"), lambda: agree(item)):
        with pytest.raises(operations.AccessDecided):
            act()
    with pytest.raises(operations.AccessDecided):
        operations.take_back_decision(item=item, actor=MARCUS, at=AT)


def test_keeping_wants_a_reason_and_moving_a_place(here):
    holder("Alma Reyes", Role.STEWARD, Reach.WORKSITE, here.public_id, site=here, missing_since=AT.date())
    item = case(review())
    with pytest.raises(operations.KeepWhy):
        decide(item, "keep", "  ")
    with pytest.raises(operations.NoSuchDecision):
        decide(item, "move")
    with pytest.raises(operations.NoSuchDecision):
        decide(item, "burn")

    assert decide(item, "keep", "on leave, called her").applied_at == AT
    assert RoleGrant.objects.filter(ended_at=None).count() == 1


def invite(phone):
    grant = Grant(Role.COMMUNICATIONS, Reach.ALL)
    offer = account_operations.Offer("Dana Price", parse_contact(phone), "en", grant, "")
    data = Viewer(801, "Marcus", (Grant(Role.DATA_ADMINISTRATOR, Reach.ALL),), strong=True)
    return account_operations.invite(offer=offer, viewer=data, actor=Actor(None, "Marcus"), at=AT)[0]


def test_open_invitation_of_somebody_who_left_is_proposed_to_be_taken_back(here):
    dana = factory.person("Dana Price", site=here, contact="213 555 0177")
    invitation = invite("213 555 0177")
    Person.objects.filter(pk=dana.pk).update(employment="separated")
    item = case(review())
    assert (item.invitation, item.found, item.proposal) == (invitation, "left", "end")
    with pytest.raises(operations.NoSuchDecision):
        decide(item, "move")

    decide(item, "end")

    invitation.refresh_from_db()
    assert invitation.withdrawn_at == AT


def test_all_is_decided_as_proposed_but_for_those_to_keep(here, there):
    holder("Alma Reyes", Role.STEWARD, Reach.WORKSITE, here.public_id, site=there)
    holder("Beto Luna", Role.STEWARD, Reach.WORKSITE, here.public_id, site=here, employment="separated")
    holder("Cleo Park", Role.STEWARD, Reach.WORKSITE, here.public_id, site=here, missing_since=AT.date())
    holder("Gina Park", Role.OFFICER, Reach.ALL, site=here, employment="separated")
    found = review()

    assert operations.decide_as_proposed(review=found, actor=MARCUS, at=AT) == 3

    assert sorted(found.items.filter(applied_at=None).values_list("person__name", flat=True)) == [
        "Cleo Park",
        "Gina Park",
    ]
    with pytest.raises(operations.AccessWaits):
        operations.end_review(review=found, actor=MARCUS, at=AT)


def test_review_ends_when_nothing_waits_and_says_by_whom(here):
    holder("Beto Luna", Role.STEWARD, Reach.WORKSITE, here.public_id, site=here, employment="separated")
    found = review()
    decide(case(found), "end")

    assert operations.end_review(review=found, actor=GLORIA, at=AT).done_by == "Gloria"
    with pytest.raises(operations.AccessDecided):
        operations.end_review(review=found, actor=GLORIA, at=AT)
    assert AuditEntry.objects.filter(verb="roster.access_reviewed").count() == 1


def test_same_list_opens_one_review_and_the_next_list_overtakes_it(here):
    holder("Beto Luna", Role.STEWARD, Reach.WORKSITE, here.public_id, site=here, employment="separated")
    imported = factory.imported(state=ImportState.APPLIED, applied_at=AT)
    first = review(imported)
    assert (review(imported), AccessReview.objects.count()) == (first, 1)

    second = review(factory.imported(state=ImportState.APPLIED, applied_at=AT + timedelta(days=30)))

    first.refresh_from_db()
    assert (first.is_overtaken, second.items.count()) == (True, 1)
    with pytest.raises(operations.AccessDecided):
        decide(case(first), "end")


def test_list_of_people_opens_a_review_and_its_undo_voids_it(here):
    holder("Beto Luna", Role.STEWARD, Reach.WORKSITE, here.public_id, site=here, employment="separated")
    imported = factory.imported(state=ImportState.APPLIED, applied_at=AT)
    imports.open_access_review(ImportApplied(imported.pk, "worksites", 1, 1))
    assert not AccessReview.objects.exists()
    imports.open_access_review(ImportApplied(imported.pk, "people", 1, 1))
    assert [finding.about for finding in doctor.access_reviews(at=AT)] == ["access"]

    imports.void_access_review(ImportUndone(imported.pk, "people", 1, 1, 0))

    assert AccessReview.objects.get().is_overtaken
    assert list(doctor.access_reviews(at=AT)) == []


def test_number_of_questions_does_not_grow_with_those_who_have_access(here, there, django_assert_num_queries):
    holder("Alma Reyes", Role.STEWARD, Reach.WORKSITE, here.public_id, site=there)
    with django_assert_num_queries(FINDING):
        operations.queries.findings(since=AT.date())
    for number in range(5):
        holder(f"Alma {number}", Role.STEWARD, Reach.WORKSITE, here.public_id, site=there)
    with django_assert_num_queries(FINDING):
        assert len(operations.queries.findings(since=AT.date())) == 6


def enter(client, role):
    accounts.grant(user := accounts.make_staff(f"{role.value} one"), role)
    accounts.sign_in(client, user)
    return user


@pytest.mark.parametrize(("language", "word"), [("en", "Left the employer"), ("es", "Ya no trabaja para el empleador")])
def test_review_is_shown_decided_and_ended_on_its_pages(client, here, language, word):
    client.cookies["django_language"] = language
    holder("Beto Luna", Role.STEWARD, Reach.WORKSITE, here.public_id, site=here, employment="separated")
    holder("Gina Park", Role.COUNSEL, Reach.ALL, site=here, employment="separated")
    found = review()
    address = reverse("access_review", args=[found.imported.public_id])
    enter(client, Role.DATA_ADMINISTRATOR)
    assert address in client.get(reverse("hall_menu")).content.decode()
    page = client.get(address).content.decode()
    assert (word in page, "Beto Luna" in page, "Harbor Middle" in page) == (True, True, True)

    client.post(reverse("access_all", args=[found.imported.public_id]))
    assert client.post(reverse("access_done", args=[found.imported.public_id])).status_code == 409
    gina = found.items.get(person__name="Gina Park")
    assert client.post(reverse("access_agree", args=[gina.public_id])).status_code in (403, 409)
    enter(client, Role.OFFICER)
    client.post(reverse("access_agree", args=[gina.public_id]))
    client.post(reverse("access_done", args=[found.imported.public_id]))

    found.refresh_from_db()
    assert found.done_by == "officer one"
    assert "Beto Luna" in client.get(address).content.decode()
    assert address not in client.get(reverse("hall_menu")).content.decode()
    assert found.imported.file_name in client.get(reverse("access_reviews")).content.decode()


def test_refused_decision_is_told_beside_its_case_and_a_waiting_one_is_reopened(client, here):
    holder("Gina Park", Role.COUNSEL, Reach.ALL, site=here, employment="separated")
    item = case(review())
    enter(client, Role.DATA_ADMINISTRATOR)

    answer = client.post(reverse("access_decide", args=[item.public_id]), {"decision": "keep"})
    assert (answer.status_code, "Say why" in answer.content.decode()) == (422, True)
    client.post(reverse("access_decide", args=[item.public_id]), {"decision": "end"})
    assert (
        "waits for a second person"
        in client.get(reverse("access_review", args=[item.review.imported.public_id])).content.decode()
    )
    client.post(reverse("access_reopen", args=[item.public_id]))

    item.refresh_from_db()
    assert item.decision == ""
    assert client.post(reverse("access_decide", args=["none"])).status_code == 404
    assert client.get(reverse("access_review", args=["none"])).status_code == 404


def test_page_of_a_review_asks_the_same_number_of_questions_for_one_case_and_four(
    client, here, there, django_assert_num_queries
):
    enter(client, Role.OFFICER)
    holder("Alma Reyes", Role.STEWARD, Reach.WORKSITE, here.public_id, site=there)
    one = review()
    with django_assert_num_queries(PAGE):
        client.get(reverse("access_review", args=[one.imported.public_id]))
    for number in range(3):
        holder(f"Alma {number}", Role.STEWARD, Reach.WORKSITE, here.public_id, site=there)
    four = review()
    assert four.items.count() == 4
    with django_assert_num_queries(PAGE):
        client.get(reverse("access_review", args=[four.imported.public_id]))


def test_open_assignment_elsewhere_beside_the_own_is_no_move(here, there):
    alma, _grant = holder("Alma Reyes", Role.STEWARD, Reach.WORKSITE, here.public_id, site=here)
    Assignment.objects.create(person=alma, worksite=there, source="t")

    assert review().items.count() == 0


FINDING, PAGE = 5, 8


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_reviews_costs_the_same_for_one_and_three(client, count, django_assert_num_queries):
    user = accounts.make_staff("Marcus Hill")
    accounts.grant(user, Role.DATA_ADMINISTRATOR)
    accounts.sign_in(client, user)
    for number in range(count):
        site = factory.worksite(f"Site {number}")
        holder(f"Person {number}", Role.STEWARD, Reach.WORKSITE, site.public_id, site=site, missing_since=AT.date())
        review(factory.imported(state=ImportState.APPLIED, applied_at=AT, source=f"list {number}"))
    with django_assert_num_queries(5):
        assert client.get(reverse("access_reviews")).status_code == 200
