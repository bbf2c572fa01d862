"""Addresses of the roster, all of them in the Hall."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from unionhall.roster.views import imports

urlpatterns: list[URLPattern | URLResolver] = [
    path("hall/imports/", imports.import_list, name="imports"),
]
