"""Addresses of the agenda's points and its clock."""

from __future__ import annotations

from django.urls import path

from pendamping.deliberation.views import points as views

urlpatterns = [
    path("kerja/musyawarah/<str:code>/susunan/", views.points, name="points"),
    path("kerja/musyawarah/<str:code>/jam/", views.clock, name="clock"),
    path("kerja/musyawarah/<str:code>/jam/<uuid:uid>/mulai/", views.begin_point, name="begin_point"),
    path("kerja/musyawarah/<str:code>/jam/<uuid:uid>/selesai/", views.end_point, name="end_point"),
]
