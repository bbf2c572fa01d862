"""Work for the tests of jobs: counts to a number, one audit entry for each step, in portions of one step."""

from __future__ import annotations

import os
import signal
from typing import Any

from django.db import transaction

from unionhall.foundation import audit
from unionhall.foundation.jobs import JobRun, runs


@runs("tests.count")
def count(job: JobRun) -> dict[str, Any]:
    """Count from the last checkpoint to payload["to"]; in the first run die at payload["die_at"], mid-portion."""
    for step in range(job.state.get("step", 0) + 1, job.payload["to"] + 1):
        with transaction.atomic():
            audit.record(actor=job.actor, verb="tests.counted", at=job.now(), label=str(step))
            if job.job.runs == 1 and step == job.payload.get("die_at"):
                os.kill(os.getpid(), signal.SIGKILL)
            job.checkpoint({"step": step})
        job.progress(done=step, total=job.payload["to"], text=f"step {step}")
        job.stop_if_cancelled()
    return {"steps": job.payload["to"], "address": "/hall/"}
