"""What `make setup` builds: compiled language catalogues, typefaces, flat style sheets."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from catalogues import compile_all
from unionhall.ui.build import build

BUILD_DIR = Path(os.environ.get("DATA_DIR") or Path(__file__).resolve().parents[1] / "var").resolve() / "build"

if __name__ == "__main__":
    sys.stdout.write(f"{compile_all()} language catalogues compiled\n")
    sys.stdout.write(f"typefaces and style sheets {'built' if build(BUILD_DIR) else 'as they were'}\n")
