"""Addresses of the roster, all of them in the Hall."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from unionhall.roster.views import exports, imports

urlpatterns: list[URLPattern | URLResolver] = [
    path("hall/imports/", imports.import_list, name="imports"),
    path("hall/exports/", exports.export_list, name="exports"),
    path("hall/exports/ask/", exports.export_ask, name="export_ask"),
    path("hall/exports/<slug:public_id>/", exports.export_page, name="export"),
    path("hall/exports/<slug:public_id>/agree/", exports.export_agree, name="export_agree"),
    path("hall/exports/<slug:public_id>/refuse/", exports.export_refuse, name="export_refuse"),
    path("hall/exports/<slug:public_id>/fetch/", exports.export_fetch, name="export_fetch"),
]
