"""Addresses of categories."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import categories

urlpatterns = [
    path("kerja/kategori/", categories.categories, name="categories"),
    path("kerja/kategori/tambah/", categories.category_add, name="category_add"),
    path("kerja/kategori/<slug:key>/", categories.category, name="category"),
]
