"""Fills a data folder with a course, a bank and learners who have signed in, in a process of its own."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.middleware.csrf import _get_new_csrf_string
from django.utils import timezone

from pendamping.access.models import Account
from pendamping.demo.city import reference
from pendamping.facilitators.services import questions as banks
from pendamping.training.models import (
    Activity,
    Attempt,
    AttemptAnswer,
    Course,
    CourseVersion,
    Enrolment,
    Module,
    Programme,
    Quiz,
)

TOPIC = "m1"
HELD = 3  # questions in the bank for each one asked


def main(*, learners: int, questions: int) -> dict[str, Any]:
    """The cookies' names, a session for each learner, and the code of their enrolment."""
    now = timezone.now()
    city = reference("32.78", (now.year,), now)
    bank = banks.make_bank(by=None, at=now, region=city, name="Bank uji")
    for number in range(HELD * questions):
        options = [{"text": f"Jawaban {place}", "weight": "0" if place else "100"} for place in range(4)]
        banks.add_question(
            by=None, at=now, bank=bank, kind="single", topic=TOPIC, text=f"Soal ke-{number}?", options=options
        )
    version = _version(city, bank, questions, now)
    found = []
    for number in range(learners):
        account = Account.objects.create(username=f"peserta{number}", name=f"Peserta {number}", password="!")
        enrolment = Enrolment.add(at=now, region=city, account=account, version=version)
        found.append([_session(account), enrolment.code])
    return {"cookie": settings.SESSION_COOKIE_NAME, "csrf_cookie": settings.CSRF_COOKIE_NAME,
            "csrf": _get_new_csrf_string(), "learners": found}  # fmt: skip


def _version(city: Any, bank: Any, questions: int, now: Any) -> CourseVersion:
    programme = Programme.objects.create(created_at=now, city=city, key="uji", title={"id": "Uji"})
    course = Course.add(at=now, region=city, programme=programme, key="uji", title={"id": "Uji"}, bank=bank)
    version = CourseVersion.objects.create(
        created_at=now, course=course, number=1, state="published", published_at=now, digest="0" * 64,
        pass_rule="quizzes >= 70",
    )  # fmt: skip
    module = Module.objects.create(
        created_at=now, version=version, position=1, key=TOPIC, title={"id": "Modul"}, hours=2
    )  # fmt: skip
    activity = Activity.objects.create(
        created_at=now, module=module, position=1, key="kuis", kind="quiz", title={"id": "Kuis"}
    )  # fmt: skip
    Quiz.objects.create(created_at=now, activity=activity, topics=[TOPIC], number=questions, minutes=30)
    return version


def _session(account: Account) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(account.pk), account.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store.create()
    return str(store.session_key)


def counted(*, learners: int, questions: int) -> dict[str, int]:
    """Attempts and questions that stand, and those that should not."""
    attempts, rows = Attempt.objects.count(), AttemptAnswer.objects.count()
    return {"lost": learners - attempts, "questions": rows, "wrong": rows - learners * questions}
