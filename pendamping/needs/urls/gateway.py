"""Addresses of messages of the phone: where the gateway delivers them, and those that found no place."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import gateway, inbox

urlpatterns = [
    path("gerbang/<slug:gateway>/", gateway.deliver, name="gateway"),
    path("kerja/pesan/", inbox.inbox, name="inbox"),
]
