"""Working pages of planning: projects, preparing one, approving it, the rules, and whether wards are ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.moments import day, fiscal_year
from pendamping.core.money import rupiah
from pendamping.core.pieces import Act, Link
from pendamping.core.trace import Step, Trace
from pendamping.core.verdicts import first_refusal
from pendamping.deliberation.models import Decision
from pendamping.needs.enums.menu import Stream
from pendamping.needs.models import Proposal
from pendamping.planning import forms, queries, rules, services
from pendamping.planning.enums import UNAPPROVED, ProjectState, Reason
from pendamping.planning.models import Project
from pendamping.planning.readiness import readiness_of
from pendamping.regions.models import Level, Region

PAGE = 25
STEPS = {
    ProjectState.PREPARED: Step.PROJECT,
    ProjectState.APPROVED: Step.PROJECT,
    ProjectState.RUNNING: Step.PROGRESS,
    ProjectState.COMPLETED: Step.BENEFIT,
    ProjectState.HANDED_OVER: Step.ASSET,
    ProjectState.RETURNED: Step.PROJECT,
    ProjectState.CANCELLED: Step.PROJECT,
}


@page(Verb.RECORD_SEE)
@require_GET
def projects(request: HttpRequest) -> HttpResponse:
    """The projects of my places with their sums, and funded proposals still without a project."""
    found = request.scope.narrow(queries.projects().order_by("-id"), Verb.RECORD_SEE)
    chosen = {name: request.GET.get(name, "") for name in ("year", "stream", "state")}
    found = _chosen(found, chosen)
    sums = queries.sums(found)
    before = request.GET.get("before", "")
    shown = list((found.filter(pk__lt=int(before)) if before.isdecimal() else found)[: PAGE + 1])
    query = "&".join(f"{name}={value}" for name, value in chosen.items() if value)
    waiting = request.scope.narrow(queries.decisions_to_plan(), Verb.PROJECT_PREPARE)
    context = {
        "projects": [(project, trace(project)) for project in shown[:PAGE]], "sums": sums, "chosen": chosen,
        "older": f"?{query}&before={shown[PAGE - 1].pk}" if len(shown) > PAGE else "",
        "waiting": list(waiting[:PAGE]), "states": ProjectState.choices, "streams": Stream.choices,
        "sets_rules": request.scope.can_anywhere(Verb.RULES_MANAGE),
    }  # fmt: skip
    return render_page(request, "planning/projects.html", context)


def _chosen(found: QuerySet[Project], chosen: dict[str, str]) -> QuerySet[Project]:
    if chosen["year"].isdecimal() and len(chosen["year"]) == 4:
        found = found.filter(fiscal_year=int(chosen["year"]))
    if chosen["stream"] in Stream.values:
        found = found.filter(stream=chosen["stream"])
    if chosen["state"] in ProjectState.values:
        found = found.filter(state=chosen["state"])
    return found


def trace(project: Project) -> Trace:
    """Where a project stands on the eight steps."""
    return Trace(
        STEPS[ProjectState(project.state)],
        stopped=project.state == ProjectState.CANCELLED,
        complete=project.state == ProjectState.HANDED_OVER,
    )


@page(Verb.RECORD_SEE)
@require_GET
def project(request: HttpRequest, code: str) -> HttpResponse:
    """One project: facts, money, schedule, tranches, what I may do here."""
    found = request.scope.get_or_404(queries.projects(), Verb.RECORD_SEE, code=code)
    ward = Region.objects.get(path=found.ward_path)
    pattern = found.rule_set.tranches
    tranches = [
        (one.number, part, one.needs, one.amount)
        for (part, _progress), one in zip(pattern, rules.tranches(pattern, found.budget), strict=True)
    ]
    context = {
        "project": found, "state": queries.ceiling_state(ward, found.fiscal_year), "trace": trace(found),
        "proposal": found.decision.item.proposal, "meeting": found.decision.item.meeting, "tranches": tranches,
        "acts": _acts(request, found),
        "places": [Link(_("Projects"), reverse("planning:projects")), Link(found.code)],
    }  # fmt: skip
    return render_page(request, "planning/project.html", context)


def _acts(request: HttpRequest, found: Project) -> list[Act]:
    """What can be done with the plan, with refusals from the services' own rules; then the steps of the apps above."""
    acts = [*_judging(request, found), *_repairing(request, found)]
    working, finished = (ProjectState.APPROVED, ProjectState.RUNNING), (ProjectState.COMPLETED,)
    kept = ProjectState.HANDED_OVER
    for verb, name, states, label in (
        (Verb.PROGRESS_REPORT, "delivery:report", working, _("Report progress")),
        (Verb.PAYMENT_RECORD, "delivery:pay", (*working, *finished), _("Record a payment")),
        (Verb.BENEFIT_COUNT, "benefits:reach", (*finished, kept), _("Count who was reached")),
        (Verb.ASSET_HAND_OVER, "assets:hand_over", finished, _("Hand over")),
    ):
        leaves_asset = found.stream == Stream.INFRASTRUCTURE or verb != Verb.ASSET_HAND_OVER
        if found.state in states and leaves_asset and request.scope.can(verb, found):
            acts.append(Act(label, reverse(name, args=[found.code])))
    return acts


