"""Working pages of assets: what stands, what is due, the handover, an inspection, the papers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.assets import forms, pages, papers, queries, rules, services
from pendamping.assets.enums import Condition
from pendamping.assets.models import Asset
from pendamping.core.moments import day
from pendamping.core.money import rupiah
from pendamping.core.pieces import Act, Link
from pendamping.core.verdicts import Verdict, first_refusal
from pendamping.delivery import queries as delivery
from pendamping.planning.models import Project

PAGE = 25
HALF_A_YEAR = timedelta(days=182)


@page(Verb.RECORD_SEE)
@require_GET
def assets(request: HttpRequest) -> HttpResponse:
    """What stands in my places: due for inspection first, then damaged, then everything."""
    today, view = day(timezone.now()), request.GET.get("view", "due")
    mine = request.scope.narrow(queries.assets(), Verb.RECORD_SEE)
    due = Q(next_inspection_on__lte=today) & ~Q(condition=Condition.GONE)
    views = {
        "due": (_("Due for inspection"), due),
        "damaged": (_("Damaged"), Q(condition__in=[Condition.LIGHT_DAMAGE, Condition.HEAVY_DAMAGE])),
        "all": (_("All"), Q()),
    }
    view = view if view in views else "due"
    shown = list(_before(mine.filter(views[view][1]), request.GET.get("before", ""))[: PAGE + 1])
    count = mine.order_by().filter(due).count()
    context = {
        "rows": [(asset, pages.sign(asset.condition), _is_late(asset, today)) for asset in shown[:PAGE]],
        "older": f"?view={view}&before={shown[PAGE - 1].pk}" if len(shown) > PAGE else "",
        "tabs": [
            Link(label, f"?view={name}", name == view, count if name == "due" else None)
            for name, (label, _condition) in views.items()
        ],
        "to_hand_over": _to_hand_over(request),
    }
    return render_page(request, "assets/assets.html", context)


def _before(found: QuerySet[Asset], before: str) -> QuerySet[Asset]:
    return found.filter(pk__lt=int(before)) if before.isdecimal() else found


def _is_late(asset: Asset, today: date) -> bool:
    return rules.is_due(next_inspection_on=asset.next_inspection_on, condition=asset.condition, today=today)


def _to_hand_over(request: HttpRequest) -> list[Project]:
    if not request.scope.can_anywhere(Verb.ASSET_HAND_OVER):
        return []
    return list(request.scope.narrow(queries.projects_to_hand_over(), Verb.ASSET_HAND_OVER)[:PAGE])


@page(Verb.RECORD_SEE)
@require_GET
def asset(request: HttpRequest, code: str) -> HttpResponse:
    """One asset: condition, rounds, faults, papers."""
    found = _found(request, code)
    faults = list(queries.faults_of(found)[:25])
    context = {
        **pages.story(found),
        "places": _places(found),
        "faults": [(fault, fault.voice) for fault in faults],
        "public_address": papers.public_url(found),
        "late": _is_late(found, day(timezone.now())),
        "acts": _acts(request, found),
    }
    return render_page(request, "assets/asset.html", context)


def _acts(request: HttpRequest, found: Asset) -> list[Act]:
    acts = [Act(_("Print the plate with the code (PDF)"), reverse("assets:plate", args=[found.code]))]
    acts.append(Act(_("Minutes of handover (PDF)"), reverse("assets:minutes", args=[found.code])))
    if request.scope.can(Verb.ASSET_INSPECT, found):
        inspect_it = Act(_("Record an inspection"), reverse("assets:inspect", args=[found.code]), kind="primary")
        acts.insert(0, inspect_it)
    return acts


@page(Verb.ASSET_INSPECT)
def inspect(request: HttpRequest, code: str) -> HttpResponse:
    """Record how an asset was found."""
    found, now = _found(request, code, Verb.ASSET_INSPECT), timezone.now()
    initial = {"inspected_on": day(now), "next_inspection_on": day(now) + HALF_A_YEAR}
    form = forms.InspectionForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(services.inspect, by=request.user, at=now, asset=found, **_facts(form))
        if made is not None:
            messages.success(request, _("Inspection recorded. The condition is public with its day."))
            return redirect("assets:asset", code=code)
    context = {**pages.story(found), "places": _places(found, _("Inspection")), "form": form}
    return render_page(request, "assets/inspect.html", context, status=422 if form.errors else 200)


@page(Verb.ASSET_HAND_OVER)
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Give a finished work into somebody's care."""
    project = request.scope.get_or_404(delivery.projects(), Verb.ASSET_HAND_OVER, code=code)
    refusal = _may_hand_over(request, project).message
    form = forms.HandoverForm(request.POST or None, initial=_initial(project))
    if request.method == "POST" and form.is_valid():
        made = form.attempt(services.hand_over, by=request.user, at=timezone.now(), project=project, **_facts(form))
        if made is not None:
            messages.success(request, _("Handed over. The minutes are printed and the asset has its own page."))
            return redirect("assets:asset", code=made.code)
    context = {
        "project": project,
        "places": [Link(project.title, reverse("planning:project", args=[project.code])), Link(_("Handover"))],
        "form": form,
        "refusal": refusal,
        "asset": queries.asset_of_project(project) if refusal else None,
    }
    return render_page(request, "assets/hand_over.html", context, status=422 if form.errors else 200)


def _may_hand_over(request: HttpRequest, project: Project) -> Verdict:
    state = rules.may_hand_over(project_state=project.state, stream=project.stream)
    return first_refusal(state, services.giver_verdict(by=request.scope.account, project=project, at=timezone.now()))


def _initial(project: Project) -> dict[str, Any]:
    today, money = day(timezone.now()), delivery.money_of(project)
    return {
        "handed_over_on": today,
        "giver": project.executor,
        "name": project.title,
        "place": project.decision.item.proposal.place,
        "value": rupiah(money.spent or project.budget),
        "next_inspection_on": today + HALF_A_YEAR,
    }


@page(Verb.RECORD_SEE)
@require_GET
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """The minutes of the handover; printed now if that failed on the day."""
    found = _found(request, code)
    if found.handover.document is None and request.scope.viewer is not None:  # printing is an act, looking is not
        raise Http404
    paper = services.print_minutes(found.handover, at=timezone.now())
    with paper.file.open("rb") as stored:
        return _pdf(stored.read(), f"BAST-{found.code}")


@page(Verb.RECORD_SEE)
@require_GET
def plate(request: HttpRequest, code: str) -> HttpResponse:
    """The plate to print and fix on the asset."""
    found = _found(request, code)
    return _pdf(papers.plate(found, at=timezone.now()), f"pelat-{found.code}")


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _found(request: HttpRequest, code: str, verb: Verb = Verb.RECORD_SEE) -> Asset:
    return request.scope.get_or_404(queries.assets(), verb, code=code)


def _facts(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "op"}


def _places(found: Asset, here: str = "") -> list[Link]:
    chain = [Link(_("Assets"), reverse("assets:assets")), Link(found.name, reverse("assets:asset", args=[found.code]))]
    return [*chain, Link(here)] if here else chain
