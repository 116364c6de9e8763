"""Operations of ethics over HTTP: the report of anybody, the steps of a panel, one's own answer and signature."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.facilitators.api.appointments import MANAGE, who
from pendamping.facilitators.flood import too_many_reports
from pendamping.facilitators.models import EthicsCase
from pendamping.facilitators.queries import appointments as people
from pendamping.facilitators.queries import assignments as placed
from pendamping.facilitators.queries import ethics as queries
from pendamping.facilitators.schemas import ethics as schemas
from pendamping.facilitators.services import ethics_cases as services
from pendamping.facilitators.services import ethics_code
from pendamping.facilitators.services import ethics_decisions as decisions
from pendamping.regions import queries as regions
from pendamping.regions.models import Level, Region

router = Router(tags=["ethics"])
PAGE = 200
REVIEW = Verb.ETHICS_REVIEW


@endpoint(router, "POST", "/ethics/reports", public=True, response=schemas.BreachOut)
def report_breach(request: HttpRequest, facts: schemas.BreachIn) -> Any:
    """Report a breach of the code of ethics; no account needed."""
    at, city = timezone.now(), regions.site_city()
    refusal = too_many_reports(request, at)
    if refusal is not None:
        raise refusal
    if city is None:
        raise Http404
    about = None
    if facts.appointment:
        serving = placed.serving_on(day(at)).filter(city_path=city.path)
        about = get_object_or_404(serving, appointment__code=facts.appointment).appointment
    op = operation_id(request)
    made = services.report_breach(by=None, at=at, op=op, city=city, text=facts.text, about=about, contact=facts.contact)
    return 201, {"code": made.code}


@endpoint(router, "GET", "/ethics/code", public=True, response=schemas.CodeOut)
def get_code(request: HttpRequest) -> Any:
    """The code of ethics in force, with its version."""
    city = regions.site_city()
    code = queries.code_in_force(city.path) if city else None
    if code is None:
        raise Http404
    return code


@endpoint(router, "POST", "/ethics/codes", verb=MANAGE, response=schemas.CodeOut)
def publish_code(request: HttpRequest, facts: schemas.EthicsCodeIn) -> Any:
    """Publish a new version of the code."""
    given = facts.dict()
    cities = Region.objects.filter(level=Level.CITY)
    region = request.scope.get_or_404(cities, MANAGE, path=given.pop("region"))  # type: ignore[attr-defined]
    return 201, ethics_code.publish_code(**who(request), region=region, **given)


@endpoint(router, "POST", "/appointments/{code}/signature", own=True, response=schemas.CodeOut)
def sign_code(request: HttpRequest, code: str, facts: schemas.SignIn) -> Any:
    """Sign the code of ethics for one's own appointment."""
    found = get_object_or_404(people.of_person(request.auth), code=code)  # type: ignore[attr-defined]
    version = queries.versions(found.region_path).filter(version=facts.version).first()
    if version is None:
        raise Http404
    ethics_code.sign_code(**who(request), appointment=found, ethics_code=version)
    return 201, version


@endpoint(router, "POST", "/ethics/cases/{code}/panel", verb=MANAGE, response=schemas.RegisterOut)
def name_panel(request: HttpRequest, code: str, facts: schemas.PanelIn) -> Any:
    """Name who sits on the panel of a case."""
    found = request.scope.get_or_404(queries.cases(), MANAGE, code=code)  # type: ignore[attr-defined]
    members = list(Account.objects.filter(username__in=facts.members).order_by("id"))
    if len(members) < len(set(facts.members)):
        raise Http404
    services.name_panel(**who(request), case=found, members=members)
    return 201, queries.cases().get(pk=found.pk)


@endpoint(router, "GET", "/ethics/cases", verb=REVIEW, response=list[schemas.CaseLineOut])
def list_cases(request: HttpRequest) -> Any:
    """The cases on whose panel one sits, the newest first."""
    return list(queries.cases_of_member(request.auth)[:PAGE])  # type: ignore[attr-defined]


@endpoint(router, "GET", "/ethics/cases/{code}", verb=REVIEW, response=schemas.CaseOut)
def get_case(request: HttpRequest, code: str) -> Any:
    """One case, for a member of its panel."""
    return _out(_case(request, code))


@endpoint(router, "POST", "/ethics/cases/{code}/person", verb=REVIEW, response=schemas.CaseOut)
def name_person(request: HttpRequest, code: str, facts: schemas.AccusedIn) -> Any:
    """Say whom the case is about."""
    found = _case(request, code)
    about = get_object_or_404(people.appointments().filter(city_path=found.region_path), code=facts.appointment)
    return 201, _out(services.name_person(**who(request), case=found, about=about))