def _judging(request: HttpRequest, found: Project) -> list[Act]:
    if not request.scope.can(Verb.PROJECT_APPROVE, found) or found.state not in UNAPPROVED:
        return []
    may = services.approver_verdict(by=request.scope.account, project=found, at=timezone.now())
    fits = first_refusal(may, services.room_verdict(found, at=timezone.now()))
    address = {name: reverse(f"planning:{name}", args=[found.code]) for name in ("approve", "send_back", "cancel")}
    sure = _("Approve %(budget)s for this project? Work and payments can begin; this cannot be undone.") % {
        "budget": rupiah(found.budget)
    }
    acts = [Act(_("Give up this project"), address["cancel"], refusal=may.message, kind="quiet")]
    if found.state == ProjectState.PREPARED:
        acts[:0] = [
            Act(
                _("Approve this project"),
                address["approve"],
                post=True,
                refusal=fits.message,
                kind="primary",
                confirm=sure,
            ),
            Act(_("Return it for repair"), address["send_back"], refusal=may.message),
        ]
    return acts


def _repairing(request: HttpRequest, found: Project) -> list[Act]:
    if not request.scope.can(Verb.PROJECT_PREPARE, found) or found.state not in UNAPPROVED:
        return []
    proposal = found.decision.item.proposal
    may = services.preparer_verdict(by=request.scope.account, proposal=proposal, at=timezone.now())
    kind = "primary" if found.state == ProjectState.RETURNED else "secondary"
    return [Act(_("Repair the plan"), reverse("planning:revise", args=[found.code]), refusal=may.message, kind=kind)]


@page(Verb.PROJECT_APPROVE)
@require_POST
def approve(request: HttpRequest, code: str) -> HttpResponse:
    """Approve a prepared project."""
    found = request.scope.get_or_404(queries.projects(), Verb.PROJECT_APPROVE, code=code)
    try:
        services.approve_project(by=request.user, at=timezone.now(), project=found)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The project is approved. Work can begin."))
    return redirect("planning:project", code)


@page(Verb.PROJECT_APPROVE)
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Send a prepared project back with what is to be mended."""
    said = _("Returned with your words; the technical officer repairs it.")
    return _turn_down(request, code, services.return_project, _("Return it for repair"), said)


@page(Verb.PROJECT_APPROVE)
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Give up a project before its approval."""
    said = _("The project is given up. Its proposal waits for a later meeting.")
    return _turn_down(request, code, services.cancel_project, _("Give up this project"), said)


