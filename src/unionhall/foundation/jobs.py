"""Long work: started at a door, done by the worker, with progress, a stop button, and resuming where it was.

A kind of work is a function registered with `@runs("slice.kind")` in the slice's `tasks.py`. It does its work in
portions; each portion and its `checkpoint` stand in one transaction, so that a worker may be killed anywhere and the
next run neither repeats nor skips a portion:

    @runs("roster.import")
    def run(job: JobRun) -> dict[str, Any]:
        for portion in portions(start=job.state.get("row", 0)):
            with transaction.atomic():
                apply(portion)
                job.checkpoint({"row": portion.end})
            job.progress(done=portion.end, total=rows)
            job.stop_if_cancelled()
        return {"rows": rows}

Payload, state and result are plain JSON: ids and counts, never a contact.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from unionhall.foundation import audit, clock
from unionhall.foundation.access import Actor
from unionhall.foundation.enums import JobStatus
from unionhall.foundation.errors import AlreadyDone, NotFound, Refused, UnionhallError
from unionhall.foundation.ids import new_public_id
from unionhall.foundation.models import Job

logger = logging.getLogger(__name__)

DATABASE_QUEUE: Final = "django_tasks_db.DatabaseBackend"
WRITE_EVERY: Final = timedelta(seconds=1)


class JobNotResumable(Refused):
    """Resuming work that is done, or still under way."""

    code = "job_not_resumable"
    message = _("This work is under way or done; there is nothing to resume.")


class JobStopped(Exception):
    """Raised in the midst of a run whose owner pressed Stop. Only the runner catches it."""


class JobTakenOver(Exception):
    """Raised in a run that was thought dead and has been resumed elsewhere: it must leave no trace."""


Run = Callable[["JobRun"], dict[str, Any]]
_kinds: dict[str, Run] = {}


def runs(kind: str) -> Callable[[Run], Run]:
    """Make the decorated function do work of that kind. Raises ValueError when another does."""

    def join(function: Run) -> Run:
        if kind in _kinds:
            raise ValueError(f"{kind} is run by {_kinds[kind].__qualname__} already")
        _kinds[kind] = function
        return function

    return join


def kinds() -> dict[str, Run]:
    """Every kind of work and the function that does it, for the documentation and its test."""
    return dict(sorted(_kinds.items()))


@dataclass(frozen=True, slots=True)
class Shown:
    """A job as its page shows it at one instant. address: where the outcome is, a path of ours, or blank."""

    state: JobStatus
    is_under_way: bool
    may_stop: bool
    may_resume: bool
    address: str


@dataclass(slots=True)
class JobRun:
    """One run of a job, in the hands of the function that does the work."""

    job: Job
    now: Callable[[], datetime] = clock.now
    _written_at: datetime | None = field(default=None)

    @property
    def payload(self) -> dict[str, Any]:
        """What was asked for, as given to `start`."""
        return dict(self.job.payload)

    @property
    def state(self) -> dict[str, Any]:
        """The last checkpoint; empty in the first run."""
        return dict(self.job.state)

    @property
    def actor(self) -> Actor:
        """Who started the work, for the audit trail of what it does."""
        return Actor(user_id=self.job.actor_id, label=self.job.actor_label)

    def progress(self, *, done: int, total: int, text: str = "") -> None:
        """Say how far the work is; written once a second at most, and at the end. Raises JobTakenOver."""
        at = self.now()
        self.job.done, self.job.total, self.job.text = done, total, text[:200]
        if done >= total or self._written_at is None or at - self._written_at >= WRITE_EVERY:
            self._write(at, done=self.job.done, total=self.job.total, text=self.job.text)

    def checkpoint(self, state: dict[str, Any]) -> None:
        """Remember where to go on, in the same transaction as the work that leads there. Raises JobTakenOver."""
        self._write(self.now(), state=state)
        self.job.state = state

    def stop_if_cancelled(self) -> None:
        """Leave the run here if its owner asked it to stop."""
        if Job.objects.filter(pk=self.job.pk, stop_asked=True).exists():
            raise JobStopped

    def _write(self, at: datetime, **values: Any) -> None:
        if not _mine(self.job).update(heard_at=at, **values):
            raise JobTakenOver
        self._written_at = at


def start(kind: str, *, payload: dict[str, Any], actor: Actor, at: datetime, label: str = "") -> Job:
    """Queue work of that kind and give its job. Raises KeyError for a kind that nobody runs.

    payload: plain JSON, ids and counts. label: what the owner reads above the bar. The work speaks the language now
    active. Its result may hold "address", the path of the page that shows the outcome.
    """
    _kinds[kind]
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind,
            payload=payload,
            label=label,
            language=(get_language() or "en")[:2],
            actor_id=actor.user_id,
            actor_label=actor.label,
            queued_at=at,
        )
        audit.record(actor=actor, verb="foundation.job_started", at=at, obj=job, detail={"kind": kind})
        _queue(job)
    return job


def cancel(job: Job, *, actor: Actor, at: datetime) -> Job:
    """Ask the work to stop at its next portion; what is done stays done, and it can be resumed.

    Raises AlreadyDone when it is finished or asked already.
    """
    with transaction.atomic():
        row = Job.objects.select_for_update().get(pk=job.pk)
        if not row.may_stop(at):
            raise AlreadyDone
        row.stop_asked = True
        if row.status == JobStatus.WAITING:
            row.status, row.finished_at = JobStatus.STOPPED, at
        row.save(update_fields=["stop_asked", "status", "finished_at"])
        audit.record(actor=actor, verb="foundation.job_stopped", at=at, obj=row, detail={"kind": row.kind})
    return row


def resume(job: Job, *, actor: Actor, at: datetime) -> Job:
    """Queue the work anew from its last checkpoint; a run still lingering loses its right to write.

    Raises JobNotResumable when it is done, or alive.
    """
    with transaction.atomic():
        row = Job.objects.select_for_update().get(pk=job.pk)
        if not row.may_resume(at):
            raise JobNotResumable
        row.status, row.stop_asked, row.run_key = JobStatus.WAITING, False, new_public_id()
        row.queued_at, row.finished_at, row.error_code, row.error_text = at, None, "", ""
        row.save()
        audit.record(actor=actor, verb="foundation.job_resumed", at=at, obj=row, detail={"kind": row.kind})
        _queue(row)
    return row


def get_own_job(public_id: str, *, owner: int) -> Job:
    """The job of that id, for the account that started it. Raises NotFound for anybody else's."""
    job = Job.objects.filter(public_id=public_id, actor_id=owner).first()
    if job is None:
        raise NotFound
    return job


