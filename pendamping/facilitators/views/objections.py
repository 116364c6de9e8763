"""Objections: the secretariat answers them; an applicant lodges one from their own pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, public_page, render_page
from pendamping.access.throttle import allow
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.formats import number
from pendamping.core.pieces import Link
from pendamping.facilitators.enums.objections import ObjectionState
from pendamping.facilitators.enums.selection import Reason
from pendamping.facilitators.forms.objections import AnswerObjectionForm, ObjectionForm
from pendamping.facilitators.models import Application, Objection, Ranking
from pendamping.facilitators.queries import objections as queries
from pendamping.facilitators.queries import rankings
from pendamping.facilitators.rules import objections as rules
from pendamping.facilitators.services import objections as services
from pendamping.facilitators.views.applicants import own_view
from pendamping.facilitators.views.appointing import attempt
from pendamping.facilitators.views.public_rankings import move_row

PAGE = 25
OBJECTIONS_AN_HOUR = 8
TONES = {ObjectionState.OPEN: "waiting", ObjectionState.REJECTED: "stopped", ObjectionState.UPHELD: "done"}


@page(Verb.SELECTION_MANAGE)
@require_GET
def objections(request: HttpRequest) -> HttpResponse:
    """Objections of my city: those that wait, or all."""
    view = "all" if request.GET.get("view") == "all" else "waiting"
    records = queries.objections() if view == "all" else queries.objections_waiting_for_answer()
    found = request.scope.narrow(records, Verb.SELECTION_MANAGE)  # type: ignore[attr-defined]
    at = request.GET.get("page", "1")
    here = max(1, int(at[:6])) if at.isdecimal() else 1
    shown = list(found[(here - 1) * PAGE : here * PAGE + 1])
    context = {
        "rows": [(one, TONES[ObjectionState(one.state)]) for one in shown[:PAGE]],
        "tabs": [Link(_("Waiting"), "?view=waiting", view == "waiting"), Link(_("All"), "?view=all", view == "all")],
        "older": f"?view={view}&page={here + 1}" if len(shown) > PAGE else "",
        "newer": f"?view={view}&page={here - 1}" if here > 1 else "",
    }  # fmt: skip
    return render_page(request, "facilitators/objections.html", context)


@page(Verb.SELECTION_MANAGE, for_own_eyes=True)
def objection(request: HttpRequest, code: str) -> HttpResponse:
    """One objection with the result it is about; a POST answers it."""
    found: Objection = request.scope.get_or_404(queries.objections(), Verb.SELECTION_MANAGE, code=code)  # type: ignore[attr-defined]
    form = AnswerObjectionForm(request.POST or None, stage=found.stage)

    def facts() -> dict[str, Any]:
        return {"objection": found, **{key: value for key, value in form.cleaned_data.items() if key != "op"}}

    if attempt(request, form, services.answer_objection, facts, said=_("The objection is answered.")) is not None:
        return redirect("facilitators:objection", code=code)
    by = request.scope.account  # type: ignore[attr-defined]
    verdict = rules.may_answer(state=found.state, decided_by=queries.deciders(found), by=by.pk, reason="-")
    made = Ranking.objects.filter(round=found.round, version=found.new_version).first() if found.new_version else None
    context = {
        "objection": found, "tone": TONES[ObjectionState(found.state)], "form": form, "refusal": verdict.message,
        "result": queries.result_of(found.application, found.stage), "standing": rankings.standing_in_force(
            found.application
        ),
        "correction": _correction(found), "moves": [move_row(one) for one in made.moves] if made else [],
        "move_columns": [_("Pseudonym"), _("Before"), _("Now")],
        "places": [Link(_("Objections"), reverse("facilitators:objections")), Link(found.code)],
    }  # fmt: skip
    return render_page(request, "facilitators/objection.html", context, status=422 if form.errors else 200)


def _correction(found: Objection) -> str:
    if found.new_score is None:
        return ""
    return _("%(old)s → %(new)s") % {"old": number(found.old_score, 3), "new": number(found.new_score, 3)}


@public_page(max_age=0, methods=("GET", "POST"))
@own_view
def applicant_objection(request: HttpRequest, found: Application) -> HttpResponse:
    """An applicant objects to a result while the window is open."""
    now = timezone.now()
    stages = queries.stages_to_object(found, now)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        wait = allow(f"facilitators.objection:{found.code}", limit=OBJECTIONS_AN_HOUR, seconds=3600, at=now)
        status = 429 if wait is not None else 422
        if wait is not None:
            form.add_error(None, Refused(Reason.TOO_MANY_TRIES, minutes=-(-wait // 60)).message)
        elif form.is_valid():
            facts = {name: form.cleaned_data[name] for name in ("stage", "text")}
            if form.attempt(services.lodge_objection, by=None, at=now, application=found, **facts) is not None:
                return redirect("facilitators:applicant")
    elif len(stages) > 0:
        form = ObjectionForm(stages=stages)
    refusal = "" if stages else queries.verdict_to_object(found, at=now, stage="files", text="-").message
    context = {"application": found, "form": form, "refusal": refusal, "until": found.round.objections_until}
    return render_page(request, "facilitators/applicant_objection.html", context, status=status)
