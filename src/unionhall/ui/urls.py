"""Addresses of the design system: the style guide, in both languages at once."""

from __future__ import annotations

from django.urls import path

from unionhall.ui import views

urlpatterns = [
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/booth/", views.booth, name="styleguide_booth"),
    path("styleguide/find/", views.find_example, name="styleguide_find"),
]
