"""Addresses of the selection: public doors under seleksi/, working pages under kerja/."""

from __future__ import annotations

from django.urls import path, register_converter

from pendamping.facilitators.views import applicants, applying, checks, counter, public_rounds, requirements, rounds


class RoundCode:
    """The code of a round; other words under seleksi/ belong to other pages."""

    regex = r"R\d\d-[0-9A-Z]{5}-[0-9A-Z]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(RoundCode, "round_code")

urlpatterns = [
    path("seleksi/", public_rounds.public_rounds, name="public_rounds"),
    path("seleksi/masuk/", applicants.sign_in, name="applicant_sign_in"),
    path("seleksi/keluar/", applicants.sign_out, name="applicant_sign_out"),
    path("seleksi/lamaran/", applicants.own, name="applicant"),
    path("seleksi/lamaran/bukti/", applicants.mail_code, name="applicant_mail_code"),
    path("seleksi/lamaran/surel/", applicants.mail_again, name="applicant_mail_again"),
    path("seleksi/lamaran/tarik/", applicants.withdraw, name="applicant_withdraw"),
    path("seleksi/lamaran/persyaratan/", applicants.accept, name="applicant_accept"),
    path("seleksi/lamaran/jawab/<int:position>/", applicants.answer, name="applicant_answer"),
    path("seleksi/lamaran/berkas/<str:name>/", applicants.file, name="applicant_file"),
    path("seleksi/bukti/<str:code>/<str:token>/", applicants.mail_link, name="applicant_mail_link"),
    path("seleksi/<round_code:code>/", public_rounds.public_round, name="public_round"),
    path("seleksi/<round_code:code>/daftar/", applying.begin, name="apply"),
    path("seleksi/<round_code:code>/daftar/<str:step>/", applying.step, name="apply_step"),
    path("kerja/seleksi/", rounds.rounds, name="rounds"),
    path("kerja/seleksi/baru/", rounds.round_make, name="round_make"),
    path("kerja/seleksi/<str:code>/", rounds.round_page, name="round"),
    path("kerja/seleksi/<str:code>/ubah/", rounds.round_edit, name="round_edit"),
    path("kerja/seleksi/<str:code>/lanjut/", rounds.round_advance, name="round_advance"),
    path("kerja/seleksi/<str:code>/batal/", rounds.round_cancel, name="round_cancel"),
    path("kerja/seleksi/<str:code>/formasi/", rounds.round_posts, name="round_posts"),
    path("kerja/seleksi/<str:code>/formasi/<int:post>/hapus/", rounds.round_post_remove, name="round_post_remove"),
    path("kerja/seleksi/<str:code>/persyaratan/", requirements.requirements, name="round_requirements"),
    path("kerja/seleksi/<str:code>/persyaratan/contoh/", requirements.examples, name="round_requirement_examples"),
    path("kerja/seleksi/<str:code>/persyaratan/perubahan/", requirements.change, name="round_requirement_change"),
    path("kerja/seleksi/<str:code>/persyaratan/berlaku/", requirements.publish, name="round_requirement_publish"),
    path("kerja/seleksi/<str:code>/persyaratan/gugur/", requirements.drop, name="round_requirement_drop"),
    path("kerja/seleksi/<str:code>/persyaratan/baru/", requirements.add, name="round_requirement_add"),
    path("kerja/seleksi/<str:code>/persyaratan/<int:position>/", requirements.edit, name="round_requirement_edit"),
    path(
        "kerja/seleksi/<str:code>/persyaratan/<int:position>/hapus/", requirements.remove,
        name="round_requirement_remove",
    ),
    path("kerja/loket/", counter.applications, name="applications"),
    path("kerja/loket/baru/<str:code>/", counter.begin, name="application_begin"),
    path("kerja/loket/<str:code>/", counter.application, name="application"),
    path("kerja/loket/<str:code>/isi/<str:step>/", counter.step, name="application_step"),
    path("kerja/loket/<str:code>/berkas/<str:name>/", counter.file, name="application_paper_file"),
    path("kerja/loket/<str:code>/kartu/", counter.verify, name="application_verify"),
    path("kerja/loket/<str:code>/kunci/", counter.renew, name="application_renew"),
    path("kerja/loket/<str:code>/ajukan/", counter.submit, name="application_submit"),
    path("kerja/loket/<str:code>/jawab/<int:position>/", counter.answer, name="application_answer"),
    path("kerja/loket/<str:code>/tarik/", counter.withdraw, name="application_withdraw"),
    path("kerja/loket/<str:code>/sanggah/", counter.objection, name="application_object"),
    path("kerja/periksa-lamaran/", checks.queue, name="application_checks"),
    path("kerja/periksa-lamaran/<str:code>/", checks.check, name="application_check"),
    path("kerja/periksa-lamaran/<str:code>/tutup/", checks.conclude, name="application_conclude"),
    path("kerja/periksa-lamaran/<str:code>/berkas/<str:name>/", checks.file, name="application_file"),
]  # fmt: skip
