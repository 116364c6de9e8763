"""Addresses of moderation and of confidential voices."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import cases, moderation

urlpatterns = [
    path("kerja/moderasi/", moderation.moderation_list, name="moderation"),
    path("kerja/moderasi/blokir/", moderation.block, name="block"),
    path("kerja/suara/<str:code>/moderasi/", moderation.moderate, name="moderate"),
    path("kerja/suara/<str:code>/moderasi/<str:name>/", moderation.cover, name="cover"),
    path("kerja/kasus/", cases.case_list, name="cases"),
    path("kerja/kasus/<str:code>/", cases.case, name="case"),
    path("kerja/kasus/<str:code>/<str:name>/<str:size>/", cases.case_photo, name="case_photo"),
]
