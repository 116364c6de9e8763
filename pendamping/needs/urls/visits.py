"""Addresses of visits from door to door."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import visits

urlpatterns = [
    path("kerja/pintu/", visits.doors, name="doors"),
    path("kerja/pintu/<str:path>/", visits.door, name="door"),
]
