"""The pages of a panel member: whom I interview, what I have to do next, my scores; others' only once revealed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.forms import ActForm
from pendamping.core.pieces import Act, Link
from pendamping.facilitators.enums.interviews import MemberStep
from pendamping.facilitators.forms import interviews as forms
from pendamping.facilitators.models import Application, ConflictDeclaration, PanelMember, ScoreSheet
from pendamping.facilitators.queries import interviews as queries
from pendamping.facilitators.queries.applications import applications, identity
from pendamping.facilitators.rules import interviews as rules
from pendamping.facilitators.services import interviews as services
from pendamping.facilitators.views.appointing import Ask, act_page
from pendamping.facilitators.views.panels import marks_columns, marks_rows

TONES = {
    MemberStep.DECLARE: "waiting", MemberStep.SCORE: "waiting", MemberStep.LOCK: "waiting",
    MemberStep.LOCKED: "active", MemberStep.REVEALED: "done",
}  # fmt: skip
FEW = (MemberStep.DECLARE, MemberStep.SCORE, MemberStep.LOCK)


@page(Verb.INTERVIEW_SCORE, for_own_eyes=True)
@require_GET
def interviews(request: HttpRequest) -> HttpResponse:
    """Whom I interview: what waits for me first."""
    tasks = sorted(queries.tasks_of(request.scope.account), key=lambda task: not task.is_waiting)  # type: ignore[attr-defined]
    context = {
        "tasks": [(task, TONES.get(task.step, "neutral")) for task in tasks],
        "waiting": sum(task.is_waiting for task in tasks), "count": len(tasks),
    }  # fmt: skip
    return render_page(request, "facilitators/interviews.html", context)


@page(Verb.INTERVIEW_SCORE, for_own_eyes=True)
@require_GET
def interview(request: HttpRequest, code: str) -> HttpResponse:
    """One applicant: declare, score, lock; afterwards what all of us gave."""
    found, seat = _mine(request, code)
    return _shown(request, found, seat, {})


def _shown(
    request: HttpRequest, found: Application, seat: PanelMember, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    facts = queries.facts_of(found, seat)
    step = rules.step_of(facts)
    said = queries.said_by(found, seat)
    sheet = ScoreSheet.objects.filter(member=seat, application=found).first()
    sheets = queries.revealed(found)
    criteria = queries.criteria_of(found.round)
    scores = bool(rules.may_open_sheet(facts))
    common = {
        "application": found, "step": step, "step_label": step.label, "tone": TONES.get(step, "neutral"),
        "name": identity(found)["name"] if step not in (MemberStep.WITHDRAWN, MemberStep.LATER) else "",
        "said": said, "is_conflicted": step == MemberStep.CONFLICT, "sheet": sheet, "criteria": criteria,
        "declare_form": forms.DeclareForm(initial=_said(said)) if step in FEW else None,
        "score_form": forms.ScoreForm(criteria=criteria, initial=_given(sheet, criteria)) if scores else None,
        "lock_form": ActForm() if scores and sheet else None,
        "columns": marks_columns(found.round) if sheets else [], "rows": marks_rows(sheets),
        "outliers": [(one, _note(seat, one)) for one in sheets if one.is_outlier],
        "places": [Link(_("My interviews"), reverse("facilitators:interviews")), Link(found.code)],
    }  # fmt: skip
    return render_page(request, "facilitators/interview.html", {**common, **context}, status=status)


def _said(said: ConflictDeclaration | None) -> dict[str, Any]:
    if said is None:
        return {}
    return {"has_conflict": "yes" if said.has_conflict else "no", "kind": said.kind, "reason": said.reason}


def _given(sheet: ScoreSheet | None, criteria: list[Any]) -> dict[str, Any]:
    if sheet is None:
        return {}
    marks = {f"mark_{one.position}": mark for one, mark in zip(criteria, sheet.marks, strict=False)}
    return {**marks, "note": sheet.note}


def _note(seat: PanelMember, sheet: ScoreSheet) -> list[Act]:
    if sheet.noted_at is not None or not seat.is_chair:
        return []
    verdict = services.note_verdict(sheet, by=seat.account, at=timezone.now())
    return [Act(_("Write the note"), reverse("facilitators:interview_note", args=[sheet.uid]), refusal=verdict.message)]


@page(Verb.INTERVIEW_SCORE)
@require_POST
def interview_declare(request: HttpRequest, code: str) -> HttpResponse:
    """Declare a conflict of interest, or none."""
    return _act(request, code, "declare_form", lambda _found: forms.DeclareForm(request.POST),
                services.declare_conflict, _("Your declaration is kept."))  # fmt: skip


@page(Verb.INTERVIEW_SCORE)
@require_POST
def interview_score(request: HttpRequest, code: str) -> HttpResponse:
    """Keep my scores; I can change them until I lock."""

    def make(found: Application) -> forms.ScoreForm:
        return forms.ScoreForm(request.POST, criteria=queries.criteria_of(found.round))

    return _act(request, code, "score_form", make, services.save_scores,
                _("Your scores are kept. Lock them when you are sure."))  # fmt: skip


@page(Verb.INTERVIEW_SCORE)
@require_POST
def interview_lock(request: HttpRequest, code: str) -> HttpResponse:
    """Lock my scores."""
    return _act(request, code, "lock_form", lambda _found: ActForm(request.POST), services.lock_scores,
                _("Your scores are locked."))  # fmt: skip


def _act(
    request: HttpRequest, code: str, name: str, make: Callable[[Application], Any], service: Callable[..., Any],
    done: str,
) -> HttpResponse:  # fmt: skip
    found, seat = _mine(request, code)
    form = make(found)
    if form.is_valid():
        facts = form.facts() if hasattr(form, "facts") else {
            key: value for key, value in form.cleaned_data.items() if key != "op"
        }  # fmt: skip
        by = request.scope.account  # type: ignore[attr-defined]
        if form.attempt(service, by=by, at=timezone.now(), application=found, **facts) is not None:
            messages.success(request, done)
            return redirect("facilitators:interview", code=code)
    return _shown(request, found, seat, {name: form}, status=422)


@page(Verb.INTERVIEW_SCORE, for_own_eyes=True)
def interview_note(request: HttpRequest, sheet: uuid.UUID) -> HttpResponse:
    """The chair explains a striking score."""
    one = ScoreSheet.objects.filter(uid=sheet, is_outlier=True).select_related("application__round__region").first()
    if one is None:
        raise Http404
    found, seat = _mine(request, one.application.code)
    if not seat.is_chair:
        raise Http404
    form = forms.NoteForm(request.POST or None)
    back = reverse("facilitators:interview", args=[found.code])
    ask = Ask(_("Explain a striking score"), _("Keep the note"), back, _("The note is kept."), kicker=found.code)
    return act_page(request, form, ask, services.note_outlier, lambda: {
        "sheet": one, "note": form.cleaned_data["note"],
    })  # fmt: skip


def _mine(request: HttpRequest, code: str) -> tuple[Application, PanelMember]:
    """An applicant whom a panel interviews on which I sit; for everybody else there is no such page."""
    found: Application = request.scope.get_or_404(applications(), Verb.INTERVIEW_SCORE, code=code)  # type: ignore[attr-defined]
    seat = queries.seat_of(request.scope.account, found.round)  # type: ignore[attr-defined]
    if seat is None or not queries.is_invited(found):
        raise Http404
    return found, seat
