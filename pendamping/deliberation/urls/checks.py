"""Addresses of technical checks; all are working pages."""

from __future__ import annotations

from django.urls import path

from pendamping.deliberation.views import check_rules
from pendamping.deliberation.views import checks as views

urlpatterns = [
    path("kerja/verifikasi/batas/", check_rules.check_rules, name="check_rules"),
    path("kerja/verifikasi/<str:code>/", views.checks, name="checks"),
    path("kerja/verifikasi/<str:code>/mulai/", views.check_begin, name="check_begin"),
    path("kerja/verifikasi/<str:code>/biaya/", views.check_lines, name="check_lines"),
    path("kerja/verifikasi/<str:code>/biaya/<uuid:line>/hapus/", views.check_line_drop, name="check_line_drop"),
    path("kerja/verifikasi/<str:code>/aspek/<slug:aspect>/", views.check_aspect, name="check_aspect"),
    path("kerja/verifikasi/<str:code>/terbitkan/", views.check_publish, name="check_publish"),
    path("kerja/verifikasi/<str:code>/buang/", views.check_discard, name="check_discard"),
]
