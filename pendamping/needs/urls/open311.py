"""Addresses of Open311, as the specification has them."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import open311

urlpatterns = [
    path("open311/discovery.<str:kind>", open311.discovery, name="open311_discovery"),
    path("open311/v2/services.<str:kind>", open311.services, name="open311_services"),
    path("open311/v2/services/<slug:key>.<str:kind>", open311.service, name="open311_service"),
    path("open311/v2/requests.<str:kind>", open311.requests, name="open311_requests"),
    path("open311/v2/requests/<str:code>.<str:kind>", open311.one_request, name="open311_request"),
    path("open311/v2/tokens/<str:code>.<str:kind>", open311.token, name="open311_token"),
]
