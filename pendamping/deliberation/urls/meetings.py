"""Addresses of meetings; all are working pages."""

from __future__ import annotations

from django.urls import path

from pendamping.deliberation.views import meetings as views

urlpatterns = [
    path("kerja/musyawarah/", views.meetings, name="meetings"),
    path("kerja/musyawarah/undang/", views.call, name="call"),
    path("kerja/musyawarah/<str:code>/", views.meeting, name="meeting"),
    path("kerja/musyawarah/<str:code>/usulan/", views.put, name="put"),
    path("kerja/musyawarah/<str:code>/hadir/", views.attendance, name="attendance"),
    path("kerja/musyawarah/<str:code>/putuskan/", views.decide_next, name="decide_next"),
    path("kerja/musyawarah/<str:code>/putuskan/<str:proposal>/", views.decide, name="decide"),
    path("kerja/musyawarah/<str:code>/keluarkan/<str:proposal>/", views.take_off, name="take_off"),
    path("kerja/musyawarah/<str:code>/jadwal/", views.move, name="move"),
    path("kerja/musyawarah/<str:code>/batal/", views.cancel, name="cancel"),
    path("kerja/musyawarah/<str:code>/tutup/", views.close, name="close"),
    path("kerja/musyawarah/<str:code>/berita-acara/", views.minutes, name="minutes"),
]
