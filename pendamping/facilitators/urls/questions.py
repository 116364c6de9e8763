"""Addresses of question banks; all are working pages."""

from __future__ import annotations

from django.urls import path

from pendamping.facilitators.views import questions

urlpatterns = [
    path("kerja/bank-soal/", questions.question_banks, name="question_banks"),
    path("kerja/bank-soal/baru/", questions.question_bank_make, name="question_bank_make"),
    path("kerja/bank-soal/<str:code>/", questions.question_bank, name="question_bank"),
    path("kerja/bank-soal/<str:code>/impor/", questions.question_import, name="question_import"),
    path("kerja/bank-soal/<str:code>/soal.<str:format>", questions.question_export, name="question_export"),
    path("kerja/bank-soal/<str:code>/soal/<uuid:uid>/", questions.question, name="question"),
]
