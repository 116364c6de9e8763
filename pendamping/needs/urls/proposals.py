"""Addresses of proposals."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import lists, proposals

urlpatterns = [
    path("kerja/kebutuhan/<str:code>/usulkan/", proposals.propose, name="propose"),
    path("kerja/usulan/", lists.proposals, name="proposals"),
    path("kerja/usulan/<str:code>/", proposals.proposal, name="proposal"),
    path("kerja/usulan/<str:code>/ubah/", proposals.revise, name="revise"),
]
