"""Operations of meetings over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.deliberation import papers_results, services
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import AgendaItem, Attendance, Meeting
from pendamping.deliberation.queries import meetings as queries
from pendamping.deliberation.schemas import meetings as schemas
from pendamping.needs.models import Proposal
from pendamping.regions.models import Level, Region

router = Router(tags=["deliberation"])
PAGE = 50


@endpoint(router, "GET", "/meetings", verb=Verb.RECORD_SEE, response=schemas.MeetingsOut)
def list_meetings(request: HttpRequest, state: MeetingState | None = None, after: int | None = None) -> Any:
    """Meetings of the places you see, newest first."""
    found = request.scope.narrow(queries.meetings().order_by("-id"), Verb.RECORD_SEE)
    if state is not None:
        found = found.filter(state=state)
    if after is not None:
        found = found.filter(pk__lt=after)
    shown = list(found[: PAGE + 1])
    more = str(shown[PAGE - 1].pk) if len(shown) > PAGE else None
    return {"next": more, "results": [_meeting(meeting) for meeting in shown[:PAGE]]}


@endpoint(router, "GET", "/meetings/{code}", verb=Verb.RECORD_SEE, response=schemas.MeetingWhole)
def get_meeting(request: HttpRequest, code: str) -> Any:
    """One meeting with its agenda and decisions."""
    return _whole(_found(request, code, Verb.RECORD_SEE))


@endpoint(router, "POST", "/meetings", verb=Verb.MEETING_CALL, response=schemas.MeetingWhole)
def call_meeting(request: HttpRequest, facts: schemas.CallIn) -> Any:
    """Invite to a meeting."""
    given = facts.dict()
    places = Region.objects.filter(level__in=[Level.DISTRICT, Level.WARD, Level.RW])
    region = request.scope.get_or_404(places, Verb.MEETING_CALL, path=given.pop("region"))
    made = services.call_meeting(by=request.auth, at=timezone.now(), op=operation_id(request), region=region, **given)
    return 201, _whole(made)


@endpoint(router, "POST", "/meetings/{code}/move", verb=Verb.MEETING_CALL, response=schemas.MeetingWhole)
def move_meeting(request: HttpRequest, code: str, facts: schemas.MoveIn) -> Any:
    """Hold a meeting on another day or at another hour, with the reason."""
    meeting = _found(request, code, Verb.MEETING_CALL)
    done = services.move_meeting(
        by=request.auth, at=timezone.now(), op=operation_id(request), meeting=meeting, **facts.dict()
    )
    return 201, _whole(done)


@endpoint(router, "POST", "/meetings/{code}/cancellation", verb=Verb.MEETING_CALL, response=schemas.MeetingWhole)
def cancel_meeting(request: HttpRequest, code: str, facts: schemas.CancelIn) -> Any:
    """Call a meeting off, with the reason; its proposals are again what they were."""
    meeting = _found(request, code, Verb.MEETING_CALL)
    done = services.cancel_meeting(
        by=request.auth, at=timezone.now(), op=operation_id(request), meeting=meeting, reason=facts.reason
    )
    return 201, _whole(done)


@endpoint(router, "POST", "/meetings/{code}/agenda", verb=Verb.MEETING_CALL, response=schemas.MeetingWhole)
def put_proposals(request: HttpRequest, code: str, facts: schemas.PutIn) -> Any:
    """Put proposals on the agenda, all or none."""
    meeting = _found(request, code, Verb.MEETING_CALL)
    wanted = list(dict.fromkeys(facts.proposals))
    seen = request.scope.narrow(Proposal.objects.filter(code__in=wanted), Verb.RECORD_SEE).in_bulk(field_name="code")
    if len(seen) < len(wanted):
        raise Http404
    services.put_proposals(
        by=request.auth, at=timezone.now(), op=operation_id(request), meeting=meeting,
        proposals=[seen[each] for each in wanted],
    )  # fmt: skip
    return 201, _whole(meeting)


@endpoint(
    router, "POST", "/meetings/{code}/agenda/{proposal}/removal", verb=Verb.MEETING_CALL, response=schemas.MeetingWhole
)
def take_off_agenda(request: HttpRequest, code: str, proposal: str) -> Any:
    """Take a proposal off the agenda again."""
    meeting = _found(request, code, Verb.MEETING_CALL)
    item = _item(meeting, proposal)
    services.take_off_agenda(by=request.auth, at=timezone.now(), op=operation_id(request), item=item)
    return 201, _whole(meeting)


@endpoint(router, "POST", "/meetings/{code}/attendance", verb=Verb.MEETING_ATTENDANCE, response=schemas.MeetingWhole)
def count_attendance(request: HttpRequest, code: str, facts: schemas.AttendanceFacts) -> Any:
    """Count who is present; a new count replaces the one before."""
    meeting = _found(request, code, Verb.MEETING_ATTENDANCE)
    done = services.count_attendance(
        by=request.auth, at=timezone.now(), op=operation_id(request), meeting=meeting, **facts.dict()
    )
    return 201, _whole(done)


@endpoint(
    router, "POST", "/meetings/{code}/agenda/{proposal}/decision", verb=Verb.MEETING_DECIDE,
    response=schemas.MeetingWhole,
)  # fmt: skip
def decide(request: HttpRequest, code: str, proposal: str, facts: schemas.DecideIn) -> Any:
    """Record what the meeting decided about a proposal; until the meeting is closed it can be recorded anew."""
    meeting = _found(request, code, Verb.MEETING_DECIDE)
    item = _item(meeting, proposal)
    services.decide(by=request.auth, at=timezone.now(), op=operation_id(request), item=item, **facts.dict())
    return 201, _whole(meeting)


@endpoint(router, "POST", "/meetings/{code}/closing", verb=Verb.MEETING_DECIDE, response=schemas.MeetingWhole)
def close_meeting(request: HttpRequest, code: str, facts: schemas.CloseIn) -> Any:
    """Close a meeting and fix its minutes."""
    meeting = _found(request, code, Verb.MEETING_DECIDE)
    now = timezone.now()
    done = services.close_meeting(by=request.auth, at=now, op=operation_id(request), meeting=meeting, notes=facts.notes)
    services.issue_minutes(meeting=done, at=now)
    papers_results.issue_priority_list(done, at=now)
    return 201, _whole(done)


def _found(request: HttpRequest, code: str, verb: Verb) -> Meeting:
    found: Meeting = request.scope.get_or_404(queries.meetings(), verb, code=code)  # type: ignore[attr-defined]
    return found


def _item(meeting: Meeting, code: str) -> AgendaItem:
    return get_object_or_404(queries.items_of(meeting), proposal__code=code)


def _meeting(meeting: Meeting) -> dict[str, Any]:
    names = ("code", "kind", "title", "fiscal_year", "held_on", "starts_at", "place", "agenda", "chair_office", "state",
             "closed_at", "cancelled_at", "cancellation", "notes", "revision")  # fmt: skip
    counted: Attendance | None = getattr(meeting, "attendance", None)
    people = {name: getattr(counted, name) for name in ("women", "men", *Attendance.GROUPS, "own")} if counted else None
    facts = {name: getattr(meeting, name) for name in names}
    return {**facts, "uid": str(meeting.uid), "region": meeting.region_path, "attendance": people}


def _whole(meeting: Meeting) -> dict[str, Any]:
    meeting = queries.meetings().get(pk=meeting.pk)
    return {**_meeting(meeting), "items": [_out(item) for item in queries.items_of(meeting)]}


def _out(item: AgendaItem) -> dict[str, Any]:
    decision = getattr(item, "decision", None)
    return {
        "position": item.position,
        "proposal": item.proposal.code,
        "title": item.proposal.title,
        "estimated_cost": item.proposal.estimated_cost,
        "outcome": decision and decision.outcome,
        "reason": decision.reason if decision else "",
        "amount": decision and decision.amount,
        "method": decision and decision.method,
    }
