"""Operations of evaluations: computed, shown, replied to, settled; coaching, renewal, rules."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.problems import problem_response
from pendamping.facilitators import indicators as registry
from pendamping.facilitators.api.appointments import who
from pendamping.facilitators.models import CoachingTask, Evaluation, EvaluationValue
from pendamping.facilitators.queries import evaluations as queries
from pendamping.facilitators.rules.evaluations import RuleLine
from pendamping.facilitators.rules.indicators import Half, read_half
from pendamping.facilitators.schemas import evaluations as schemas
from pendamping.facilitators.services import coaching
from pendamping.facilitators.services import evaluation_rules as rules_service
from pendamping.facilitators.services import evaluations as services
from pendamping.regions.models import Level, Region

router = Router(tags=["evaluations"])
PAGE = 200
SEE, COACH, DECIDE = Verb.FACILITATOR_SEE, Verb.EVALUATION_COACH, Verb.EVALUATION_DECIDE


@endpoint(router, "GET", "/evaluations", verb=SEE, response=list[schemas.EvaluationLineOut])
def list_evaluations(request: HttpRequest, half: str = "") -> Any:
    """The evaluations of my places, by half-year and name."""
    found = queries.seen_by(request.scope)  # type: ignore[attr-defined]
    asked = read_half(half)
    if asked is not None:
        found = found.filter(year=asked.year, half=asked.half)
    return [_line(one) for one in found[:PAGE]]


@endpoint(router, "POST", "/evaluations", verb=SEE, response=schemas.EvaluationOut)
def compute_evaluation(request: HttpRequest, facts: schemas.ComputeIn) -> Any:
    """Compute a half-year of somebody in my places, or compute a draft anew."""
    half, scope = read_half(facts.half), request.scope  # type: ignore[attr-defined]
    assert half is not None  # noqa: S101  the schema has read it
    account = _account(scope, facts.appointment, half)
    if account is None:
        return problem_response(request, 404, "not_found")
    return 201, _whole(services.compute_evaluation(**who(request), account=account, half=half))


@endpoint(router, "GET", "/evaluations/{code}", verb=SEE, response=schemas.EvaluationOut)
def get_evaluation(request: HttpRequest, code: str) -> Any:
    """One evaluation."""
    return _out(_read(request, code))


@endpoint(router, "POST", "/evaluations/{code}/showing", verb=SEE, response=schemas.EvaluationOut)
def show_evaluation(request: HttpRequest, code: str) -> Any:
    """Show it to the person."""
    return 201, _whole(services.show_evaluation(**who(request), evaluation=_read(request, code)))


@endpoint(router, "GET", "/my-evaluations", own=True, response=list[schemas.EvaluationLineOut])
def list_own_evaluations(request: HttpRequest) -> Any:
    """One's own evaluations that were shown, the newest half-year first."""
    return [_line(one) for one in queries.of_person(request.auth)[:PAGE]]  # type: ignore[attr-defined]


@endpoint(router, "GET", "/my-evaluations/{code}", own=True, response=schemas.EvaluationOut)
def get_own_evaluation(request: HttpRequest, code: str) -> Any:
    """One's own evaluation, with the values, their records and the rules that judged them."""
    found = queries.whole(queries.of_person(request.auth))  # type: ignore[attr-defined]
    return _out(get_object_or_404(found, code=code))


@endpoint(router, "POST", "/evaluations/{code}/reply", own=True, response=schemas.EvaluationOut)
def reply(request: HttpRequest, code: str, facts: schemas.ReplyIn) -> Any:
    """Reply to one's own evaluation."""
    found = get_object_or_404(queries.of_person(request.auth), code=code)  # type: ignore[attr-defined]
    return 201, _whole(services.reply_to_evaluation(**who(request), evaluation=found, reply=facts.reply))


@endpoint(router, "POST", "/evaluations/{code}/settlement", verb=DECIDE, response=schemas.EvaluationOut)
def settle_evaluation(request: HttpRequest, code: str, facts: schemas.SettleIn) -> Any:
    """Settle it with words."""
    return 201, _whole(services.settle_evaluation(**who(request), evaluation=_read(request, code), **facts.dict()))


