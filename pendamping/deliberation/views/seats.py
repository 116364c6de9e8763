"""Seats of a priority matrix: given by the chair, and the scores of each, by account or by the code on paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pendamping.access.pages import page, public_page, render_page
from pendamping.access.throttle import allow, client_address
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.deliberation import seat_keys, services
from pendamping.deliberation.enums.matrices import MatrixReason
from pendamping.deliberation.forms.matrices import SeatForm, SeatKeyForm, SeatScoresForm
from pendamping.deliberation.models import MatrixSeat, Meeting
from pendamping.deliberation.queries import matrices as queries
from pendamping.deliberation.queries.seats import people_for_seats
from pendamping.deliberation.rules import matrices as rules
from pendamping.deliberation.views.matrices import address, done, found_or_404, meeting_of, places

TRIES_AN_HOUR = 120  # of codes of seats from one address: a whole meeting may share one connection


@page(Verb.MEETING_DECIDE)
def matrix_seats(request: HttpRequest, code: str) -> HttpResponse:
    """Give seats, and the codes that open them."""
    meeting = meeting_of(request, code, Verb.MEETING_DECIDE)
    found = found_or_404(meeting)
    form = SeatForm(
        request.POST if request.method == "POST" else None, people=people_for_seats(meeting, day(timezone.now()))
    )
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("label", "account")}
        made = form.attempt(services.give_seat, by=request.scope.account, at=timezone.now(), meeting=meeting, **facts)
        if made is not None:
            messages.success(request, _("Seat %(number)s is given.") % {"number": made.number})
            return redirect(address(meeting, "matrix_seats"))
    door = settings.SITE_URL.rstrip("/") + reverse("deliberation:seat")
    seats = [
        (seat, "" if seat.account_id or request.scope.viewer else seat_keys.seat_key(seat.uid))
        for seat in found.seats.select_related("account")
    ]
    is_open = rules.is_open_for_seats(state=found.state)
    context = {
        "meeting": meeting, "form": form, "seats": seats, "door": door, "back": address(meeting),
        "places": [*places(meeting), Link(_("Priority matrix"), address(meeting)), Link(_("Seats and their codes"))],
        "refusal": is_open.message,
        "takes": [_take_back(meeting, seat) for seat, _key in seats if is_open and not seat.sent_at],
    }  # fmt: skip
    return render_page(request, "deliberation/matrix_seats.html", context, status=422 if form.errors else 200)


def _take_back(meeting: Meeting, seat: MatrixSeat) -> Act:
    href = reverse("deliberation:matrix_seat_take_back", args=[meeting.code, seat.number])
    label = _("Take back seat %(number)s") % {"number": seat.number}
    asks = _("Take back seat %(number)s of %(label)s? Whoever sits there can then no longer score.")
    confirm = asks % {"number": seat.number, "label": seat.label}
    return Act(label, href, post=True, kind="quiet", confirm=confirm)


@page(Verb.MEETING_DECIDE)
@require_POST
def matrix_seat_take_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take a seat back that has not scored."""
    meeting = meeting_of(request, code, Verb.MEETING_DECIDE)
    said = _("The seat is taken back.")
    return done(request, meeting, said, services.take_seat_back, then="matrix_seats", number=number)


@page(Verb.RECORD_SEE, for_own_eyes=True)
def matrix_score(request: HttpRequest, code: str) -> HttpResponse:
    """One's own scores, by account."""
    meeting = meeting_of(request, code)
    found = queries.matrix_of(meeting)
    seat = queries.seat_of(found, request.scope.account) if found else None
    if found is None or seat is None:
        messages.warning(request, MatrixReason.NOT_SEATED.label)
        return redirect(address(meeting))
    form = _scores_form(seat, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by, now = request.scope.account, timezone.now()
        if form.attempt(services.send_scores, by=by, at=now, seat=seat, points=form.points()) is not None:
            messages.success(request, _("Your scores are kept. Until the scoring is closed you can send others."))
            return redirect(address(meeting))
    return _scores_page(request, seat, form, places=[
        *places(meeting), Link(_("Priority matrix"), address(meeting)), Link(_("Give scores")),
    ])  # fmt: skip


@public_page(max_age=0, methods=("GET", "POST"))
def seat(request: HttpRequest) -> HttpResponse:
    """Whoever holds the code of a seat scores here, without an account. The code travels in the form alone."""
    if request.method != "POST":
        return _seat_door(request, SeatKeyForm())
    form, now = SeatKeyForm(request.POST), timezone.now()
    if not form.is_valid():
        return _seat_door(request, form, 422)
    if allow(f"deliberation.seat:{client_address(request)}", limit=TRIES_AN_HOUR, seconds=3600, at=now) is not None:
        form.add_error("seat", MatrixReason.TOO_MANY.label)
        return _seat_door(request, form, 429)
    typed = form.cleaned_data["seat"]
    found = queries.seat_for(typed)
    if found is None:
        form.add_error("seat", MatrixReason.WRONG_KEY.label)
        return _seat_door(request, form, 422)
    return _seated(request, found, typed)


def _seated(request: HttpRequest, found: MatrixSeat, typed: str) -> HttpResponse:
    """Behind the door: the own scores, to be sent or sent again."""
    is_sending = request.POST.get("send") == "1"
    form = _scores_form(found, request.POST if is_sending else None, key=typed)
    if is_sending and form.is_valid():
        sent = form.attempt(services.send_scores, by=None, at=timezone.now(), seat=found, points=form.points())
        if sent is not None:
            context = {"seat": sent, "meeting": found.matrix.meeting, "csrf_token": ""}
            return render_page(request, "deliberation/seat_sent.html", context)
    return _scores_page(request, found, form)


def _seat_door(request: HttpRequest, form: SeatKeyForm, status: int = 200) -> HttpResponse:
    return render_page(request, "deliberation/seat_door.html", {"form": form, "csrf_token": ""}, status=status)


def _scores_form(found: MatrixSeat, data: Any, key: str = "") -> SeatScoresForm:
    items, criteria = queries.items_of(found.matrix), list(found.matrix.criteria.all())
    return SeatScoresForm(
        data, items=items, criteria=criteria, given=queries.own_points(found), key=key,
        evidence=queries.evidence(items, criteria),
    )  # fmt: skip


def _scores_page(request: HttpRequest, found: MatrixSeat, form: SeatScoresForm, **more: Any) -> HttpResponse:
    refusal = rules.is_scoring(state=found.matrix.state).message
    context = {
        "seat": found, "meeting": found.matrix.meeting, "form": form, "refusal": "" if form.errors else refusal,
        "criteria": list(found.matrix.criteria.all()), "draft": f"{found.matrix.meeting.code}-{found.number}", **more,
    }  # fmt: skip
    if "places" not in more:
        context["csrf_token"] = ""
    return render_page(request, "deliberation/seat_scores.html", context, status=422 if form.errors else 200)
