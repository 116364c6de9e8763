"""Addresses of the assessment."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import assessments

urlpatterns = [
    path("kerja/kebutuhan/<str:code>/nilai/", assessments.score, name="score"),
    path("kerja/kebutuhan/<str:code>/titik-foto/", assessments.view, name="view"),
    path("kerja/kriteria/", assessments.criteria, name="criteria"),
    path("kerja/kriteria/tambah/", assessments.criterion_add, name="criterion_add"),
    path("kerja/kriteria/<slug:key>/", assessments.criterion, name="criterion"),
]
