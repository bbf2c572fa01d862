"""Addresses of the ground floor."""

from __future__ import annotations

from django.urls import path

from unionhall.foundation import views

urlpatterns = [
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("jobs/<slug:public_id>/", views.job_page, name="job"),
    path("jobs/<slug:public_id>/stop/", views.stop_job, name="job_stop"),
    path("jobs/<slug:public_id>/resume/", views.resume_job, name="job_resume"),
]