def _turn_down(request: HttpRequest, code: str, service: Callable[..., Project], title: str, said: str) -> HttpResponse:
    found = request.scope.get_or_404(queries.projects(), Verb.PROJECT_APPROVE, code=code)  # type: ignore[attr-defined]
    form = forms.TurnDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = form.attempt(service, by=request.user, at=timezone.now(), project=found, reason=reason)
        if done is not None:
            messages.success(request, said)
            return redirect("planning:project", code)
    places = [Link(_("Projects"), reverse("planning:projects")), Link(code, reverse("planning:project", args=[code]))]
    context = {"project": found, "form": form, "title": title, "places": [*places, Link(title)]}
    return render_page(request, "planning/turn_down.html", context, status=422 if form.errors else 200)


@page(Verb.PROJECT_PREPARE)
def revise(request: HttpRequest, code: str) -> HttpResponse:
    """Repair a project before its approval."""
    found = request.scope.get_or_404(queries.projects(), Verb.PROJECT_PREPARE, code=code)
    initial = {name: getattr(found, name) for name in forms.PrepareForm.base_fields if hasattr(found, name)}
    initial["sub_activity"] = found.sub_activity
    form = forms.PrepareForm(request.POST or None, stream=found.stream, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "op"}
        done = form.attempt(services.revise_project, by=request.user, at=timezone.now(), project=found, **facts)
        if done is not None:
            messages.success(request, _("The plan is repaired and waits for approval by the ward head."))
            return redirect("planning:project", code)
    proposal = found.decision.item.proposal
    refusal = first_refusal(
        rules.is_unapproved(state=found.state),
        services.preparer_verdict(by=request.scope.account, proposal=proposal, at=timezone.now()),
    ).message
    places = [Link(_("Projects"), reverse("planning:projects")), Link(code, reverse("planning:project", args=[code]))]
    context = {
        "project": found, "form": form, "refusal": "" if form.errors else refusal,
        "places": [*places, Link(_("Repair the plan"))],
    }  # fmt: skip
    return render_page(request, "planning/revise.html", context, status=422 if form.errors else 200)


@page(Verb.PROJECT_PREPARE)
def prepare(request: HttpRequest, code: str) -> HttpResponse:
    """Give a funded proposal its budget and schedule; shows what ceiling and share still leave."""
    everything = Proposal.objects.select_related("region__parent__parent", "menu_item", "need")
    proposal = request.scope.get_or_404(everything, Verb.PROJECT_PREPARE, code=code)
    known = queries.project_of_proposal(proposal)
    if known is not None:
        return redirect("planning:project", known.code)
    decision = queries.funding_decision(proposal)
    ward = Region.objects.get(path=proposal.ward_path)
    state = queries.ceiling_state(ward, proposal.fiscal_year)
    stream = proposal.menu_item.stream
    room = _room(state, stream, request.GET.get("budget", ""), decision)
    if request.headers.get("HX-Request") and request.method == "GET":
        return render(request, "planning/_room.html", room)
    initial = {"title": proposal.title, "budget": decision.amount if decision else None}
    form = forms.PrepareForm(request.POST or None, stream=stream, initial=initial)
    if decision is not None and request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "op"}
        made = form.attempt(services.prepare_project, by=request.user, at=timezone.now(), decision=decision, **facts)
        if made is not None:
            messages.success(request, _("The project is prepared and waits for approval by the ward head."))
            return redirect("planning:project", made.code)
    refusal = rules.is_funded(outcome="funded" if decision else "", is_closed=True, is_planned=False).message
    if not refusal and state.rule_set is None:
        refusal = Refused(Reason.NO_RULE_SET, year=proposal.fiscal_year).message
    if not refusal:
        refusal = services.preparer_verdict(by=request.scope.account, proposal=proposal, at=timezone.now()).message
    context = {
        **room, "proposal": proposal, "decision": decision, "form": form, "refusal": refusal,
        "places": [Link(_("Projects"), reverse("planning:projects")), Link(_("Prepare"))],
    }  # fmt: skip
    return render_page(request, "planning/prepare.html", context)


