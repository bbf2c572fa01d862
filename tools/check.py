"""What `make check` runs: every step, one line each with its seconds, then what each failed step said.

`python tools/check.py types shape` runs these steps alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Step:
    """One check: its name, what it holds in words, the command whose exit code decides."""

    name: str
    holds: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a step."""

    step: Step
    passed: bool
    seconds: float
    said: str


STEPS = (
    Step("format", "code is formatted", (f"{BIN}/ruff", "format", "--check", ".")),
    Step("lint", "code is clean, complexity 8 at most", (f"{BIN}/ruff", "check", "--output-format", "concise", ".")),
    Step("types", "mypy strict", (f"{BIN}/mypy",)),
    Step("contracts", "imports follow .importlinter", (f"{BIN}/lint-imports", "--no-cache")),
    Step("shape", "budgets of length and docstrings", (PYTHON, "tools/shape.py", "--check")),
    Step("templates", "templates are well-formed", (f"{BIN}/djlint", "src", "--lint", "--quiet")),
    Step("models", "no migration is missing", (PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run")),
    Step("migrations", "one line of migrations an app", (PYTHON, "tools/migrations.py")),
    Step("translations", "all Spanish is there", (PYTHON, "tools/translations.py")),
    Step("docs", "docs/reference tells what is", (PYTHON, "tools/reference.py", "--check")),
    Step("tracked", "no secret, machine or mirror in a file", (PYTHON, "tools/tracked.py")),
)


def run(step: Step) -> Outcome:
    """Run one step and keep what it says."""
    environment = os.environ | {"PYTHONPATH": "src", "DJANGO_SETTINGS_MODULE": "unionhall.config.settings.test"}
    begun = time.monotonic()
    done = subprocess.run(
        step.command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(step, done.returncode == 0, time.monotonic() - begun, done.stdout.strip())


def main(names: list[str]) -> int:
    """Run the named steps, or all, two at a time; 1 where one failed, 2 where a name is unknown."""
    unknown = set(names) - {step.name for step in STEPS}
    if unknown:
        print(f"No such step: {', '.join(sorted(unknown))}. There are: {', '.join(step.name for step in STEPS)}.")
        return 2
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for outcome in pool.map(run, [step for step in STEPS if not names or step.name in names]):
            mark = "ok    " if outcome.passed else "FAILED"
            print(f"{mark} {outcome.step.name:12} {outcome.seconds:5.1f} s  {outcome.step.holds}", flush=True)
            if not outcome.passed:
                failed.append(outcome)
    for outcome in failed:
        print(f"\n--- {outcome.step.name} ---\n{outcome.said}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
