"""Addresses of waiting times, deadlines, days off and ready answers: before those of single voices."""

from __future__ import annotations

from django.urls import path

from pendamping.needs.views import days, ready_answers, response_times

urlpatterns = [
    path("suara/waktu-jawab/", response_times.waiting_times, name="waiting_times"),
    path("kerja/suara/tenggat/", days.deadlines, name="deadlines"),
    path("kerja/suara/libur/", days.holidays, name="holidays"),
    path("kerja/suara/templat/", ready_answers.ready_answers, name="ready_answers"),
]
