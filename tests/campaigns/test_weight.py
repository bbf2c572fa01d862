"""What a page weighs at first sight, compressed, as a prepaid phone pays for it (P11)."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.factories import accounts
from tests.factories import campaigns as factory
from unionhall.ui import build

pytestmark = pytest.mark.django_db
KB = 1024
ADDRESSES = [
    "/en/river/",
    "/es/river/",
    "/en/river/join/",
    "/es/river/unete/",
    "/es/river/unete/gracias/",
    "/en/river/cat/",
    "/es/river/equipo/",
    "/es/river/equipo/gracias/",
    "/es/river/avisos/",
    "/es/river/avisos/gracias/",
]


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    build.build(settings.BUILD_DIR)


def static_file(address: str) -> Path:
    """The file behind a static address, as it is served."""
    found = finders.find(address.removeprefix(settings.STATIC_URL))
    assert isinstance(found, str), address
    return Path(found)


def loads(page: str) -> dict[str, list[Path]]:
    """The files a page asks for at once, by kind."""
    addresses = {
        "code": re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        + re.findall(r'<script[^>]* src="([^"]+)"', page),
        "fonts": re.findall(r'<link rel="preload" href="([^"]+)" as="font"', page),
        "pictures": re.findall(r'<use href="([^"#]+)', page) + re.findall(r'<link rel="icon" href="([^"]+)"', page),
    }
    return {kind: [static_file(address) for address in dict.fromkeys(found)] for kind, found in addresses.items()}


def weight(paths: list[Path]) -> int:
    """Bytes on the wire: fonts as they are, text packed."""
    return sum(len(p.read_bytes() if p.suffix == ".woff2" else gzip.compress(p.read_bytes(), 9)) for p in paths)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_light(client, address):
    factory.full_campaign()
    page = client.get(address).content.decode()
    parts = loads(page)
    html = len(gzip.compress(page.encode(), 9))
    assert len(parts["fonts"]) == 2
    assert 1 + len(parts["code"]) <= 5
    assert html + weight(parts["code"]) <= 27 * KB
    assert 1 + sum(map(len, parts.values())) <= 12
    assert html + sum(weight(paths) for paths in parts.values()) <= 100 * KB


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_nobody_else_and_carries_no_inline_code(client, address):
    factory.full_campaign()
    page = client.get(address).content.decode()
    assert re.findall(r'(?:src|action)="(?:https?:)?//[^"]*"', page) == []
    assert re.findall(r"<(?:style\b|script(?![^>]*\bsrc=))|\sstyle=|\son[a-z]+=", page) == []


@pytest.mark.parametrize("address", ["/me/", "/me/held/", "/me/correct/", "/me/leave/"])
def test_my_campaign_weighs_sixty_kb_at_first_sight(client, address):
    """With all that it loads, fonts too: she has a prepaid phone and ten minutes."""
    river, school = factory.full_campaign(), factory.school()
    rosa = factory.entry(river, site=school).person
    factory.updates_of(river, rosa)
    accounts.sign_in(client, rosa.user, strong=False)
    page = client.get(address).content.decode()
    html = len(gzip.compress(page.encode(), 9))
    assert ('action="/me/updates/"' in page) is (address == "/me/")
    assert html + sum(weight(paths) for paths in loads(page).values()) <= 60 * KB
