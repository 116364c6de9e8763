"""The address from which those who work on selection and service find their lists."""

from __future__ import annotations

from django.urls import path

from pendamping.facilitators.views import hub

urlpatterns = [path("kerja/pendamping/", hub.hub, name="hub")]
