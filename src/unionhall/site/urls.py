"""Addresses of the site beside Wagtail's own: feeds, the sitemap, files."""

from __future__ import annotations

from django.urls import path

from unionhall.site.views import feeds, files

urlpatterns = [
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("media/<path:path>", files.media, name="media"),
]

localized_urlpatterns = [
    path("<slug:slug>/<slug:stream>/feed.xml", feeds.stream_feed, name="stream_feed"),
]
