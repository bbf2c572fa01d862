"""Addresses of the site beside Wagtail's own: feeds, the sitemap, files."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from unionhall.site.views import archive, check, feeds, files, sealed, search

urlpatterns = [
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("hall/archive/", sealed.hall_archive, name="hall_archive"),
    path("hall/archive/<slug:slug>.zip", sealed.hall_archive_file, name="hall_archive_file"),
    path("hall/archive/sealed/<slug:digest>/", sealed.hall_sealed, name="hall_sealed"),
    path("media/<path:path>", files.media, name="media"),
]

localized_urlpatterns = [
    path(_("search/"), search.search, name="search"),
    path(_("<slug:slug>/archive/"), archive.archive, name="archive"),
    path(_("<slug:slug>/archive/<slug:code>/"), archive.archive_version, name="archive_version"),
    path(_("<slug:slug>/check/"), check.check, name="check"),
    path("<slug:slug>/<slug:stream>/feed.xml", feeds.stream_feed, name="stream_feed"),
]
