"""Addresses of planning; all are working pages."""

from __future__ import annotations

from django.urls import path

from pendamping.planning.views import projects as views
from pendamping.planning.views import taking_over

app_name = "planning"
urlpatterns = [
    path("kerja/kegiatan/", views.projects, name="projects"),
    path("kerja/kegiatan/<str:code>/", views.project, name="project"),
    path("kerja/kegiatan/<str:code>/setujui/", views.approve, name="approve"),
    path("kerja/kegiatan/<str:code>/kembalikan/", views.send_back, name="send_back"),
    path("kerja/kegiatan/<str:code>/batalkan/", views.cancel, name="cancel"),
    path("kerja/kegiatan/<str:code>/perbaiki/", views.revise, name="revise"),
    path("kerja/usulan/<str:code>/kegiatan/", views.prepare, name="prepare"),
    path("kerja/musyawarah/<str:code>/kegiatan/", taking_over.take_over, name="take_over"),
    path("kerja/aturan/", views.set_rules, name="rules"),
    path("kerja/aturan/pagu/<str:path>/<int:year>/", views.set_ceiling, name="ceiling"),
    path("kerja/kesiapan/", views.readiness, name="readiness"),
]
