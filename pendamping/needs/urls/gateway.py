"""The address to which a gateway delivers messages of the phone."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import gateway

urlpatterns = [path("gerbang/<slug:gateway>/", gateway.deliver, name="gateway")]
