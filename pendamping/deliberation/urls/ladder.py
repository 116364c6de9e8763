"""Working addresses of the ladder of meetings."""

from __future__ import annotations

from django.urls import path

from pendamping.deliberation.views import ladder, objections, rules_of_year

urlpatterns = [
    path("kerja/aturan-musyawarah/", rules_of_year.meeting_rules, name="meeting_rules"),
    path("kerja/keberatan-musyawarah/<str:code>/", objections.answer, name="answer_objection"),
    path("kerja/musyawarah/<str:code>/syarat/<str:requirement>/", ladder.waive, name="waive"),
    path("kerja/musyawarah/<str:code>/pimpinan/", ladder.chair, name="chair"),
    path("kerja/musyawarah/<str:code>/tahap/", ladder.phases, name="phases"),
    path("kerja/musyawarah/<str:code>/tahap/<str:phase>/", ladder.phase_hours, name="phase"),
    path("kerja/musyawarah/<str:code>/keberatan/", objections.objections, name="objections"),
    path("kerja/musyawarah/<str:code>/keberatan/catat/", objections.record_objection, name="record_objection"),
]
