"""Addresses of unit prices; all are working pages."""

from __future__ import annotations

from django.urls import path

from pendamping.deliberation.views import unit_prices as views

urlpatterns = [
    path("kerja/harga-satuan/", views.price_lists, name="price_lists"),
    path("kerja/harga-satuan/susun/", views.price_list_begin, name="price_list_begin"),
    path("kerja/harga-satuan/<str:code>/", views.price_list, name="price_list"),
    path("kerja/harga-satuan/<str:code>/butir/", views.unit_price, name="unit_price"),
    path("kerja/harga-satuan/<str:code>/berlakukan/", views.price_list_fix, name="price_list_fix"),
    path("kerja/harga-satuan/<str:code>/berkas/", views.price_list_file, name="price_list_file"),
]
