"""Addresses of this app: the public question, and the working page."""

from __future__ import annotations

from django.urls import path

from pendamping.benefits import views

app_name = "benefits"
urlpatterns = [
    path("manfaat/<str:code>/", views.confirm, name="confirm"),
    path("manfaat/<str:code>/terima-kasih/", views.thanks, name="thanks"),
    path("kerja/kegiatan/<str:code>/manfaat/", views.reach, name="reach"),
    path("kerja/kegiatan/<str:code>/manfaat/hitung/", views.count, name="count"),
]
