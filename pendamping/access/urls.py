"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from pendamping.access import people, views

app_name = "access"
urlpatterns = [
    path("kerja/orang/", people.people, name="people"),
    path("kerja/orang/tambah/", people.add_person, name="add_person"),
    path("kerja/orang/<uuid:uid>/", people.person, name="person"),
    path("kerja/orang/<uuid:uid>/ubah/", people.edit_person, name="edit"),
    path("kerja/orang/<uuid:uid>/peran/", people.give_role, name="give_role"),
    path("kerja/orang/<uuid:uid>/peran/<uuid:role>/akhiri/", people.end_role, name="end_role"),
    path("kerja/orang/<uuid:uid>/undang/", people.invite, name="invite"),
    path("kerja/orang/<uuid:uid>/nonaktifkan/", people.disable, name="disable"),
    path("kerja/orang/<uuid:uid>/aktifkan/", people.enable, name="enable"),
    path("kerja/orang/<uuid:uid>/lihat-sebagai/", people.view_as, name="view_as"),
    path("kerja/berhenti-melihat/", people.stop_viewing, name="stop_viewing"),
    path("kerja/akun/", views.account, name="account"),
    path("kerja/akun/keluar-semua/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("kerja/akun/token/", views.make_token, name="make_token"),
    path("kerja/akun/token/<uuid:uid>/cabut/", views.revoke_token, name="revoke_token"),
    path("undangan/<str:key>/", views.accept, name="accept"),
    path("foto/<str:name>/<str:size>/", views.photo, name="photo"),
]
