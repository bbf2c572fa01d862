"""The ground a local's site stands on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from wagtail.models import Page, Site

from unionhall.foundation.access import system_actor
from unionhall.foundation.models import AuditEntry
from unionhall.site.models import LocalPage, TextPage
from unionhall.site.operations import ensure_ground

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def ground() -> int:
    return ensure_ground(name="Local 99", base_url="https://hall.example.org", actor=system_actor("test"), at=AT)


def test_ensure_ground_makes_both_languages_of_every_starter_page() -> None:
    made = ground()

    addresses = {(page.locale.language_code, page.slug) for page in TextPage.objects.select_related("locale")}
    assert made == 3
    assert addresses == {
        ("en", "privacy"),
        ("es", "privacidad"),
        ("en", "accessibility"),
        ("es", "accesibilidad"),
        ("en", "terms"),
        ("es", "terminos"),
    }


def test_ensure_ground_a_second_time_changes_nothing_not_even_an_edited_page() -> None:
    ground()
    page = TextPage.objects.get(slug="privacy")
    page.title = "Our own words"
    page.save_revision().publish()
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "slug"))

    made = ground()

    assert made == 0
    assert list(Page.objects.order_by("pk").values_list("pk", "title", "slug")) == before
    assert AuditEntry.objects.filter(verb="site.ground_made").count() == 1


def test_ensure_ground_points_wagtails_site_at_our_root_and_drops_its_welcome_page() -> None:
    ground()

    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port, site.site_name) == ("hall.example.org", 443, "Local 99")
    assert site.root_page.specific == LocalPage.objects.get(locale__language_code="en")
    assert set(Page.objects.filter(depth=2)) == set(Page.objects.filter(pk__in=LocalPage.objects.values("pk")))
