"""Addresses of results: public pages and files, and working pages under kerja/."""

from __future__ import annotations

from django.urls import path

from pendamping.deliberation.views import public_results, results, unfunded

_WORK = "kerja/musyawarah/<str:code>/"
_PUBLIC = "musyawarah/<str:code>/"

urlpatterns = [
    path(f"{_PUBLIC}hasil/<int:number>/", public_results.public_result, name="public_result"),
    path(f"{_PUBLIC}hasil/<int:number>/hasil.json", public_results.result_file, name="result_file"),
    path(f"{_PUBLIC}hasil/<int:number>/suara.pb", public_results.result_ballots, name="result_ballots"),
    path(f"{_PUBLIC}hasil/<int:number>/lampiran.pdf", public_results.result_annex, name="result_annex"),
    path(f"{_PUBLIC}prioritas.pdf", public_results.priority_pdf, name="priority_pdf"),
    path(f"{_PUBLIC}prioritas.csv", public_results.priority_csv, name="priority_csv"),
    path(f"{_WORK}hasil/", results.results, name="results"),
    path(f"{_WORK}hasil/hitung/<int:number>/", results.result_run, name="result_run"),
    path(f"{_WORK}hasil/<int:number>/", results.result, name="result"),
    path(f"{_WORK}hasil/<int:number>/hitung-ulang/", results.result_recount, name="result_recount"),
    path(f"{_WORK}hasil/<int:number>/putuskan/", results.result_decide, name="result_decide"),
    path(f"{_WORK}hasil/<int:number>/putuskan/<str:proposal>/", results.result_depart, name="result_depart"),
    path(f"{_WORK}tahun-depan/", unfunded.carry_over, name="carry_over"),
    path(f"{_WORK}ke-kecamatan/", unfunded.pass_up, name="pass_up"),
]
