"""The candidate's pages: enter, begin, answer, hand in. No account, no session: a signed note of the seat."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from pendamping.access.pages import public_page, render_page
from pendamping.core.errors import Refused
from pendamping.facilitators import exam_flood, exam_pass
from pendamping.facilitators.enums.exams import Reason
from pendamping.facilitators.exam_asking import Asked, asked
from pendamping.facilitators.exam_pass import Pass
from pendamping.facilitators.forms.exams import EnterForm
from pendamping.facilitators.models import Answer, Seat
from pendamping.facilitators.queries import exams as queries
from pendamping.facilitators.services import exam_papers as services

ENDED = frozenset({Reason.FINISHED, Reason.TIME_UP, Reason.SUPERSEDED, Reason.NOT_STARTED})
View = Callable[..., HttpResponse]


@public_page(max_age=0, methods=("GET", "POST"))
def exam_enter(request: HttpRequest) -> HttpResponse:
    """Code and PIN; right ones open the seat on this device, and on no other any more."""
    if request.method != "POST":
        return _door(request, EnterForm())
    form, at = EnterForm(request.POST), timezone.now()
    if not form.is_valid():
        return _door(request, form, 422)
    code = form.cleaned_data["code"]
    refusal, status = exam_flood.too_many(request, code, at), 429
    if refusal is None:
        try:
            seat = services.seat_with_pin(code, form.cleaned_data["pin"])
            exam_flood.proved(code)
            seat = services.enter_exam(by=None, at=at, seat=seat)
        except Refused as problem:
            refusal, status = problem, 422
        else:
            answer = _see_other("exam_paper")
            exam_pass.hand_out(answer, seat)
            return answer
    form.add_error(refusal.field or None, refusal.message)
    return _door(request, form, status)


def with_pass(view: View) -> View:
    """Hand the view the note of the seat; without one, back to the door."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        held = exam_pass.of(request)
        if held is None:
            return _problem(Refused(Reason.NO_PASS), 403) if _wants_json(request) else _see_other("exam_enter")
        return view(request, held, *args, **kwargs)

    return run


@public_page(max_age=0)
@with_pass
def exam_paper(request: HttpRequest, held: Pass) -> HttpResponse:
    """All questions on one page, so that a lost connection takes nothing away; before, the rules; after, the end."""
    seat, now = held.seat, timezone.now()
    if held.entry != seat.entry:
        return _door(request, EnterForm(), 409, Refused(Reason.SUPERSEDED).message)
    if _is_over(seat, now):
        return _ended(request, seat)
    if seat.started_at is None:
        context = {"seat": seat, "sitting": seat.sitting, "blueprint": seat.sitting.round.blueprint}
        return _render(request, "facilitators/exam_rules.html", context)
    return _paper(request, seat, now)


@public_page(max_age=0, methods=("POST",))
@with_pass
def exam_begin(request: HttpRequest, held: Pass) -> HttpResponse:
    """Start the own clock."""
    try:
        services.begin_exam(by=None, at=timezone.now(), seat=held.seat, entry=held.entry)
    except Refused as refusal:
        context = {
            "seat": held.seat, "sitting": held.seat.sitting, "blueprint": held.seat.sitting.round.blueprint,
            "refusal": refusal.message,
        }  # fmt: skip
        return _render(request, "facilitators/exam_rules.html", context, 422)
    return _see_other("exam_paper")


@public_page(max_age=0, methods=("POST",))
@with_pass
def exam_answer(request: HttpRequest, held: Pass, number: int) -> HttpResponse:
    """Keep one answer. A script gets an acknowledgement as JSON, a plain form comes back to its question."""
    sent = request.POST.get("sequence", "")
    sequence = int(sent) if sent.isdecimal() and len(sent) < 16 else None
    try:
        answer = services.save_answer(
            by=None, at=timezone.now(), seat=held.ref, entry=held.entry, position=number,
            given=request.POST.getlist("answer")[:40], sequence=sequence,
        )  # fmt: skip
    except Refused as refusal:
        ended = refusal.reason in ENDED
        if _wants_json(request):
            return _problem(refusal, 409 if ended else 422)
        if ended:
            return _see_other("exam_paper")
        return _paper(request, held.seat, timezone.now(), number, refusal.message)
    if _wants_json(request):
        return JsonResponse(services.acknowledged(answer, timezone.now()))
    return _see_other("exam_paper", f"#soal-{number}")


@public_page(max_age=0, methods=("POST",))
@with_pass
def exam_hand_in(request: HttpRequest, held: Pass) -> HttpResponse:
    """End the own test before its time. Only a ticked box ends it, so that a stray click does not."""
    if request.POST.get("sure") != "1":
        return _paper(request, held.seat, timezone.now(), unsure=True)
    try:
        services.hand_in(by=None, at=timezone.now(), seat=held.seat, entry=held.entry)
    except Refused:
        return _see_other("exam_paper")  # which says what is the matter
    return _see_other("exam_paper")


def _paper(
    request: HttpRequest, seat: Seat, now: datetime, wrong: int = 0, refusal: str = "", *, unsure: bool = False
) -> HttpResponse:  # fmt: skip
    if _is_over(seat, now) or seat.started_at is None:
        return _see_other("exam_paper") if request.method == "POST" else _ended(request, seat)
    paper, left = [_asked(answer) for answer in queries.paper_of(seat)], services.seconds_left(seat, now)
    context = {
        "seat": seat, "asked": paper, "left": left, "minutes": left // 60,
        "sequence": max((answer.sequence for answer, _one in paper), default=0), "wrong": wrong, "refusal": refusal,
        "answered": sum(answer.choice is not None for answer, _one in paper), "unsure": unsure,
        "grace": seat.sitting.round.blueprint.grace_seconds,
    }  # fmt: skip
    return _render(request, "facilitators/exam_paper.html", context, 422 if refusal or unsure else 200)


def _asked(answer: Answer) -> tuple[Answer, Asked]:
    question = answer.question
    return answer, asked(kind=question.kind, options=question.options, order=answer.order, choice=answer.choice)


def _is_over(seat: Seat, now: datetime) -> bool:
    return seat.finished_at is not None or (seat.ends_at is not None and seat.ends_at <= now)


def _ended(request: HttpRequest, seat: Seat) -> HttpResponse:
    answered = queries.paper_of(seat).filter(choice__isnull=False).count()
    context = {"seat": seat, "answered": answered, "asked": queries.paper_of(seat).count()}
    return _render(request, "facilitators/exam_ended.html", context)


def _door(request: HttpRequest, form: EnterForm, status: int = 200, said: str = "") -> HttpResponse:
    return _render(request, "facilitators/exam_enter.html", {"form": form, "said": said}, status)


def _render(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    # No token: it would set a cookie; who posts here is known by the note of the seat and by Sec-Fetch-Site.
    response = render_page(request, template, {**context, "csrf_token": ""}, status=status)
    response["Referrer-Policy"] = "same-origin"
    return response


def _see_other(name: str, anchor: str = "") -> HttpResponse:
    answer = redirect(reverse(f"facilitators:{name}") + anchor)
    answer.status_code = 303
    return answer


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _problem(refusal: Refused, status: int) -> HttpResponse:
    return JsonResponse({"code": refusal.code, "detail": refusal.message}, status=status)
