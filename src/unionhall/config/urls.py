"""Every address: our slices first, Wagtail's catch-all last."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls

from unionhall.config.slices import slices

urlpatterns: list[URLPattern | URLResolver] = []
localized: list[URLPattern | URLResolver] = []

for item in slices(demo=settings.DEMO):
    if find_spec(f"{item.app}.urls"):
        module = import_module(f"{item.app}.urls")
        urlpatterns += module.urlpatterns
        localized += getattr(module, "localized_urlpatterns", [])

urlpatterns += [path("admin/", include(admin_urls)), *i18n_patterns(*localized, path("", include(wagtail_urls)))]
