"""A worker process for the tests of jobs: queues one run as the product does, and lets the database worker take it."""

from __future__ import annotations

import sys

import django

if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    from tests.foundation import counting
    from unionhall.foundation.jobs import kinds, run_job

    assert kinds()["tests.count"] is counting.count
    run_job.enqueue(int(sys.argv[1]), sys.argv[2])
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
