"""Addresses of the computer test: the candidates' door under seleksi/ujian/, working pages under kerja/."""

from __future__ import annotations

from django.urls import path

from pendamping.facilitators.views import exam_door, exams, sittings

urlpatterns = [
    path("seleksi/ujian/", exam_door.exam_enter, name="exam_enter"),
    path("seleksi/ujian/soal/", exam_door.exam_paper, name="exam_paper"),
    path("seleksi/ujian/mulai/", exam_door.exam_begin, name="exam_begin"),
    path("seleksi/ujian/soal/<int:number>/", exam_door.exam_answer, name="exam_answer"),
    path("seleksi/ujian/selesai/", exam_door.exam_hand_in, name="exam_hand_in"),
    path("kerja/ujian/", sittings.exam_sittings, name="exam_sittings"),
    path("kerja/ujian/<str:code>/", sittings.exam_sitting, name="exam_sitting"),
    path("kerja/ujian/<str:code>/buka/", sittings.exam_sitting_open, name="exam_sitting_open"),
    path("kerja/ujian/<str:code>/tutup/", sittings.exam_sitting_close, name="exam_sitting_close"),
    path("kerja/ujian/<str:code>/ubah/", sittings.exam_sitting_change, name="exam_sitting_change"),
    path("kerja/ujian/<str:code>/daftar/", sittings.exam_seating, name="exam_seating"),
    path("kerja/ujian/<str:code>/kursi/<int:number>/", sittings.exam_seat, name="exam_seat"),
    path("kerja/seleksi/<str:code>/ujian/", exams.exam_round, name="exam_round"),
    path("kerja/seleksi/<str:code>/ujian/kisi-kisi/", exams.exam_blueprint, name="exam_blueprint"),
    path("kerja/seleksi/<str:code>/ujian/jadwal/", exams.exam_plan, name="exam_plan"),
    path("kerja/seleksi/<str:code>/ujian/kursi/", exams.exam_seat_all, name="exam_seat_all"),
    path("kerja/seleksi/<str:code>/ujian/umumkan/", exams.exam_release, name="exam_release"),
    path("kerja/seleksi/<str:code>/ujian/analisis/", exams.exam_analysis, name="exam_analysis"),
    path("kerja/seleksi/<str:code>/ujian/analisis/unduh/", exams.exam_analysis_file, name="exam_analysis_file"),
    path("kerja/seleksi/<str:code>/ujian/anulir/<uuid:uid>/", exams.exam_void, name="exam_void"),
]
