"""Addresses of what training adds: results, errors in the field, one's own suggestions."""

from __future__ import annotations

from django.urls import path

from pendamping.training.views import effect, my_suggestions

urlpatterns = [
    path("belajar/saran/", my_suggestions.my_suggestions, name="my_suggestions"),
    path("kerja/pelatihan/hasil/", effect.effect_courses, name="effect_courses"),
    path("kerja/pelatihan/hasil/kesalahan/", effect.field_errors, name="field_errors"),
    path("kerja/pelatihan/hasil/<str:code>/<int:number>/", effect.effect, name="effect"),
    path("kerja/pelatihan/hasil/<str:code>/<int:number>/butir/", effect.effect_items, name="effect_items"),
    path("kerja/pelatihan/hasil/<str:code>/<int:number>/pdf/", effect.effect_pdf, name="effect_pdf"),
    path("kerja/pelatihan/hasil/<str:code>/<int:number>/xlsx/", effect.effect_xlsx, name="effect_xlsx"),
]
