"""The state of a room while a meeting runs: one dict for the screen in the hall and the phone that leads it.

Every part of a meeting adds what it knows with `part`: a function of the Room that gives plain values. A part is asked
only when a screen shows it; the phone asks all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.models import Meeting, ScreenChoice


@dataclass(frozen=True)
class Room:
    """A meeting at an instant, and what its screen shows (id: ruang musyawarah)."""

    meeting: Meeting
    at: datetime
    is_public: bool  # everybody may see it: small groups are withheld
    view: str
    proposal: str | None = None  # code of the proposal shown


Part = Callable[[Room], Mapping[str, Any] | None]
_PARTS: dict[str, tuple[frozenset[str], Part]] = {}
_RESULTS: list[Callable[[Meeting], bool]] = []


def part(name: str, *, views: tuple[ScreenView, ...] = ()) -> Callable[[Part], Part]:
    """Add a part of the state under its name, asked for in these views (in all of them when none is named)."""

    def add(function: Part) -> Part:
        _PARTS[name] = (frozenset(views), function)
        return function

    return add


def tells_result(function: Callable[[Meeting], bool]) -> Callable[[Meeting], bool]:
    """Add a way in which a meeting comes to a result that may be shown."""
    _RESULTS.append(function)
    return function


def has_result(meeting: Meeting) -> bool:
    """Is there a result that the hall may see?"""
    return any(function(meeting) for function in _RESULTS)


@tells_result
def _is_closed(meeting: Meeting) -> bool:
    return meeting.state == MeetingState.CLOSED


def choice_of(meeting: Meeting) -> ScreenChoice | None:
    """What the screen was last told to show. One query."""
    found = ScreenChoice.objects.filter(meeting=meeting).select_related("proposal")
    return found.order_by("-chosen_at", "-id").first()


def state_of(meeting: Meeting, at: datetime, *, is_public: bool = True, everything: bool = False) -> dict[str, Any]:
    """The room as it is now, as plain values: `meeting`, `shows`, and one key per part that has something to say.

    In public small groups are withheld and nothing names a person. `everything` asks all parts, whatever is shown.
    """
    shows = _shows(meeting)
    room = Room(meeting, at, is_public, shows["view"], shows["proposal"])
    state: dict[str, Any] = {"meeting": _meeting(meeting), "shows": shows}
    for name, (views, function) in sorted(_PARTS.items()):
        if everything or not views or room.view in views:
            known = function(room)
            if known is not None:
                state[name] = dict(known)
    return state


def etag_of(state: Mapping[str, Any], *more: str) -> str:
    """A tag that changes when the state does; `more` is what else the answer depends on (language, reader)."""
    text = json.dumps([state, more], sort_keys=True, default=str)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _shows(meeting: Meeting) -> dict[str, Any]:
    if meeting.state == MeetingState.CANCELLED:
        return {"view": ScreenView.WELCOME.value, "proposal": None, "since": None}
    choice = choice_of(meeting)
    if choice is None:
        view = ScreenView.RESULT if meeting.state == MeetingState.CLOSED else ScreenView.WELCOME
        return {"view": view.value, "proposal": None, "since": None}
    code = choice.proposal.code if choice.proposal else None
    return {"view": choice.view, "proposal": code, "since": choice.chosen_at}


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "code": meeting.code, "title": meeting.title, "kind": meeting.kind, "state": meeting.state,
        "held_on": meeting.held_on, "starts_at": meeting.starts_at, "place": meeting.place,
        "region": meeting.region.label, "chair": meeting.chair_office, "year": meeting.fiscal_year,
    }  # fmt: skip
