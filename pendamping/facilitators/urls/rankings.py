"""Addresses of interviews, the ranking and objections: public and applicants' under seleksi/, working under kerja/."""

from __future__ import annotations

from django.urls import path

from pendamping.facilitators.views import interviews, objections, panels, public_rankings, rankings

urlpatterns = [
    path("seleksi/<str:code>/peringkat/", public_rankings.public_ranking, name="public_ranking"),
    path(
        "seleksi/<str:code>/peringkat/<int:version>/", public_rankings.public_ranking_version,
        name="public_ranking_version",
    ),
    path(
        "seleksi/<str:code>/peringkat/<int:version>/berkas/", public_rankings.public_ranking_file,
        name="public_ranking_file",
    ),
    path("seleksi/lamaran/sanggah/", objections.applicant_objection, name="applicant_objection"),
    path("kerja/wawancara/", interviews.interviews, name="interviews"),
    path("kerja/wawancara/catatan/<uuid:sheet>/", interviews.interview_note, name="interview_note"),
    path("kerja/wawancara/<str:code>/", interviews.interview, name="interview"),
    path("kerja/wawancara/<str:code>/pernyataan/", interviews.interview_declare, name="interview_declare"),
    path("kerja/wawancara/<str:code>/nilai/", interviews.interview_score, name="interview_score"),
    path("kerja/wawancara/<str:code>/kunci/", interviews.interview_lock, name="interview_lock"),
    path("kerja/sanggahan/", objections.objections, name="objections"),
    path("kerja/sanggahan/<str:code>/", objections.objection, name="objection"),
    path("kerja/seleksi/<str:code>/wawancara/", panels.panel, name="panel"),
    path("kerja/seleksi/<str:code>/wawancara/aturan/", panels.panel_rules, name="panel_rules"),
    path("kerja/seleksi/<str:code>/wawancara/anggota/", panels.panel_seat, name="panel_seat"),
    path("kerja/seleksi/<str:code>/wawancara/anggota/<uuid:member>/", panels.panel_end, name="panel_end"),
    path("kerja/seleksi/<str:code>/wawancara/catatan/<uuid:sheet>/", panels.panel_note, name="panel_note"),
    path(
        "kerja/seleksi/<str:code>/wawancara/pelamar/<str:application>/", panels.panel_interview, name="panel_interview"
    ),
    path(
        "kerja/seleksi/<str:code>/wawancara/pelamar/<str:application>/tutup/", panels.panel_close, name="panel_close"
    ),
    path(
        "kerja/seleksi/<str:code>/wawancara/pelamar/<str:application>/tidak-hadir/", panels.panel_absence,
        name="panel_absence",
    ),
    path("kerja/seleksi/<str:code>/peringkat/", rankings.ranking, name="ranking"),
    path("kerja/seleksi/<str:code>/peringkat/umumkan/", rankings.ranking_publish, name="ranking_publish"),
    path("kerja/seleksi/<str:code>/unduh/", rankings.round_export, name="round_export"),
]  # fmt: skip
