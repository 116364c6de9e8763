"""The invigilator's pages: the sittings, one room with everybody in it, more time, the seating list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.documents.printing import render
from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm
from pendamping.core.pieces import Act, Link
from pendamping.facilitators import seating_paper
from pendamping.facilitators.enums.exams import SittingState
from pendamping.facilitators.forms.exams import ExtraTimeForm, MoveForm
from pendamping.facilitators.forms.questions import ReasonForm
from pendamping.facilitators.models import Seat, Sitting
from pendamping.facilitators.queries import exams as queries
from pendamping.facilitators.queries.rounds import sees_codes
from pendamping.facilitators.services import exam_results
from pendamping.facilitators.services import sittings as services

PAGE = 50


@page(Verb.SELECTION_SEE)
@require_GET
def exam_sittings(request: HttpRequest) -> HttpResponse:
    """The sittings of my place, the latest first."""
    found = request.scope.narrow(queries.sittings().order_by("-starts_at", "-id"), Verb.SELECTION_SEE)
    context = {"sittings": list(found[:PAGE]), "manages": request.scope.can_anywhere(Verb.SELECTION_MANAGE)}
    return render_page(request, "facilitators/exam_sittings.html", context)


@page(Verb.SELECTION_SEE)
@require_GET
def exam_sitting(request: HttpRequest, code: str) -> HttpResponse:
    """One room: who is in, how many questions each answered, how long ago each was heard of."""
    sitting, now = _found(request, code, Verb.SELECTION_SEE), timezone.now()
    runs = request.scope.can(Verb.EXAM_RUN, sitting)
    context = {
        "sitting": sitting, "round": sitting.round, "acts": _acts(request, sitting, now),
        "codes": runs or sees_codes(request.scope, sitting.round),
        "seats": [_seat(seat, now, runs) for seat in queries.seats_of(sitting)],
        "places": _places(sitting),
    }  # fmt: skip
    return render_page(request, "facilitators/exam_sitting.html", context)


def _acts(request: HttpRequest, sitting: Sitting, now: datetime) -> list[Act]:
    scope = request.scope  # type: ignore[attr-defined]
    acts = []
    if scope.can(Verb.SELECTION_MANAGE, sitting) and sitting.state == SittingState.PLANNED:
        acts.append(Act(_("Move or call off"), _address(sitting, "exam_sitting_change")))
    if not scope.can(Verb.EXAM_RUN, sitting):
        return acts
    can_open = services.open_verdict(sitting, seated=sitting.given, at=now)  # type: ignore[attr-defined]
    can_close = exam_results.close_verdict(sitting, at=now)
    if sitting.state == SittingState.PLANNED:
        acts.insert(0, Act(_("Open the sitting"), _address(sitting, "exam_sitting_open"), post=True, kind="primary",
                           refusal=can_open.message))  # fmt: skip
    if sitting.state == SittingState.OPEN:
        acts.append(Act(_("Close the sitting"), _address(sitting, "exam_sitting_close"), refusal=can_close.message))
    if sitting.state != SittingState.CLOSED and sitting.given:
        acts.append(Act(_("Print the seating list with PINs"), _address(sitting, "exam_seating"), post=True))
    return acts


def _seat(seat: Any, now: datetime, runs: bool) -> dict[str, Any]:
    """One row of the room."""
    heard = ""
    if seat.last_seen_at is not None and seat.finished_at is None:
        seconds = int((now - seat.last_seen_at).total_seconds())
        heard = (
            ngettext("heard of %(n)d minute ago", "heard of %(n)d minutes ago", seconds // 60) % {"n": seconds // 60}
            if seconds >= 60
            else _("heard of just now")
        )
    over = seat.ends_at is not None and seat.ends_at <= now
    state, badge = "neutral", _("not here yet")
    if seat.finished_at is not None:
        state, badge = "done", seat.get_finish_display()
    elif over:
        state, badge = "done", _("time is up")
    elif seat.started_at is not None:
        state, badge = "active", _("writing")
    elif seat.entered_at is not None:
        state, badge = "waiting", _("is in, has not begun")
    href = reverse("facilitators:exam_seat", args=[seat.sitting.code, seat.number]) if runs else ""
    return {"seat": seat, "state": state, "badge": badge, "heard": heard, "href": href}


@page(Verb.EXAM_RUN)
@require_POST
def exam_sitting_open(request: HttpRequest, code: str) -> HttpResponse:
    """Let people in."""
    sitting = _found(request, code, Verb.EXAM_RUN)
    try:
        services.open_sitting(by=request.user, at=timezone.now(), sitting=sitting)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The sitting is open. Candidates can enter with code and PIN."))
    return redirect(_address(sitting))


@page(Verb.EXAM_RUN)
def exam_sitting_close(request: HttpRequest, code: str) -> HttpResponse:
    """End the sitting; everybody is scored under seal."""
    sitting, form = _found(request, code, Verb.EXAM_RUN), ActForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(exam_results.close_sitting, by=request.user, at=timezone.now(), sitting=sitting)
        if done is not None:
            messages.success(request, _("The sitting is closed. The result stays sealed until it is released."))
            return redirect(_address(sitting))
    context = {"sitting": sitting, "form": form, "places": _places(sitting, _("Close the sitting"))}
    return render_page(request, "facilitators/exam_close.html", context)


@page(Verb.SELECTION_MANAGE)
def exam_sitting_change(request: HttpRequest, code: str) -> HttpResponse:
    """Before it is opened: another hour or place, or not at all; those seated are told why."""
    sitting = _found(request, code, Verb.SELECTION_MANAGE)
    asked = request.POST.get("act", "")
    held = {"place": sitting.place, "starts_at": sitting.starts_at}
    move = MoveForm(request.POST if asked == "move" else None, prefix="move", initial=held)
    off = ReasonForm(request.POST if asked == "off" else None, prefix="off")
    if asked == "move" and move.is_valid():
        facts = {name: move.cleaned_data[name] for name in ("place", "starts_at", "reason")}
        if move.attempt(services.move_sitting, by=request.user, at=timezone.now(), sitting=sitting, **facts):
            messages.success(request, _("The sitting is moved; those who have a seat are told."))
            return redirect(_address(sitting))
    if asked == "off" and off.is_valid():
        why = off.cleaned_data["reason"]
        if off.attempt(services.call_off_sitting, by=request.user, at=timezone.now(), sitting=sitting, reason=why):
            messages.success(request, _("The sitting is called off. Those who had a seat are told and wait for one."))
            return redirect(_address(sitting))
    context = {"sitting": sitting, "move": move, "off": off, "places": _places(sitting, _("Move or call off"))}
    return render_page(request, "facilitators/exam_change.html", context)


@page(Verb.EXAM_RUN)
@require_POST
def exam_seating(request: HttpRequest, code: str) -> HttpResponse:
    """The seating list with names and PINs as PDF: printed, never kept."""
    sitting = _found(request, code, Verb.EXAM_RUN)
    if sitting.state == SittingState.CLOSED:
        raise Http404
    now = timezone.now()
    services.print_seating(by=request.user, at=now, sitting=sitting)
    pdf = render("blocks", seating_paper.seating(sitting), at=now)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="tempat-duduk-{sitting.code}.pdf"'
    return answer


@page(Verb.EXAM_RUN)
def exam_seat(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One candidate, for the invigilator: more time, or another PIN, each with the reason."""
    sitting = _found(request, code, Verb.EXAM_RUN)
    seat = queries.seats_of(sitting).filter(number=number).first()
    if seat is None:
        raise Http404
    asked = request.POST.get("act", "")
    time = ExtraTimeForm(request.POST if asked == "time" else None, prefix="time")
    pin = ReasonForm(request.POST if asked == "pin" else None, prefix="pin")
    if asked == "time" and time.is_valid() and _granted(request, time, seat):
        return redirect(_address(sitting))
    if asked == "pin" and pin.is_valid() and _renewed(request, pin, seat):
        return redirect(_address(sitting))
    context = {
        "sitting": sitting, "seat": seat, "shown": _seat(seat, timezone.now(), runs=False), "time": time, "pin": pin,
        "places": _places(sitting, _("Seat %(number)d") % {"number": seat.number}),
    }  # fmt: skip
    return render_page(request, "facilitators/exam_seat.html", context)


