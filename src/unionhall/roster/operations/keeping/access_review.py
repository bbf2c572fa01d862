"""Looking through who has access after each list of people: opened by the list, decided by people, ended when done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unionhall.accounts import operations as accounts
from unionhall.accounts.models import RoleGrant
from unionhall.foundation import audit
from unionhall.foundation.access import Actor, Reach, Role
from unionhall.foundation.errors import AlreadyDone, Invalid, Refused
from unionhall.roster.enums import AccessDecision
from unionhall.roster.models import AccessItem, AccessReview, Import
from unionhall.roster.queries import access_review as queries

MAY: dict[bool, frozenset[str]] = {
    True: frozenset({AccessDecision.RESTORE}),
    False: frozenset({AccessDecision.END, AccessDecision.MOVE, AccessDecision.KEEP}),
}


class AccessDecided(AlreadyDone):
    """A case of an access review that was decided, or a review that is done."""

    code = "access_decided"
    message = _("This was decided already. Nothing was changed.")


class KeepWhy(Invalid):
    """Keeping or giving back a role that the list speaks against, without a word on why."""

    code = "keep_why"
    message = _("Say why, in a few words: the list speaks against it, and whoever comes after you will ask.")


class NoSuchDecision(Invalid):
    """Something that is no way to decide this case."""

    code = "no_such_decision"
    message = _("Choose one of the ways offered for this role.")


class OwnDecision(Refused):
    """Whoever decided would be the second person too."""

    code = "own_decision"
    message = _("You decided this yourself. Another data administrator or officer must agree.")


class AccessWaits(Refused):
    """A review that is to end while cases wait."""

    code = "access_waits"
    message = _("Some roles still wait for a decision or for a second person. Settle those first.")


@transaction.atomic
def open_access_review(*, import_id: int, at: datetime) -> AccessReview:
    """The review of a list of people that was applied; the one there is where it was opened already.

    An older one that nobody ended is overtaken: what it found and still holds is found anew. Where the list speaks
    against nobody, the review is done at once.
    """
    imported = Import.objects.get(pk=import_id)
    review, made = AccessReview.objects.get_or_create(imported=imported, defaults={"opened_at": at})
    if not made:
        return review
    AccessReview.objects.filter(done_at=None).exclude(pk=review.pk).update(done_at=at, is_overtaken=True)
    since = timezone.localdate(imported.applied_at or at)
    items = [
        AccessItem(
            review=review,
            person=one.person,
            grant=one.grant,
            invitation=one.invitation,
            found=one.found,
            proposal=one.proposal,
            codes=list(one.codes),
            is_automatic=one.is_automatic,
            wants_second=one.wants_second,
        )
        for one in queries.findings(since=since)
    ]
    AccessItem.objects.bulk_create(items)
    if not items:
        AccessReview.objects.filter(pk=review.pk).update(done_at=at)
        review.refresh_from_db()
    return review


@transaction.atomic
def overtake_review(*, import_id: int, at: datetime) -> None:
    """The list was taken back: what its review would have decided is void."""
    AccessReview.objects.filter(imported=import_id, done_at=None).update(done_at=at, is_overtaken=True)


@transaction.atomic
def decide_access(*, item: AccessItem, decision: str, reason: str, actor: Actor, at: datetime) -> AccessItem:
    """What becomes of one role or invitation: ended, moved to where she works now, kept or given back with a reason.

    decision: of AccessDecision. A wide role, and giving back what the list ended, waits for a second person.
    Raises AccessDecided, NoSuchDecision, KeepWhy.
    """
    row = _locked(item)
    if row.decision != AccessDecision.OPEN or row.review.done_at is not None:
        raise AccessDecided
    moves = decision == AccessDecision.MOVE and not row.codes
    if decision not in MAY[row.is_automatic] or moves or (row.invitation and decision == AccessDecision.MOVE):
        raise NoSuchDecision
    why = " ".join(reason.split())[:250]
    if decision in (AccessDecision.KEEP, AccessDecision.RESTORE) and not why:
        raise KeepWhy
    row.decision, row.reason, row.decided_at = decision, why, at
    row.decided_by, row.decided_by_id = actor.label[:120], actor.user_id
    row.save()
    _note(row, "roster.access_decided", actor, at)
    if not row.wants_second:
        _apply(row, actor, at)
    return row


@transaction.atomic
def agree_to_access(*, item: AccessItem, actor: Actor, at: datetime) -> AccessItem:
    """The second person agrees, and it is done. Raises AccessDecided, OwnDecision."""
    row = _locked(item)
    if row.decision == AccessDecision.OPEN or row.applied_at is not None or row.review.done_at is not None:
        raise AccessDecided
    if actor.user_id is None or actor.user_id == row.decided_by_id:
        raise OwnDecision
    row.agreed_by, row.agreed_by_id = actor.label[:120], actor.user_id
    row.save()
    _note(row, "roster.access_agreed", actor, at)
    _apply(row, actor, at)
    return row


@transaction.atomic
def take_back_decision(*, item: AccessItem, actor: Actor, at: datetime) -> AccessItem:
    """A decision that waits for its second person is open again. Raises AccessDecided once it was applied."""
    row = _locked(item)
    if row.decision == AccessDecision.OPEN or row.applied_at is not None:
        raise AccessDecided
    row.decision, row.reason, row.decided_by, row.decided_by_id, row.decided_at = (
        AccessDecision.OPEN,
        "",
        "",
        None,
        None,
    )
    row.save()
    _note(row, "roster.access_decided", actor, at)
    return row


@transaction.atomic
def decide_as_proposed(*, review: AccessReview, actor: Actor, at: datetime) -> int:
    """Every case of which ending or moving is proposed and nothing was decided is decided so; gives how many."""
    todo = review.items.filter(decision=AccessDecision.OPEN, is_automatic=False).exclude(proposal=AccessDecision.KEEP)
    items = list(todo.order_by("pk"))
    for item in items:
        decide_access(item=item, decision=item.proposal, reason="", actor=actor, at=at)
    return len(items)


@transaction.atomic
def end_review(*, review: AccessReview, actor: Actor, at: datetime) -> AccessReview:
    """Nothing waits any more, and somebody says so. Raises AccessDecided, AccessWaits."""
    row = AccessReview.objects.select_for_update().get(pk=review.pk)
    if row.done_at is not None:
        raise AccessDecided
    if queries.waiting_items(row).exists():
        raise AccessWaits
    row.done_at, row.done_by = at, actor.label[:120]
    row.save(update_fields=["done_at", "done_by"])
    label = row.imported.file_name
    audit.record(actor=actor, verb="roster.access_reviewed", at=at, obj=row, label=label)
    return row


def _apply(row: AccessItem, actor: Actor, at: datetime) -> None:
    """Do what was decided."""
    if row.invitation is not None and row.decision == AccessDecision.END:
        accounts.withdraw_invitation(invitation=row.invitation, actor=actor, at=at)
    elif row.grant is not None and row.decision in (AccessDecision.END, AccessDecision.MOVE):
        accounts.end_role(grant=row.grant, actor=actor, at=at, why=row.found)
        if row.decision == AccessDecision.MOVE:
            _give(row.grant, row.codes, actor, at)
    elif row.grant is not None and row.decision == AccessDecision.RESTORE:
        accounts.reopen_account(user=row.grant.user, actor=actor, at=at, why=row.reason)
        _give(row.grant, row.grant.codes, actor, at)
        _note(row, "roster.access_restored", actor, at)
    row.applied_at = at
    row.save(update_fields=["applied_at"])


def _give(grant: RoleGrant, codes: list[str], actor: Actor, at: datetime) -> None:
    role, reach = Role(grant.role), Reach(grant.reach)
    accounts.grant_role(user=grant.user, role=role, reach=reach, codes=codes, actor=actor, at=at, ends_on=grant.ends_on)


def _locked(item: AccessItem) -> AccessItem:
    return AccessItem.objects.select_for_update().select_related("review").get(pk=item.pk)


def _note(row: AccessItem, verb: str, actor: Actor, at: datetime) -> None:
    detail = {"decision": row.decision, "found": row.found, "role": row.grant_id, "invitation": row.invitation_id}
    audit.record(actor=actor, verb=verb, at=at, obj=row, label=row.person.public_id, why=row.reason, detail=detail)
