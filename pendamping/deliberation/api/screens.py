"""The room of a meeting over HTTP: its state, and what its screen shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.deliberation import services
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.queries import meetings as queries
from pendamping.deliberation.queries.screens import state_of
from pendamping.deliberation.schemas import screens as schemas

router = Router(tags=["deliberation"])


@endpoint(router, "GET", "/meetings/{code}/screen", verb=Verb.RECORD_SEE, response=schemas.RoomState)
def get_screen(request: HttpRequest, code: str) -> Any:
    """The state of the room as the screen in the hall tells it; nothing of a running vote, small groups withheld."""
    return _state(_found(request, code, Verb.RECORD_SEE))


@endpoint(router, "POST", "/meetings/{code}/screen", verb=Verb.MEETING_ATTENDANCE, response=schemas.RoomState)
def show_on_screen(request: HttpRequest, code: str, facts: schemas.ScreenIn) -> Any:
    """Choose what the screen in the hall shows."""
    meeting = _found(request, code, Verb.MEETING_ATTENDANCE)
    item = None
    if facts.proposal is not None:
        item = get_object_or_404(queries.items_of(meeting), proposal__code=facts.proposal)
    services.show_on_screen(
        by=request.auth, at=timezone.now(), op=operation_id(request), meeting=meeting, view=facts.view.value,
        item=item, claimed_at=facts.claimed_at,
    )  # fmt: skip
    return 201, _state(meeting)


def _state(meeting: Meeting) -> dict[str, Any]:
    state = state_of(meeting, timezone.now(), everything=True)
    return {"meeting": state.pop("meeting"), "shows": state.pop("shows"), "parts": state}


def _found(request: HttpRequest, code: str, verb: Verb) -> Meeting:
    found: Meeting = request.scope.get_or_404(queries.meetings(), verb, code=code)  # type: ignore[attr-defined]
    return found
