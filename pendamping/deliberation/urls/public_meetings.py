"""Public addresses of meetings. `musyawarah/<code>/` comes after whatever else stands under musyawarah/."""

from __future__ import annotations

from django.urls import path

from pendamping.deliberation.views import public

urlpatterns = [
    path("musyawarah/", public.calendar, name="calendar"),
    path("musyawarah/keberatan/<str:code>/", public.objection, name="objection"),
    path("musyawarah/<str:code>/", public.public, name="public"),
    path("musyawarah/<str:code>/keberatan/", public.make_objection, name="make_objection"),
]
