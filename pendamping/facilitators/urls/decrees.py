"""Addresses of decrees, appointments, assignments and inaugurations; one's own pages; who serves where."""

from __future__ import annotations

from django.urls import path

from pendamping.facilitators.views import appointments, ceremonies, coverage, decrees, own

urlpatterns = [
    path("kerja/sk/", decrees.decrees, name="decrees"),
    path("kerja/sk/catat/", decrees.decree_record, name="decree_record"),
    path("kerja/sk/<str:code>/", decrees.decree, name="decree"),
    path("kerja/sk/<str:code>/cabut/", decrees.decree_revoke, name="decree_revoke"),
    path("kerja/sk/<str:code>/angkat/", decrees.decree_appoint, name="decree_appoint"),
    path("kerja/sk/<str:code>/menolak/", decrees.decree_decline, name="decree_decline"),
    path("kerja/sk/<str:code>/lampiran/", decrees.decree_annex, name="decree_annex"),
    path("kerja/sk/<str:code>/pelantikan/", ceremonies.ceremony_call, name="ceremony_call"),
    path("kerja/pelantikan/<str:code>/", ceremonies.ceremony, name="ceremony"),
    path("kerja/pelantikan/<str:code>/hadir/", ceremonies.ceremony_attend, name="ceremony_attend"),
    path("kerja/pelantikan/<str:code>/centang/", ceremonies.ceremony_tick, name="ceremony_tick"),
    path("kerja/pelantikan/<str:code>/sumpah/", ceremonies.ceremony_oath, name="ceremony_oath"),
    path("kerja/pelantikan/<str:code>/foto/", ceremonies.ceremony_photos, name="ceremony_photos"),
    path("kerja/pelantikan/<str:code>/undang/", ceremonies.ceremony_invite, name="ceremony_invite"),
    path(
        "kerja/pelantikan/<str:code>/undangan/<str:appointment>/", ceremonies.ceremony_invitation,
        name="ceremony_invitation",
    ),
    path("kerja/pengangkatan/", appointments.appointments, name="appointments"),
    path("kerja/pengangkatan/<str:code>/", appointments.appointment, name="appointment"),
    path("kerja/pengangkatan/<str:code>/akhiri/", appointments.appointment_end, name="appointment_end"),
    path("kerja/pengangkatan/<str:code>/ganti/", appointments.appointment_replace, name="appointment_replace"),
    path("kerja/pengangkatan/<str:code>/tempatkan/", appointments.appointment_assign, name="appointment_assign"),
    path("kerja/pengangkatan/<str:code>/kontrak/", appointments.appointment_contract, name="appointment_contract"),
    path("kerja/pengangkatan/<str:code>/kontrak/<int:year>/", appointments.contract_renew, name="contract_renew"),
    path(
        "kerja/pengangkatan/<str:code>/petikan/", appointments.appointment_certificate,
        name="appointment_certificate",
    ),
    path("kerja/penempatan/", coverage.coverage, name="coverage"),
    path("kerja/penempatan/<str:code>/akhiri/", appointments.assignment_end, name="assignment_end"),
    path("pendamping-kelurahan/", coverage.serving, name="serving"),
    path("pendamping-saya/", own.my_service, name="my_service"),
    path("pendamping-saya/perkara/<str:code>/", own.my_case, name="my_case"),
    path("pendamping-saya/undangan/<str:code>/", own.my_invitation, name="my_invitation"),
    path("pendamping-saya/<str:code>/petikan/", own.my_certificate, name="my_certificate"),
    path("pendamping-saya/<str:code>/kode-etik/", own.my_signing, name="my_signing"),
    path("pendamping-saya/<str:code>/serah-terima/", own.my_takeover, name="my_takeover"),
    path("pendamping-saya/<str:code>/serah-terima/daftar/", own.my_takeover_paper, name="my_takeover_paper"),
]  # fmt: skip
