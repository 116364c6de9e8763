"""Addresses of lists of meetings."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import meeting_lists

urlpatterns = [path("kerja/suara/catat/daftar/", meeting_lists.meeting_list, name="meeting_list")]
