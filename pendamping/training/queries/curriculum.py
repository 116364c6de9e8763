"""Programmes, courses and versions as they are shown, what a version lacks, and all its words as one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from pendamping.core.verdicts import Verdict
from pendamping.facilitators.queries.questions import held
from pendamping.training.enums.curriculum import VersionState
from pendamping.training.models import Activity, Competency, Course, CourseVersion, Module, Programme, Quiz
from pendamping.training.rules import curriculum as rules
from pendamping.training.rules.curriculum import Asks, Step, Subject


def programmes() -> QuerySet[Programme]:
    """Programmes with their courses."""
    return Programme.objects.select_related("city").prefetch_related("courses").order_by("id")


def courses() -> QuerySet[Course]:
    """Courses in the order of their programmes, with how many versions each has."""
    found = Course.objects.select_related("region", "programme", "bank").annotate(
        number=Count("versions", distinct=True),
        drafts=Count("versions", filter=Q(versions__state=VersionState.DRAFT), distinct=True),
        published=Count("versions", filter=Q(versions__state=VersionState.PUBLISHED), distinct=True),
    )
    return found.order_by("programme", "id")


def versions(course: Course) -> QuerySet[CourseVersion]:
    """The versions of a course, newest first."""
    return CourseVersion.objects.filter(course=course).select_related("course__bank").order_by("-number")


def competencies() -> QuerySet[Competency]:
    """Units of competence by their code, with how many modules in use serve each."""
    in_use = Q(modules__version__state=VersionState.PUBLISHED)
    found = Competency.objects.select_related("city").annotate(served=Count("modules", filter=in_use, distinct=True))
    return found.order_by("unit")


def modules(version: CourseVersion) -> list[Module]:
    """The modules of a version in their order, with activities, quizzes, files and competencies loaded."""
    activities = Activity.objects.select_related("quiz").prefetch_related("materials").order_by("position")
    found = Module.objects.filter(version=version).select_related("version__course")
    return list(found.prefetch_related(Prefetch("activities", activities), "competencies").order_by("position"))


def quiz_of(activity: Activity) -> Quiz | None:
    """What a quiz asks; None of any other activity."""
    found: Quiz | None = getattr(activity, "quiz", None)
    return found


def lacking(version: CourseVersion, found: Iterable[Module] | None = None) -> list[Verdict]:
    """Everything that keeps this version from being learned."""
    subjects = [_subject(module) for module in (modules(version) if found is None else found)]
    topics: Counter[str] = Counter()
    for (topic, _difficulty), number in held(version.course.bank).items():
        topics[topic] += number
    return list(rules.missing(subjects=subjects, rule=version.pass_rule, held=topics))


def _subject(module: Module) -> Subject:
    return Subject(module.key, str(module), tuple(_step(activity) for activity in module.activities.all()))


def _step(activity: Activity) -> Step:
    quiz = quiz_of(activity)
    return Step(
        str(activity), activity.kind, has_text=any(said.strip() for said in activity.body.values()),
        has_file=bool(activity.materials.all()), has_address=bool(activity.url), has_rubric=bool(activity.rubric),
        asks=Asks(tuple(quiz.topics), quiz.number) if quiz else None,
    )  # fmt: skip


def document(version: CourseVersion, found: Iterable[Module] | None = None) -> dict[str, Any]:
    """All that a version says, as plain data: what its digest is taken of."""
    told = modules(version) if found is None else found
    return {"pass_rule": version.pass_rule, "modules": [_module(module) for module in told]}


def _module(module: Module) -> dict[str, Any]:
    return {
        "key": module.key, "title": module.title, "summary": module.summary, "hours": f"{module.hours:.1f}",
        "serves": module.serves, "competencies": sorted(one.unit for one in module.competencies.all()),
        "activities": [_activity(one) for one in module.activities.all()],
    }  # fmt: skip


def _activity(one: Activity) -> dict[str, Any]:
    names = ("key", "kind", "title", "body", "url", "rubric", "is_required")
    told: dict[str, Any] = {name: getattr(one, name) for name in names}
    quiz = quiz_of(one)
    if quiz is not None:
        told["quiz"] = asked_by(quiz)
    told["materials"] = [
        {"title": file.title, "language": file.language, "sha256": file.sha256} for file in one.materials.all()
    ]
    return told


def asked_by(quiz: Quiz) -> dict[str, Any]:
    """How a quiz asks, as plain data."""
    names = ("purpose", "topics", "number", "pass_percent", "attempts_most", "minutes")
    return {name: getattr(quiz, name) for name in names}
