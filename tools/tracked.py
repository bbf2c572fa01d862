"""Nothing of one machine stands in what we share: no secret, no folder of somebody, no package mirror, no big file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LARGEST = 600_000  # bytes; what is bigger is built or fetched, never committed

RULES = (
    ("a private key", re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")),
    ("a key of Amazon, GitHub, Slack, Stripe or Twilio", re.compile(
        r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|xox[abp]-[0-9A-Za-z-]{20,}|[rs]k_live_[0-9A-Za-z]{20,}"
        r"|AC[0-9a-f]{32})\b"
    )),
    ("a folder of one machine", re.compile(r"(?<![\w.~])/(?:home|Users|root|work)/[\w.-]+")),
    ("a package mirror", re.compile(r"--(?:extra-)?index-url|--find-links|https?://[\w.:@-]*(?:artifactory|devpi|nexus|mirror)")),
)  # fmt: skip
BINARY = {".png", ".jpg", ".jpeg", ".webp", ".avif", ".ico", ".woff2", ".pdf", ".xlsx", ".ods"}
# Files that must speak of such places to do their work.
SPEAK_OF_IT = {"tools/tracked.py", "tests/tools/test_tracked.py"}


def tracked(root: Path = ROOT) -> list[str]:
    """What git knows or would add, without what it ignores."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.split("\n")
    return [name for name in sorted(set(listed)) if name and (root / name).is_file()]


def problems(root: Path, names: list[str]) -> list[str]:
    """Every finding with its file and line; the finding itself is not repeated, since it may be a secret."""
    found = []
    for name in names:
        path = root / name
        if path.stat().st_size > LARGEST:
            found.append(f"{name}: {path.stat().st_size // 1000} KB, at most {LARGEST // 1000} KB")
        elif path.suffix not in BINARY and name not in SPEAK_OF_IT:
            for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
                found += [f"{name}:{number}: {what}" for what, pattern in RULES if pattern.search(line)]
    return found


if __name__ == "__main__":
    said = problems(ROOT, tracked())
    sys.stdout.writelines(f"{line}\n" for line in said)
    sys.exit(bool(said))
