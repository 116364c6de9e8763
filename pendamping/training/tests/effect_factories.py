"""Attempts, opinions, field errors: what effect is measured by. Rows are made directly."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from pendamping.facilitators.models import Assignment, LogEntry, Question
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places
from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose
from pendamping.training.enums.learning import EnrolmentState
from pendamping.training.models import (
    Activity,
    Attempt,
    AttemptAnswer,
    CourseVersion,
    Enrolment,
    Module,
    Opinion,
    Quiz,
)
from pendamping.training.tests import factories as make


def noon(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(12)))


def quiz(module: Module, purpose: str, position: int = 9) -> Activity:
    made = make.activity(module, position, f"{purpose}-{position}", ActivityKind.QUIZ)
    Quiz.objects.create(created_at=make.NOW, activity=made, purpose=purpose, topics=[module.key], number=3)
    return made


def attempt(of: Enrolment, activity: Activity, percent: float, *, at: datetime | None = None) -> Attempt:
    at = at or make.NOW
    number = Attempt.objects.filter(enrolment=of, activity=activity).count() + 1
    return Attempt.objects.create(
        created_at=at, enrolment=of, activity=activity, number=number, seed="x", pass_percent=70, finished_at=at,
        finish="handed_in", percent=Decimal(str(percent)),
    )  # fmt: skip


def answer(of: Attempt, question: Question, share: float, choice: list[int] | None = None) -> AttemptAnswer:
    return AttemptAnswer.objects.create(
        attempt=of, position=of.answers.count() + 1, question=question, order=[0, 1], choice=choice or [0],
        saved_at=make.NOW, share=Decimal(str(float(share))),
    )  # fmt: skip


def before_and_after(of: CourseVersion, pairs: list[tuple[float, float]]) -> list[Enrolment]:
    """Learners with their percent before and after the course."""
    module = of.modules.order_by("position").first()
    assert module is not None
    first = Activity.objects.filter(module__version=of, quiz__purpose=QuizPurpose.BEFORE).first()
    last = Activity.objects.filter(module__version=of, quiz__purpose=QuizPurpose.AFTER).first()
    first, last = first or quiz(module, QuizPurpose.BEFORE, 8), last or quiz(module, QuizPurpose.AFTER, 9)
    found = []
    for before, after in pairs:
        learner = make.enrolled(name=f"peserta-{Enrolment.objects.count()}", of=of)
        attempt(learner, first, before)
        attempt(learner, last, after)
        found.append(learner)
    return found


def opinion(of: CourseVersion, **marks: int) -> Opinion:
    return Opinion.objects.create(version=of, period=202603, marks=marks)


def treating(of: CourseVersion, *keys: str, module: str = "m1") -> Module:
    """The module treats these errors."""
    found = of.modules.get(key=module)
    found.serves = list(keys)
    found.save(update_fields=["serves"])
    return found


def placed(ward: Region | None = None, name: str = "Ani Contoh") -> Assignment:
    """A facilitator who serves a ward in 2026."""
    return service.placed(ward or places.ward(), name)


def learning(of: Assignment, version: CourseVersion, *, passed_on: date | None = None) -> Enrolment:
    done: dict[str, Any] = {}
    if passed_on is not None:
        done = {"state": EnrolmentState.COMPLETED, "completed_at": noon(passed_on)}
    return Enrolment.add(at=make.NOW, region=of.region, account=of.account, version=version, **done)


def line(of: Assignment, on: date, *, returned_on: date | None = None, flags: tuple[str, ...] = ()) -> LogEntry:
    """A line of the logbook, returned or flagged."""
    back: dict[str, Any] = {}
    if returned_on is not None:
        back = {"state": "returned", "returned_at": noon(returned_on), "returns": 1, "returned_reason": "Sebut RT"}
    made = LogEntry.add(
        at=noon(on), region=of.region, account=of.account, assignment=of, day=on, activity="visit", what="Kunjungan",
        written_at=noon(on), **back,
    )  # fmt: skip
    for kind in flags:
        made.flags.create(created_at=noon(on), kind=kind)
    return made


def lines_returned(of: Assignment, *days: date) -> None:
    for on in days:
        line(of, on - timedelta(days=1), returned_on=on)
