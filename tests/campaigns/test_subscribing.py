"""Updates: an audience of its own, told apart from members, stopped by one button, and never on the roster."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import campaigns as factory
from unionhall.campaigns import operations, queries
from unionhall.campaigns.enums import Audience
from unionhall.campaigns.models import Entry, Participation, Subscription
from unionhall.foundation.models import AuditEntry, OutboxMessage
from unionhall.roster.models import ContactPoint, Person

pytestmark = pytest.mark.django_db
AT = factory.AT


@pytest.fixture
def campaign():
    return factory.campaign()


def ask(campaign, contact="213 555 0142", at=AT, **more):
    sent = factory.sign_up("", contact=contact, kind="updates", worksite_text="", **more)
    return operations.subscribe(campaign=campaign, sign_up=sent, actor=factory.CLERK, at=at)


def test_parents_are_no_persons_of_the_roster(campaign):
    row = ask(campaign)
    assert (row.audience, row.value, row.wording) == (Audience.PUBLIC, "+12135550142", "Acepto mensajes.")
    assert not any(model.objects.exists() for model in (Person, ContactPoint, Entry, Participation))
    assert list(queries.subscribers(campaign, audience="public", language="es")) == [row]
    assert not queries.subscribers(campaign, audience="member").exists()


def test_a_contact_of_the_roster_reads_as_a_member(campaign):
    factory.entry(campaign, contact="213 555 0142")
    people = Person.objects.count()
    assert ask(campaign).audience == Audience.MEMBER
    assert Person.objects.count() == people


def test_asking_twice_is_one_and_the_second_time_is_told_kindly(campaign):
    rows = {ask(campaign, at=at).pk for at in (AT, AT + timedelta(minutes=1), AT + timedelta(hours=2))}
    assert (len(rows), Subscription.objects.count()) == (1, 1)
    letters = Subscription.objects.get().letters
    assert list(letters.values_list("kind", flat=True)) == ["welcome", "again"]
    for letter in letters.all():
        operations.send_letter(letter_id=letter.pk, at=AT + timedelta(hours=2))
    first, second = (row.body for row in OutboxMessage.objects.order_by("pk"))
    assert "desde ahora recibes los avisos" in first
    assert "ya recibes los avisos" in second
    assert "/es/river/avisos/mios/" in first


def test_her_link_opens_her_own_row_only(campaign):
    row, other = ask(campaign), ask(campaign, "213 555 0143")
    token = queries.preferences_token(row)
    assert queries.get_subscription(slug="river", token=token) == row
    wrong = other.public_id + token[len(row.public_id) :]
    for bad in (wrong, row.public_id, "", token[:-1], "é"):
        with pytest.raises(queries.NoSuchSubscription):
            queries.get_subscription(slug="river", token=bad)
    with pytest.raises(queries.NoSuchSubscription):
        queries.get_subscription(slug="lake", token=token)


def test_stop_go_on_and_the_other_language(campaign):
    row = ask(campaign)
    for act in ("stop", "stop"):
        operations.change_updates(subscription=row, act=act, at=AT)
    assert not queries.subscribers(campaign, audience="public").exists()
    letter = row.letters.get()
    assert not operations.send_letter(letter_id=letter.pk, at=AT)
    operations.change_updates(subscription=row, act="resume", at=AT)
    operations.change_updates(subscription=row, act="en", at=AT)
    assert list(queries.subscribers(campaign, audience="public", language="en")) == [row]
    with pytest.raises(operations.UnknownWish):
        operations.change_updates(subscription=row, act="bananas", at=AT)
    verbs = AuditEntry.objects.of(row).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        "campaigns.subscribed",
        "campaigns.updates_stopped",
        "campaigns.updates_resumed",
        "campaigns.updates_language",
    ]
    assert "0142" not in str(AuditEntry.objects.values())


def test_asking_again_after_stopping_starts_anew_with_the_new_words(campaign):
    row = ask(campaign)
    operations.stop_updates(subscription=row, actor=factory.CLERK, at=AT)
    again = ask(campaign, at=AT + timedelta(days=1), wording="Acepto de nuevo.")
    assert (again.pk, again.stopped_at, again.wording) == (row.pk, None, "Acepto de nuevo.")


def test_two_campaigns_have_two_audiences(campaign):
    other = factory.campaign("lake")
    assert ask(campaign).pk != ask(other).pk
