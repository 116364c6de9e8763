"""Addresses of evaluations: working pages, one's own, and the rules."""

from __future__ import annotations

from django.urls import path

from pendamping.facilitators.views import evaluation_rules, evaluations, own_evaluations

urlpatterns = [
    path("kerja/evaluasi/", evaluations.evaluations, name="evaluations"),
    path("kerja/evaluasi/hitung/", evaluations.evaluation_compute, name="evaluation_compute"),
    path("kerja/evaluasi/pembinaan/", evaluations.coaching_tasks, name="coaching_tasks"),
    path("kerja/evaluasi/aturan/", evaluation_rules.evaluation_rules, name="evaluation_rules"),
    path("kerja/evaluasi/aturan/baru/", evaluation_rules.evaluation_rules_new, name="evaluation_rules_new"),
    path("kerja/evaluasi/<str:code>/", evaluations.evaluation, name="evaluation"),
    path("kerja/evaluasi/<str:code>/hitung-ulang/", evaluations.evaluation_recompute, name="evaluation_recompute"),
    path("kerja/evaluasi/<str:code>/sampaikan/", evaluations.evaluation_show, name="evaluation_show"),
    path("kerja/evaluasi/<str:code>/tetapkan/", evaluations.evaluation_settle, name="evaluation_settle"),
    path("kerja/evaluasi/<str:code>/kontrak/", evaluations.evaluation_renew, name="evaluation_renew"),
    path(
        "kerja/evaluasi/<str:code>/pembinaan/<str:indicator>/sepakati/", evaluations.coaching_agree,
        name="coaching_agree",
    ),
    path(
        "kerja/evaluasi/<str:code>/pembinaan/<str:indicator>/selesai/", evaluations.coaching_finish,
        name="coaching_finish",
    ),
    path("pendamping-saya/evaluasi/", own_evaluations.my_evaluations, name="my_evaluations"),
    path("pendamping-saya/evaluasi/<str:code>/", own_evaluations.my_evaluation, name="my_evaluation"),
]  # fmt: skip
