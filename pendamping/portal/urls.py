"""Addresses of what everyone may read; codes and region paths stand in them, never internal numbers."""

from __future__ import annotations

from django.urls import path

from pendamping.portal.views import journeys, lists, places, site

app_name = "portal"
urlpatterns = [
    path("", places.home, name="home"),
    path("wilayah/", places.wards, name="wards"),
    path("wilayah/<str:path>/", places.ward, name="ward"),
    path("wilayah/<str:path>/atom.xml", places.place_feed, name="place_feed"),
    path("wilayah/<str:path>/kalender.ics", places.place_calendar, name="place_calendar"),
    path("jejak/<str:code>/", journeys.journey, name="journey"),
    path("jejak/<str:code>/atom.xml", journeys.journey_feed, name="journey_feed"),
    path("daftar/<str:kind>/", lists.records, name="records"),
    path("daftar/<str:kind>/atom.xml", lists.records_feed, name="records_feed"),
    path("cari/", journeys.search, name="search"),
    path("tentang/", site.about, name="about"),
    path("tentang/angka/", site.about, name="sources"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", site.sitemap, name="sitemap"),
    path("manifest.webmanifest", site.manifest, name="manifest"),
]
