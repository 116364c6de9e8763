"""The rules of evaluation: versions to read, and a new one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.facilitators import indicators as registry
from pendamping.facilitators.enums.evaluations import IndicatorUnit
from pendamping.facilitators.forms.evaluations import EvaluationRulesForm, plain
from pendamping.facilitators.models import EvaluationRules, IndicatorRule
from pendamping.facilitators.queries import evaluations as queries
from pendamping.facilitators.services.evaluation_rules import set_evaluation_rules
from pendamping.facilitators.views.appointing import Ask, act_page
from pendamping.facilitators.views.evaluations import reader
from pendamping.regions.models import Level, Region


@page(Verb.FACILITATOR_SEE)
@require_GET
def evaluation_rules(request: HttpRequest) -> HttpResponse:
    """What holds today, and every version."""
    city = _city(request)
    in_force = queries.rules_in_force(city.path, day(timezone.now()))
    context = {
        "city": city, "rules": in_force, "lines": described(in_force) if in_force else [],
        "versions": list(queries.rules_versions(city.path)),
        "manages": request.scope.can(Verb.EVALUATION_DECIDE, city),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render_page(request, "facilitators/evaluation_rules.html", context)


@page(Verb.EVALUATION_DECIDE)
def evaluation_rules_new(request: HttpRequest) -> HttpResponse:
    """Set the next version."""
    city = _city(request)
    before = queries.rules_versions(city.path).prefetch_related("lines").first()
    form = EvaluationRulesForm(request.POST or None, before=before)
    ask = Ask(
        title=_("New rules of evaluation"), submit=_("Set the rules"), back=reverse("facilitators:evaluation_rules"),
        said=_("Set. Those evaluated read them on their own page."), draft="evaluation-rules", kicker=city.label,
        lead=_("Evaluations made under earlier rules stay as they are."),
    )  # fmt: skip
    return act_page(request, form, ask, set_evaluation_rules, lambda: {"region": city, **form.facts()})


def described(rules: EvaluationRules) -> list[tuple[str, str, IndicatorRule, str, str]]:
    """Each line with its name, formula and bounds as people read them: (label, formula, line, good, poor)."""
    found = []
    lines = {line.indicator: line for line in rules.lines.all()}
    for one in registry.indicators():
        line = lines.get(one.key)
        if line is not None:
            bounds = (_bound(one, line.good), _bound(one, line.poor))
            found.append((str(one.label), str(one.formula), line, *bounds))
    return found


def _bound(one: registry.Indicator, value: Any) -> str:
    if one.unit == IndicatorUnit.SHARE:
        return f"{plain(value * 100)} %"
    return _("%(count)s days") % {"count": plain(value)}


def _city(request: HttpRequest) -> Region:
    scope = reader(request)
    path = next((path for right in queries.RIGHTS for path in scope.paths(right)), "")
    found = Region.objects.filter(level=Level.CITY, path=path[:4]).first()
    if found is None:
        raise Http404
    return found
