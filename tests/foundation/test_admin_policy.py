"""The editors' admin really works under its content policy, in a browser, and asks nobody else for anything."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Page

from tests.factories.accounts import sign_in


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_editing_a_page_breaks_no_rule_and_calls_no_stranger(live_server, page, context, client):
    sign_in(client, get_user_model().objects.create_superuser(name="Cleo Díaz", email="cleo@example.org"))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    complaints, hosts = [], set()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    home = Page.objects.filter(depth=2).order_by("pk")[0]

    answer = page.goto(f"{live_server.url}/admin/pages/{home.pk}/edit/", wait_until="networkidle")

    assert answer.status == 200
    assert "'unsafe-eval'" not in answer.headers["content-security-policy"]
    assert page.locator("#id_title").is_visible()
    assert (complaints, hosts) == ([], {urlsplit(live_server.url).netloc})
