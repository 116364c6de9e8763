"""Reading what training adds: versions, one of them, its questions, errors in the field, one's own suggestions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.training.models import CourseVersion
from pendamping.training.queries import effect as queries
from pendamping.training.queries import suggestions
from pendamping.training.schemas import effect as schemas

router = Router(tags=["training effect"])
SEE = Verb.TRAINING_SEE


@endpoint(router, "GET", "/training-effect", verb=SEE, response=list[schemas.EffectVersionOut])
def list_effects(request: HttpRequest) -> Any:
    """The versions of courses with the learners at my places."""
    return [
        {
            "course": one.course.code, "key": one.course.key, "title": one.course.title,
            **{name: getattr(one, name) for name in ("number", "state", "enrolled", "active", "completed")},
        }
        for one in queries.counted(request.scope)  # type: ignore[attr-defined]
    ]  # fmt: skip


@endpoint(router, "GET", "/training-effect/{code}/{number}", verb=SEE, response=schemas.EffectOut)
def get_effect(request: HttpRequest, code: str, number: int) -> Any:
    """What a version added."""
    version = _seen(request, code, number)
    learners = queries.learners_seen(request.scope, version)  # type: ignore[attr-defined]
    found = queries.report(version, learners, day(timezone.now()))
    names = ("on", "enrolled", "active", "completed", "left")
    return {
        "course": code, "number": number, **{name: getattr(found, name) for name in names},
        "attendance": found.attendance.share, "certificates": dict(found.certificates),
        "districts": [{**vars(one), "region": one.path, "enrolled": one.enrolled} for one in found.districts],
        "quizzes": [{**vars(one), **_where(one.activity)} for one in found.tests.quizzes],
        "gain": vars(found.tests.gains), "opinions": {**vars(found.opinions), "rate": found.opinions.rate},
        "learners_compared": found.field.whole.learners,
        "errors": [{**vars(one.effect), "key": one.key} for one in found.field.lines],
        "not_counted": found.field.uncounted,
    }  # fmt: skip


@endpoint(router, "GET", "/training-effect/{code}/{number}/items", verb=SEE, response=list[schemas.EffectItemOut])
def list_effect_items(request: HttpRequest, code: str, number: int) -> Any:
    """How the questions of a version did."""
    version = _seen(request, code, number)
    learners = queries.learners_seen(request.scope, version)  # type: ignore[attr-defined]
    return [
        {**vars(one.item), **_where(quiz), "question": str(one.question.uid)}
        for quiz, items in queries.items(version, learners) for one in items
    ]  # fmt: skip


@endpoint(router, "GET", "/training-field-errors", verb=SEE, response=list[schemas.FieldErrorOut])
def list_field_errors(request: HttpRequest) -> Any:
    """What went wrong most often at my places in three months, and which modules treat it."""
    found = suggestions.of_places(request.scope.paths(SEE), day(timezone.now()))  # type: ignore[attr-defined]
    return [{**vars(one), "modules": [module.key for module in one.modules]} for one in found]


@endpoint(router, "GET", "/my-training-suggestions", own=True, response=list[schemas.SuggestionOut])
def list_own_suggestions(request: HttpRequest) -> Any:
    """What my own last three months suggest I learn."""
    found = suggestions.of_person(request.auth, day(timezone.now()))  # type: ignore[attr-defined]
    return [
        {
            **vars(one), "is_settled": one.is_settled,
            "modules": [
                {
                    "course": treats.module.version.course.code, "module": treats.module.key,
                    "title": treats.module.title, "minutes": treats.minutes, "passed_on": treats.passed_on,
                    **vars(treats.apart),
                }
                for treats in one.treatments
            ],
        }
        for one in found
    ]  # fmt: skip


def _where(activity: Any) -> dict[str, str]:
    return {"module": activity.module.key, "activity": activity.key}


def _seen(request: Any, code: str, number: int) -> CourseVersion:
    return get_object_or_404(queries.versions_seen(request.scope), course__code=code, number=number)
