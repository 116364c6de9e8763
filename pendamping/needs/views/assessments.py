"""Working pages of the assessment: points with reasons, photos from a fixed point, the criteria of a city."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Cell, Column, Link, Photo
from pendamping.needs import services
from pendamping.needs.enums.assessments import Facing
from pendamping.needs.forms.assessments import CriterionForm, ScoreForm, ViewForm
from pendamping.needs.models import Criterion, Need, View, Viewpoint
from pendamping.needs.queries.assessments import (
    SIMILAR_MOST,
    Weighed,
    criteria_in_force,
    criteria_of,
    criteria_to_come,
    similar_needs,
    viewpoints_of,
    weighed,
)
from pendamping.needs.rules import assessments as rules
from pendamping.needs.views.days import city_of


def assessment_of(need: Need, scope: Scope) -> dict[str, Any]:
    """What the page of a need shows of its weight, of needs like it, and of its place over time."""
    criteria = criteria_in_force(need.region_path, day(timezone.now()))
    here, *others = weighed([need, *similar_needs(need)[:SIMILAR_MOST]], criteria)
    return {
        "weighed": here,
        "sum_said": _sum(here.sum),
        "sum_note": _openness(here.sum),
        "side_by_side": _side_by_side(here, others, scope) if others else None,
        "viewpoints": _seen(viewpoints_of(need)),
    }


def _sum(found: rules.Sum) -> str:
    """ "23 of 35"; with something missing "17 so far, of 35"."""
    shown = {"points": formats.number(found.points), "whole": formats.number(found.whole)}
    return (_("%(points)s so far, of %(whole)s") if found.missing else _("%(points)s of %(whole)s")) % shown


def _openness(found: rules.Sum) -> str:
    """How far the single points lie apart, and what the sum may become."""
    said = []
    if found.lowest is not None:
        spread = {"lowest": found.lowest, "highest": found.highest}
        said.append(_("Single points from %(lowest)s to %(highest)s.") % spread)
    if found.missing:
        facts = {"count": found.missing, "low": formats.number(found.low), "high": formats.number(found.high)}
        said.append(
            ngettext(
                "%(count)s criterion is missing: with it the sum lies between %(low)s and %(high)s.",
                "%(count)s criteria are missing: with them the sum lies between %(low)s and %(high)s.",
                found.missing,
            )
            % facts
        )
    return " ".join(said)


def _side_by_side(here: Weighed, others: list[Weighed], scope: Scope) -> dict[str, Any]:
    """The table of this need and those like it, the heaviest first; what is missing counts at its least.

    One that somebody does not work on leads to its public page.
    """
    all_of = sorted([here, *others], key=lambda one: (-one.sum.low, one.need.pk))
    columns = [Column(_("Need")), Column(_("Sum"), number=True)]
    columns += [Column(criterion.label, number=True) for criterion, _score in here.lines]
    rows = [
        [
            _("%(title)s (this need)") % {"title": one.need.title}
            if one is here
            else Cell(one.need.title, _page_of(one.need, scope)),
            _short_sum(one.sum),
            *(formats.number(score.points) if score else "–" for _criterion, score in one.lines),
        ]
        for one in all_of
    ]
    return {"columns": columns, "rows": rows}


def _page_of(need: Need, scope: Scope) -> str:
    return reverse("needs:need" if scope.can(Verb.RECORD_SEE, need) else "portal:journey", args=[need.code])


def _short_sum(found: rules.Sum) -> str:
    if not found.missing:
        return formats.number(found.points)
    return f"{formats.number(found.low)}–{formats.number(found.high)}"


def _seen(points: Iterable[Viewpoint]) -> list[tuple[str, str, list[Photo]]]:
    """Each point in words, where one looks to from there, and what is seen."""
    return [(one.words, _facing(one.heading), _pictures(list(one.views.all()))) for one in points]


def _facing(heading: int | None) -> str:
    """The nearest of the eight directions; empty when none is known."""
    if heading is None:
        return ""
    nearest = Facing(round(heading / 45) * 45 % 360)
    return _("Looking to the %(direction)s") % {"direction": str(nearest.label).lower()}


def _pictures(views: list[View]) -> list[Photo]:
    """The first and the newest view, to be looked at beside each other; one alone when there is no other."""
    chosen = views if len(views) < 2 else [views[0], views[-1]]
    return [
        Photo(
            src=reverse("access:photo", args=[one.photo.name, "thumb"]),
            alt=_("The place seen from the fixed point"),
            on=one.taken_on,
            href=reverse("access:photo", args=[one.photo.name, "full"]),
        )
        for one in chosen
    ]


def assessment_acts(request: HttpRequest, need: Need) -> list[Act]:
    """What may be done here to weigh a need, or why not now."""
    if not request.scope.can(Verb.NEED_VERIFY, need):  # type: ignore[attr-defined]
        return []
    refusal = rules.is_weighable(state=need.state).message
    today = day(timezone.now())
    no_view = rules.may_take_view(state=need.state, is_known=True, words="", taken_on=today, today=today).message
    return [
        Act(_("Weigh this need"), reverse("needs:score", args=[need.code]), refusal=refusal),
        Act(_("Photograph it from the fixed point"), reverse("needs:view", args=[need.code]), refusal=no_view),
    ]


@page(Verb.NEED_VERIFY)
def score(request: HttpRequest, code: str) -> HttpResponse:
    """Points by each criterion, each with its reason."""
    found = _need(request, code)
    verdict = rules.is_weighable(state=found.state)
    if not verdict:
        messages.warning(request, verdict.message)
        return redirect("needs:need", code=found.code)
    criteria = criteria_in_force(found.region_path, day(timezone.now()))
    form = ScoreForm(request.POST if request.method == "POST" else None, weighed=weighed([found], criteria)[0])
    if request.method == "POST" and form.is_valid():
        done = form.attempt(services.score_need, by=_account(request), at=timezone.now(), need=found, **form.facts())
        if done is not None:
            messages.success(request, _("The points are kept, each with its reason."))
            return redirect("needs:need", code=found.code)
    context = {"form": form, "need": found, "draft": f"score-{found.code}"}
    return render_page(request, "needs/score.html", context, status=422 if form.errors else 200)


@page(Verb.NEED_VERIFY)
def view(request: HttpRequest, code: str) -> HttpResponse:
    """A photo from the fixed point of a need."""
    found = _need(request, code)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    points = list(viewpoints_of(found))
    form = ViewForm(*given, viewpoints=points)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(services.take_view, by=_account(request), at=timezone.now(), need=found, **form.facts())
        if done is not None:
            messages.success(request, _("The photo is kept beside the earlier ones."))
            return redirect("needs:need", code=found.code)
    context = {"form": form, "need": found, "viewpoints": _seen(points)}
    return render_page(request, "needs/view.html", context, status=422 if form.errors else 200)


def _need(request: HttpRequest, code: str) -> Need:
    needs = Need.objects.select_related("menu_item", "region__parent__parent")
    found: Need = request.scope.get_or_404(needs, Verb.NEED_VERIFY, code=code)  # type: ignore[attr-defined]
    return found


def _account(request: HttpRequest) -> Any:
    return request.scope.account  # type: ignore[attr-defined]


@require_safe
@page(Verb.LISTENING_MANAGE)
def criteria(request: HttpRequest) -> HttpResponse:
    """What needs of the city are weighed by today, what it left out, and what begins later."""
    city, today = city_of(request), day(timezone.now())
    context = {
        "city": city,
        "criteria": criteria_of(city.path, today),
        "to_come": criteria_to_come(city.path, today),
        "acts": [Act(_("Add a criterion"), reverse("needs:criterion_add"), kind="primary")],
    }
    return render_page(request, "needs/criteria.html", context)


@page(Verb.LISTENING_MANAGE)
def criterion_add(request: HttpRequest) -> HttpResponse:
    """A criterion of the city's own."""
    return _criterion(request, None)


