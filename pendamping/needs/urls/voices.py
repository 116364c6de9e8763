"""Addresses of voices."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import lists, public, thread, voices

urlpatterns = [
    path("suara/", public.give, name="give"),
    path("suara/<str:code>/", thread.receipt, name="receipt"),
    path("kerja/suara/", lists.voices, name="voices"),
    path("kerja/suara/catat/", voices.record, name="record_voice"),
    path("kerja/suara/himpun/", voices.gather, name="gather"),
    path("kerja/suara/<str:code>/", voices.voice, name="voice"),
]
