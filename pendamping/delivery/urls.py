"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from pendamping.delivery import views

app_name = "delivery"
urlpatterns = [
    path("kerja/kemajuan/", views.reports, name="reports"),
    path("kerja/kemajuan/<str:code>/", views.progress, name="progress"),
    path("kerja/kemajuan/<str:code>/verifikasi/", views.verify, name="verify"),
    path("kerja/kemajuan/<str:code>/kembalikan/", views.send_back, name="send_back"),
    path("kerja/kegiatan/<str:code>/kemajuan/", views.report, name="report"),
    path("kerja/kegiatan/<str:code>/bayar/", views.pay, name="pay"),
    path("kerja/pembayaran/<str:code>/batalkan/", views.void_payment, name="void_payment"),
]
