"""A learner's quizzes: begin, answer, hand in, read what was right; and the daily practice."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import render_page
from pendamping.core import formats
from pendamping.core.errors import Refused
from pendamping.core.pieces import Link
from pendamping.facilitators.own import own_page
from pendamping.facilitators.rules.exams import as_kept
from pendamping.training import asking
from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose
from pendamping.training.enums.learning import EnrolmentState, Reason
from pendamping.training.models import Attempt, PracticeCard
from pendamping.training.queries import quizzes as queries
from pendamping.training.rules import learning as rules
from pendamping.training.services import practice, quizzes
from pendamping.training.views.my_learning import (
    crumbs,
    is_done,
    me_of,
    step_address,
    step_context,
    step_or_404,
)

ENDED = frozenset({Reason.ATTEMPT_FINISHED, Reason.ATTEMPT_TIME_UP})


@own_page
@require_GET
def my_quiz(request: HttpRequest, code: str, module: str, step: str) -> HttpResponse:
    """What a quiz asks, how often it may be tried, and what came of earlier attempts."""
    return _quiz(request, code, module, step)


@own_page
@require_POST
def my_quiz_begin(request: HttpRequest, code: str, module: str, step: str) -> HttpResponse:
    """Draw the questions and go to them, or back to those under way."""
    mine, activity = step_or_404(request, code, module, step)
    try:
        made = quizzes.begin_attempt(by=me_of(request), at=timezone.now(), enrolment=mine, activity=activity)
    except Refused as refusal:
        return _quiz(request, code, module, step, refusal.message)
    return redirect("training:my_attempt", uid=made.uid)


@own_page
@require_GET
def my_attempt(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """All questions on one page, so that a lost connection takes nothing away; afterwards the result."""
    attempt = _attempt(request, uid)
    return _result(request, attempt) if attempt.finished_at else _paper(request, attempt)


@own_page
@require_POST
def my_answer(request: HttpRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """Keep one answer. A script gets an acknowledgement as JSON, a plain form comes back to its question."""
    attempt, at = _attempt(request, uid), timezone.now()
    sent = request.POST.get("sequence", "")
    sequence = int(sent) if sent.isdecimal() and len(sent) < 16 else None
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        answer = quizzes.save_answer(
            by=me_of(request), at=at, attempt=attempt, position=number, given=request.POST.getlist("answer")[:40],
            sequence=sequence,
        )  # fmt: skip
    except Refused as refusal:
        if wants_json:
            status = 409 if refusal.reason in ENDED else 422
            return JsonResponse({"code": refusal.code, "detail": refusal.message}, status=status)
        if refusal.reason in ENDED:
            return redirect("training:my_attempt", uid=uid)
        return _paper(request, attempt, number, refusal.message)
    if wants_json:
        return JsonResponse(quizzes.acknowledged(answer, at))
    return redirect(f"{reverse('training:my_attempt', args=[uid])}#soal-{number}")


@own_page
@require_POST
def my_attempt_end(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Hand in. Only a ticked box ends it, so that a stray press does not; once the time is up it needs none."""
    attempt, at = _attempt(request, uid), timezone.now()
    is_over = rules.is_over(ends_at=attempt.ends_at, at=at)
    if request.POST.get("sure") != "1" and not is_over:
        return _paper(request, attempt, unsure=True)
    quizzes.hand_in(by=me_of(request), at=at, attempt=attempt)
    return redirect("training:my_attempt", uid=uid)


@own_page
def my_practice(request: HttpRequest) -> HttpResponse:
    """Two minutes: the questions due today, one after another; what was right is told at once."""
    me, now = me_of(request), timezone.now()
    if request.method == "POST":
        return _practised(request)
    due = queries.due_cards(me, now)
    card = due.first() if due else None
    context = {
        "said": None, "refusal": "", "left": len(due), "card": card, "places": [*crumbs(), Link(_("Daily practice"))],
        "put": asking.put(card.question, number=1, order=practice.order_of(card), choice=None) if card else None,
        "known": PracticeCard.objects.filter(account=me).count(),
    }  # fmt: skip
    return render_page(request, "training/my_practice.html", context)


