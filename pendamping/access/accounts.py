"""allauth's pages that are used here. What is not listed does not exist: signing up, changing one's own addresses."""

from __future__ import annotations

from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("masuk/", views.login, name="account_login"),
    path("keluar/", views.logout, name="account_logout"),
    path("nonaktif/", views.account_inactive, name="account_inactive"),
    path("buktikan/", views.reauthenticate, name="account_reauthenticate"),
    path("kata-sandi/", views.password_change, name="account_change_password"),
    path("kata-sandi/baru/", views.password_set, name="account_set_password"),
    path("langkah-kedua/", include("allauth.mfa.urls")),
]
