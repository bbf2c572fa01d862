"""Addresses that exist in demo mode alone."""

from django.urls import path

from unionhall.demo import views

urlpatterns = [path("hall/outbox/", views.outbox, name="demo_outbox")]
