"""Operations of the computer test over HTTP, for the committee and the invigilator."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.facilitators.models import Blueprint, Question, QuestionBank, Round, Seat, Sitting
from pendamping.facilitators.queries import exams as queries
from pendamping.facilitators.queries.item_analysis import Analysed, analysis
from pendamping.facilitators.queries.rounds import sees_codes
from pendamping.facilitators.rules.draw import Line
from pendamping.facilitators.schemas import exams as schemas
from pendamping.facilitators.schemas.questions import QuestionReasonIn
from pendamping.facilitators.services import exam_results, sittings

router = Router(tags=["exams"])


@endpoint(router, "GET", "/rounds/{code}/exam", verb=Verb.SELECTION_SEE, response=schemas.ExamOut)
def get_exam(request: HttpRequest, code: str) -> Any:
    """The test of a round: what is asked, its sittings, how many wait for a seat."""
    return _exam(_round(request, code, Verb.SELECTION_SEE))


@endpoint(router, "POST", "/rounds/{code}/exam/blueprint", verb=Verb.SELECTION_MANAGE, response=schemas.ExamOut)
def set_blueprint(request: HttpRequest, code: str, facts: schemas.BlueprintIn) -> Any:
    """Fix what the test asks; anew until a sitting has begun."""
    round = _round(request, code, Verb.SELECTION_MANAGE)
    bank = request.scope.get_or_404(QuestionBank.objects.all(), Verb.SELECTION_MANAGE, code=facts.bank)
    lines = [Line(one.topic, one.number, one.points, one.difficulty) for one in facts.lines]
    sittings.set_blueprint(
        by=request.auth, at=timezone.now(), op=operation_id(request), round=round, bank=bank, minutes=facts.minutes,
        lines=lines, grace_seconds=facts.grace_seconds, sample_least=facts.sample_least,
    )  # fmt: skip
    return 201, _exam(queries.rounds().get(pk=round.pk))


@endpoint(router, "POST", "/rounds/{code}/exam/sittings", verb=Verb.SELECTION_MANAGE, response=schemas.SittingWhole)
def plan_sitting(request: HttpRequest, code: str, facts: schemas.SittingIn) -> Any:
    """Plan a sitting."""
    round = _round(request, code, Verb.SELECTION_MANAGE)
    made = sittings.plan_sitting(
        by=request.auth, at=timezone.now(), op=operation_id(request), round=round, **facts.dict()
    )
    return 201, _whole(made)


@endpoint(router, "POST", "/rounds/{code}/exam/seats", verb=Verb.EXAM_RUN, response=schemas.ExamOut)
def seat_applicants(request: HttpRequest, code: str) -> Any:
    """Give everybody who passed the file check a seat."""
    round = _round(request, code, Verb.EXAM_RUN)
    sittings.seat_applicants(by=request.auth, at=timezone.now(), op=operation_id(request), round=round)
    return 201, _exam(round)


@endpoint(router, "POST", "/rounds/{code}/exam/voided", verb=Verb.SELECTION_MANAGE, response=schemas.ItemsOut)
def void_question(request: HttpRequest, code: str, facts: schemas.VoidIn) -> Any:
    """Take a question out of everybody's score."""
    round = _round(request, code, Verb.SELECTION_MANAGE)
    question = get_object_or_404(Question, uid=_uuid(facts.question), bank__region=round.region)
    exam_results.void_question(
        by=request.auth, at=timezone.now(), op=operation_id(request), round=round, question=question,
        reason=facts.reason,
    )  # fmt: skip
    return 201, _items(round)


@endpoint(router, "POST", "/rounds/{code}/exam/release", verb=Verb.SELECTION_MANAGE, response=schemas.ExamOut)
def release_exam(request: HttpRequest, code: str) -> Any:
    """Break the seal for all at once."""
    round = _round(request, code, Verb.SELECTION_MANAGE)
    exam_results.release_exam(by=request.auth, at=timezone.now(), op=operation_id(request), round=round)
    return 201, _exam(round)


@endpoint(router, "GET", "/rounds/{code}/exam/analysis", verb=Verb.SELECTION_MANAGE, response=schemas.ItemsOut)
def analyse_questions(request: HttpRequest, code: str) -> Any:
    """How each question did, from the closed sittings."""
    return _items(_round(request, code, Verb.SELECTION_MANAGE))


@endpoint(router, "GET", "/sittings/{code}", verb=Verb.SELECTION_SEE, response=schemas.SittingWhole)
def get_sitting(request: HttpRequest, code: str) -> Any:
    """A sitting with everybody in the room; by seat alone where codes are not to be seen."""
    sitting = _sitting(request, code, Verb.SELECTION_SEE)
    scope = request.scope  # type: ignore[attr-defined]
    return _whole(sitting, codes=scope.can(Verb.EXAM_RUN, sitting) or sees_codes(scope, sitting.round))


@endpoint(router, "POST", "/sittings/{code}/move", verb=Verb.SELECTION_MANAGE, response=schemas.SittingWhole)
def move_sitting(request: HttpRequest, code: str, facts: schemas.SittingMoveIn) -> Any:
    """Hold a sitting at another hour or place, before it is opened; those seated are told."""
    sitting = _sitting(request, code, Verb.SELECTION_MANAGE)
    sittings.move_sitting(
        by=request.auth, at=timezone.now(), op=operation_id(request), sitting=sitting, **facts.dict()
    )  # fmt: skip
    return 201, _whole(sitting)


