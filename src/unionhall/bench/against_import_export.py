"""django-import-export over two lists of people: run by the Python of var/build/bench, prints one JSON object.

Arguments: a folder for its database, last month's list, this month's. Its usual setup: a ModelResource over one flat
table, keyed by the employee's number, all else as it comes; first its dry run, then the import. SQLite with the same
settings as ours.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import django
from django.conf import settings

FOLDER, BEFORE, AFTER = (Path(argument) for argument in sys.argv[1:4])
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728; "
    "PRAGMA temp_store=MEMORY;"
)
settings.configure(
    INSTALLED_APPS=["import_export"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "flat.sqlite3",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.db import connection, models  # noqa: E402  # after the settings
from import_export.resources import ModelResource  # noqa: E402
from tablib import Dataset  # noqa: E402

FIELDS = (
    "empl_id", "name", "job_code", "job_title", "unit", "loc_code", "location", "hours", "hired", "status", "cell",
    "home_phone", "mail", "work_mail",
)  # fmt: skip


class Worker(models.Model):
    """One flat row, as a table for such a list is usually made."""

    empl_id = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200, blank=True)
    job_code = models.CharField(max_length=20, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    loc_code = models.CharField(max_length=20, blank=True)
    location = models.CharField(max_length=250, blank=True)
    hours = models.CharField(max_length=10, blank=True)
    hired = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20, blank=True)
    cell = models.CharField(max_length=40, blank=True)
    home_phone = models.CharField(max_length=40, blank=True)
    mail = models.CharField(max_length=120, blank=True)
    work_mail = models.CharField(max_length=120, blank=True)

    class Meta:
        app_label = "import_export"

    def __str__(self) -> str:
        return self.name


class WorkerResource(ModelResource):
    """Everything as it comes, but for the key."""

    class Meta:
        model = Worker
        import_id_fields = ("empl_id",)
        fields = FIELDS


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a list, below its heads."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


def filled() -> None:
    """The table holds last month's list and nothing else."""
    Worker.objects.all().delete()
    rows = (Worker(**dict(zip(FIELDS, row, strict=True))) for row in rows_of(BEFORE))
    Worker.objects.bulk_create(rows, batch_size=500)


def measured(*, dry_run: bool) -> tuple[float, float, dict[str, int]]:
    """Seconds by the clock and of the processor from the file to the result, and what it counted."""
    began, busy = time.perf_counter(), time.process_time()
    dataset = Dataset(*rows_of(AFTER), headers=FIELDS)
    result = WorkerResource().import_data(dataset, dry_run=dry_run, raise_errors=True)
    return time.perf_counter() - began, time.process_time() - busy, dict(result.totals)


with connection.schema_editor() as editor:
    editor.create_model(Worker)
filled()
preview, preview_busy, _totals = measured(dry_run=True)
apply, apply_busy, totals = measured(dry_run=False)
peak = getrusage(RUSAGE_SELF).ru_maxrss // 1024
told = {
    "preview": preview,
    "preview_busy": preview_busy,
    "apply": apply,
    "apply_busy": apply_busy,
    "totals": totals,
    "peak_mb": peak,
}
print(json.dumps(told))  # noqa: T201  # its result
