"""Addresses of this app: the public page of an asset, and the working pages."""

from __future__ import annotations

from django.urls import path

from pendamping.assets import public, views

app_name = "assets"
urlpatterns = [
    path("aset/<str:code>/", public.asset, name="public"),
    path("aset/<str:code>/lapor/", public.report_fault, name="report_fault"),
    path("kerja/aset/", views.assets, name="assets"),
    path("kerja/aset/<str:code>/", views.asset, name="asset"),
    path("kerja/aset/<str:code>/periksa/", views.inspect, name="inspect"),
    path("kerja/aset/<str:code>/pelat/", views.plate, name="plate"),
    path("kerja/aset/<str:code>/bast/", views.minutes, name="minutes"),
    path("kerja/kegiatan/<str:code>/serah-terima/", views.hand_over, name="hand_over"),
]
