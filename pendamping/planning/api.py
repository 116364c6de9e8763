"""Operations of planning over HTTP: projects, rules, ceilings."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path, Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.deliberation.models import Meeting
from pendamping.needs.enums.menu import Stream
from pendamping.needs.models import Proposal
from pendamping.planning import queries, schemas, services
from pendamping.planning.enums import ProjectState, Reason
from pendamping.planning.models import Project, RuleSet, SubActivity
from pendamping.regions.models import Level, Region

router = Router(tags=["planning"])
PAGE = 50
Year = Path(..., ge=2020, le=2100)


@endpoint(router, "GET", "/projects", verb=Verb.RECORD_SEE, response=schemas.ProjectsOut)
def list_projects(
    request: HttpRequest, state: ProjectState | None = None, stream: Stream | None = None,
    year: int | None = None, after: int | None = None,
) -> Any:  # fmt: skip
    """Projects of the places you see, newest first."""
    found = request.scope.narrow(queries.projects().order_by("-id"), Verb.RECORD_SEE)
    wanted = {"state": state, "stream": stream, "fiscal_year": year, "pk__lt": after}
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    shown = list(found[: PAGE + 1])
    more = str(shown[PAGE - 1].pk) if len(shown) > PAGE else None
    return {"next": more, "results": [_project(project) for project in shown[:PAGE]]}


@endpoint(router, "GET", "/projects/{code}", verb=Verb.RECORD_SEE, response=schemas.ProjectOut)
def get_project(request: HttpRequest, code: str) -> Any:
    """One project."""
    return _project(request.scope.get_or_404(queries.projects(), Verb.RECORD_SEE, code=code))


@endpoint(router, "POST", "/proposals/{code}/project", verb=Verb.PROJECT_PREPARE, response=schemas.ProjectOut)
def prepare_project(request: HttpRequest, code: str, facts: schemas.PrepareIn) -> Any:
    """Plan what a meeting decided to fund."""
    proposal = request.scope.get_or_404(Proposal.objects.all(), Verb.PROJECT_PREPARE, code=code)
    decision = queries.funding_decision(proposal)
    if decision is None:
        raise Refused(Reason.NOT_FUNDED)
    made = services.prepare_project(
        by=request.auth, at=timezone.now(), op=operation_id(request), decision=decision, **_with_line(facts)
    )
    return 201, _project(queries.projects().get(pk=made.pk))


def _with_line(facts: schemas.PrepareIn) -> dict[str, Any]:
    line = SubActivity.objects.filter(code=facts.sub_activity).first()
    if line is None:
        raise Refused(Reason.LINE_UNKNOWN, field="sub_activity")
    return {**facts.dict(), "sub_activity": line}


@endpoint(router, "POST", "/meetings/{code}/projects", verb=Verb.PROJECT_PREPARE, response=list[schemas.ProjectOut])
def take_over_meeting(request: HttpRequest, code: str, facts: schemas.MeetingProjectsIn) -> Any:
    """Make projects of everything a closed meeting funded, or of nothing; answers all projects of the meeting."""
    found = request.scope.get_or_404(Meeting.objects.all(), Verb.PROJECT_PREPARE, code=code)
    codes = [line.sub_activity for line in facts.lines]
    known = SubActivity.objects.in_bulk(codes, field_name="code")
    if any(each not in known for each in codes):
        raise Refused(Reason.LINE_UNKNOWN, field="lines")
    shared = {name: value for name, value in facts.dict().items() if name != "lines"}
    lines = {line.stream: known[line.sub_activity] for line in facts.lines}
    services.take_over(
        by=request.auth, at=timezone.now(), op=operation_id(request), meeting=found, lines=lines, **shared
    )
    made = queries.projects().filter(decision__item__meeting=found).order_by("decision__item__position")
    return 201, [_project(project) for project in made]


@endpoint(router, "POST", "/projects/{code}/revision", verb=Verb.PROJECT_PREPARE, response=schemas.ProjectOut)
def revise_project(request: HttpRequest, code: str, facts: schemas.PrepareIn) -> Any:
    """Repair a project before its approval."""
    found = request.scope.get_or_404(queries.projects(), Verb.PROJECT_PREPARE, code=code)
    services.revise_project(
        by=request.auth, at=timezone.now(), op=operation_id(request), project=found, **_with_line(facts)
    )
    return 201, _project(queries.projects().get(pk=found.pk))


@endpoint(router, "POST", "/projects/{code}/return", verb=Verb.PROJECT_APPROVE, response=schemas.ProjectOut)
def return_project(request: HttpRequest, code: str, facts: schemas.ReasonIn) -> Any:
    """Send a prepared project back with what is to be mended."""
    found = request.scope.get_or_404(queries.projects(), Verb.PROJECT_APPROVE, code=code)
    services.return_project(
        by=request.auth, at=timezone.now(), op=operation_id(request), project=found, reason=facts.reason
    )
    return 201, _project(queries.projects().get(pk=found.pk))


@endpoint(router, "POST", "/projects/{code}/cancellation", verb=Verb.PROJECT_APPROVE, response=schemas.ProjectOut)
def cancel_project(request: HttpRequest, code: str, facts: schemas.ReasonIn) -> Any:
    """Give up a project before its approval; its proposal waits for a later meeting."""
    found = request.scope.get_or_404(queries.projects(), Verb.PROJECT_APPROVE, code=code)
    services.cancel_project(
        by=request.auth, at=timezone.now(), op=operation_id(request), project=found, reason=facts.reason
    )
    return 201, _project(queries.projects().get(pk=found.pk))


@endpoint(router, "POST", "/projects/{code}/approval", verb=Verb.PROJECT_APPROVE, response=schemas.ProjectOut)
def approve_project(request: HttpRequest, code: str) -> Any:
    """Approve a prepared project."""
    found = request.scope.get_or_404(queries.projects(), Verb.PROJECT_APPROVE, code=code)
    services.approve_project(by=request.auth, at=timezone.now(), op=operation_id(request), project=found)
    return 201, _project(queries.projects().get(pk=found.pk))


@endpoint(router, "GET", "/rules/{city}", verb=Verb.RECORD_SEE, response=list[schemas.RulesOut])
def list_rules(request: HttpRequest, city: str) -> Any:
    """All versions of a city's rules, for anyone who works in it."""
    place = get_object_or_404(Region, level=Level.CITY, path=city)
    if not any(path.startswith(place.path) for path in request.scope.paths(Verb.RECORD_SEE)):
        raise Http404
    return [_rules(version) for version in queries.versions(place)]


