"""What campaigns forget of somebody who left."""

from __future__ import annotations

import pytest

from tests.factories import campaigns, turf
from tests.factories import roster as factory
from tests.roster.test_retention import leave
from unionhall.campaigns import operations
from unionhall.campaigns.models import Cover, Entry, EntryNote, Talk
from unionhall.campaigns.operations import former
from unionhall.foundation.models import AuditEntry
from unionhall.roster import operations as roster
from unionhall.roster.models import Person

pytestmark = pytest.mark.django_db
BY = {"actor": factory.CLERK, "at": factory.AT}


@pytest.fixture
def entry():
    found = campaigns.entry(campaigns.full_campaign(), site=factory.worksite("Harbor Middle"), name="Rosa Méndez")
    operations.record_reply(entry=found, kind="call", text="her son answered", **BY)
    operations.add_note(entry=found, text="works nights", **BY)
    return found


def lines():
    return sorted(EntryNote.objects.values_list("kind", "text"))


def test_notes_go_with_the_former_member_and_the_entry_stays(entry, django_capture_on_commit_callbacks):
    leave(entry.person)
    assert ("note", "works nights") in lines()

    with django_capture_on_commit_callbacks(execute=True):
        assert roster.shrink_former(**BY) == 1

    assert lines() == [("call", "")]
    kept = Entry.objects.get()
    assert (kept.consent_wording, kept.worksite_text) == (entry.consent_wording, entry.worksite_text)
    assert AuditEntry.objects.get(verb="campaigns.entry_notes_forgotten").object_label == entry.public_id


def test_notes_about_others_stay(entry):
    assert former.forget_entries_of(public_ids=["nobody"], **BY) == 0
    assert len(lines()) == 2


def test_what_a_cut_round_left_goes_the_next_night(entry):
    Person.objects.filter(pk=entry.person_id).update(shrunk_at=factory.AT)

    assert former.stand_of_former(factory.AT).due == 2
    assert (former.forget_former(**BY), former.forget_former(**BY)) == (2, 0)
    assert lines() == [("call", "")]


def test_what_was_said_goes_with_her_and_nobody_answers_for_her(entry, django_capture_on_commit_callbacks):
    turf.give(entry.worksite, turf.cat_member(), entry.person)
    turf.talk(entry.campaign, entry.person, asked="Sticker day", text="Her sister is ill")
    leave(entry.person)
    with django_capture_on_commit_callbacks(execute=True):
        assert roster.shrink_former(**BY) == 1

    assert (Talk.objects.count(), Cover.objects.filter(ended_at=None).count()) == (0, 0)
    assert former.stand_of_former(factory.AT).due == 0
