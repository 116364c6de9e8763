"""Addresses of certificates: the public page and badge documents, one's own, the office's, batches, refreshers."""

from __future__ import annotations

from django.urls import path

from pendamping.training.views import badges, batches, certificates, my_certificates, public_certificates

urlpatterns = [
    path("sertifikat/penerbit/", badges.issuer, name="badge_issuer"),
    path("sertifikat/kunci/", badges.keys, name="signing_keys"),
    path("sertifikat/kunci/<int:number>/", badges.key, name="signing_key"),
    path("sertifikat/status/<int:number>/", badges.status_list, name="status_list"),
    path("sertifikat/capaian/<str:code>/<int:number>/", badges.achievement, name="badge_achievement"),
    path("sertifikat/capaian/<str:code>/<int:number>/gambar.svg", badges.picture, name="badge_picture"),
    path("sertifikat/<str:code>/", public_certificates.certificate, name="certificate"),
    path("belajar/sertifikat/", my_certificates.my_certificates, name="my_certificates"),
    path("belajar/sertifikat/<str:code>/<str:kind>/", my_certificates.my_file, name="my_certificate_file"),
    path("kerja/pelatihan/sertifikat/", certificates.certificates, name="certificates"),
    path("kerja/pelatihan/sertifikat/terbitkan/", certificates.to_issue, name="certificates_to_issue"),
    path("kerja/pelatihan/sertifikat/terbitkan/<str:code>/", certificates.issue, name="certificate_issue"),
    path("kerja/pelatihan/sertifikat/massal/", batches.batches, name="certificate_batches"),
    path("kerja/pelatihan/sertifikat/massal/<str:code>/", batches.batch, name="certificate_batch"),
    path("kerja/pelatihan/sertifikat/jatuh-tempo/", certificates.refreshers, name="refreshers"),
    path("kerja/pelatihan/sertifikat/<str:code>/", certificates.certificate, name="certificate_work"),
    path("kerja/pelatihan/sertifikat/<str:code>/perbaiki/", certificates.correct, name="certificate_correct"),
    path("kerja/pelatihan/sertifikat/<str:code>/perpanjang/", certificates.renew, name="certificate_renew"),
    path("kerja/pelatihan/sertifikat/<str:code>/cabut/", certificates.revoke, name="certificate_revoke"),
    path("kerja/pelatihan/sertifikat/<str:code>/berkas/<str:kind>/", certificates.file, name="certificate_file"),
]  # fmt: skip
