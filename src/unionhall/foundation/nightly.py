"""What is forgotten by itself: once a day, after three in the morning, every retention clock is asked for what is due.

Nobody needs to set a timer: the worker looks at the clock each minute (`start_if_due`), and the row of the day lets one
of several begin. A round that was cut short, by a fall or a new start, goes on where it was; a day that the house slept
through is made good at the next look.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from unionhall.foundation import jobs
from unionhall.foundation.access import Actor, system_actor
from unionhall.foundation.enums import JobStatus
from unionhall.foundation.hooks import ClockStand, RetentionClock, retention_clocks
from unionhall.foundation.models import Job, Night, NightWork

logger = logging.getLogger(__name__)

KIND: Final = "foundation.nightly"
BEGINS: Final = time(3, 0)
LATE: Final = timedelta(days=2)
# A round that waits for its turn behind a long list is left alone so long.
PATIENCE: Final = timedelta(hours=1)
KEPT: Final = timedelta(days=400)
CLOCK: Final = system_actor("clock")


@dataclass(frozen=True, slots=True)
class ClockShown:
    """One clock as its page shows it. last: the last round that forgot anything, or none; failed: the last error."""

    key: str
    clock: RetentionClock
    stand: ClockStand
    last: NightWork | None
    failed: str


@dataclass(frozen=True, slots=True)
class Rounds:
    """How the rounds stand. last: the last one that ended; next_at: when the next begins; is_late: it should have."""

    last: Night | None
    under_way: Night | None
    next_at: datetime
    is_late: bool


def start_if_due(*, at: datetime) -> Job | None:
    """Begin the round of this day, or go on with the one that was cut short; none where nothing is to be done.

    at: now. Two workers that look at the same instant begin one.
    """
    local = timezone.localtime(at)
    if local.time() < BEGINS:
        return None
    night = Night.objects.select_related("job").filter(day=local.date()).first()
    if night is None:
        return _begin(local.date(), at)
    return _go_on(night, at) if night.ended_at is None else None


def run_now(*, actor: Actor, at: datetime) -> dict[str, int]:
    """Ask every clock at once, whether the round of the day was made or not; gives key → how many were forgotten.

    For the command and for a timer of one's own. A clock that fails is logged and left out; the others go on.
    """
    found: dict[str, int] = {}
    for key, clock in retention_clocks.items():
        count, error = _forget(key, clock, actor, at)
        if not error:
            found[key] = count
    return found


def rounds(*, at: datetime) -> Rounds:
    """How the rounds stand at that instant. Two queries."""
    local = timezone.localtime(at)
    last = Night.objects.exclude(ended_at=None).first()
    newest = Night.objects.filter(day=local.date()).first()
    begun = newest is not None
    day = local.date() + timedelta(days=1 if begun else 0)
    next_at = max(timezone.make_aware(datetime.combine(day, BEGINS)), at)
    under_way = newest if newest is not None and newest.ended_at is None else None
    is_late = last is None or last.ended_at is None or at - last.ended_at > LATE
    return Rounds(last, under_way, next_at, is_late)


def clocks_shown(*, at: datetime) -> list[ClockShown]:
    """Every clock in the order of the hook, with how it stands and what it last forgot."""
    last = _latest(NightWork.objects.filter(count__gt=0))
    newest = _latest(NightWork.objects.all())
    shown = []
    for key, clock in retention_clocks.items():
        failed = newest[key].error if key in newest else ""
        shown.append(ClockShown(key, clock, clock.stand(at), last.get(key), failed))
    return shown


def clocks_left(night: Night) -> list[tuple[str, RetentionClock]]:
    """The clocks that this night has not asked yet, in the order of the hook."""
    asked = set(night.works.values_list("key", flat=True))
    return [item for item in retention_clocks.items() if item[0] not in asked]


def ask(night: Night, key: str, clock: RetentionClock, *, actor: Actor, at: datetime) -> NightWork:
    """Ask one clock, and write down what it forgot or what went wrong."""
    count, error = _forget(key, clock, actor, at)
    return NightWork.objects.create(night=night, key=key, at=at, count=count, error=error)


def end(night: Night, *, at: datetime) -> int:
    """Every clock was asked; gives how many were forgotten in all. Nights of long ago are forgotten too."""
    Night.objects.filter(pk=night.pk).update(ended_at=at)
    Night.objects.filter(day__lt=night.day - KEPT).delete()
    return sum(night.works.values_list("count", flat=True))


def _begin(day: date, at: datetime) -> Job | None:
    try:
        with transaction.atomic():
            night = Night.objects.create(day=day, began_at=at)
            job = jobs.start(KIND, payload={"night": night.pk}, actor=CLOCK, at=at, label=f"{day:%Y-%m-%d}")
            Night.objects.filter(pk=night.pk).update(job=job)
    except IntegrityError:
        return None
    return job


def _go_on(night: Night, at: datetime) -> Job | None:
    """Queue a round anew that stopped, failed or fell silent; one that works or waits its turn is left alone."""
    job = night.job
    if job is None:
        return None
    waits_long = job.status == JobStatus.WAITING and at - job.queued_at > PATIENCE
    if job.standing(at) not in (JobStatus.STALLED, JobStatus.STOPPED, JobStatus.FAILED) and not waits_long:
        return None
    return jobs.resume(job, actor=CLOCK, at=at)


def _forget(key: str, clock: RetentionClock, actor: Actor, at: datetime) -> tuple[int, str]:
    """How many one clock forgot, and the class of what went wrong, or blank; a fault of one stops no other."""
    try:
        return clock.run(actor=actor, at=at), ""
    except Exception as error:
        logger.exception("the retention clock %s failed", key)
        return 0, type(error).__name__[:60]


def _latest(works: Any) -> dict[str, NightWork]:
    """The newest of these works of each key."""
    newest: Sequence[int] = works.order_by().values("key").annotate(newest=Max("pk")).values_list("newest", flat=True)
    return {work.key: work for work in NightWork.objects.filter(pk__in=newest)}
