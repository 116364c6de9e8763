"""Addresses of this app: the public door under suara/, working pages under kerja/."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import lists, needs, proposals, public, voices

app_name = "needs"
urlpatterns = [
    path("suara/", public.give, name="give"),
    path("suara/<str:code>/", public.receipt, name="receipt"),
    path("kerja/suara/", lists.voices, name="voices"),
    path("kerja/suara/catat/", voices.record, name="record_voice"),
    path("kerja/suara/himpun/", voices.gather, name="gather"),
    path("kerja/suara/<str:code>/", voices.voice, name="voice"),
    path("kerja/kebutuhan/", lists.needs, name="needs"),
    path("kerja/kebutuhan/<str:code>/", needs.need, name="need"),
    path("kerja/kebutuhan/<str:code>/usulkan/", proposals.propose, name="propose"),
    path("kerja/usulan/", lists.proposals, name="proposals"),
    path("kerja/usulan/<str:code>/", proposals.proposal, name="proposal"),
    path("kerja/usulan/<str:code>/ubah/", proposals.revise, name="revise"),
]