@endpoint(router, "POST", "/rules", verb=Verb.RULES_MANAGE, response=schemas.RulesOut)
def set_rules(request: HttpRequest, facts: schemas.RulesIn) -> Any:
    """Set a version of the rules of a budget year."""
    given = facts.dict()
    cities = Region.objects.filter(level=Level.CITY)
    city = request.scope.get_or_404(cities, Verb.RULES_MANAGE, path=given.pop("city"))
    made = services.set_rules(by=request.auth, at=timezone.now(), op=operation_id(request), city=city, **given)
    return 201, _rules(made)


@endpoint(router, "GET", "/ceilings/{ward}/{year}", verb=Verb.RECORD_SEE, response=schemas.CeilingOut)
def get_ceiling(request: HttpRequest, ward: str, year: int = Year) -> Any:
    """What a ward may plan in a year, has planned and has left."""
    place = request.scope.get_or_404(Region.objects.filter(level=Level.WARD), Verb.RECORD_SEE, path=ward)
    return _ceiling(queries.ceiling_state(place, year))


@endpoint(router, "POST", "/ceilings/{ward}/{year}", verb=Verb.RULES_MANAGE, response=schemas.CeilingOut)
def set_ceiling(request: HttpRequest, ward: str, facts: schemas.CeilingIn, year: int = Year) -> Any:
    """Set the ceiling of a ward."""
    place = request.scope.get_or_404(Region.objects.filter(level=Level.WARD), Verb.RULES_MANAGE, path=ward)
    services.set_ceiling(
        by=request.auth, at=timezone.now(), op=operation_id(request), ward=place, year=year, **facts.dict()
    )
    return 201, _ceiling(queries.ceiling_state(place, year))


def _project(project: Project) -> dict[str, Any]:
    names = ("code", "fiscal_year", "title", "stream", "budget", "funding_source", "executor", "starts_on",
             "ends_on", "state", "approved_at", "completed_at", "verdict_note")  # fmt: skip
    item = project.decision.item
    return {
        **{name: getattr(project, name) for name in names},
        "uid": str(project.uid),
        "proposal": item.proposal.code,
        "meeting": item.meeting.code,
        "region": project.region_path,
        "sub_activity": project.sub_activity.code,
        "agreed": project.decision.amount or 0,
    }


def _rules(version: RuleSet) -> dict[str, Any]:
    return {name: getattr(version, name) for name in schemas.RulesOut.model_fields}


def _ceiling(state: queries.CeilingState) -> dict[str, Any]:
    room = state.room
    streams = [
        {
            "stream": stream.value,
            "planned": state.planned_in(stream),
            "at_least": room.least(stream),
            "at_most": room.limit(stream),
            "left": room.left_for(stream),
        }
        for stream in Stream
    ]
    basis = state.own_basis or (state.rule_set.legal_basis if state.rule_set else "")
    return {
        "ward": state.ward.path, "year": state.year, "ceiling": state.amount, "legal_basis": basis,
        "planned": state.planned, "left": state.left, "streams": streams,
    }  # fmt: skip
