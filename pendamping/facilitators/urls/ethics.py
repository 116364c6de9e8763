"""Addresses of the code of ethics, of reports of a breach, and of cases for their panels."""

from __future__ import annotations

from django.urls import path

from pendamping.facilitators.views import ethics, ethics_cases

urlpatterns = [
    path("pendamping-kelurahan/kode-etik/", ethics.ethics, name="ethics"),
    path("pendamping-kelurahan/kode-etik/lapor/", ethics.ethics_report, name="ethics_report"),
    path("pendamping-kelurahan/kode-etik/lapor/<str:code>/", ethics.ethics_receipt, name="ethics_receipt"),
    path("kerja/kode-etik/", ethics.ethics_register, name="ethics_register"),
    path("kerja/kode-etik/baru/", ethics.ethics_publish, name="ethics_publish"),
    path("kerja/perkara/", ethics_cases.ethics_cases, name="ethics_cases"),
    path("kerja/perkara/<str:code>/", ethics_cases.ethics_case, name="ethics_case"),
    path("kerja/perkara/<str:code>/majelis/", ethics.ethics_panel, name="ethics_panel"),
    path("kerja/perkara/<str:code>/<str:step>/", ethics_cases.ethics_step, name="ethics_step"),
]
