"""Wagtail's log, repeated in our trail."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from wagtail.log_actions import LogContext, log
from wagtail.models import Collection, Page

from unionhall.foundation import mirrors
from unionhall.foundation.hooks import audit_mirrors
from unionhall.foundation.mirrors import mirror
from unionhall.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def cleo():
    return get_user_model().objects.create_superuser(name="Cleo Díaz", email="cleo@example.org")


@pytest.fixture
def page():
    return Page.get_first_root_node().add_child(instance=Page(title="Rumor control", slug="rumors"))


def newest():
    return AuditEntry.objects.all()[0]


def test_publishing_a_page_is_in_the_trail(page, cleo):
    page.save_revision(user=cleo).publish(user=cleo)

    entry = newest()
    assert (entry.verb, entry.actor_id, entry.actor_label) == ("wagtail.publish", cleo.pk, "Cleo Díaz")
    assert (entry.object_type, entry.object_id) == ("wagtailcore.page", str(page.pk))
    assert (entry.object_label, entry.detail, entry.why) == ("Rumor control", {}, "")


def test_deleting_a_page_is_in_the_trail(page, cleo):
    number = page.pk

    page.delete(user=cleo)

    assert (newest().verb, newest().object_id, newest().object_label) == (
        "wagtail.delete",
        str(number),
        "Rumor control",
    )


def test_a_collection_made_in_the_admin_is_in_the_trail(cleo):
    with LogContext(user=cleo):
        collection = Collection.get_first_root_node().add_child(name="Pickets")
        log(collection, "wagtail.create")

    entry = newest()
    assert (entry.verb, entry.object_type, entry.object_label) == (
        "wagtail.create",
        "wagtailcore.collection",
        "Pickets",
    )
    assert entry.actor_id == cleo.pk


def test_an_act_of_the_system_has_no_person(page):
    log(page, "wagtail.edit")

    assert (newest().actor_id, newest().actor_label) == (None, "wagtail")


def test_time_is_that_of_wagtail_s_log(page):
    row = log(page, "wagtail.edit")

    assert newest().at == row.timestamp


def test_an_action_of_another_name_is_told_apart(page):
    row = log(page, "wagtail.edit")
    row.action, row.content_type = "copy_for_translation", None

    mirror(type(row), row, created=True)

    assert (newest().verb, newest().object_type) == ("wagtail.copy_for_translation", "")


def test_changed_rows_and_other_tables_are_not_repeated(page, cleo):
    row = log(page, "wagtail.edit")
    before = AuditEntry.objects.count()

    row.save()
    cleo.save()

    assert AuditEntry.objects.count() == before


def test_listening_twice_repeats_an_act_once(page):
    mirrors.start()
    before = AuditEntry.objects.count()

    log(page, "wagtail.edit")

    assert AuditEntry.objects.count() == before + 1
    assert audit_mirrors.keys() == ("foundation.wagtail",)
