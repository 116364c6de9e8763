"""The interview of a round for the secretariat: its rules, its panel, how far it is; who, never how much."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.models import Account, Grant
from pendamping.access.pages import page, render_page
from pendamping.access.queries import in_force
from pendamping.access.roles import ROLES
from pendamping.access.verbs import Verb
from pendamping.core.formats import number
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Column, Link
from pendamping.facilitators.forms import interviews as forms
from pendamping.facilitators.models import Application, ConflictDeclaration, PanelMember, Round, ScoreSheet
from pendamping.facilitators.queries import interviews as queries
from pendamping.facilitators.queries.interviews import Progress
from pendamping.facilitators.queries.rankings import pseudonym
from pendamping.facilitators.queries.rounds import sees_codes
from pendamping.facilitators.rules import interviews as rules
from pendamping.facilitators.services import interviews, panels
from pendamping.facilitators.views.appointing import Ask, act_page, attempt, typed
from pendamping.facilitators.views.rounds import found_round, places

PANEL_ROLES = tuple(key for key, role in ROLES.items() if Verb.INTERVIEW_SCORE in role.verbs)


@page(Verb.SELECTION_SEE)
@require_GET
def panel(request: HttpRequest, code: str) -> HttpResponse:
    """Criteria, members, and for each applicant who has still to declare or to lock."""
    found = found_round(request, code, Verb.SELECTION_SEE)
    manages = request.scope.can(Verb.SELECTION_MANAGE, found)  # type: ignore[attr-defined]
    codes = sees_codes(request.scope, found)  # type: ignore[attr-defined]
    criteria, members = queries.criteria_of(found), list(queries.members(found))
    rows = [_row(one, codes) for one in queries.progress_of(found)]
    context = {
        "round": found, "manages": manages, "members": [(one, _end(found, one) if manages else []) for one in members],
        "criteria_columns": [_("Criterion"), _("What a high score shows"), Column(_("Weight (percent)"), number=True)],
        "criteria_rows": [[one.name, one.about, one.weight] for one in criteria],
        "progress": rows if codes else sorted(rows, key=lambda row: row[1]), "codes": codes,
        "acts": _acts(found, bool(criteria)) if manages else [],
        "outlier_over": number(found.outlier_over, 2), "places": places(found, _("Interviews")),
        "unnoted": sum(one.unnoted for one, *_words in rows),
    }  # fmt: skip
    return render_page(request, "facilitators/panel.html", context)


def _row(one: Progress, codes: bool) -> tuple[Progress, str, str, str, str]:
    """The applicant by code, with whom one waits for and who has a conflict; else by pseudonym alone."""
    state, tone, names = _said(one)
    name = one.application.code if codes else pseudonym(one.application)
    return one, name, state, tone, names if codes else ""


def _said(one: Progress) -> tuple[str, str, str]:
    """State, its sign, and who is waited for."""
    if one.unnoted:
        return _("Striking score without a note"), "waiting", ""
    if one.score is not None:
        return (_("Did not come"), "stopped", "") if one.score.score is None else (_("Revealed"), "done", "")
    parts = [
        (_("not declared: %(names)s"), one.undeclared), (_("not locked: %(names)s"), one.unlocked),
        (_("conflict: %(names)s"), one.conflicted),
    ]  # fmt: skip
    names = [text % {"names": ", ".join(each.account.name for each in who)} for text, who in parts if who]
    state = _("%(locked)d locked") % {"locked": one.locked}
    return state, "waiting" if one.undeclared or one.unlocked else "active", "; ".join(names)


def _acts(found: Round, has_criteria: bool) -> list[Act]:
    stage = {"stage": found.stage}
    label = str(found.get_stage_display())
    fix = rules.may_set(**stage, criteria=[("-", 100)], least=1).message
    seat = rules.may_seat(
        **stage, stage_label=label, holds_right=True, is_seated=False, is_chair=False, has_chair=False
    ).message
    return [
        Act(_("Fix criteria and weights"), _address(found, "panel_rules"), refusal=fix,
            kind="secondary" if has_criteria else "primary"),
        Act(_("Seat a member"), _address(found, "panel_seat"), refusal=seat),
        Act(_("Ranking"), _address(found, "ranking")),
    ]  # fmt: skip


def _end(found: Round, one: PanelMember) -> list[Act]:
    verdict = rules.may_end_seat(
        stage=found.stage, stage_label=str(found.get_stage_display()), is_ended=one.ended_at is not None, reason="-"
    )
    href = reverse("facilitators:panel_end", args=[found.code, one.uid])
    return [Act(_("End this seat"), href, kind="quiet")] if verdict else []


@page(Verb.SELECTION_MANAGE)
def panel_rules(request: HttpRequest, code: str) -> HttpResponse:
    """Fix what the interview looks at."""
    found = found_round(request, code)
    first = forms.InterviewRulesForm.facts_of(found, queries.criteria_of(found))
    form = forms.InterviewRulesForm(request.POST or None, initial=first)
    ask = _ask(found, _("Fix criteria and weights"), _("Fix them"), _("Criteria and weights are fixed."),
               lead=_("Everybody reads them. They cannot change once interviews have begun."))  # fmt: skip
    return act_page(
        request, form, ask, panels.set_interview_rules, lambda: {"round": found, **form.facts()}
    )  # fmt: skip


@page(Verb.SELECTION_MANAGE)
def panel_seat(request: HttpRequest, code: str) -> HttpResponse:
    """Seat a member."""
    found = found_round(request, code)
    people = Account.objects.filter(pk__in=_holders(found), is_active=True).order_by("name", "id")
    form = forms.SeatForm(request.POST or None, people=people)
    ask = _ask(found, _("Seat a member"), _("Seat"), _("The member sits on the panel."))
    return act_page(request, form, ask, panels.seat_member, lambda: {
        "round": found, "account": form.cleaned_data["account"], "is_chair": form.cleaned_data["is_chair"],
    })  # fmt: skip


def _holders(found: Round) -> Any:
    grants = Grant.objects.filter(in_force(day(timezone.now())), role__in=PANEL_ROLES)
    return grants.filter(region__path=found.region_path).order_by().values("account")


@page(Verb.SELECTION_MANAGE)
def panel_end(request: HttpRequest, code: str, member: uuid.UUID) -> HttpResponse:
    """End a seat mid-way."""
    found = found_round(request, code)
    seat = get_object_or_404(queries.members(found), uid=member)
    form = forms.ReasonWordsForm(request.POST or None)
    ask = _ask(found, _("End this seat"), _("End the seat"), _("The seat has ended."), kind="danger",
               lead=_("Locked scores stay and count. Scores that are not locked are deleted."))  # fmt: skip
    return act_page(request, form, ask, panels.end_seat, lambda: {
        "member": seat, "reason": form.cleaned_data["reason"],
    })  # fmt: skip


@page(Verb.SELECTION_MANAGE)
def panel_interview(request: HttpRequest, code: str, application: str) -> HttpResponse:
    """One applicant: whom the panel waits for, and once revealed what each member gave.

    A POST lifts the conflict of the member named by `?anggota=`.
    """
    found = found_round(request, code)
    one = _applicant(found, application)
    named = request.GET.get("anggota", "")
    form = forms.ReasonWordsForm(request.POST or None)
    if request.method == "POST":
        member = next((each for each in queries.members(found) if str(each.uid) == named), None)
        if member is None:
            raise Http404
        facts = {"application": one, "member": member}
        if attempt(request, form, interviews.lift_conflict, lambda: {**typed(form), **facts},
                   said=_("The conflict is lifted. The member declares anew.")) is not None:  # fmt: skip
            return redirect("facilitators:panel_interview", code=code, application=application)
    progress = next((each for each in queries.progress_of(found) if each.application.pk == one.pk), None)
    sheets = queries.revealed(one)
    closing = interviews.close_verdict(one)
    context = {
        "round": found, "application": one, "said": _said(progress) if progress else None,
        "score": progress.score if progress else None, "interview": getattr(one, "interview", None),
        "conflicts": [(said, _lifting(request, said, form if str(said.member.uid) == named else None))
                      for said in queries.conflicts(one)],
        "columns": marks_columns(found), "rows": marks_rows(sheets),
        "outliers": [(sheet, _note(request, found, sheet)) for sheet in sheets if sheet.is_outlier],
        "acts": [] if hasattr(one, "interview") else [
            Act(_("Close the interview"), reverse("facilitators:panel_close", args=[found.code, one.code]),
                refusal=closing.message),
            Act(_("Did not come"), reverse("facilitators:panel_absence", args=[found.code, one.code]),
                refusal=interviews.absence_verdict(one).message),
        ],
        "places": _trail(found, one.code),
    }  # fmt: skip
    return render_page(request, "facilitators/panel_interview.html", context, status=422 if form.errors else 200)


def _lifting(request: HttpRequest, said: ConflictDeclaration, tried: Any) -> tuple[str, Any]:
    """Where a conflict is lifted and the form for it; nothing where that may not be."""
    by = request.scope.account  # type: ignore[attr-defined]
    if said.lifted_at is not None or not interviews.lift_verdict(said.application, said.member, by=by):
        return "", None
    return f"?anggota={said.member.uid}", tried or forms.ReasonWordsForm()


def marks_columns(found: Round) -> list[Any]:
    """Member, each criterion, total."""
    names = [Column(one.name, number=True) for one in queries.criteria_of(found)]
    return [_("Member"), *names, Column(_("Total"), number=True)]


def marks_rows(sheets: list[ScoreSheet]) -> list[list[Any]]:
    """What each member gave, once revealed."""
    return [[one.member.account.name, *one.marks, number(one.total, 3)] for one in sheets]


def _note(request: HttpRequest, found: Round, sheet: ScoreSheet) -> list[Act]:
    if sheet.noted_at is not None:
        return []
    verdict = interviews.note_verdict(sheet, by=request.scope.account, at=timezone.now())  # type: ignore[attr-defined]
    href = reverse("facilitators:panel_note", args=[found.code, sheet.uid])
    return [Act(_("Write the note"), href, kind="primary", refusal=verdict.message)]


@page(Verb.SELECTION_MANAGE)
def panel_close(request: HttpRequest, code: str, application: str) -> HttpResponse:
    """Close an interview before all have scored."""
    found = found_round(request, code)
    one = _applicant(found, application)
    form = forms.ReasonWordsForm(request.POST or None)
    ask = _ask(found, _("Close the interview"), _("Close and reveal"), _("The interview is closed."), kicker=one.code,
               lead=_("Those who have not locked cannot score this applicant any more."))  # fmt: skip
    return act_page(request, form, ask, interviews.close_interview, lambda: {
        "application": one, "reason": form.cleaned_data["reason"],
    })  # fmt: skip


@page(Verb.SELECTION_MANAGE)
def panel_absence(request: HttpRequest, code: str, application: str) -> HttpResponse:
    """Record that an applicant did not come."""
    found = found_round(request, code)
    one = _applicant(found, application)
    form = forms.ReasonWordsForm(request.POST or None)
    ask = _ask(found, _("Did not come"), _("Record the absence"), _("It is recorded."), kicker=one.code, kind="danger",
               lead=_("The interview is not passed, without a score. This cannot be taken back."))  # fmt: skip
    return act_page(request, form, ask, interviews.record_absence, lambda: {
        "application": one, "reason": form.cleaned_data["reason"],
    })  # fmt: skip


@page(Verb.SELECTION_MANAGE)
def panel_note(request: HttpRequest, code: str, sheet: uuid.UUID) -> HttpResponse:
    """Explain a striking score."""
    found = found_round(request, code)
    one = get_object_or_404(
        ScoreSheet.objects.filter(application__round=found, is_outlier=True).select_related("application"), uid=sheet
    )
    form = forms.NoteForm(request.POST or None)
    ask = _ask(found, _("Explain a striking score"), _("Keep the note"), _("The note is kept."),
               kicker=one.application.code, back=reverse(
                   "facilitators:panel_interview", args=[found.code, one.application.code]
               ))  # fmt: skip
    return act_page(request, form, ask, interviews.note_outlier, lambda: {
        "sheet": one, "note": form.cleaned_data["note"],
    })  # fmt: skip


def _applicant(found: Round, code: str) -> Application:
    one = queries.invited(found).filter(code=code).select_related("interview").first()
    if one is None:
        raise Http404
    return one


def _ask(found: Round, title: str, submit: str, said: str, *, back: str = "", **words: Any) -> Ask:
    words.setdefault("kicker", found.title)
    return Ask(title, submit, back or _address(found, "panel"), said, places=_trail(found, title), **words)


def _address(found: Round, name: str) -> str:
    return reverse(f"facilitators:{name}", args=[found.code])


def _trail(found: Round, here: str) -> list[Link]:
    return [*places(found), Link(_("Interviews"), _address(found, "panel")), Link(here)]
