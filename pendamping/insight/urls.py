"""Addresses of the working pages: my work, records, figures."""

from __future__ import annotations

from django.urls import path

from pendamping.insight.views import audit, figures, work

app_name = "insight"
urlpatterns = [
    path("kerja/", work.work, name="work"),
    path("kerja/catatan/", work.records, name="records"),
    path("kerja/angka/", figures.figures, name="figures"),
    path("kerja/jurnal/", audit.journal, name="journal"),
]
