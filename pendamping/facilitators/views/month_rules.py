"""The city's rules for months and pay: days, deductions, each with its legal basis."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.facilitators.forms import months as forms
from pendamping.facilitators.forms import pay as pay_forms
from pendamping.facilitators.models import Deduction
from pendamping.facilitators.queries import month_rules as queries
from pendamping.facilitators.services import month_rules as services
from pendamping.facilitators.views.appointing import Ask, act_page, typed
from pendamping.regions.models import Level, Region

SET = Verb.RULES_MANAGE


@page(SET)
@require_GET
def month_rules(request: HttpRequest) -> HttpResponse:
    """What holds, and what held before."""
    city, today = city_of(request, SET), day(timezone.now())
    context = {
        "city": city, "terms": queries.terms(city.path, today), "versions": list(queries.rules_of(city.path)),
        "deductions": list(queries.deductions_of(city.path)),
        "acts": [
            Act(_("Set new days"), reverse("facilitators:month_rules_set"), kind="primary"),
            Act(_("Add a deduction"), reverse("facilitators:deduction_set")),
        ],
        "places": [Link(_("Facilitators"), reverse("facilitators:hub")), Link(_("Months and pay"))],
    }  # fmt: skip
    return render_page(request, "facilitators/month_rules.html", context)


@page(SET)
def month_rules_set(request: HttpRequest) -> HttpResponse:
    """Set the days that hold from a day on."""
    city = city_of(request, SET)
    held = queries.terms(city.path, day(timezone.now()))
    names = ("plan_day", "correction_days", "pay_day", "pays_suspension")
    initial = {name: getattr(held, name) for name in names}
    form = forms.RulesForm(request.POST or None, initial=initial)
    ask = Ask(
        title=_("Days of plan, report and pay"), submit=_("Set"), back=reverse("facilitators:month_rules"),
        said=_("Set. Earlier versions stay readable."), kicker=city.label,
    )  # fmt: skip
    return act_page(request, form, ask, services.set_month_rules, lambda: {"city": city, **typed(form)})


@page(SET)
def deduction_set(request: HttpRequest) -> HttpResponse:
    """Add what is deducted from pay."""
    city = city_of(request, SET)
    form = pay_forms.DeductionForm(request.POST or None)
    ask = Ask(
        title=_("A deduction from pay"), submit=_("Add"), back=reverse("facilitators:month_rules"),
        said=_("Added. Lists made from now on take it into account."), kicker=city.label,
    )  # fmt: skip
    return act_page(request, form, ask, services.set_deduction, lambda: {"city": city, **form.facts()})


@page(SET)
def deduction_end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End a deduction with a last day."""
    found: Deduction = request.scope.get_or_404(Deduction.objects.select_related("city"), SET, uid=uid)  # type: ignore[attr-defined]
    form = pay_forms.EndDeductionForm(request.POST or None)
    ask = Ask(
        title=_("End the deduction “%(name)s”") % {"name": found.name}, submit=_("End it"),
        back=reverse("facilitators:month_rules"), said=_("Ended."), kicker=found.legal_basis,
    )  # fmt: skip
    return act_page(request, form, ask, services.end_deduction, lambda: {"deduction": found, **typed(form)})


def city_of(request: Any, verb: Verb) -> Region:
    """The city this person acts for with this verb; a place below it does not set what holds for all."""
    found = Region.objects.filter(level=Level.CITY, path__in=request.scope.paths(verb)).order_by("path").first()
    if found is None:
        raise Http404
    return found
