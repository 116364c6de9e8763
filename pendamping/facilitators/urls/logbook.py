"""Addresses of one's own logbook and absences, and of those who verify and decide."""

from __future__ import annotations

from django.urls import path

from pendamping.facilitators.views import absences, log_verifying, my_logbook

urlpatterns = [
    path("pendamping-saya/buku-harian/", my_logbook.my_logbook, name="my_logbook"),
    path("pendamping-saya/buku-harian/tulis/", my_logbook.my_log_write, name="my_log_write"),
    path("pendamping-saya/buku-harian/<str:code>/", my_logbook.my_log_entry, name="my_log_entry"),
    path("pendamping-saya/buku-harian/<str:code>/perbaiki/", my_logbook.my_log_repair, name="my_log_repair"),
    path("pendamping-saya/buku-harian/<str:code>/lengkapi/", my_logbook.my_log_words, name="my_log_words"),
    path("pendamping-saya/buku-harian/<str:code>/selesai/", my_logbook.my_log_done, name="my_log_done"),
    path(
        "pendamping-saya/buku-harian/<str:code>/foto/<str:name>/<str:size>/",
        my_logbook.my_log_photo,
        name="my_log_photo",
    ),
    path("pendamping-saya/izin/", absences.my_absences, name="my_absences"),
    path("pendamping-saya/izin/ajukan/", absences.my_absence_ask, name="my_absence_ask"),
    path("pendamping-saya/izin/<str:code>/", absences.my_absence, name="my_absence"),
    path("kerja/buku-harian/", log_verifying.logbook, name="logbook"),
    path("kerja/buku-harian/aturan/", log_verifying.logbook_rules, name="logbook_rules"),
    path("kerja/buku-harian/<str:code>/", log_verifying.logbook_entry, name="logbook_entry"),
    path("kerja/buku-harian/<str:code>/verifikasi/", log_verifying.logbook_verify, name="logbook_verify"),
    path("kerja/buku-harian/<str:code>/kembalikan/", log_verifying.logbook_return, name="logbook_return"),
    path("kerja/izin/", absences.absences, name="absences"),
    path("kerja/izin/<str:code>/", absences.absence, name="absence"),
]
