"""Addresses of needs."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import lists, needs

urlpatterns = [
    path("kerja/kebutuhan/", lists.needs, name="needs"),
    path("kerja/kebutuhan/<str:code>/", needs.need, name="need"),
]
