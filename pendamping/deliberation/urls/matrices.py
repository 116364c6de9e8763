"""Addresses of the priority matrix; the seat of whoever holds a code is public."""

from __future__ import annotations

from django.urls import path

from pendamping.deliberation.views import matrices as views
from pendamping.deliberation.views import seats

BASE = "kerja/musyawarah/<str:code>/matriks"
urlpatterns = [
    path("musyawarah/nilai/", seats.seat, name="seat"),
    path(f"{BASE}/", views.matrix, name="matrix"),
    path(f"{BASE}/mulai/", views.matrix_begin, name="matrix_begin"),
    path(f"{BASE}/bobot/", views.matrix_weights, name="matrix_weights"),
    path(f"{BASE}/kriteria/", views.matrix_criterion, name="matrix_criterion"),
    path(f"{BASE}/bekukan/", views.matrix_freeze, name="matrix_freeze"),
    path(f"{BASE}/kursi/", seats.matrix_seats, name="matrix_seats"),
    path(f"{BASE}/kursi/<int:number>/tarik/", seats.matrix_seat_take_back, name="matrix_seat_take_back"),
    path(f"{BASE}/nilai/", seats.matrix_score, name="matrix_score"),
    path(f"{BASE}/tutup/", views.matrix_close, name="matrix_close"),
    path(f"{BASE}/berkas/", views.matrix_file, name="matrix_file"),
]