def _practised(request: HttpRequest) -> HttpResponse:
    me, now = me_of(request), timezone.now()
    uid = _uid(request)
    card = uid and PracticeCard.objects.select_related("question").filter(account=me, uid=uid).first()
    if not card:
        raise Http404
    sent, given = request.POST.get("review", ""), request.POST.getlist("answer")[:40]
    question, order = card.question, practice.order_of(card)
    context: dict[str, Any] = {
        "card": card, "places": [*crumbs(), Link(_("Daily practice"))], "known": 1, "said": None, "put": None,
        "refusal": "",
    }  # fmt: skip
    try:
        done = practice.practise(
            by=me, at=now, card=card, review=int(sent) if sent.isdecimal() and len(sent) < 6 else -1, given=given
        )  # fmt: skip
    except Refused as refusal:
        if refusal.reason == Reason.PRACTISED:
            return redirect("training:my_practice")
        context |= {
            "refusal": refusal.message, "left": len(queries.due_cards(me, now)),
            "put": asking.put(question, number=1, order=order, choice=None),
        }  # fmt: skip
        return render_page(request, "training/my_practice.html", context, status=422)
    choice = as_kept(kind=question.kind, order=order, given=given)
    share = asking.share_of(question, choice)
    context |= {
        "card": done, "left": len(queries.due_cards(me, now)),
        "said": asking.explained(question, number=1, choice=choice, share=share),
    }  # fmt: skip
    return render_page(request, "training/my_practice.html", context)


def _quiz(request: HttpRequest, code: str, module: str, step: str, refusal: str = "") -> HttpResponse:
    mine, activity = step_or_404(request, code, module, step)
    if activity.kind != ActivityKind.QUIZ:
        raise Http404
    made = list(queries.attempts_at(mine, activity))
    open_one = next((one for one in made if one.finished_at is None), None)
    done = is_done(mine, activity)
    begun = rules.may_begin(kind=activity.kind, made=len(made), most=activity.quiz.attempts_most)
    context = {
        **step_context(mine, activity), "quiz": activity.quiz, "open": open_one, "attempts": made,
        "is_over": open_one is not None and rules.is_over(ends_at=open_one.ends_at, at=timezone.now()),
        "finished": [(one, percent(one.percent)) for one in made if one.percent is not None],
        "refusal": refusal or ("" if open_one or done else begun.message), "is_done": done,
        "may_try": bool(begun) and not refusal,
        "left": max(0, activity.quiz.attempts_most - len(made)) if activity.quiz.attempts_most else None,
        "begin": step_address(mine, activity, "my_quiz_begin"),
    }  # fmt: skip
    return render_page(request, "training/my_quiz.html", context, status=422 if refusal else 200)


def percent(value: Decimal | None) -> str:
    """A result as people read it, whole: 69.67 is not shown as the 70 that was asked for."""
    return "" if value is None else f"{formats.number(value, 2)}%"


def _paper(
    request: HttpRequest, attempt: Attempt, wrong: int = 0, refusal: str = "", *, unsure: bool = False
) -> HttpResponse:
    now = timezone.now()
    if rules.is_over(ends_at=attempt.ends_at, at=now):
        context = {**step_context(attempt.enrolment, attempt.activity), "attempt": attempt}
        return render_page(request, "training/my_attempt_over.html", context)
    answers = list(queries.answers_of(attempt))
    left = quizzes.seconds_left(attempt, now)
    context = {
        **step_context(attempt.enrolment, attempt.activity), "attempt": attempt,
        "asked": [asking.put_answer(one) for one in answers], "left": left,
        "minutes": None if left is None else left // 60, "grace": int(rules.GRACE.total_seconds()),
        "sequence": max((one.sequence for one in answers), default=0), "wrong": wrong, "refusal": refusal,
        "answered": sum(one.choice is not None for one in answers), "unsure": unsure,
    }  # fmt: skip
    return render_page(request, "training/my_attempt.html", context, status=422 if refusal or unsure else 200)


def _result(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    is_before = attempt.activity.quiz.purpose == QuizPurpose.BEFORE  # its questions may come again after the course
    told = [] if is_before else [
        asking.explained(one.question, number=one.position, choice=one.choice, share=one.share)
        for one in queries.answers_of(attempt) if one.share is not None
    ]  # fmt: skip
    context = {
        **step_context(attempt.enrolment, attempt.activity), "attempt": attempt, "told": told, "is_before": is_before,
        "percent": percent(attempt.percent), "needed": f"{attempt.pass_percent}%",
        "right": sum(one.is_right for one in told), "wrong": sum(not one.is_right for one in told),
        "again": step_address(attempt.enrolment, attempt.activity, "my_quiz"),
    }  # fmt: skip
    return render_page(request, "training/my_attempt_result.html", context)


def _attempt(request: HttpRequest, uid: uuid.UUID) -> Attempt:
    found = Attempt.objects.filter(uid=uid, enrolment__account=me_of(request)).select_related(
        "enrolment__version__course", "activity__module", "activity__quiz"
    )
    attempt = found.exclude(enrolment__state=EnrolmentState.WITHDRAWN).first()
    if attempt is None:
        raise Http404
    return attempt


def _uid(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("card", ""))
    except ValueError:
        return None
