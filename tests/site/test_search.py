"""Search: what the public pages say today, in the visitor's language, and nothing that was taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.factories import pages
from tests.site.test_archive import keep, told
from unionhall.campaigns.models import Campaign
from unionhall.site import operations
from unionhall.site.models import Release


@pytest.fixture(scope="module")
def _ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A campaign with its pages, kept once, for all the tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        keep(pages.grounded(areas=1))
        yield
        transaction.set_rollback(True)
