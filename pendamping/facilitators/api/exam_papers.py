"""A candidate's own operations over HTTP: enter with code and PIN, then everything with the pass that entry gave."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, Router
from ninja.errors import HttpError

from pendamping.access.endpoints import endpoint
from pendamping.core.codes import read_code
from pendamping.core.errors import Refused
from pendamping.core.problems import problem_response
from pendamping.facilitators import exam_asking, exam_flood, exam_pass
from pendamping.facilitators.enums.exams import Reason
from pendamping.facilitators.exam_pass import Pass
from pendamping.facilitators.models import Answer
from pendamping.facilitators.queries import exams as queries
from pendamping.facilitators.schemas import exams as schemas
from pendamping.facilitators.services import exam_papers as services

router = Router(tags=["exams"])


@endpoint(router, "POST", "/exam/entry", public=True, response=schemas.EntryOut)
def enter_exam(request: HttpRequest, facts: schemas.EntryIn) -> Any:
    """Take a seat, or come back to it; any pass given before counts no more. At most eight tries in 15 minutes."""
    at, code = timezone.now(), read_code(facts.code) or facts.code
    refusal = exam_flood.too_many(request, code, at)
    if refusal is not None:
        return problem_response(request, 429, refusal.code, detail=refusal.message)
    seat = services.seat_with_pin(code, facts.pin)
    exam_flood.proved(code)
    seat = services.enter_exam(by=None, at=at, seat=seat)
    return 201, {"exam_pass": exam_pass.issue(seat), "has_begun": seat.started_at is not None}


@endpoint(router, "POST", "/exam/start", public=True, response=schemas.PaperOut)
def begin_exam(request: HttpRequest, x_exam_pass: str = Header("", max_length=300)) -> Any:
    """Start the own clock; asked again it only gives the paper."""
    held = _held(x_exam_pass)
    services.begin_exam(by=None, at=timezone.now(), seat=held.ref, entry=held.entry)
    return 201, _paper(_held(x_exam_pass))


@endpoint(router, "GET", "/exam/paper", public=True, response=schemas.PaperOut)
def get_paper(request: HttpRequest, x_exam_pass: str = Header("", max_length=300)) -> Any:
    """The questions with what is answered; only while the own test runs."""
    held = _held(x_exam_pass)
    if held.entry != held.seat.entry:
        raise Refused(Reason.SUPERSEDED)
    if held.seat.started_at is None:
        raise Refused(Reason.NOT_STARTED)
    if held.seat.finished_at is not None or not services.seconds_left(held.seat, timezone.now()):
        raise Refused(Reason.FINISHED)
    return _paper(held)


@endpoint(router, "PUT", "/exam/answers/{number}", public=True, response=schemas.AnswerOut)
def save_answer(
    request: HttpRequest, number: int, facts: schemas.ExamAnswerIn, x_exam_pass: str = Header("", max_length=300)
) -> Any:
    """Keep one answer. Send it again until it is acknowledged: it is kept once."""
    held, at = _held(x_exam_pass), timezone.now()
    answer = services.save_answer(
        by=None, at=at, seat=held.ref, entry=held.entry, position=number, given=facts.answer, sequence=facts.sequence
    )
    return services.acknowledged(answer, at)


@endpoint(router, "POST", "/exam/hand-in", public=True, response=schemas.EndedOut)
def hand_in(request: HttpRequest, x_exam_pass: str = Header("", max_length=300)) -> Any:
    """End the own test before its time."""
    held = _held(x_exam_pass)
    seat = services.hand_in(by=None, at=timezone.now(), seat=held.ref, entry=held.entry)
    return 201, {"application": seat.application.code, "finished_at": seat.finished_at}


def _held(note: str) -> Pass:
    held = exam_pass.read(note)
    if held is None:
        raise HttpError(401, str(Reason.NO_PASS.label))
    return held


def _paper(held: Pass) -> dict[str, Any]:
    seat = held.seat
    return {
        "application": seat.application.code, "seconds_left": services.seconds_left(seat, timezone.now()),
        "grace_seconds": seat.sitting.round.blueprint.grace_seconds,
        "questions": [_asked(answer) for answer in queries.paper_of(seat)],
    }  # fmt: skip


def _asked(answer: Answer) -> dict[str, Any]:
    asked = exam_asking.asked(
        kind=answer.question.kind, options=answer.question.options, order=answer.order, choice=answer.choice
    )
    return {
        "number": answer.position, "kind": asked.kind, "text": answer.question.text, "sequence": answer.sequence,
        "options": asked.texts, "matches": asked.matches, "answer": asked.given,
    }  # fmt: skip
