"""Addresses of sessions and attendance: working pages, one's own, and the calendar that a secret opens."""

from __future__ import annotations

from django.urls import path

from pendamping.training.views import attendance, my_sessions, sessions, sheets

_AT = "kerja/pelatihan/sesi/<str:code>/"

urlpatterns = [
    path("kerja/pelatihan/sesi/", sessions.sessions, name="sessions"),
    path("kerja/pelatihan/sesi/rencanakan/", sessions.session_plan, name="session_plan"),
    path(_AT, sessions.session, name="session"),
    path(f"{_AT}pindah/", sessions.session_move, name="session_move"),
    path(f"{_AT}batal/", sessions.session_cancel, name="session_cancel"),
    path(f"{_AT}tutup/", sessions.session_close, name="session_close"),
    path(f"{_AT}tempat/", sessions.session_place, name="session_place"),
    path(f"{_AT}tempat/semua/", sessions.session_place_all, name="session_place_all"),
    path(f"{_AT}tempat/<uuid:uid>/lepas/", sessions.session_place_free, name="session_place_free"),
    path(f"{_AT}kalender.ics", sessions.session_calendar, name="session_calendar"),
    path(f"{_AT}kode/", attendance.session_code, name="session_code"),
    path(f"{_AT}hadir/", attendance.session_list, name="session_list"),
    path(f"{_AT}lembar/", sheets.session_sheet, name="session_sheet"),
    path(f"{_AT}foto/", sheets.session_photo, name="session_photo"),
    path(f"{_AT}foto/<uuid:uid>/", sheets.session_reading, name="session_reading"),
    path("belajar/sesi/", my_sessions.my_sessions, name="my_sessions"),
    path("belajar/sesi/<str:code>/", my_sessions.my_session, name="my_session"),
    path("belajar/sesi/<str:code>/ambil/", my_sessions.my_place_take, name="my_place_take"),
    path("belajar/sesi/<str:code>/lepas/", my_sessions.my_place_give_up, name="my_place_give_up"),
    path("belajar/sesi/<str:code>/hadir/", my_sessions.my_attendance, name="my_attendance"),
    path("belajar/sesi/<str:code>/kalender.ics", my_sessions.my_session_calendar, name="my_session_calendar"),
    path("belajar/kalender/", my_sessions.my_calendar, name="my_calendar"),
    path("belajar/kalender/<str:secret>.ics", my_sessions.calendar_feed, name="calendar_feed"),
]
