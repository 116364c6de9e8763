"""Addresses of courses, versions, modules and activities; all are working pages."""

from __future__ import annotations

from django.urls import path

from pendamping.training.views import courses, modules, versions

COURSE = "kerja/pelatihan/kursus/<str:code>/"
VERSION = f"{COURSE}versi/<int:number>/"
MODULE = f"{VERSION}modul/<slug:key>/"
ACTIVITY = f"{MODULE}kegiatan/<slug:name>/"

urlpatterns = [
    path("kerja/pelatihan/kursus/", courses.courses, name="courses"),
    path("kerja/pelatihan/program/baru/", courses.programme_make, name="programme_make"),
    path("kerja/pelatihan/kursus/baru/", courses.course_make, name="course_make"),
    path("kerja/pelatihan/paket/", courses.package_take_in, name="package_take_in"),
    path("kerja/pelatihan/kurikulum-bawaan/", courses.curriculum_take_in, name="curriculum_take_in"),
    path("kerja/pelatihan/kompetensi/", courses.competencies, name="competencies"),
    path("kerja/pelatihan/bahan/<str:name>/", modules.material, name="material"),
    path("kerja/pelatihan/bahan/<str:name>/hapus/", modules.material_drop, name="material_drop"),
    path(COURSE, courses.course, name="course"),
    path(f"{COURSE}ubah/", courses.course_change, name="course_change"),
    path(f"{COURSE}versi/baru/", courses.version_draft, name="version_draft"),
    path(VERSION, versions.version, name="version"),
    path(f"{VERSION}aturan/", versions.version_rule, name="version_rule"),
    path(f"{VERSION}terbit/", versions.version_publish, name="version_publish"),
    path(f"{VERSION}tarik/", versions.version_withdraw, name="version_withdraw"),
    path(f"{VERSION}hapus/", versions.version_drop, name="version_drop"),
    path(f"{VERSION}paket.zip", versions.version_package, name="version_package"),
    path(f"{VERSION}modul-baru/", modules.module_add, name="module_add"),
    path(MODULE, modules.module, name="module"),
    path(f"{MODULE}ubah/", modules.module_change, name="module_change"),
    path(f"{MODULE}geser/", modules.module_move, name="module_move"),
    path(f"{MODULE}hapus/", modules.module_drop, name="module_drop"),
    path(f"{MODULE}tambah/<slug:kind>/", modules.activity_add, name="activity_add"),
    path(ACTIVITY, modules.activity, name="activity"),
    path(f"{ACTIVITY}ubah/", modules.activity_change, name="activity_change"),
    path(f"{ACTIVITY}geser/", modules.activity_move, name="activity_move"),
    path(f"{ACTIVITY}hapus/", modules.activity_drop, name="activity_drop"),
    path(f"{ACTIVITY}berkas/", modules.material_add, name="material_add"),
]
