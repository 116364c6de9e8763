"""Addresses of voices."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import public, voice_list, voices

urlpatterns = [
    path("suara/", public.give, name="give"),
    path("suara/<str:code>/", public.receipt, name="receipt"),
    path("kerja/suara/", voice_list.voices, name="voices"),
    path("kerja/suara/berkas/<uuid:uid>/", voice_list.file, name="voice_file"),
    path("kerja/suara/catat/", voices.record, name="record_voice"),
    path("kerja/suara/himpun/", voices.gather, name="gather"),
    path("kerja/suara/<str:code>/", voices.voice, name="voice"),
]