@page(Verb.LISTENING_MANAGE)
def criterion(request: HttpRequest, key: str) -> HttpResponse:
    """Another version of a criterion, for this city: of the last one set, though it begins later or was left out."""
    path, today = city_of(request).path, day(timezone.now())
    last_set = {one.key: one for one in [*criteria_of(path, today), *criteria_to_come(path, today)]}
    found = last_set.get(key)
    if found is None:
        raise Http404
    return _criterion(request, found)


def _criterion(request: HttpRequest, found: Criterion | None) -> HttpResponse:
    city, today = city_of(request), day(timezone.now())
    known = {one.key for one in [*criteria_of(city.path, today), *criteria_to_come(city.path, today)]}
    form = CriterionForm(request.POST if request.method == "POST" else None, found=found, known=known)
    if request.method == "POST" and form.is_valid():
        key = found.key if found else form.cleaned_data["key"]
        facts = {"city": city, "key": key, **form.facts()}
        done = form.attempt(services.set_criterion, by=_account(request), at=timezone.now(), **facts)
        if done is not None:
            messages.success(request, _("The criterion is set. Earlier points stay readable with their version."))
            return redirect("needs:criteria")
    here = Link(found.label if found else _("Add a criterion"))
    context = {"form": form, "title": here.label, "places": [Link(_("Criteria"), reverse("needs:criteria")), here]}
    return render_page(request, "needs/criterion.html", context, status=422 if form.errors else 200)
