"""What anyone reads of meetings: the calendar of the ladder, one meeting with its rules and result, objections."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import public_page, render_page
from pendamping.core.codes import read_code
from pendamping.core.moments import day, fiscal_year
from pendamping.core.pieces import Link
from pendamping.deliberation import services
from pendamping.deliberation.enums.ladder import LadderReason, MeetingObjectionState
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.forms import ladder as forms
from pendamping.deliberation.models import ChairChange, Meeting, MeetingObjection, MeetingPhase
from pendamping.deliberation.papers_results import issued_priority_list
from pendamping.deliberation.queries import ladder as queries
from pendamping.deliberation.queries import meetings
from pendamping.deliberation.queries.calendar import rungs
from pendamping.deliberation.queries.matrices import matrix_of
from pendamping.deliberation.queries.polls import public_polls
from pendamping.deliberation.queries.results import HEAVY, results_of
from pendamping.deliberation.queries.successors import ended_place
from pendamping.deliberation.rules.ladder import WHOLE
from pendamping.deliberation.views.matrices import shown_result
from pendamping.needs.enums.menu import Stream
from pendamping.needs.flood import too_many
from pendamping.regions import queries as regions


@public_page()
def calendar(request: HttpRequest) -> HttpResponse:
    """When each kind of meeting is held in a budget year, and who has not called theirs yet."""
    city, today = regions.site_city(), day(timezone.now())
    this = fiscal_year(today)
    typed = request.GET.get("tahun", "")
    year = int(typed) if typed in {str(y) for y in range(this - 1, this + 3)} else this
    found = rungs(city, year) if city else []
    coming, held = meetings.meetings_of_year(city.path, year, today) if city else ([], [])
    context = {
        "city": city, "year": year, "rungs": [(rung, rung.is_open(today)) for rung in found],
        "coming": coming, "held": held,
        "years": [Link(str(y), f"?tahun={y}", y == year) for y in range(this - 1, this + 3)],
    }  # fmt: skip
    return render_page(request, "deliberation/calendar.html", context)


@public_page()
def public(request: HttpRequest, code: str) -> HttpResponse:
    """One meeting: when, where, under which rules, who was there as numbers, what was decided and why."""
    found = _found(code)
    is_closed = found.state == MeetingState.CLOSED
    items = list(meetings.items_of(found))
    now = timezone.now()
    matrix = matrix_of(found)
    context = {
        "meeting": found, "is_closed": is_closed, "matrix": matrix,
        "result": shown_result(matrix) if matrix and found.state != MeetingState.CANCELLED else None,
        "attendance": getattr(found, "attendance", None),
        "standings": queries.public_standings(found) if found.state != MeetingState.CANCELLED else [],
        "is_counted": hasattr(found, "attendance"),
        "items": [(item, item.decision if is_closed and hasattr(item, "decision") else None,
                   reverse("portal:journey", args=[item.proposal.code])) for item in items],
        "totals": meetings.totals(found), "agreed": _("Agreed") if is_closed else "",
        "phases": MeetingPhase.objects.filter(meeting=found),
        "chairs": ChairChange.objects.filter(meeting=found),
        "revisions": found.revisions.select_related("minutes", "objection"),
        "objections": MeetingObjection.objects.filter(meeting=found).order_by("id"),
        "waiting": MeetingObjection.objects.filter(meeting=found, state=MeetingObjectionState.OPEN).count(),
        "until": queries.objections_until(found), "can_object": bool(services.objection_verdict(found, now)),
        "split": _split(found), "journey": reverse("portal:journey", args=[found.code]),
        "polls": public_polls(found), "results": results_of(found),
        "ended": ended_place(found),
        "has_list": is_closed and issued_priority_list(found) is not None,
    }  # fmt: skip
    return render_page(request, "deliberation/public.html", context)


def _split(found: Meeting) -> list[tuple[str, float]]:
    split = found.rules.split if found.rules else {}
    return [(str(stream.label), split[stream.value] / WHOLE) for stream in Stream if stream.value in split]


@public_page(max_age=0, methods=("GET", "POST"))
def make_objection(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is wrong with a closed meeting: no account, no name, a code in return."""
    found, at = _found(code), timezone.now()
    if request.method != "POST":
        return _objection_page(request, found, forms.PublicObjectionForm())
    form = forms.PublicObjectionForm(request.POST)
    flood = too_many(request, at, of="objection", reason=LadderReason.TOO_MANY_OBJECTIONS)
    if flood is not None:
        form.add_error(None, flood.message)
        return _objection_page(request, found, form, status=429)
    if form.is_valid():
        words = form.cleaned_data["words"]
        made = form.attempt(services.make_objection, by=None, at=at, meeting=found, words=words)
        if made is not None:
            return redirect("deliberation:objection", code=made.code)
    return _objection_page(request, found, form, status=422)


@public_page(max_age=0)
def objection(request: HttpRequest, code: str) -> HttpResponse:
    """One's objection by its code: what was written, and what was answered."""
    found = MeetingObjection.objects.select_related("meeting__region").filter(code=read_code(code) or code).first()
    if found is None:
        raise Http404
    context = {
        "objection": found, "meeting": found.meeting, "recounts": found.recounts.defer(*HEAVY).order_by("number"),
        "places": _places(found.meeting, _("Your objection")),
    }  # fmt: skip
    return render_page(request, "deliberation/objection.html", context)


def _objection_page(
    request: HttpRequest, found: Meeting, form: forms.PublicObjectionForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "meeting": found, "form": form, "until": queries.objections_until(found),
        "refusal": services.objection_verdict(found, timezone.now()).message,
        "places": _places(found, _("Object to this meeting")),
    }  # fmt: skip
    return render_page(request, "deliberation/make_objection.html", context, status=status)


def _places(found: Meeting, here: str) -> list[Link]:
    return [Link(found.title, reverse("deliberation:public", args=[found.code])), Link(here)]


def _found(code: str) -> Meeting:
    found = meetings.meetings().filter(code=read_code(code) or code).first()
    if found is None:
        raise Http404
    return found
