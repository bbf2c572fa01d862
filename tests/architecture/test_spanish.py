"""Every text of the product has its Spanish, and gettext itself finds the catalogues sound."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tools"))

import translations  # noqa: E402  # stands with the tools, which run without a package
from tests import needs  # noqa: E402

CATALOGUES = sorted((ROOT / "src").glob("unionhall/*/locale/*/LC_MESSAGES/django.po"))


def test_every_text_has_its_spanish() -> None:
    assert translations.problems() == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_catalogue_is_sound_for_gettext(path: Path) -> None:
    msgfmt = needs.program("msgfmt")

    done = subprocess.run([msgfmt, "--check-format", "--output-file=-", str(path)], capture_output=True, check=False)

    assert done.stderr.decode() == ""
