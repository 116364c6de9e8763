"""Operations of benefits over HTTP: answers of residents, people reached."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.throttle import allow, client_address
from pendamping.access.verbs import Verb
from pendamping.benefits import devices, queries, rules, schemas, services
from pendamping.benefits.enums import Reason
from pendamping.core.errors import Refused
from pendamping.planning.models import Project

router = Router(tags=["benefits"])
ANSWERS_PER_HOUR = 30


@endpoint(router, "POST", "/projects/{code}/confirmations", public=True, response=schemas.TallyOut)
def confirm_benefit(request: HttpRequest, code: str, facts: schemas.ConfirmationIn) -> Any:
    """Say whether a finished work helps, once per device; answers with the tally."""
    project = get_object_or_404(queries.projects(), code=code)
    at = timezone.now()
    wait = allow(f"benefits:{client_address(request)}", limit=ANSWERS_PER_HOUR, seconds=3600, at=at)
    if wait is not None:
        raise Refused(Reason.TOO_MANY, minutes=-(-wait // 60))
    services.confirm_benefit(
        project=project,
        answer=facts.answer,
        words=facts.words,
        device=devices.device_hash(facts.device.hex, project),
        by=None,
        at=at,
        op=operation_id(request),
    )
    return 201, _tally(project)


@endpoint(router, "GET", "/projects/{code}/benefit", public=True, response=schemas.TallyOut)
def get_tally(request: HttpRequest, code: str) -> Any:
    """How residents answered."""
    return _tally(get_object_or_404(queries.projects(), code=code))


@endpoint(router, "GET", "/projects/{code}/reach", public=True, response=schemas.ReachOut)
def get_reach(request: HttpRequest, code: str) -> Any:
    """The people planned for and those reached, small groups left out."""
    return _reach(get_object_or_404(queries.projects(), code=code), public=True)


@endpoint(router, "POST", "/projects/{code}/reach", verb=Verb.BENEFIT_COUNT, response=schemas.ReachOut)
def count_reach(request: HttpRequest, code: str, facts: schemas.ReachIn) -> Any:
    """Keep the count of the people reached."""
    project = request.scope.get_or_404(queries.projects(), Verb.BENEFIT_COUNT, code=code)
    services.count_reach(project=project, by=request.auth, at=timezone.now(), op=operation_id(request), **facts.dict())
    return 201, _reach(project, public=False)


def _tally(project: Project) -> dict[str, Any]:
    tally = queries.tally(project)
    asked = bool(rules.may_ask(project_state=project.state))
    shown = {name: getattr(tally, name) if tally.is_shown else None for name in ("yes", "partly", "no")}
    return {"project": project.code, "asked": asked, **shown}


def _reach(project: Project, *, public: bool) -> dict[str, Any]:
    people = queries.planned_and_reached(project, public=public)
    groups = [{"name": g.name, "planned": g.planned, "reached": g.reached} for g in people.groups.values()]
    return {"project": project.code, "groups": groups, "method": people.reach.method if people.reach else ""}
