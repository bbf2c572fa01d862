"""The archive: what each public page said at any moment, by leave, chained, exported and checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories import accounts, pages
from tests.factories import campaigns as record
from unionhall.campaigns.models import Campaign
from unionhall.foundation.access import Grant, Reach, Role
from unionhall.foundation.models import AuditEntry
from unionhall.roster.operations import place_hold
from unionhall.rulebook import archive_chain as chain
from unionhall.site import operations, queries
from unionhall.site.enums import Faces, KeptAct
from unionhall.site.models import Archive, KeptPage, KeptPart, Photo

DAY = timedelta(days=1)
STORY = "I feed three hundred"


@pytest.fixture(scope="module")
def _ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A campaign with its pages, kept once, for all the tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        keep(pages.grounded(areas=1))
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def river(_ground: None, django_db_blocker: Any) -> Iterator[Campaign]:
    """The campaign; each test on its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Campaign.objects.get(slug="river")
        transaction.set_rollback(True)


def keep(campaign: Campaign, days: int = 0) -> int:
    """What its pages say now is kept, so many days later."""
    return operations.keep_campaign(campaign=campaign, at=pages.AT + days * DAY)


def newest(page: Any) -> KeptPage:
    """The newest entry of a page."""
    kept = KeptPage.objects.filter(page=str(page.translation_key), language=page.locale.language_code)
    return kept.order_by("-number")[0]


