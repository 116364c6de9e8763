"""What a ballot adds to the state of a room: what is voted on and how many have voted, never how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.queries.polls import phase_of, public_polls, turnout
from pendamping.deliberation.queries.screens import Room, part


@part("poll", views=(ScreenView.POLL,))
def poll(room: Room) -> Mapping[str, Any] | None:
    """The latest ballot that was announced: its proposals, and who voted by which way; None without one."""
    found = public_polls(room.meeting).order_by("-number").first()
    if found is None:
        return None
    ways = turnout(found)
    return {
        "number": found.number, "title": found.title, "phase": str(phase_of(found, room.at)),
        "closes_at": timezone.localtime(found.closes_at) if found.closes_at else None,
        "voters": sum(count for _way, count in ways),
        "ways": [{"way": str(way), "label": str(way.label), "count": count} for way, count in ways],
        "choices": [
            {"number": one.number, "title": one.title, "cost": one.cost, "is_struck": one.struck_at is not None}
            for one in found.choices.order_by("number")
        ],
    }  # fmt: skip
