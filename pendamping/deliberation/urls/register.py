"""Addresses of the attendance register, its sheets, and the page behind the code in the room."""

from __future__ import annotations

from django.urls import path

from pendamping.deliberation.views import register as views
from pendamping.deliberation.views import sheets, show_up

HERE = "kerja/musyawarah/<str:code>/daftar-hadir/"

urlpatterns = [
    path(HERE, views.register, name="register"),
    path(f"{HERE}kode/", views.room_code, name="room_code"),
    path(f"{HERE}undangan/", views.tick, name="tick"),
    path(f"{HERE}hitung/", views.count_register, name="count_register"),
    path(f"{HERE}ruang/", views.room, name="room"),
    path(f"{HERE}lembar/", sheets.sheets, name="sheets"),
    path(f"{HERE}lembar/<uuid:uid>/", sheets.sheet, name="sheet"),
    path(f"{HERE}lembar/<uuid:uid>/cetak/", sheets.sheet_paper, name="sheet_paper"),
    path(f"{HERE}lembar/<uuid:uid>/foto/", sheets.sheet_photo, name="sheet_photo"),
    path(f"{HERE}lembar/<uuid:uid>/foto/lihat/", sheets.sheet_picture, name="sheet_picture"),
    path(f"{HERE}lembar/<uuid:uid>/tegaskan/", sheets.sheet_confirm, name="sheet_confirm"),
    path(f"{HERE}<uuid:uid>/", views.presence, name="presence"),
    path("hadir/<str:code>/", show_up.show_up, name="show_up"),
]