def get(client: Client, address: str) -> str:
    """The page at an address, which must stand."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_every_public_page_is_kept_once_in_both_languages_and_the_same_twice_is_not(river: Campaign) -> None:
    kept = KeptPage.objects.filter(archive__campaign=river)

    assert set(kept.filter(page="home").values_list("address", flat=True)) == {"/en/river/", "/es/river/"}
    assert kept.filter(address="/es/river/noticias/").count() == 1
    assert not kept.filter(address__contains="platform").exists()
    assert keep(river, 1) == 0


def test_what_an_editor_changes_is_another_version_and_the_old_one_stays(client: Client, river: Campaign) -> None:
    page = pages.put("post", "updates", "offer", parts={"body": [("paragraph", "<p>They offer two percent.</p>")]})[0]
    keep(river)
    first = newest(page)
    page.body = json.dumps([{"type": "paragraph", "value": "<p>They offer four.</p>"}])
    page.save_revision().publish()
    keep(river, 1)

    old = get(client, f"/en/river/archive/{first.code}/")

    assert "They offer two percent." in old
    assert "They offer four." not in old
    assert "It says something else today." in old
    assert 'href="/en/river/updates/offer/"' in old
    assert '<meta name="robots" content="noindex">' in old
    assert "They offer four." in get(client, f"/en/river/archive/{newest(page).code}/")
    assert "Como se publicó" in get(client, f"/es/river/archivo/{first.code}/")


def test_page_leads_from_its_foot_to_its_versions_and_its_code(client: Client, river: Campaign) -> None:
    for address, page in (("/en/river/updates/", pages.section("updates")[0]), ("/en/river/", None)):
        html = get(client, address)
        code = newest(page).code if page else KeptPage.objects.get(page="home", language="en").code
        assert f'href="/en/river/archive/?of={code}"' in html
        assert f'href="/en/river/check/?code={code}"' in html
        assert f"{code[:4]}-{code[4:]}" in html


def test_a_new_fact_changes_the_pages_that_show_it(river: Campaign) -> None:
    page = pages.put("post", "updates", "size", parts={"body": [("paragraph", "<p>We are [[unit-size]].</p>")]})[0]
    keep(river)
    before = newest(page)
    record.fact(river, value=3_100, as_of=date(2026, 11, 1))

    keep(river, 1)

    assert "3,100" in newest(page).body
    assert "3,000" in before.body
    assert Archive.objects.get(campaign=river).due_since is None


def test_taken_down_page_is_kept_as_gone(client: Client, river: Campaign) -> None:
    page = pages.put("post", "updates", "offer")[0]
    keep(river)
    shown = newest(page)
    page.refresh_from_db()
    page.unpublish()

    assert operations.keep_page(campaign=river, page=str(page.translation_key), at=pages.AT + DAY) == 1

    assert newest(page).act == KeptAct.GONE
    assert "The page was taken down on" in get(client, f"/en/river/archive/{shown.code}/")
    assert "Taken down" in get(client, "/en/river/archive/")


def test_page_behind_a_password_is_not_kept_and_keeps_nothing_else_from_being_kept(river: Campaign) -> None:
    shut = pages.put("post", "updates", "inside")[0]
    PageViewRestriction.objects.create(page=shut, restriction_type="password", password="invented")
    open_one = pages.put("post", "updates", "outside")[0]

    keep(river)

    assert not KeptPage.objects.filter(page=str(shut.translation_key), language="en").exists()
    assert newest(open_one).act == KeptAct.SHOWN


def test_list_is_by_day_and_by_page(client: Client, river: Campaign) -> None:
    page = pages.put("post", "updates", "offer")[0]
    keep(river, 2)

    assert "Offer" not in get(client, "/en/river/archive/?on=2026-11-20")
    assert "Offer" in get(client, "/en/river/archive/?on=2026-11-22")
    assert "Nothing was public yet" in get(client, "/en/river/archive/?on=2026-11-01")
    one = get(client, f"/en/river/archive/?of={newest(page).code}")
    assert one.count('class="shelf__item"') == 1
    assert client.get("/en/river/archive/?on=yesterday&page=99&of=%3Cx").status_code == 200
    assert client.get("/en/river/archive/CDFGHJKM/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "budget"), [("/en/river/archive/", 10), ("/en/river/archive/?on=2026-11-30", 9)])
def test_list_asks_the_database_as_often_for_one_as_for_three(
    client: Client, river: Campaign, django_assert_num_queries, address: str, budget: int, count: int
) -> None:
    for number in range(count):
        pages.story(f"rosa-{number}")
    keep(river)
    get(client, address)

    with django_assert_num_queries(budget):
        get(client, address)


def test_what_somebody_takes_back_is_gone_from_the_archive_too_and_the_chain_still_holds(
    client: Client, river: Campaign
) -> None:
    agreed = pages.release()
    story = pages.story(agreed=agreed)[0]
    words = {"text": "I will not leave my kitchen.", "role": "Cook", "release": agreed.pk}
    post = pages.put("post", "blog", "said", parts={"body": [("quote", words)]})[0]
    keep(river)
    kept = {"story": newest(story), "post": newest(post), "list": newest(pages.section("stories")[0])}
    assert STORY in get(client, f"/en/river/archive/{kept['story'].code}/")
    assert "I will not leave" in get(client, f"/en/river/archive/{kept['post'].code}/")
    assert STORY not in kept["story"].body + kept["list"].body
    assert (kept["story"].title, kept["story"].address) == ("", "")
    assert "The kitchen of rosa" in get(client, "/en/river/archive/")

    operations.withdraw_release(release=agreed, actor=record.CLERK, at=pages.AT + DAY)
    keep(river, 2)

    for name, row in kept.items():
        page = get(client, f"/en/river/archive/{row.code}/")
        assert "Removed at the person’s wish on 21 November 2026" in page or "November 21, 2026" in page, name
        assert not re.search("I feed|I will not leave|Rosa", page), name
        assert "porque la persona así lo quiso" in get(client, f"/es/river/archivo/{row.code}/")
    assert not re.search("kitchen of rosa|/rosa/", get(client, "/en/river/archive/"))
    file, manifest = exported(river)
    assert manifest["removed"]
    assert faults(file) == []
    assert not any(re.search(b"I feed|I will not leave|Rosa", data) for data in file.values())


def exported(campaign: Campaign, on: date = date(2026, 11, 23)) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The archive as it is taken out: name → bytes, and its manifest."""
    out = BytesIO()
    manifest = queries.write_archive(campaign, out, on=on)
    with ZipFile(out) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}, manifest


def faults(file: dict[str, bytes]) -> list[chain.Fault]:
    """What does not hold in an archive that was taken out."""
    return list(chain.faults_in(json.loads(file["manifest.json"]), file.get))


def test_export_holds_every_version_and_its_hash_and_a_change_is_told(river: Campaign) -> None:
    pages.story()
    pages.put("post", "updates", "offer")
    keep(river, 1)

    file, manifest = exported(river)

    assert faults(file) == []
    assert len(manifest["entries"]) == KeptPage.objects.count() == Archive.objects.get().number
    assert any(STORY.encode() in data for name, data in file.items() if name.startswith("pages/"))
    assert b"Offer" in b"".join(data for name, data in file.items() if name.startswith("pages/"))
    KeptPage.objects.filter(number=3).update(title="Other")
    assert {fault.number for fault in faults(exported(river)[0])} == {3}