@endpoint(router, "POST", "/evaluations/{code}/renewal", verb=DECIDE, response=schemas.RenewalOut)
def decide_renewal(request: HttpRequest, code: str, facts: schemas.RenewalIn) -> Any:
    """Decide what becomes of the contract."""
    return 201, services.decide_renewal(**who(request), evaluation=_read(request, code), **facts.dict())


@endpoint(
    router, "POST", "/evaluations/{code}/coaching/{indicator}/plan", verb=COACH, response=schemas.CoachingOut
)  # fmt: skip
def agree_coaching(request: HttpRequest, code: str, indicator: str, facts: schemas.CoachingPlanIn) -> Any:
    """Agree on steps with the person."""
    task = _task(request, code, indicator)
    return 201, _coaching(coaching.agree_coaching(**who(request), task=task, **facts.dict()))


@endpoint(
    router, "POST", "/evaluations/{code}/coaching/{indicator}/result", verb=COACH, response=schemas.CoachingOut
)  # fmt: skip
def finish_coaching(request: HttpRequest, code: str, indicator: str, facts: schemas.CoachingResultIn) -> Any:
    """Say what came of it."""
    task = _task(request, code, indicator)
    return 201, _coaching(coaching.finish_coaching(**who(request), task=task, result=facts.result))


@endpoint(router, "POST", "/evaluation-rules", verb=DECIDE, response=schemas.EvaluationRulesOut)
def set_rules(request: HttpRequest, facts: schemas.EvaluationRulesIn) -> Any:
    """Set the next version of a city's rules."""
    given = facts.dict()
    cities = Region.objects.filter(level=Level.CITY)
    region = request.scope.get_or_404(cities, DECIDE, path=given.pop("region"))  # type: ignore[attr-defined]
    lines = [RuleLine(**line) for line in given.pop("lines")]
    return 201, rules_service.set_evaluation_rules(**who(request), region=region, lines=lines, **given)


def _account(scope: Any, appointment: str, half: Half) -> Any:
    """Somebody of my places by an appointment: due, or computed already (the service says what that means)."""
    due = queries.due(scope, half).filter(appointment__code=appointment).first()
    if due is not None:
        return due.account
    known = queries.seen_by(scope).filter(appointment__code=appointment, year=half.year, half=half.half).first()
    return known.account if known is not None else None


def _read(request: Any, code: str) -> Evaluation:
    return get_object_or_404(queries.whole(queries.seen_by(request.scope)), code=code)


def _task(request: Any, code: str, indicator: str) -> CoachingTask:
    mine = queries.coaching_seen_by(request.scope).filter(evaluation__code=code, value__indicator=indicator)
    found = mine.first()
    if found is None:
        raise Http404
    if not queries.may_coach(request.scope, found.evaluation, day(timezone.now())):
        raise PermissionDenied
    return found


def _whole(made: Evaluation) -> dict[str, Any]:
    return _out(queries.whole(queries.evaluations()).get(pk=made.pk))


def _line(one: Evaluation) -> dict[str, Any]:
    return {
        "code": one.code, "half": one.half_code, "state": one.state, "person": one.account.name,
        "region": one.region_path, "reply_by": one.reply_by,
    }  # fmt: skip


def _out(one: Evaluation) -> dict[str, Any]:
    names = ("days_served", "total", "judged_weight", "whole_weight", "reply", "words", "settled_alone")
    return {
        **_line(one), **{name: getattr(one, name) for name in names}, "rules_version": one.rules.version,
        "values": [_value(value) for value in one.values.all()],
        "coaching": [_coaching(task) for task in one.coaching.all()], "renewal": getattr(one, "renewal", None),
    }  # fmt: skip


def _value(value: EvaluationValue) -> dict[str, Any]:
    known = registry.known(value.indicator)
    names = (
        "indicator", "group", "unit", "value", "at_least", "sample", "sample_least", "still_open", "inputs", "weight",
        "good", "poor", "points", "is_struck",
    )  # fmt: skip
    words = {"label": str(known.label), "formula": str(known.formula)} if known else {"label": "", "formula": ""}
    return {**{name: getattr(value, name) for name in names}, **words}


def _coaching(task: CoachingTask) -> dict[str, Any]:
    names = ("due_on", "steps", "result", "done_at")
    return {"indicator": task.value.indicator, **{name: getattr(task, name) for name in names}}
