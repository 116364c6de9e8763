"""Pages of the priority matrix: on the desk and the projector, criteria, seats, one's own scores, the file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.errors import Refused
from pendamping.core.imports.export import csv_response
from pendamping.core.pieces import Act, Column, Link
from pendamping.deliberation import services
from pendamping.deliberation.enums.matrices import MatrixState
from pendamping.deliberation.forms.matrices import (
    OwnCriterionForm,
    WeightsForm,
)
from pendamping.deliberation.models import Matrix, Meeting
from pendamping.deliberation.queries import matrices as queries
from pendamping.deliberation.queries.meetings import meetings
from pendamping.deliberation.rules import matrices as rules
from pendamping.deliberation.rules import meetings as meeting_rules
from pendamping.deliberation.views.formed import form_page

TONES = {MatrixState.DRAFT: "waiting", MatrixState.FROZEN: "active", MatrixState.CLOSED: "done"}


@page(Verb.RECORD_SEE)
@require_safe
def matrix(request: HttpRequest, code: str) -> HttpResponse:
    """The matrix of a meeting; with `?layar=1` for the projector. Scores stand here once the scoring is closed."""
    meeting = meeting_of(request, code)
    found = queries.matrix_of(meeting)
    on_screen = request.GET.get("layar") == "1"
    context: dict[str, Any] = {"meeting": meeting, "matrix": found, "places": places(meeting, _("Priority matrix"))}
    if found is not None:
        seats = list(found.seats.all())
        context |= {
            "criteria": list(found.criteria.all()), "items": _items(meeting, found),
            "tone": TONES[MatrixState(found.state)],
            "sent": sum(seat.sent_at is not None for seat in seats), "seats": len(seats),
            "waiting": ", ".join(f"{seat.number} {seat.label}" for seat in seats if seat.sent_at is None),
            "result": shown_result(found), "screen_href": f"{address(meeting)}?layar=1",
        }  # fmt: skip
    if not on_screen:
        context["acts"] = _acts(request, meeting, found)
    template = "deliberation/matrix_screen.html" if on_screen else "deliberation/matrix.html"
    return render_page(request, template, context)


def _items(meeting: Meeting, found: Matrix) -> list[Any]:
    if found.state == MatrixState.DRAFT:
        return list(meeting.items.select_related("proposal").order_by("position"))
    return queries.items_of(found)


def shown_result(found: Matrix) -> dict[str, Any] | None:
    """The ranking as the page draws it, None while scoring is open."""
    rows = queries.result(found)
    if not rows:
        return None
    shown = rows[0].least is not None
    heads = [Column(_("Rank and proposal")), Column(_("Sum"), number=True)]
    if shown:
        heads += [
            Column(_("Lowest and highest of one seat")), Column(_("Middle half apart by"), number=True),
            Column(_("Rank if one seat were left out")),
        ]  # fmt: skip
    lines = [_line(row, shown=shown) for row in rows]
    moved = rules.moved_by_one(rows)
    return {"rows": rows, "heads": heads, "lines": lines, "moved": moved, "is_spread_shown": shown}


def _line(row: rules.Ranked, *, shown: bool) -> list[str]:
    line = [f"{row.rank}. {row.item.proposal.title}", formats.number(row.total)]
    if not shown:
        return line
    out = str(row.best) if row.is_steady else _("%(best)s to %(worst)s") % {"best": row.best, "worst": row.worst}
    return [*line, f"{formats.number(row.least)} – {formats.number(row.most)}", queries.number(row.iqr), out]


def _acts(request: HttpRequest, meeting: Meeting, found: Matrix | None) -> list[Act]:
    """What this person may do with the matrix now; else why not."""
    scope, is_open = request.scope, meeting_rules.is_open(state=meeting.state)
    prepares, chairs = scope.can(Verb.MEETING_CALL, meeting), scope.can(Verb.MEETING_DECIDE, meeting)
    if found is None:
        return [Act(_("Begin the priority matrix"), address(meeting, "matrix_begin"), post=True, kind="primary",
                    refusal=is_open.message)] if prepares else []  # fmt: skip
    acts: list[Act] = []
    seat = queries.seat_of(found, scope.account)
    if seat is not None and found.state == MatrixState.FROZEN:
        label = _("Give scores again") if seat.sent_at else _("Give scores")
        acts.append(Act(label, address(meeting, "matrix_score"), kind="primary"))
    if prepares and found.state == MatrixState.DRAFT:
        acts += [
            Act(_("Weigh the criteria"), address(meeting, "matrix_weights")),
            Act(_("Add a criterion of this meeting"), address(meeting, "matrix_criterion")),
        ]
    if chairs and found.state == MatrixState.DRAFT:
        weights = [one.weight for one in found.criteria.all()]
        freeze = rules.may_freeze(state=found.state, weights=weights, items=meeting.items.count())
        acts.append(Act(_("Fix the criteria, open scoring"), address(meeting, "matrix_freeze"), post=True,
                        kind="primary", refusal=freeze.message,
                        confirm=_("Fix criteria and weights? They can then not be changed any more.")))  # fmt: skip
    if chairs and found.state != MatrixState.CLOSED:
        acts.append(Act(_("Seats and their codes"), address(meeting, "matrix_seats")))
    if chairs and found.state == MatrixState.FROZEN:
        acts.append(Act(_("Close the scoring"), address(meeting, "matrix_close"), post=True,
                        refusal=services.close_verdict(found).message,
                        confirm=_("Close the scoring? Nobody can score any more.")))  # fmt: skip
    if queries.is_exportable(found):
        acts.append(Act(_("Take the scores along (CSV)"), address(meeting, "matrix_file"), kind="quiet"))
    return acts


@page(Verb.MEETING_CALL)
@require_POST
def matrix_begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the matrix from the criteria of the city."""
    meeting = meeting_of(request, code, Verb.MEETING_CALL)
    return done(request, meeting, _("The matrix is begun. Weigh its criteria, then the chair fixes them."),
                 services.begin_matrix)  # fmt: skip


