"""Operations of the ladder over HTTP: rules of a year, requirements, chairs, phases, objections."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.deliberation import services
from pendamping.deliberation.models import Meeting, MeetingObjection, MeetingRules
from pendamping.deliberation.queries import ladder as queries
from pendamping.deliberation.queries import meetings
from pendamping.deliberation.queries.own_groups import own_groups
from pendamping.deliberation.queries.rules_of_year import rules
from pendamping.deliberation.rules.ladder import grounds_for
from pendamping.deliberation.rules.own_groups import OwnGroup
from pendamping.deliberation.schemas import ladder as schemas
from pendamping.regions.models import Level, Region

router = Router(tags=["deliberation"])


@endpoint(router, "GET", "/meeting-rules", verb=Verb.RECORD_SEE, response=schemas.MeetingRulesList)
def list_meeting_rules(request: HttpRequest, city: str | None = None, year: int | None = None) -> Any:
    """All versions of the rules of meetings in your cities, of one budget year if asked."""
    mine = {holding.path[:4] for holding in request.scope.holdings}  # type: ignore[attr-defined]
    held = rules().filter(city__path__in=mine if city is None else mine & {city})
    return {"results": [_rules(one) for one in (held if year is None else held.filter(fiscal_year=year))]}


@endpoint(router, "POST", "/meeting-rules", verb=Verb.RULES_MANAGE, response=schemas.MeetingRulesOut)
def set_meeting_rules(request: HttpRequest, facts: schemas.MeetingRulesIn) -> Any:
    """Set a new version of the rules of a kind of meeting."""
    given = {**facts.dict(), "own_groups": [_own(one) for one in facts.own_groups]}
    cities = Region.objects.filter(level=Level.CITY)
    city = request.scope.get_or_404(cities, Verb.RULES_MANAGE, path=given.pop("city"))  # type: ignore[attr-defined]
    made = services.set_meeting_rules(
        by=request.auth,
        at=timezone.now(),
        op=operation_id(request),
        city=city,
        **given,  # type: ignore[attr-defined]
    )
    return 201, _rules(made)


@endpoint(router, "GET", "/meetings/{code}/ladder", verb=Verb.RECORD_SEE, response=schemas.LadderOut)
def get_ladder(request: HttpRequest, code: str) -> Any:
    """What a meeting must fulfil and how it stands, who chairs, and its phases."""
    return _ladder(_found(request, code, Verb.RECORD_SEE))


@endpoint(router, "POST", "/meetings/{code}/waivers", verb=Verb.MEETING_DECIDE, response=schemas.LadderOut)
def waive(request: HttpRequest, code: str, facts: schemas.WaiverIn) -> Any:
    """State the reason for a requirement that is not fulfilled, on a ground that can explain it."""
    meeting = _found(request, code, Verb.MEETING_DECIDE)
    services.waive(**_act(request), meeting=meeting, **facts.dict())
    return 201, _ladder(meeting)


@endpoint(router, "POST", "/meetings/{code}/chairs", verb=Verb.MEETING_ATTENDANCE, response=schemas.LadderOut)
def change_chair(request: HttpRequest, code: str, facts: schemas.ChairIn) -> Any:
    """Say that another office chairs from an hour on."""
    meeting = _found(request, code, Verb.MEETING_ATTENDANCE)
    services.change_chair(**_act(request), meeting=meeting, **facts.dict())
    return 201, _ladder(meeting)


@endpoint(router, "POST", "/meetings/{code}/phases", verb=Verb.MEETING_CALL, response=schemas.LadderOut)
def set_phase(request: HttpRequest, code: str, facts: schemas.MeetingPhaseIn) -> Any:
    """Set the hours of a phase, or move them with a reason before it begins."""
    meeting = _found(request, code, Verb.MEETING_CALL)
    services.set_phase(**_act(request), meeting=meeting, **facts.dict())
    return 201, _ladder(meeting)


@endpoint(router, "GET", "/meetings/{code}/objections", verb=Verb.RECORD_SEE, response=schemas.MeetingObjectionsOut)
def list_objections(request: HttpRequest, code: str) -> Any:
    """What was objected to a meeting, and what was answered."""
    meeting = _found(request, code, Verb.RECORD_SEE)
    found = MeetingObjection.objects.filter(meeting=meeting).order_by("id")
    return {"until": queries.objections_until(meeting), "results": [_objection(one, meeting) for one in found]}


@endpoint(router, "POST", "/meetings/{code}/objections", verb=Verb.VOICE_RECORD, response=schemas.MeetingObjectionOut)
def make_objection(request: HttpRequest, code: str, facts: schemas.MeetingObjectionIn) -> Any:
    """Record an objection for somebody; its code is their receipt."""
    meeting = _found(request, code, Verb.VOICE_RECORD)
    made = services.make_objection(**_act(request), meeting=meeting, words=facts.words)
    return 201, _objection(made, meeting)


@endpoint(
    router,
    "POST",
    "/meeting-objections/{code}/answer",
    verb=Verb.OBJECTION_ANSWER,
    response=schemas.MeetingObjectionOut,
)
def answer_objection(request: HttpRequest, code: str, facts: schemas.MeetingObjectionAnswerIn) -> Any:
    """Answer an objection; upheld, the meeting is opened again."""
    known = MeetingObjection.objects.select_related("meeting")
    found = request.scope.get_or_404(known, Verb.OBJECTION_ANSWER, code=code)  # type: ignore[attr-defined]
    done = services.answer_objection(**_act(request), objection=found, **facts.dict())
    return 201, _objection(done, done.meeting)


def _act(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.auth, "at": timezone.now(), "op": operation_id(request)}  # type: ignore[attr-defined]


def _found(request: HttpRequest, code: str, verb: Verb) -> Meeting:
    found: Meeting = request.scope.get_or_404(meetings.meetings(), verb, code=code)  # type: ignore[attr-defined]
    return found


def _rules(held: MeetingRules) -> dict[str, Any]:
    names = (
        "kind", "fiscal_year", "version", "valid_from", "valid_to", "origin", "legal_basis", "opens_on", "closes_on",
        "notice_days", "quorum", "quorum_rts", "women", "rts", "groups", "split", "objection_days", "note",
    )  # fmt: skip
    own = [
        {"key": one.key, "name": dict(one.name), "least": one.least, "capacity": one.capacity}
        for one in own_groups(held)
    ]
    return {"city": held.city.path, **{name: getattr(held, name) for name in names}, "own_groups": own}


def _own(given: schemas.OwnGroupIn) -> OwnGroup:
    return OwnGroup({"id": given.name, "en": given.name_en}, given.least, given.counts)


def _objection(one: MeetingObjection, meeting: Meeting) -> dict[str, Any]:
    names = ("code", "revision", "words", "state", "answer", "answered_at")
    return {"meeting": meeting.code, **{name: getattr(one, name) for name in names}}


def _ladder(meeting: Meeting) -> dict[str, Any]:
    meeting = meetings.meetings().select_related("rules__city").get(pk=meeting.pk)
    return {
        "code": meeting.code,
        "revision": meeting.revision,
        "rules": _rules(meeting.rules) if meeting.rules else None,
        "requirements": [
            {
                "requirement": one.requirement, "label": one.label, "needed": one.gap.needed,
                "found": one.gap.found, "is_met": one.is_met,
                "ground": one.waiver and one.waiver.ground, "reason": one.waiver.reason if one.waiver else "",
                "grounds": grounds_for(one.requirement),
            }
            for one in queries.standings(meeting)
        ],
        "chairs": [_named(one, "office", "since", "reason") for one in meeting.chairs.all()],
        "phases": [_named(one, "phase", "opens_at", "closes_at", "reason") for one in meeting.phases.all()],
    }  # fmt: skip


def _named(record: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}
