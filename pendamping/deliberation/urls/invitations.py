"""Addresses of inviting, and of the answer by link."""

from __future__ import annotations

from django.urls import path

from pendamping.deliberation.views import answers
from pendamping.deliberation.views import invitations as views

HERE = "kerja/musyawarah/<str:code>/undangan/"

urlpatterns = [
    path(HERE, views.invitations, name="invitations"),
    path(f"{HERE}pilih/", views.invite, name="invite"),
    path(f"{HERE}tamu/", views.invite_guest, name="invite_guest"),
    path(f"{HERE}kirim/", views.send_invitations, name="send_invitations"),
    path(f"{HERE}surat/", views.invitation_paper, name="invitation_paper"),
    path(f"{HERE}<uuid:uid>/", views.invitation, name="invitation"),
    path(f"{HERE}<uuid:uid>/jawaban/", views.invitation_answer, name="invitation_answer"),
    path(f"{HERE}<uuid:uid>/disampaikan/", views.invitation_told, name="invitation_told"),
    path(f"{HERE}<uuid:uid>/cabut/", views.invitation_withdraw, name="invitation_withdraw"),
    path("undangan-musyawarah/<str:secret>/", answers.answer, name="answer"),
    path("undangan-musyawarah/<str:secret>/kalender/", answers.answer_calendar, name="answer_calendar"),
]
