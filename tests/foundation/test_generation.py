"""The generation of the public pages rises with what changes them, in the same transaction."""

from __future__ import annotations

import pytest
from django.db import transaction
from wagtail.models import Page

from tests.factories import campaigns as factory
from unionhall.foundation import generation
from unionhall.foundation.vocabulary import choose_vocabulary

pytestmark = pytest.mark.django_db


def test_generation_begins_at_none_and_counts() -> None:
    found = [generation.current()]
    for _ in range(2):
        generation.advance()
        found.append(generation.current())

    assert found == [0, 1, 2]


def test_change_that_is_rolled_back_leaves_the_pages_fresh() -> None:
    with transaction.atomic():
        generation.advance()
        transaction.set_rollback(True)

    assert generation.current() == 0


def test_record_of_a_campaign_makes_pages_old() -> None:
    before = generation.current()
    factory.full_campaign()

    assert generation.current() > before


def test_words_of_the_local_make_pages_old() -> None:
    choose_vocabulary(pack="school", actor=factory.CLERK, at=factory.AT)

    assert generation.current() == 1


def test_editors_pages_make_pages_old() -> None:
    page = Page.objects.get(depth=1).add_child(instance=Page(title="Hall", slug="our-hall"))
    seen = [generation.current()]
    for act in (lambda: page.save_revision().publish(), page.unpublish, page.delete):
        act()
        seen.append(generation.current())

    assert seen == sorted(set(seen))
