"""Addresses of gates."""

from __future__ import annotations

from django.urls import path

from pendamping.training.views import gates

urlpatterns = [
    path("kerja/pelatihan/syarat/", gates.gates, name="gates"),
    path("kerja/pelatihan/syarat/tetapkan/", gates.gate_set, name="gate_set"),
    path("kerja/pelatihan/syarat/<uuid:uid>/akhiri/", gates.gate_end, name="gate_end"),
]
