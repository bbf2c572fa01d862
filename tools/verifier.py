"""Build the verifier as one file that runs on a bare Python 3.11; the same source gives the same bytes, so a hash names
it.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/unionhall_verify"
MAIN = "import sys\n\nfrom unionhall_verify.__main__ import main\n\nif __name__ == '__main__':\n    sys.exit(main())\n"
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def build() -> bytes:
    """The file's bytes: a line that names Python, then a zip of the package."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        files = {f"unionhall_verify/{path.name}": path.read_text("utf-8") for path in sorted(SOURCE.glob("*.py"))}
        for name, text in {"__main__.py": MAIN, **files}.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), text)
    return b"#!/usr/bin/env python3\n" + packed.getvalue()


def main() -> None:
    """Write it, and say what it is."""
    target = ROOT / "var/build/unionhall-verify.pyz"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(build())
    target.chmod(0o755)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes, SHA-256 {digest}")


if __name__ == "__main__":
    main()
