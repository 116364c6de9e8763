"""Where the work on training begins."""

from __future__ import annotations

from django.urls import path

from pendamping.training.views import hub

urlpatterns = [path("kerja/pelatihan/", hub.hub, name="hub")]
