"""Addresses of learning: one's own under belajar/, of those who look after it under kerja/pelatihan/."""

from __future__ import annotations

from django.urls import path, register_converter

from pendamping.training.views import enrolments, my_learning, my_quizzes, my_tasks, offline, tasks


class EnrolmentCode:
    """The code of an enrolment; other words under belajar/ belong to other pages."""

    regex = r"Q\d\d-[0-9A-Z]{5}-[0-9A-Z]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(EnrolmentCode, "enrolment_code")
STEP = "belajar/<enrolment_code:code>/<slug:module>/<slug:step>/"

urlpatterns = [
    path("belajar/", my_learning.my_learning, name="my_learning"),
    path("belajar/latihan/", my_quizzes.my_practice, name="my_practice"),
    path("belajar/luring/", offline.my_offline, name="my_offline"),
    path("belajar/pekerja.js", offline.learning_worker, name="learning_worker"),
    path("belajar/bahan/<str:name>/", my_learning.my_material, name="my_material"),
    path("belajar/kuis/<uuid:uid>/", my_quizzes.my_attempt, name="my_attempt"),
    path("belajar/kuis/<uuid:uid>/<int:number>/", my_quizzes.my_answer, name="my_answer"),
    path("belajar/kuis/<uuid:uid>/serahkan/", my_quizzes.my_attempt_end, name="my_attempt_end"),
    path("belajar/tugas/<uuid:uid>/foto/<str:name>/<str:size>/", my_tasks.my_task_photo, name="my_task_photo"),
    path("belajar/<enrolment_code:code>/", my_learning.my_course, name="my_course"),
    path("belajar/<enrolment_code:code>/pendapat-saya/", my_learning.my_opinion, name="my_opinion"),
    path("belajar/<enrolment_code:code>/<slug:module>/", my_learning.my_module, name="my_module"),
    path(STEP, my_learning.my_step, name="my_step"),
    path(f"{STEP}selesai/", my_learning.my_step_done, name="my_step_done"),
    path(f"{STEP}posisi/", my_learning.my_step_place, name="my_step_place"),
    path(f"{STEP}kuis/", my_quizzes.my_quiz, name="my_quiz"),
    path(f"{STEP}kuis/mulai/", my_quizzes.my_quiz_begin, name="my_quiz_begin"),
    path(f"{STEP}tugas/", my_tasks.my_task, name="my_task"),
    path("kerja/pelatihan/peserta/", enrolments.enrolments, name="enrolments"),
    path("kerja/pelatihan/peserta/daftarkan/", enrolments.enrol, name="enrol"),
    path("kerja/pelatihan/peserta/daftarkan-semua/", enrolments.enrol_all, name="enrol_all"),
    path("kerja/pelatihan/peserta/<enrolment_code:code>/", enrolments.enrolment, name="enrolment"),
    path("kerja/pelatihan/peserta/<enrolment_code:code>/keluar/", enrolments.enrolment_leave, name="enrolment_leave"),
    path("kerja/pelatihan/tugas/", tasks.tasks, name="tasks"),
    path("kerja/pelatihan/tugas/<enrolment_code:code>/", tasks.tasks_of, name="tasks_of"),
    path("kerja/pelatihan/tugas/<uuid:uid>/", tasks.task, name="task"),
    path("kerja/pelatihan/tugas/<uuid:uid>/nilai/", tasks.task_assess, name="task_assess"),
    path("kerja/pelatihan/tugas/<uuid:uid>/kembalikan/", tasks.task_return, name="task_return"),
    path("kerja/pelatihan/tugas/<uuid:uid>/foto/<str:name>/<str:size>/", tasks.task_photo, name="task_photo"),
]