def shown(job: Job, *, at: datetime) -> Shown:
    """What the job's page says and offers at that instant."""
    state = job.standing(at)
    address = str(job.result.get("address", ""))
    return Shown(
        state=state,
        is_under_way=state in (JobStatus.WAITING, JobStatus.RUNNING),
        may_stop=job.may_stop(at),
        may_resume=job.may_resume(at),
        address=address if address.startswith("/") and not address.startswith("//") else "",
    )


@task()
def run_job(job_id: int, run_key: str) -> None:
    """What the worker does: claim the job if this run may have it, do the work, write the end down."""
    at = clock.now()
    mine = Job.objects.filter(pk=job_id, run_key=run_key)
    if not mine.filter(status=JobStatus.WAITING).update(
        status=JobStatus.RUNNING, started_at=at, heard_at=at, runs=models.F("runs") + 1
    ):
        return
    perform(JobRun(mine.get()))


def perform(run: JobRun) -> None:
    """Do the work of a claimed run, and store how it ended."""
    try:
        with override(run.job.language):
            result = _kinds[run.job.kind](run)
    except JobStopped:
        _finish(run, JobStatus.STOPPED)
    except JobTakenOver:
        logger.info("job %s was resumed elsewhere; this run ends", run.job.public_id)
    except UnionhallError as error:
        _finish(run, JobStatus.FAILED, error_code=error.code, error_text=_said(run, error))
    except Exception as error:
        logger.exception("job %s failed", run.job.public_id)
        _finish(run, JobStatus.FAILED, error_code=type(error).__name__[:60], error_text=_said(run, UnionhallError()))
    else:
        _finish(run, JobStatus.DONE, result=result, done=run.job.done, total=run.job.total, text=run.job.text)


def _finish(run: JobRun, status: JobStatus, **values: Any) -> None:
    _mine(run.job).update(status=status, finished_at=run.now(), **values)


def _said(run: JobRun, error: UnionhallError) -> str:
    with override(run.job.language):
        return error.sentence()


def _mine(job: Job) -> models.QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, run_key=job.run_key, status=JobStatus.RUNNING)


def _queue(job: Job) -> None:
    """Queue the run: with the job's own transaction where the queue is the database, after it elsewhere."""
    if settings.TASKS["default"]["BACKEND"] == DATABASE_QUEUE:
        run_job.enqueue(job.pk, job.run_key)
    else:
        transaction.on_commit(lambda: run_job.enqueue(job.pk, job.run_key))
