"""Addresses of the campaigns slice; the public ones stand below /en/ and /es/, each in its language's own words."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import SlugConverter
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns import feeds, queries
from unionhall.campaigns.enums import Part
from unionhall.campaigns.views import (
    areas,
    front,
    holding,
    member,
    member_acts,
    member_link,
    pages,
    queue,
    record,
    signing,
    talks,
    turf,
)


class CampaignConverter(SlugConverter):
    """The address of a campaign that there is; any other falls through to the editors' pages, such as /en/privacy/."""

    def to_python(self, value: str) -> str:
        """The address as it is. Raises ValueError where no campaign has it. One query."""
        if not queries.is_campaign(value):
            raise ValueError(value)
        return value


class PartConverter(SlugConverter):
    """A part of the record that is kept as a list of rows, but for phases, which have doors of their own."""

    regex = "|".join((Part.DATES, Part.FACTS, Part.AREAS, Part.BANNERS))


register_converter(CampaignConverter, "campaign")
register_converter(PartConverter, "part")

urlpatterns = [
    path("hall/", front.hall, name="hall"),
    path("hall/queue/", queue.hall, name="hall_queue"),
    path("hall/mine/", talks.mine, name="hall_mine"),
    path("hall/site/", turf.own_site, name="hall_site"),
    path("hall/areas/", areas.areas, name="hall_areas"),
    path("hall/talks/<slug:public_id>/", talks.talk, name="hall_talk"),
    path("hall/talks/<slug:public_id>/act/", talks.talk_act, name="hall_talk_act"),
    path("hall/talks/<slug:public_id>/undo/", talks.talk_undo, name="hall_talk_undo"),
    path("hall/talks/<slug:public_id>/link/", talks.talk_link, name="hall_talk_link"),
    path("hall/worksites/<slug:public_id>/team/", turf.team, name="hall_team"),
    path("hall/worksites/<slug:public_id>/turfs/", turf.turfs, name="hall_turfs"),
    path("hall/worksites/<slug:public_id>/turfs/undo/", turf.turfs_undo, name="hall_turfs_undo"),
    path("hall/entries/<slug:public_id>/", queue.hall_entry, name="hall_entry"),
    path("hall/entries/<slug:public_id>/act/", queue.hall_act, name="hall_act"),
    path("hall/entries/<slug:public_id>/undo/", queue.hall_undo, name="hall_undo"),
    path("hall/entries/<slug:public_id>/note/", queue.hall_note, name="hall_note"),
    path("hall/entries/<slug:public_id>/clear/", queue.hall_clear, name="hall_clear"),
    path("hall/entries/<slug:public_id>/place/", queue.hall_place, name="hall_place"),
    path("hall/held/", holding.hall_held, name="hall_held"),
    path("hall/held/<slug:public_id>/", holding.hall_release, name="hall_release"),
    path("hall/campaigns/", record.campaigns, name="record_campaigns"),
    path("hall/campaigns/new/", record.campaign_new, name="record_new"),
    path("hall/campaigns/words/", record.words, name="record_words"),
    path("hall/campaigns/words/<slug:key>/", record.word, name="record_word"),
    path("hall/campaigns/changes/<slug:public_id>/undo/", record.undo, name="record_undo"),
    path("hall/campaigns/<slug:slug>/", record.overview, name="record"),
    path("hall/campaigns/<slug:slug>/identity/", record.identity, name="record_identity"),
    path("hall/campaigns/<slug:slug>/phases/", record.phases, name="record_phases"),
    path("hall/campaigns/<slug:slug>/phases/new/", record.phase_new, name="record_phase_new"),
    path("hall/campaigns/<slug:slug>/phases/<int:pk>/", record.phase, name="record_phase"),
    path("hall/campaigns/<slug:slug>/phases/<int:pk>/remove/", record.phase_remove, name="record_phase_remove"),
    path("hall/campaigns/<slug:slug>/areas/<int:pk>/move/", record.area_move, name="record_move"),
    path("hall/campaigns/<slug:slug>/<part:part>/", record.part_list, name="record_part"),
    path("hall/campaigns/<slug:slug>/<part:part>/new/", record.row_new, name="record_add"),
    path("hall/campaigns/<slug:slug>/<part:part>/<int:pk>/", record.row_edit, name="record_edit"),
    path("hall/campaigns/<slug:slug>/<part:part>/<int:pk>/remove/", record.row_remove, name="record_remove"),
    path("me/", member.me, name="me"),
    path("me/held/", member.me_held, name="me_held"),
    path("me/file/", member.me_file, name="me_file"),
    path("me/language/", member_acts.me_language, name="me_language"),
    path("me/call/", member_acts.me_call, name="me_call"),
    path("me/agree/", member_acts.me_agree, name="me_agree"),
    path("me/updates/", member_acts.me_updates, name="me_updates"),
    path("me/stop/", member_acts.me_stop, name="me_stop"),
    path("me/correct/", member_acts.me_correct, name="me_correct"),
    path("me/name/", member_acts.me_name, name="me_name"),
    path("me/wrong/", member_acts.me_wrong, name="me_wrong"),
    path("me/contact/", member_acts.me_contact, name="me_contact"),
    path("me/contact/code/", member_acts.me_contact_code, name="me_contact_code"),
    path("me/leave/", member_acts.me_leave, name="me_leave"),
    path("me/stay/", member_acts.me_stay, name="me_stay"),
    path("me/link/", member_acts.me_link, name="me_link"),
]

localized_urlpatterns = [
    path("", pages.local_home, name="local_home"),
    path(_("<slug:slug>/join/"), signing.campaign_join, name="campaign_join"),
    path(_("<slug:slug>/join/thanks/"), signing.campaign_joined, name="campaign_joined"),
    path(_("<slug:slug>/cat/"), signing.campaign_cat, name="campaign_cat"),
    path(_("<slug:slug>/cat/thanks/"), signing.campaign_cat_thanks, name="campaign_cat_thanks"),
    path(_("<slug:slug>/sign-up/"), signing.campaign_sign_up, name="campaign_sign_up"),
    path(_("<slug:slug>/sign-up/thanks/"), signing.campaign_sign_up_thanks, name="campaign_sign_up_thanks"),
    path(_("<slug:slug>/sign-up/mine/<slug:token>/"), signing.campaign_preferences, name="campaign_preferences"),
    path(_("<slug:slug>/code/<slug:slip_id>/"), signing.campaign_code, name="campaign_code"),
    path(_("<slug:slug>/code/<slug:slip_id>/<slug:key>/"), signing.campaign_code_link, name="campaign_code_link"),
    path("<slug:slug>/proof/", signing.campaign_challenge, name="campaign_challenge"),
    path(_("me/<slug:token>/"), member_link.me_by_link, name="me_by_link"),
    path("<slug:slug>/calendar.ics", feeds.campaign_calendar_file, name="campaign_calendar_file"),
    path(_("<slug:slug>/calendar/"), pages.campaign_calendar, name="campaign_calendar"),
    path(_("<slug:slug>/events/<slug:date_slug>/"), pages.campaign_date, name="campaign_date"),
    path(_("<slug:slug>/events/<slug:date_slug>/event.ics"), feeds.campaign_date_file, name="campaign_date_file"),
    path(_("<slug:slug>/join/worksites/"), pages.campaign_sites, name="campaign_sites"),
    path("<campaign:slug>/", pages.campaign_home, name="campaign_home"),
]
