"""Operations of plans, month reports and the rules of months over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Router

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.facilitators.api.appointments import who
from pendamping.facilitators.models import MonthPlan, MonthReport
from pendamping.facilitators.queries import months as queries
from pendamping.facilitators.queries.month_figures import told_to
from pendamping.facilitators.schemas import months as schemas
from pendamping.facilitators.services import month_rules as rule_services
from pendamping.facilitators.services import months as services
from pendamping.regions.models import Level, Region

router = Router(tags=["months"])
SEE, RECOMMEND, APPROVE = Verb.FACILITATOR_SEE, Verb.MONTH_RECOMMEND, Verb.MONTH_APPROVE
Year = Annotated[int, Path(ge=2020, le=2100)]
Month = Annotated[int, Path(ge=1, le=12)]


@endpoint(router, "POST", "/my-months/{year}/{month}/plan", own=True, response=schemas.PlanOut)
def send_plan(request: HttpRequest, year: Year, month: Month, facts: schemas.PlanIn) -> Any:
    """Send one's own plan of a month, or change it before the month begins."""
    places = {one.path: one for one in Region.objects.filter(path__in=[line.region for line in facts.lines])}
    if any(line.region not in places for line in facts.lines):
        raise Http404
    items = [(line.what, places[line.region], line.activity, line.wanted) for line in facts.lines]
    return 201, _plan(services.send_plan(**who(request), year=year, month=month, items=items))


@endpoint(router, "POST", "/my-months/{year}/{month}/report", own=True, response=schemas.MonthOut)
def send_month(request: HttpRequest, year: Year, month: Month, facts: schemas.MonthIn) -> Any:
    """Send one's own report of a month; what the logbook says now is frozen."""
    return 201, _whole(services.send_report(**who(request), year=year, month=month, note=facts.note))


@endpoint(router, "GET", "/my-months/{year}/{month}", own=True, response=schemas.MonthOut)
def get_my_month(request: HttpRequest, year: Year, month: Month) -> Any:
    """One's own report of a month."""
    found = queries.report_of(request.auth, year, month)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return _whole(found)


@endpoint(router, "GET", "/months/{year}/{month}", verb=SEE, response=schemas.MonthsOut)
def list_months(request: HttpRequest, year: Year, month: Month) -> Any:
    """The reports of a month in the places you see, and where one is missing."""
    scope = request.scope  # type: ignore[attr-defined]
    found = queries.seen_by(scope).filter(year=year, month=month)
    missing = queries.missing(scope, year, month)
    return {"reports": list(found), "missing": [", ".join(one.places) for one in missing]}


@endpoint(router, "GET", "/month-reports/{code}", verb=SEE, response=schemas.MonthOut)
def get_month(request: HttpRequest, code: str) -> Any:
    """One month report."""
    report = _report(request, code, SEE)
    return {**_whole(report), "figures": told_to(request.scope, report)}  # type: ignore[attr-defined]


@endpoint(router, "POST", "/month-reports/{code}/recommendation", verb=RECOMMEND, response=schemas.MonthOut)
def recommend_month(request: HttpRequest, code: str, facts: schemas.MonthRecommendIn) -> Any:
    """Recommend a month report, as the coordinator it waits for."""
    report = _report(request, code, RECOMMEND)
    return 201, _whole(services.recommend_report(**who(request), report=report, **facts.dict()))


@endpoint(router, "POST", "/month-reports/{code}/approval", verb=APPROVE, response=schemas.MonthOut)
def approve_month(request: HttpRequest, code: str, facts: schemas.MonthSeenIn) -> Any:
    """Approve a month report; it can be paid then."""
    report = _report(request, code, APPROVE)
    return 201, _whole(services.approve_report(**who(request), report=report, **facts.dict()))


@endpoint(router, "POST", "/month-reports/{code}/return", verb=RECOMMEND, response=schemas.MonthOut)
def return_month(request: HttpRequest, code: str, facts: schemas.MonthReturnIn) -> Any:
    """Send a month report back for repair, as the coordinator it waits for."""
    report = _report(request, code, RECOMMEND)
    return 201, _whole(services.return_report(**who(request), report=report, **facts.dict()))


@endpoint(router, "POST", "/month-reports/{code}/rejection", verb=APPROVE, response=schemas.MonthOut)
def reject_month(request: HttpRequest, code: str, facts: schemas.MonthReturnIn) -> Any:
    """Send a month report back for repair, as the secretariat; also one that is approved and on no list."""
    report = _report(request, code, APPROVE)
    return 201, _whole(services.return_report(**who(request), report=report, **facts.dict()))


@endpoint(router, "POST", "/month-rules", verb=Verb.RULES_MANAGE, response=schemas.MonthRulesOut)
def set_rules(request: HttpRequest, facts: schemas.MonthRulesIn) -> Any:
    """Set the days of plan, correction and pay from a day on."""
    given = facts.dict()
    city = city_of(request, given.pop("region"), Verb.RULES_MANAGE)
    return 201, rule_services.set_month_rules(**who(request), city=city, **given)


def city_of(request: Any, path: str, verb: Verb) -> Region:
    """A city by its path, where this person holds the verb."""
    found: Region = request.scope.get_or_404(Region.objects.filter(level=Level.CITY), verb, path=path)
    return found


def _report(request: Any, code: str, verb: Verb) -> MonthReport:
    found: MonthReport = request.scope.get_or_404(queries.reports(), verb, code=code)
    return found


def _plan(plan: MonthPlan) -> dict[str, Any]:
    names = ("year", "month", "sent_at", "is_late")
    return {**{name: getattr(plan, name) for name in names}, "lines": list(plan.lines.select_related("region"))}


def _whole(report: MonthReport) -> dict[str, Any]:
    names = [name for name in schemas.MonthOut.model_fields if name != "decisions"]
    return {**{name: getattr(report, name) for name in names}, "decisions": list(report.decisions.order_by("id"))}