@page(Verb.MEETING_CALL)
def matrix_weights(request: HttpRequest, code: str) -> HttpResponse:
    """How much each criterion counts."""
    meeting = meeting_of(request, code, Verb.MEETING_CALL)
    found = found_or_404(meeting)
    criteria = list(found.criteria.all())
    form = WeightsForm(request.POST if request.method == "POST" else None, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        by, now = request.scope.account, timezone.now()
        if form.attempt(services.weigh_criteria, by=by, at=now, meeting=meeting, weights=form.weights()) is not None:
            messages.success(request, _("The weights are kept."))
            return redirect(address(meeting))
    lead = _("How often the points of a criterion count. Zero leaves it out.")
    refusal = rules.is_draft(state=found.state).message
    return _form_page(
        request, meeting, form, _("Weigh the criteria"), _("Keep the weights"), lead=lead, refusal=refusal
    )


@page(Verb.MEETING_CALL)
def matrix_criterion(request: HttpRequest, code: str) -> HttpResponse:
    """A criterion of this meeting alone."""
    meeting = meeting_of(request, code, Verb.MEETING_CALL)
    found = found_or_404(meeting)
    form = OwnCriterionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by, now = request.scope.account, timezone.now()
        if form.attempt(services.add_criterion, by=by, at=now, meeting=meeting, **form.facts()) is not None:
            messages.success(request, _("The criterion is in the matrix."))
            return redirect(address(meeting))
    refusal = rules.is_draft(state=found.state).message
    title = _("Add a criterion of this meeting")
    return _form_page(request, meeting, form, title, _("Add"), refusal=refusal)


@page(Verb.MEETING_DECIDE)
@require_POST
def matrix_freeze(request: HttpRequest, code: str) -> HttpResponse:
    """Fix criteria, weights and proposals; scoring is open."""
    meeting = meeting_of(request, code, Verb.MEETING_DECIDE)
    return done(request, meeting, _("Criteria and weights are fixed. Scoring is open."), services.freeze_matrix)


@page(Verb.MEETING_DECIDE)
@require_POST
def matrix_close(request: HttpRequest, code: str) -> HttpResponse:
    """Close the scoring."""
    meeting = meeting_of(request, code, Verb.MEETING_DECIDE)
    return done(request, meeting, _("The scoring is closed. The ranking stands."), services.close_matrix)


@page(Verb.RECORD_SEE)
@require_safe
def matrix_file(request: HttpRequest, code: str) -> HttpResponse:
    """The scores without their seats, so that anybody can sum them again; nothing before the close."""
    meeting = meeting_of(request, code)
    found = queries.matrix_of(meeting)
    if found is None or not queries.is_exportable(found):
        raise Http404
    return csv_response(queries.exported(found), f"matriks-{meeting.code}")  # type: ignore[return-value]


def matrix_acts(request: HttpRequest, meeting: Meeting) -> list[Act]:
    """On the page of a meeting: the way to its matrix, for whoever may begin one or see it."""
    found = queries.matrix_of(meeting)
    if found is None and not request.scope.can(Verb.MEETING_CALL, meeting):
        return []
    return [Act(_("Priority matrix"), address(meeting))]


def done(
    request: HttpRequest, meeting: Meeting, said: str, service: Any, *, then: str = "matrix", **facts: Any
) -> HttpResponse:
    """Do one act, say what came of it, and go on to the page named `then`."""
    try:
        service(by=request.scope.account, at=timezone.now(), meeting=meeting, **facts)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect(address(meeting, then))


def _form_page(
    request: HttpRequest, meeting: Meeting, form: Any, title: str, submit: str, *, lead: str = "", refusal: str = ""
) -> HttpResponse:
    return form_page(
        request, form, title=title, submit=submit, back=address(meeting), kicker=meeting.title, lead=lead,
        refusal=refusal, draft=f"{meeting.code}-{submit}",
        places=[*places(meeting), Link(_("Priority matrix"), address(meeting)), Link(title)],
    )  # fmt: skip


def meeting_of(request: HttpRequest, code: str, verb: Verb = Verb.RECORD_SEE) -> Meeting:
    """A meeting somebody may see, or do `verb` with."""
    found: Meeting = request.scope.get_or_404(meetings(), verb, code=code)
    return found


def found_or_404(meeting: Meeting) -> Matrix:
    """The matrix of a meeting. Raises Http404 without one."""
    found = queries.matrix_of(meeting)
    if found is None:
        raise Http404
    return found


def address(meeting: Meeting, name: str = "matrix") -> str:
    """The page of a name, of this meeting."""
    return reverse(f"deliberation:{name}", args=[meeting.code])


def places(meeting: Meeting, here: str = "") -> list[Link]:
    """The way back to the meeting."""
    trail = [Link(_("Meetings"), reverse("deliberation:meetings")), Link(meeting.code, address(meeting, "meeting"))]
    return [*trail, Link(here)] if here else trail