def _room(state: queries.CeilingState, stream: str, typed: str, decision: Decision | None) -> dict[str, object]:
    """What is left under ceiling and share, and whether a budget being typed would fit."""
    budget = forms.as_rupiah(typed)
    verdict = None
    if budget and decision is not None and state.rule_set is not None:
        verdict = rules.fits(budget=budget, agreed=decision.amount or 0, stream=stream, room=state.room)
    return {
        "state": state, "stream": Stream(stream).label, "stream_limit": state.room.limit(stream),
        "stream_planned": state.planned_in(stream), "stream_share": rules.percent(state.room.most_share(stream)),
        "left_for": state.room.left_for(stream), "verdict": verdict,
    }  # fmt: skip


@page(Verb.RULES_MANAGE)
def set_rules(request: HttpRequest) -> HttpResponse:
    """The versions of the rules, a form for the next one, and the ceiling of every ward."""
    cities = request.scope.narrow(Region.objects.filter(level=Level.CITY).order_by("path"), Verb.RULES_MANAGE)
    city = cities.first()
    if city is None:
        return redirect("planning:projects")
    versions = list(queries.versions(city))
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else fiscal_year(timezone.now())
    latest = next((version for version in versions if version.fiscal_year == year), versions[0] if versions else None)
    initial = forms.as_typed(latest) if latest else {"fiscal_year": year}
    form = forms.RulesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(services.set_rules, by=request.user, at=timezone.now(), city=city, **form.facts())
        if made is not None:
            messages.success(request, _("The new version of the rules is kept; the one before stays to be read."))
            return redirect(f"{reverse('planning:rules')}?year={made.fiscal_year}")
    inside = Region.objects.filter(level=Level.WARD, path__startswith=city.path)
    wards = list(inside.select_related("parent").order_by("path"))
    states = queries.ceiling_states(wards, year)
    context = {
        "city": city, "versions": versions, "form": form, "year": year,
        "districts": [(name, sum(state.amount for state in here), here) for name, here in _by_district(states)],
        "years": [Link(str(each), f"?year={each}", each == year) for each in range(year - 1, year + 2)],
        "total": sum(state.amount for state in states), "planned": sum(state.planned for state in states),
    }  # fmt: skip
    return render_page(request, "planning/rules.html", context)


def _by_district(found: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """What is said of wards, in the order of their paths, under the names of their districts."""
    grouped = groupby(found, key=lambda each: each.ward.parent.label if each.ward.parent else each.ward.label)
    return [(name, list(here)) for name, here in grouped]


@page(Verb.RULES_MANAGE)
def set_ceiling(request: HttpRequest, path: str, year: int) -> HttpResponse:
    """Set the ceiling of one ward."""
    ward = request.scope.get_or_404(Region.objects.filter(level=Level.WARD), Verb.RULES_MANAGE, path=path)
    state = queries.ceiling_state(ward, year)
    form = forms.CeilingForm(request.POST or None, initial={"amount": state.amount, "legal_basis": state.own_basis})
    back = f"{reverse('planning:rules')}?year={year}"
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("amount", "legal_basis")}
        made = form.attempt(services.set_ceiling, by=request.user, at=timezone.now(), ward=ward, year=year, **facts)
        if made is not None:
            messages.success(request, _("The ceiling of %(ward)s is kept.") % {"ward": ward.label})
            return redirect(back)
    context = {"ward": ward, "year": year, "state": state, "form": form, "back": back}
    return render_page(request, "planning/ceiling.html", context)


@page(Verb.RECORD_SEE)
@require_GET
def readiness(request: HttpRequest) -> HttpResponse:
    """Whether each of my wards has what it needs to begin."""
    now = timezone.now()
    year = fiscal_year(now)
    everywhere = Region.objects.filter(level=Level.WARD).select_related("parent").order_by("path")
    found = readiness_of(list(request.scope.narrow(everywhere, Verb.RECORD_SEE)), year, day(now))
    districts = [(name, sum(each.is_ready for each in here), here) for name, here in _by_district(found)]
    context = {"found": found, "districts": districts, "year": year, "ready": sum(each.is_ready for each in found)}
    return render_page(request, "planning/readiness.html", context)