def _granted(request: HttpRequest, form: ExtraTimeForm, seat: Seat) -> bool:
    facts = {name: form.cleaned_data[name] for name in ("minutes", "reason")}
    done = form.attempt(services.grant_extra_time, by=request.user, at=timezone.now(), seat=seat, **facts)
    if done is not None:
        messages.success(request, _("More time is given; the candidate's clock shows it at the next answer."))
    return done is not None


def _renewed(request: HttpRequest, form: ReasonForm, seat: Seat) -> bool:
    done = form.attempt(
        services.renew_pin, by=request.user, at=timezone.now(), seat=seat, reason=form.cleaned_data["reason"]
    )  # fmt: skip
    if done is not None:
        messages.success(request, _("The seat has another PIN. Print the seating list anew."))
    return done is not None


def _found(request: HttpRequest, code: str, verb: Verb) -> Sitting:
    found: Sitting = request.scope.get_or_404(queries.sittings(), verb, code=code)  # type: ignore[attr-defined]
    return found


def _address(sitting: Sitting, name: str = "exam_sitting") -> str:
    return reverse(f"facilitators:{name}", args=[sitting.code])


def _places(sitting: Sitting, here: str = "") -> list[Link]:
    links = [
        Link(_("Computer test"), reverse("facilitators:exam_sittings")),
        Link(sitting.round.title, reverse("facilitators:exam_round", args=[sitting.round.code])),
        Link(sitting.code, _address(sitting)),
    ]
    return [*links, Link(here)] if here else links
