"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from pendamping.registry.views import files, places

app_name = "registry"
urlpatterns = [
    path("kerja/wilayah/", places.places, name="places"),
    path("kerja/wilayah/<str:path>/", places.place, name="place"),
    path("kerja/wilayah/<str:path>/perbaiki/", places.correct, name="correct"),
    path("kerja/wilayah/<str:path>/nama-lain/", places.alias, name="alias"),
    path("kerja/wilayah/<str:path>/kode/", places.recode, name="recode"),
    path("kerja/wilayah/<str:path>/tutup/", places.close, name="close"),
    path("kerja/wilayah/<str:path>/rw/", places.add_unit, name="add_unit"),
    path("kerja/wilayah/<str:path>/tambah/", places.add_place, name="add_place"),
    path("kerja/impor/", files.files, name="files"),
]
