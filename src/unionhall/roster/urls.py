"""Addresses of the roster, all of them in the Hall."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from unionhall.roster.views import exports, imports, invitations, people, review, rolls, worksites

urlpatterns: list[URLPattern | URLResolver] = [
    path("hall/people/", people.people, name="people"),
    path("hall/people/<slug:public_id>/", people.person, name="person"),
    path("hall/people/<slug:public_id>/edit/", people.person_edit, name="person_edit"),
    path("hall/people/<slug:public_id>/contacts/", people.person_contact, name="person_contact"),
    path("hall/people/<slug:public_id>/contacts/<slug:point>/retire/", people.person_retire, name="person_retire"),
    path("hall/people/<slug:public_id>/undo/", people.person_undo, name="person_undo"),
    path("hall/merges/<int:merge>/part/", people.person_part, name="person_part"),
    path("hall/review/", review.review_queue, name="review"),
    path("hall/review/<int:pair>/", review.review_group, name="review_group"),
    path("hall/review/lines/", review.review_lines, name="review_lines"),
    path("hall/review/lines/<slug:public_id>/", review.review_line, name="review_line"),
    path("hall/review/undo/", review.review_undo, name="review_undo"),
    path("hall/rolls/", rolls.roll_list, name="rolls"),
    path("hall/rolls/new/", rolls.roll_new, name="roll_new"),
    path("hall/rolls/<slug:public_id>/", rolls.roll, name="roll"),
    path("hall/rolls/<slug:public_id>/file/", rolls.roll_file, name="roll_file"),
    path("hall/worksites/", worksites.worksite_list, name="worksites"),
    path("hall/worksites/<slug:public_id>/", worksites.worksite_page, name="worksite"),
    path("hall/worksites/<slug:public_id>/edit/", worksites.worksite_edit, name="worksite_edit"),
    path("hall/worksites/<slug:public_id>/close/", worksites.worksite_close, name="worksite_close"),
    path("hall/worksites/<slug:public_id>/hours/", worksites.worksite_hours, name="worksite_hours"),
    path("hall/imports/", imports.import_list, name="imports"),
    path("hall/invitations/", invitations.invitation_list, name="invitations"),
    path("hall/invitations/new/", invitations.invitation_new, name="invitation_new"),
    path("hall/invitations/worksites/", invitations.invitation_sites, name="invitation_sites"),
    path("hall/invitations/<slug:public_id>/agree/", invitations.invitation_agree, name="invitation_agree"),
    path("hall/invitations/<slug:public_id>/withdraw/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("hall/exports/", exports.export_list, name="exports"),
    path("hall/exports/ask/", exports.export_ask, name="export_ask"),
    path("hall/exports/<slug:public_id>/", exports.export_page, name="export"),
    path("hall/exports/<slug:public_id>/agree/", exports.export_agree, name="export_agree"),
    path("hall/exports/<slug:public_id>/refuse/", exports.export_refuse, name="export_refuse"),
    path("hall/exports/<slug:public_id>/fetch/", exports.export_fetch, name="export_fetch"),
    path("hall/imports/new/", imports.import_new, name="import_new"),
    path("hall/imports/<slug:public_id>/", imports.import_page, name="import"),
    path("hall/imports/<slug:public_id>/columns/", imports.import_columns, name="import_columns"),
    path("hall/imports/<slug:public_id>/apply/", imports.import_apply, name="import_apply"),
    path("hall/imports/<slug:public_id>/discard/", imports.import_discard, name="import_discard"),
    path("hall/imports/<slug:public_id>/doubts/", imports.import_doubts, name="import_doubts"),
    path("hall/imports/<slug:public_id>/doubts/<slug:doubt>/", imports.import_doubt, name="import_doubt"),
    path("hall/imports/<slug:public_id>/undo/", imports.import_undo, name="import_undo"),
    path("hall/imports/<slug:public_id>/report/", imports.import_report, name="import_report"),
]
