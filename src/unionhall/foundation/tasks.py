"""Long work of the ground floor: the round of the retention clocks."""

from __future__ import annotations

from typing import Any

from unionhall.foundation import nightly
from unionhall.foundation.jobs import JobRun, runs
from unionhall.foundation.models import Night


@runs(nightly.KIND)
def make_round(job: JobRun) -> dict[str, Any]:
    """Ask each clock that this night has not asked yet, and write down what it forgot. payload: night, its number."""
    night = Night.objects.get(pk=job.payload["night"])
    left = nightly.clocks_left(night)
    for done, (key, clock) in enumerate(left, start=1):
        nightly.ask(night, key, clock, actor=job.actor, at=job.now())
        job.progress(done=done, total=len(left))
        job.stop_if_cancelled()
    return {"forgotten": nightly.end(night, at=job.now())}