@endpoint(router, "POST", "/sittings/{code}/calling-off", verb=Verb.SELECTION_MANAGE, response=schemas.SittingWhole)
def call_off_sitting(request: HttpRequest, code: str, facts: QuestionReasonIn) -> Any:
    """Not hold a sitting; those seated are told and wait for a seat again."""
    sitting = _sitting(request, code, Verb.SELECTION_MANAGE)
    sittings.call_off_sitting(
        by=request.auth, at=timezone.now(), op=operation_id(request), sitting=sitting, reason=facts.reason
    )  # fmt: skip
    return 201, _whole(sitting)


@endpoint(router, "POST", "/sittings/{code}/opening", verb=Verb.EXAM_RUN, response=schemas.SittingWhole)
def open_sitting(request: HttpRequest, code: str) -> Any:
    """Let people in."""
    sitting = _sitting(request, code, Verb.EXAM_RUN)
    sittings.open_sitting(by=request.auth, at=timezone.now(), op=operation_id(request), sitting=sitting)
    return 201, _whole(sitting)


@endpoint(router, "POST", "/sittings/{code}/closing", verb=Verb.EXAM_RUN, response=schemas.SittingWhole)
def close_sitting(request: HttpRequest, code: str) -> Any:
    """End a sitting and score everybody under seal."""
    sitting = _sitting(request, code, Verb.EXAM_RUN)
    exam_results.close_sitting(by=request.auth, at=timezone.now(), op=operation_id(request), sitting=sitting)
    return 201, _whole(sitting)


@endpoint(router, "POST", "/sittings/{code}/seats/{number}/time", verb=Verb.EXAM_RUN, response=schemas.SeatOut)
def grant_extra_time(request: HttpRequest, code: str, number: int, facts: schemas.ExtraTimeIn) -> Any:
    """Give one candidate more time."""
    seat = _place(request, code, number)
    sittings.grant_extra_time(
        by=request.auth, at=timezone.now(), op=operation_id(request), seat=seat, minutes=facts.minutes,
        reason=facts.reason,
    )  # fmt: skip
    return 201, _seat(queries.seats_of(seat.sitting).get(pk=seat.pk))


@endpoint(router, "POST", "/sittings/{code}/seats/{number}/pin", verb=Verb.EXAM_RUN, response=schemas.SeatOut)
def renew_pin(request: HttpRequest, code: str, number: int, facts: QuestionReasonIn) -> Any:
    """Give a seat another PIN; it is read on the printed list only."""
    seat = _place(request, code, number)
    sittings.renew_pin(by=request.auth, at=timezone.now(), op=operation_id(request), seat=seat, reason=facts.reason)
    return 201, _seat(queries.seats_of(seat.sitting).get(pk=seat.pk))


def _round(request: HttpRequest, code: str, verb: Verb) -> Round:
    found: Round = request.scope.get_or_404(queries.rounds(), verb, code=code)  # type: ignore[attr-defined]
    return found


def _sitting(request: HttpRequest, code: str, verb: Verb) -> Sitting:
    found: Sitting = request.scope.get_or_404(queries.sittings(), verb, code=code)  # type: ignore[attr-defined]
    return found


def _place(request: HttpRequest, code: str, number: int) -> Seat:
    return get_object_or_404(queries.seats_of(_sitting(request, code, Verb.EXAM_RUN)), number=number)


def _uuid(written: str) -> uuid.UUID:
    try:
        return uuid.UUID(written)
    except ValueError:
        raise Http404 from None


def _exam(round: Round) -> dict[str, Any]:
    blueprint: Blueprint | None = getattr(round, "blueprint", None)
    return {
        "round": round.code,
        "blueprint": blueprint and {
            "bank": blueprint.bank.code, "minutes": blueprint.minutes, "grace_seconds": blueprint.grace_seconds,
            "sample_least": blueprint.sample_least, "lines": [vars(line) for line in queries.lines_of(blueprint)],
        },
        "sittings": [_brief(sitting) for sitting in queries.sittings().filter(round=round)],
        "waiting_for_seat": queries.applications_waiting_for_seat(round).count(),
        "released": queries.is_released(round),
    }  # fmt: skip


def _brief(sitting: Sitting) -> dict[str, Any]:
    names = ("code", "place", "starts_at", "minutes", "late_minutes", "seats", "given", "begun", "done", "state",
             "opened_at", "closed_at")  # fmt: skip
    return {"uid": str(sitting.uid), **{name: getattr(sitting, name) for name in names}}


def _whole(sitting: Sitting, *, codes: bool = True) -> dict[str, Any]:
    sitting = queries.sittings().get(pk=sitting.pk)
    return {**_brief(sitting), "places": [_seat(seat, codes=codes) for seat in queries.seats_of(sitting)]}


def _seat(seat: Any, *, codes: bool = True) -> dict[str, Any]:
    names = ("number", "entered_at", "started_at", "ends_at", "extra_minutes", "last_seen_at", "answered", "asked",
             "finished_at", "finish")  # fmt: skip
    return {"application": seat.application.code if codes else "", **{name: getattr(seat, name) for name in names}}


def _items(round: Round) -> dict[str, Any]:
    blueprint = getattr(round, "blueprint", None)
    return {"results": [_item(one) for one in analysis(round, blueprint)] if blueprint else []}


def _item(one: Analysed) -> dict[str, Any]:
    names = ("n", "p", "upper_lower", "point_biserial", "judged", "flags")
    chosen = {str(place): count for place, count in one.item.chosen.items()}
    figures = {name: getattr(one.item, name) for name in names}
    return {
        "question": str(one.question.uid), "topic": one.question.topic, "chosen": chosen, "voided": one.is_voided,
        **figures,
    }  # fmt: skip