@endpoint(router, "POST", "/ethics/cases/{code}/call", verb=REVIEW, response=schemas.CaseOut)
def call_person(request: HttpRequest, code: str, facts: schemas.SummonsIn) -> Any:
    """Ask the person to answer."""
    return 201, _out(services.call_person(**who(request), case=_case(request, code), **facts.dict()))


@endpoint(router, "POST", "/ethics/cases/{code}/hearing", verb=REVIEW, response=schemas.CaseOut)
def record_hearing(request: HttpRequest, code: str, facts: schemas.StatementIn) -> Any:
    """Record what the person said."""
    return 201, _out(services.record_hearing(**who(request), case=_case(request, code), statement=facts.statement))


@endpoint(router, "POST", "/ethics/cases/{code}/silence", verb=REVIEW, response=schemas.CaseOut)
def note_silence(request: HttpRequest, code: str) -> Any:
    """Record that no answer came in time."""
    return 201, _out(services.note_silence(**who(request), case=_case(request, code)))


@endpoint(router, "POST", "/ethics/cases/{code}/decision", verb=REVIEW, response=schemas.CaseOut)
def decide_case(request: HttpRequest, code: str, facts: schemas.DecisionIn) -> Any:
    """Record what the panel decided; a suspension or termination waits for a second member."""
    return 201, _out(decisions.decide_case(**who(request), case=_case(request, code), **facts.dict()))


@endpoint(router, "POST", "/ethics/cases/{code}/confirmation", verb=REVIEW, response=schemas.CaseOut)
def confirm_decision(request: HttpRequest, code: str) -> Any:
    """Confirm, as a second member, a suspension or termination; it carries itself out."""
    return 201, _out(decisions.confirm_decision(**who(request), case=_case(request, code)))


@endpoint(router, "POST", "/ethics/cases/{code}/return", verb=REVIEW, response=schemas.CaseOut)
def send_back(request: HttpRequest, code: str, facts: schemas.PanelReasonIn) -> Any:
    """Send a decision back that waits for a second member."""
    return 201, _out(decisions.send_back(**who(request), case=_case(request, code), reason=facts.reason))


@endpoint(router, "POST", "/ethics/cases/{code}/closing", verb=REVIEW, response=schemas.CaseOut)
def close_case(request: HttpRequest, code: str, facts: schemas.PanelReasonIn) -> Any:
    """Close a report that concerns no facilitator."""
    return 201, _out(services.close_case(**who(request), case=_case(request, code), reason=facts.reason))


@endpoint(router, "POST", "/ethics/cases/{code}/leaving", verb=REVIEW, response=schemas.BreachOut)
def leave_panel(request: HttpRequest, code: str, facts: schemas.PanelReasonIn) -> Any:
    """Step down from the panel."""
    return 201, services.leave_panel(**who(request), case=_case(request, code), reason=facts.reason)


@endpoint(router, "GET", "/my-cases", own=True, response=list[schemas.OwnCaseOut])
def list_own_cases(request: HttpRequest) -> Any:
    """Cases about oneself, from the moment one is asked to answer."""
    return [_own(one) for one in queries.cases_of_accused(request.auth)]  # type: ignore[attr-defined]


@endpoint(router, "GET", "/my-cases/{code}", own=True, response=schemas.OwnCaseOut)
def get_own_case(request: HttpRequest, code: str) -> Any:
    """One case about oneself: what is alleged, until when one may answer, what was decided."""
    return _own(get_object_or_404(queries.cases_of_accused(request.auth), code=code))  # type: ignore[attr-defined]


@endpoint(router, "POST", "/ethics/cases/{code}/answer", own=True, response=schemas.OwnCaseOut)
def answer_case(request: HttpRequest, code: str, facts: schemas.StatementIn) -> Any:
    """Answer in a case about oneself."""
    found = get_object_or_404(queries.cases_of_accused(request.auth), code=code)  # type: ignore[attr-defined]
    return 201, _own(services.answer_case(**who(request), case=found, statement=facts.statement))


def _case(request: Any, code: str) -> EthicsCase:
    return get_object_or_404(queries.cases_of_member(request.auth), code=code)


def _out(case: EthicsCase) -> dict[str, Any]:
    names = (
        "code", "state", "report", "allegation", "answer_by", "answer", "statement", "sanction", "reason", "decided_at",
    )  # fmt: skip
    about = case.about.code if case.about else None
    return {**{name: getattr(case, name) for name in names}, "appointment": about}


def _own(case: EthicsCase) -> dict[str, Any]:
    """As the person reads it: what is decided, once it is."""
    names = ("code", "allegation", "answer_by", "answer", "statement")
    decided = {name: getattr(case, name) if case.decided_at else "" for name in ("sanction", "reason")}
    return {**{name: getattr(case, name) for name in names}, **decided, "state": case.told_state}
