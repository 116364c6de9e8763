"""What the agenda on its clock, the register and the priority matrix add to the state of a room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from pendamping.core import formats
from pendamping.deliberation.enums.matrices import MatrixState
from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.models import Matrix
from pendamping.deliberation.queries.matrices import items_of, result
from pendamping.deliberation.queries.points import Timed, clock
from pendamping.deliberation.queries.screens import Room, part


@part("points")
def points(room: Room) -> Mapping[str, Any] | None:
    """The points of the agenda with when each is due; None without points. One query.

    `until` is when the point that runs should be over: as long after it began as it was given.
    """
    found = clock(room.meeting, room.at)
    if not found.points:
        return None
    running = found.running.point.title if found.running else None
    is_planned = room.meeting.starts_at is not None or any(one.point.begun_at for one in found.points)
    return {"running": running, "list": [_point(one, is_planned) for one in found.points]}


def _point(one: Timed, is_planned: bool) -> dict[str, Any]:
    state = "runs" if one.runs else "over" if one.is_over else "next"
    until = one.point.begun_at + (one.slot.planned_to - one.slot.planned_from) if one.point.begun_at else None
    return {
        "position": one.point.position, "title": one.point.title, "minutes": one.point.minutes, "state": state,
        "from": timezone.localtime(one.slot.planned_from) if is_planned else None, "until": until,
        "ended": one.point.ended_at,
    }  # fmt: skip


@part("matrix", views=(ScreenView.MATRIX,))
def matrix(room: Room) -> Mapping[str, Any] | None:
    """How many seats have scored, and the ranking once the scoring is closed; never a score of anybody before."""
    found = Matrix.objects.filter(meeting=room.meeting).annotate(
        given=Count("seats"), sent=Count("seats", filter=Q(seats__sent_at__isnull=False))
    ).first()  # fmt: skip
    if found is None:
        return None
    ranked = result(found) if found.state == MatrixState.CLOSED else []
    return {
        "state": found.state, "seats": found.given, "sent": found.sent,
        "items": [one.proposal.title for one in items_of(found)] if found.state == MatrixState.FROZEN else [],
        "ranking": [
            {"rank": row.rank, "title": row.item.proposal.title, "sum": formats.number(row.total)} for row in ranked
        ],
    }  # fmt: skip
