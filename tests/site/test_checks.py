"""A page that an address of ours hides is reported, at whatever level it lies."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from tests.factories import pages
from unionhall.site.checks import check_reserved_addresses
from unionhall.site.wagtail_hooks import name_typed_numbers

pytestmark = pytest.mark.django_db


def test_page_hidden_by_an_address_of_ours_is_named_at_every_level() -> None:
    pages.grounded(areas=1)
    assert check_reserved_addresses(databases=["default"]) == []
    assert check_reserved_addresses() == []
    for page, slug in ((pages.section("about")[0], "archive"), (pages.section("team")[1], "comprobar")):
        page.slug = slug
        page.save()

    found = check_reserved_addresses(databases=["default"])

    assert sorted(message.msg.split(": ")[1].split(" ")[0] for message in found) == [
        "/en/river/archive/",
        "/es/river/comprobar/",
    ]


def test_whoever_publishes_typed_numbers_is_told_which(rf: RequestFactory) -> None:
    pages.grounded(areas=1)
    body = [("paragraph", "<p>We are 30,000 and ask for 30%, since 2024, at 7:30; [[unit-size]].</p>")]
    typed = pages.put("post", "updates", "typed", parts={"body": body})[0]
    request = rf.post("/admin/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined] # as the middleware does

    name_typed_numbers(request, typed)
    name_typed_numbers(request, pages.section("updates")[0])

    told = [str(message) for message in get_messages(request)]
    assert len(told) == 1
    assert "30,000, 30%." in told[0]