def test_verify_command_tells_whether_a_file_holds(river: Campaign, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from unionhall.cli.main import app

    path = tmp_path / "river.zip"
    with path.open("wb") as out:
        queries.write_archive(river, out, on=date(2026, 11, 23))
    good = CliRunner().invoke(app, ["archive", "verify", str(path), "--json"])
    with ZipFile(path) as whole, ZipFile(tmp_path / "cut.zip", "w") as cut:
        for name in whole.namelist():
            data = whole.read(name)
            cut.writestr(name, data.replace(b"<h1>", b"<h1>!") if name.startswith("kept/") else data)
    bad = CliRunner().invoke(app, ["archive", "verify", str(tmp_path / "cut.zip"), "--json"])

    assert (good.exit_code, json.loads(good.stdout)["holds"]) == (0, True)
    assert (bad.exit_code, json.loads(bad.stdout)["holds"]) == (1, False)


def pictured(*, minor: bool) -> tuple[Any, Photo]:
    """A post with a photo of somebody who agreed, and the photo."""
    agreed = pages.release(name="Ana")
    agreed.is_minor = minor
    agreed.save()
    photo = pages.photo(faces=Faces.AGREED, agreed=(agreed,))
    gallery = {"title": "Rally", "photos": [{"photo": photo.pk, "caption": "Ana speaks"}]}
    return pages.put("post", "blog", "rally", parts={"body": [("gallery", gallery)]})[0], photo


def test_picture_is_kept_by_reference_and_of_a_minor_only_its_hash_is_left(client: Client, river: Campaign) -> None:
    post, photo = pictured(minor=True)
    keep(river)
    code, part = newest(post).code, part_of(post)
    assert "Ana speaks" in get(client, f"/en/river/archive/{code}/")
    assert "Ana" not in newest(post).body
    storage, name = photo.file.storage, photo.file.name

    operations.withdraw_release(release=photo.releases.get(), actor=record.CLERK, at=pages.AT + DAY)

    part.refresh_from_db()
    assert (bytes(part.sealed), part.destroyed_on) == (b"", date(2026, 11, 21))
    assert part.digest in newest(post).body
    assert not storage.exists(name)
    assert not Photo.objects.filter(pk=photo.pk).exists()
    assert "Ana" not in get(client, f"/en/river/archive/{code}/")
    assert faults(exported(river)[0]) == []
    hold()
    with pytest.raises(operations.PictureDestroyed):
        operations.open_sealed(part=part, reason="case", actor=record.CLERK, at=pages.AT)


def part_of(page: Any) -> KeptPart:
    """The part that a page refers to."""
    return KeptPart.objects.get(digest=chain.references_in(newest(page).body)[0])


def hold() -> None:
    """Counsel stops the clocks."""
    place_hold(person=None, reason="PERB LA-CE-1", actor=record.CLERK, at=pages.AT)


def counsel() -> Client:
    """A browser in which counsel is signed in."""
    user = accounts.make_user("Lena Ortiz")
    accounts.grant(user, Role.COUNSEL, Reach.ALL, ())
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    accounts.sign_in(client, user, strong=True)
    return client


def test_sealed_original_opens_to_counsel_under_a_hold_with_a_reason(river: Campaign) -> None:
    post, photo = pictured(minor=False)
    keep(river)
    part = part_of(post)
    operations.withdraw_release(release=photo.releases.get(), actor=record.CLERK, at=pages.AT + DAY)
    client, address = counsel(), f"/hall/archive/sealed/{part.digest}/"

    assert "Ana speaks" not in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert "legal hold" in client.post(address, {"reason": "LA-CE-1"}).content.decode()
    hold()
    opened = client.post(address, {"reason": "LA-CE-1"}).content.decode()

    assert "Ana speaks" in opened
    assert "data:image/webp;base64," in opened
    entry = AuditEntry.objects.get(verb="site.sealed_opened")
    assert entry.why == "LA-CE-1"
    assert part.digest in client.get("/hall/archive/").content.decode()


def test_archive_of_the_hall_gives_the_zip_and_writes_it_down(river: Campaign) -> None:
    answer = counsel().get("/hall/archive/river.zip")

    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as zipped:  # type: ignore[attr-defined]
        assert "manifest.json" in zipped.namelist()
    assert AuditEntry.objects.filter(verb="site.archive_taken").count() == 1


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.OFFICER])
def test_what_is_sealed_opens_to_nobody_else(river: Campaign, role: Role) -> None:
    grant = Grant(role, Reach.ALL)
    user = accounts.make_user("Blanca Ruiz")
    accounts.grant(user, grant.role, grant.reach, ())
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    accounts.sign_in(client, user, strong=True)

    assert client.get("/hall/archive/").status_code == 200
    assert "Taken back, and sealed" not in client.get("/hall/archive/").content.decode()
    assert client.get(f"/hall/archive/sealed/{'0' * 64}/").status_code == 403


def test_rooms_of_the_archive_cost_the_same_for_one_and_three(river: Campaign, django_assert_num_queries) -> None:
    client = counsel()
    client.get("/hall/archive/")
    pictured(minor=False)
    keep(river)

    with django_assert_num_queries(6):
        client.get("/hall/archive/")
