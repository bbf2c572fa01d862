"""Long work: progress, stop, resume; nothing twice, nothing lost, whatever kills the worker."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, connections
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from tests.factories.accounts import sign_in
from tests.factories.foundation import ALMA, AT, BETO, make_job
from tests.foundation import counting
from unionhall.foundation import clock, jobs
from unionhall.foundation.enums import JobStatus
from unionhall.foundation.errors import AlreadyDone, Invalid, NotFound
from unionhall.foundation.jobs import JobNotResumable, JobRun, JobTakenOver
from unionhall.foundation.models import AuditEntry, Job

ROOT = Path(__file__).resolve().parents[2]
MINUTE = timedelta(minutes=1)


def steps():
    return [int(entry.object_label) for entry in AuditEntry.objects.filter(verb="tests.counted").order_by("pk")]


def acts():
    return list(AuditEntry.objects.filter(verb__startswith="foundation.").order_by("pk").values_list("verb", flat=True))


@pytest.fixture
def kind():
    """Register work under tests.odd for one test."""

    def register(function):
        jobs.runs("tests.odd")(function)

    yield register
    jobs._kinds.pop("tests.odd", None)


@pytest.fixture
def start(django_capture_on_commit_callbacks):
    """Start work and let it be done at once, as the immediate queue does after the commit."""

    def begin(kind="tests.count", **payload):
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.start(kind, payload=payload, actor=ALMA, at=AT, label="Counting")
        job.refresh_from_db()
        return job

    return begin


def run_once(job):
    jobs.run_job.call(job.pk, job.run_key)
    job.refresh_from_db()
    return job


# What a run does


@pytest.mark.django_db
def test_work_is_done_and_its_end_is_kept(start):
    job = start(to=3)

    assert (job.status, job.result) == (JobStatus.DONE, {"steps": 3, "address": "/hall/"})
    assert (job.done, job.total, job.text, job.runs) == (3, 3, "step 3", 1)
    assert job.finished_at >= job.started_at
    assert (str(job), job.actor_id, job.actor_label) == ("Counting", ALMA.user_id, ALMA.label)
    assert steps() == [1, 2, 3]
    assert acts() == ["foundation.job_started"]


@pytest.mark.django_db
def test_work_does_not_begin_before_the_commit():
    job = jobs.start("tests.count", payload={"to": 1}, actor=ALMA, at=AT)

    assert (job.status, steps()) == (JobStatus.WAITING, [])
    assert str(job) == "tests.count"


@pytest.mark.django_db
def test_database_queue_takes_the_work_in_the_same_transaction(settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": jobs.DATABASE_QUEUE}}
    queued = []
    monkeypatch.setattr(type(jobs.run_job), "enqueue", lambda task, *args: queued.append(args))

    job = jobs.start("tests.count", payload={"to": 1}, actor=ALMA, at=AT)

    assert queued == [(job.pk, job.run_key)]


@pytest.mark.django_db
def test_unknown_kind_is_refused_before_anything_is_written():
    with pytest.raises(KeyError):
        jobs.start("tests.absent", payload={}, actor=ALMA, at=AT)

    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_run_delivered_twice_works_once():
    job = run_once(make_job(payload={"to": 2}))

    run_once(job)

    assert (steps(), job.runs) == ([1, 2], 1)


@pytest.mark.django_db
def test_database_refuses_a_status_that_is_only_seen():
    with pytest.raises(IntegrityError):
        make_job(status=JobStatus.STALLED)


def test_two_functions_for_one_kind_are_refused():
    with pytest.raises(ValueError, match=r"tests\.count is run by count already"):
        jobs.runs("tests.count")(lambda job: {})

    assert jobs.kinds()["tests.count"] is counting.count


@pytest.mark.django_db
def test_progress_is_written_once_a_second_and_at_the_end(django_assert_num_queries):
    instant = [AT]
    run = JobRun(make_job(status="running", heard_at=AT), now=lambda: instant[0])

    for done, after, queries in [(1, 0, 1), (2, 0.5, 0), (3, 0.4, 0), (4, 0.1, 1), (5, 0.1, 0), (9, 0.1, 1)]:
        instant[0] += timedelta(seconds=after)
        with django_assert_num_queries(queries):
            run.progress(done=done, total=9, text="x" * 300)

    job = Job.objects.get()
    assert (job.done, job.total, job.text, job.heard_at) == (9, 9, "x" * 200, instant[0])


@pytest.mark.django_db
def test_work_speaks_its_owner_s_language(kind, start):
    kind(lambda job: {"language": translation.get_language()})

    with translation.override("es"):
        job = start("tests.odd")

    assert (job.language, job.result) == ("es", {"language": "es"})


# How a run fails


@pytest.mark.django_db
def test_a_failure_of_ours_is_told_and_kept_sealed(kind, start):
    class RowIsOdd(Invalid):
        code = "row_is_odd"
        message = "Row %(row)s is odd."

    def fail(job):
        raise RowIsOdd(row=7)

    kind(fail)

    job = start("tests.odd")

    assert (job.status, job.error_code, job.error_text) == (JobStatus.FAILED, "row_is_odd", "Row 7 is odd.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT error_text FROM foundation_job")
        assert b"Row" not in bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_any_other_failure_tells_no_detail(kind, start, caplog):
    def fail(job):
        raise ZeroDivisionError("+12135550142")

    kind(fail)

    with caplog.at_level(logging.ERROR, logger="unionhall.foundation.jobs"):
        job = start("tests.odd")

    assert (job.status, job.error_code) == (JobStatus.FAILED, "ZeroDivisionError")
    assert job.error_text == "Something went wrong on our side. Nothing was changed."
    assert [record.getMessage() for record in caplog.records if record.name == "unionhall.foundation.jobs"] == [
        f"job {job.public_id} failed"
    ]


# Stop and resume


@pytest.mark.django_db
def test_running_work_stops_after_its_portion_and_goes_on_later(kind, django_capture_on_commit_callbacks):
    def count_and_be_stopped(job):
        if job.job.runs == 1:
            jobs.cancel(job.job, actor=ALMA, at=job.now())
        return counting.count(job)

    kind(count_and_be_stopped)
    job = run_once(make_job(kind="tests.odd", payload={"to": 3}))
    assert (job.status, steps(), job.state) == (JobStatus.STOPPED, [1], {"step": 1})

    with django_capture_on_commit_callbacks(execute=True):
        jobs.resume(job, actor=BETO, at=AT)

    job.refresh_from_db()
    assert (job.status, steps(), job.runs, job.stop_asked) == (JobStatus.DONE, [1, 2, 3], 2, False)
    assert acts() == ["foundation.job_stopped", "foundation.job_resumed"]


@pytest.mark.django_db
def test_waiting_work_stops_at_once_and_its_run_never_begins():
    job = make_job(payload={"to": 3})

    jobs.cancel(job, actor=ALMA, at=AT)
    run_once(job)

    assert (job.status, job.finished_at, steps()) == (JobStatus.STOPPED, AT, [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields", [{"status": "done"}, {"status": "failed"}, {"status": "running", "stop_asked": True}]
)
def test_stopping_what_cannot_be_stopped_changes_nothing(fields):
    job = make_job(heard_at=AT, **fields)

    with pytest.raises(AlreadyDone):
        jobs.cancel(job, actor=ALMA, at=AT)

    assert acts() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "later", "standing", "resumable"),
    [
        ({"status": "waiting"}, MINUTE, "waiting", False),
        ({"status": "waiting"}, MINUTE * 2, "waiting", True),
        ({"status": "running", "heard_at": AT}, MINUTE, "running", False),
        ({"status": "running", "heard_at": AT}, MINUTE * 2, "stalled", True),
        ({"status": "stopped"}, MINUTE, "stopped", True),
        ({"status": "failed"}, MINUTE, "failed", True),
        ({"status": "done"}, MINUTE * 9, "done", False),
    ],
)
def test_standing_tells_what_may_be_resumed(fields, later, standing, resumable):
    job = make_job(**fields)

    assert (job.standing(AT + later), job.may_resume(AT + later)) == (standing, resumable)
    if not resumable:
        with pytest.raises(JobNotResumable):
            jobs.resume(job, actor=ALMA, at=AT + later)


@pytest.mark.django_db
def test_a_run_thought_dead_leaves_no_trace_after_a_resume(kind, caplog):
    def linger(job):
        jobs.resume(job.job, actor=ALMA, at=job.now() + MINUTE * 2)
        return counting.count(job)

    kind(linger)
    job = make_job(kind="tests.odd", payload={"to": 3})

    with caplog.at_level(logging.INFO, logger="unionhall.foundation.jobs"):
        run_once(job)

    assert (job.status, steps(), job.state) == (JobStatus.WAITING, [], {})
    assert f"job {job.public_id} was resumed elsewhere; this run ends" in caplog.messages


@pytest.mark.django_db
def test_progress_of_a_run_thought_dead_is_refused():
    job = make_job(status="running", heard_at=AT)
    Job.objects.update(run_key="another")

    with pytest.raises(JobTakenOver):
        JobRun(job).progress(done=1, total=2)


def worker_process(job):
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        host, port = database["HOST"], database["PORT"] or 5432
        url = f"postgres://{database['USER']}:{database['PASSWORD']}@{host}:{port}/{database['NAME']}"
    environment = os.environ | {"TASKS_URL": "db://", "DATABASE_URL": url, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [sys.executable, "-m", "tests.foundation.worker", str(job.pk), job.run_key]
    connections.close_all()  # the other process finds the file as any server would, and we read afresh what it left
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_killed_worker_s_job_is_found_stalled_and_resumed_without_doing_work_twice():
    job = make_job(payload={"to": 5, "die_at": 3}, queued_at=clock.now())

    killed = worker_process(job)

    job.refresh_from_db()
    assert killed.returncode == -9
    assert (job.status, job.state, steps()) == (JobStatus.RUNNING, {"step": 2}, [1, 2])
    assert DBTaskResult.objects.get().status == "RUNNING"
    later = clock.now() + MINUTE * 2
    assert job.standing(later) == JobStatus.STALLED

    job = jobs.resume(job, actor=ALMA, at=later)
    if job.status == JobStatus.WAITING:  # the immediate queue of the tests has done it already, else a second worker
        worker_process(job)

    job.refresh_from_db()
    assert (job.status, job.runs, steps()) == (JobStatus.DONE, 2, [1, 2, 3, 4, 5])


# The page


@pytest.fixture
def alma(client):
    return sign_in(client, get_user_model().objects.create_user(name="Alma Reyes"), strong=False)


@pytest.fixture
def job(alma):
    return make_job(actor_id=alma.pk, label="Counting", payload={"to": 2}, queued_at=clock.now())


def change(job, **fields):
    Job.objects.filter(pk=job.pk).update(**fields)


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "door"), [("get", ""), ("post", "stop/"), ("post", "resume/")])
def test_only_its_owner_meets_a_job(client, job, method, door, settings):
    settings.LOGIN_URL = "/sign-in/"
    before = Job.objects.values().get()
    colleague = sign_in(client, get_user_model().objects.create_user(name="Beto Ruiz"), strong=False)

    as_colleague = getattr(client, method)(f"/jobs/{job.public_id}/{door}")
    client.logout()
    as_public = getattr(client, method)(f"/jobs/{job.public_id}/{door}")
    as_program = getattr(client, method)(f"/jobs/{job.public_id}/{door}", headers={"Accept": "application/json"})

    assert colleague.pk != job.actor_id
    assert (as_colleague.status_code, as_public.status_code, as_program.status_code) == (404, 302, 401)
    assert Job.objects.values().get() == before


@pytest.mark.django_db
def test_an_absent_job_is_not_found(alma):
    with pytest.raises(NotFound):
        jobs.get_own_job("absent", owner=alma.pk)


@pytest.mark.django_db
def test_progress_element_gets_state_and_numbers(client, job, django_assert_num_queries):
    change(job, status="running", heard_at=clock.now(), done=3, total=9, text="three")

    with django_assert_num_queries(3):  # session, account, job
        response = client.get(f"/jobs/{job.public_id}/", headers={"Accept": "application/json"})

    assert response.json() == {"state": "running", "done": 3, "total": 9, "text": "three"}
    assert "no-store" in response.headers["Cache-Control"]
    assert "Accept" in response.headers["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "says", "buttons", "refreshes"),
    [
        ({"status": "waiting"}, "waiting for its turn", ["stop"], True),
        ({"status": "running", "done": 3, "total": 9}, "under way", ["stop"], True),
        ({"status": "running", "stop_asked": True}, "It stops after the portion", [], True),
        ({"status": "running", "heard_at": AT}, "gave no sign for a minute", ["resume"], False),
        ({"status": "stopped", "done": 3, "total": 9}, "3 of 9 done", ["resume"], False),
        ({"status": "failed", "error_text": "Row 7 is odd."}, "Row 7 is odd.", ["resume"], False),
        ({"status": "done", "result": {"address": "/hall/"}}, 'href="/hall/"', [], False),
        ({"status": "done", "text": "nine rows"}, "nine rows", [], False),
    ],
)
def test_page_works_without_javascript(client, job, fields, says, buttons, refreshes):
    change(job, **{"heard_at": clock.now()} | fields)

    response = client.get(f"/jobs/{job.public_id}/")

    page = response.content.decode()
    assert response.status_code == 200
    assert says in page
    assert [act for act in ("stop", "resume") if f'action="/jobs/{job.public_id}/{act}/"' in page] == buttons
    assert ('<noscript><meta http-equiv="refresh" content="3"></noscript>' in page) is refreshes


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", 7, ""])
def test_page_leads_nowhere_but_to_our_own(client, job, address):
    change(job, status="done", result={"address": address})

    assert jobs.shown(Job.objects.get(), at=AT).address == ""
    assert "elsewhere" not in client.get(f"/jobs/{job.public_id}/").content.decode()


@pytest.mark.django_db
def test_buttons_stop_and_resume(client, job, django_capture_on_commit_callbacks):
    stopped = client.post(f"/jobs/{job.public_id}/stop/", follow=True)
    job.refresh_from_db()
    assert (stopped.status_code, job.status) == (200, JobStatus.STOPPED)

    with django_capture_on_commit_callbacks(execute=True):
        resumed = client.post(f"/jobs/{job.public_id}/resume/")

    job.refresh_from_db()
    assert (resumed.url, job.status, steps()) == (f"/jobs/{job.public_id}/", JobStatus.DONE, [1, 2])
    assert client.post(f"/jobs/{job.public_id}/resume/").status_code == 409


@pytest.mark.django_db
def test_buttons_want_a_token(job, client):
    client.handler.enforce_csrf_checks = True

    assert client.post(f"/jobs/{job.public_id}/stop/").status_code == 403
