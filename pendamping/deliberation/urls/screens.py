"""Addresses of the screen in the hall: for whoever leads, for whoever works there, for everybody."""

from __future__ import annotations

from django.urls import path

from pendamping.deliberation.views import screens as views

urlpatterns = [
    path("kerja/musyawarah/<str:code>/layar/", views.screen, name="screen"),
    path("kerja/musyawarah/<str:code>/kendali/", views.control, name="control"),
    path("kerja/musyawarah/<str:code>/kendali/tampilkan/", views.show, name="show"),
    path("kerja/musyawarah/<str:code>/kendali/acara/", views.lead_point, name="lead_point"),
    path("kerja/musyawarah/<str:code>/kendali/pekerja.js", views.control_worker, name="control_worker"),
    path("musyawarah/<str:code>/layar/", views.public_screen, name="public_screen"),
    path("musyawarah/<str:code>/layar.json", views.public_state, name="public_state"),
]
