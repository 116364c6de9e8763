"""Addresses of voices."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import public, thread, voice_list, voices

urlpatterns = [
    path("suara/", public.give, name="give"),
    path("suara/pekerja.js", public.give_worker, name="give_worker"),
    path("suara/pratinjau/", public.preview, name="preview"),
    path("suara/<str:code>/lapor/", public.report, name="report_voice"),
    path("suara/<str:code>/", thread.receipt, name="receipt"),
    path("kerja/suara/", voice_list.voices, name="voices"),
    path("kerja/suara/berkas/<uuid:uid>/", voice_list.file, name="voice_file"),
    path("kerja/suara/catat/", voices.record, name="record_voice"),
    path("kerja/suara/himpun/", voices.gather, name="gather"),
    path("kerja/suara/<str:code>/", voices.voice, name="voice"),
]
