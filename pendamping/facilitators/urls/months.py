"""Addresses of months and pay: one's own, those of coordinators and secretariat, the treasurer's."""

from __future__ import annotations

from django.urls import path

from pendamping.facilitators.views import month_rules, months, my_months, my_pay, pay_desk, pay_runs

urlpatterns = [
    path("pendamping-saya/bulan/", my_months.my_months, name="my_months"),
    path("pendamping-saya/bulan/<int:year>/<int:month>/", my_months.my_month, name="my_month"),
    path("pendamping-saya/bulan/<int:year>/<int:month>/rencana/", my_months.my_month_plan, name="my_month_plan"),
    path("pendamping-saya/bulan/<int:year>/<int:month>/pdf/", my_months.my_month_pdf, name="my_month_pdf"),
    path("pendamping-saya/bulan/<int:year>/<int:month>/xlsx/", my_months.my_month_xlsx, name="my_month_xlsx"),
    path("pendamping-saya/honor/", my_pay.my_pay, name="my_pay"),
    path("pendamping-saya/honor/rekening/", my_pay.my_pay_account, name="my_pay_account"),
    path("pendamping-saya/honor/<uuid:uid>/", my_pay.my_pay_receipt, name="my_pay_receipt"),
    path("kerja/bulan/", months.months, name="months"),
    path("kerja/bulan/<str:code>/", months.month_report, name="month_report"),
    path("kerja/bulan/<str:code>/rekomendasi/", months.month_recommend, name="month_recommend"),
    path("kerja/bulan/<str:code>/setujui/", months.month_approve, name="month_approve"),
    path("kerja/bulan/<str:code>/kembalikan/", months.month_return, name="month_return"),
    path("kerja/bulan/<str:code>/tolak/", months.month_reject, name="month_reject"),
    path("kerja/bulan/<str:code>/pdf/", months.month_pdf, name="month_pdf"),
    path("kerja/bulan/<str:code>/xlsx/", months.month_xlsx, name="month_xlsx"),
    path("kerja/aturan-bulan/", month_rules.month_rules, name="month_rules"),
    path("kerja/aturan-bulan/baru/", month_rules.month_rules_set, name="month_rules_set"),
    path("kerja/aturan-bulan/potongan/", month_rules.deduction_set, name="deduction_set"),
    path("kerja/aturan-bulan/potongan/<uuid:uid>/", month_rules.deduction_end, name="deduction_end"),
    path("kerja/honor/", pay_runs.pay_runs, name="pay_runs"),
    path("kerja/honor/buat/", pay_runs.pay_run_make, name="pay_run_make"),
    path("kerja/honor/<str:code>/", pay_runs.pay_run, name="pay_run"),
    path("kerja/honor/<str:code>/serahkan/", pay_runs.pay_run_hand_over, name="pay_run_hand_over"),
    path("kerja/honor/<str:code>/pdf/", pay_runs.pay_run_pdf, name="pay_run_pdf"),
    path("kerja/bayar/", pay_desk.pay_desk, name="pay_desk"),
    path("kerja/bayar/<str:code>/", pay_desk.pay_desk_run, name="pay_desk_run"),
    path("kerja/bayar/<str:code>/berkas/", pay_desk.pay_file, name="pay_file"),
    path("kerja/bayar/<str:code>/lunas/", pay_desk.pay_paid, name="pay_paid"),
    path("kerja/bayar/<str:code>/pdf/", pay_desk.pay_desk_pdf, name="pay_desk_pdf"),
    path("kerja/bayar/baris/<uuid:uid>/gagal/", pay_desk.pay_line_fail, name="pay_line_fail"),
    path("kerja/bayar/baris/<uuid:uid>/jawab/", pay_desk.pay_line_answer, name="pay_line_answer"),
    path("kerja/bayar/baris/<uuid:uid>/rekening/", pay_desk.pay_line_reveal, name="pay_line_reveal"),
]
