"""Addresses of following."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import following

urlpatterns = [
    path("ikuti/", following.follow, name="follow"),
    path("kabar/<str:secret>/", following.followed, name="followed"),
    path("kabar/<str:secret>/berhenti/", following.follow_nothing, name="follow_nothing"),
]
