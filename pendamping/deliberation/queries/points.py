"""The agenda of a meeting on the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Sum

from pendamping.deliberation.models import AgendaPoint, Meeting
from pendamping.deliberation.rules.points import Slot, along


@dataclass(frozen=True)
class Timed:
    """A point with its time and how late it is (id: acara pada jam)."""

    point: AgendaPoint
    slot: Slot
    late: int  # minutes

    @property
    def runs(self) -> bool:
        return self.point.begun_at is not None and self.point.ended_at is None

    @property
    def is_over(self) -> bool:
        return self.point.ended_at is not None


@dataclass(frozen=True)
class Clock:
    """A meeting's agenda at a moment (id: jam acara)."""

    points: Sequence[Timed]
    now: datetime

    @property
    def running(self) -> Timed | None:
        return next((one for one in self.points if one.runs), None)

    @property
    def next(self) -> Timed | None:
        return next((one for one in self.points if one.point.begun_at is None), None)

    @property
    def late(self) -> int:
        """Minutes behind, by the point that runs; between two points by the next one."""
        here = self.running or (self.next if any(one.is_over for one in self.points) else None)
        last = self.points[-1] if self.points and here is None and self.points[-1].is_over else None
        return here.late if here else last.late if last else 0


def clock(meeting: Meeting, now: datetime) -> Clock:
    """The points along the hours: from the hour of the call, else from when the first one began. One query."""
    points = list(AgendaPoint.objects.filter(meeting=meeting).select_related("meeting"))
    begun = min((one.begun_at for one in points if one.begun_at), default=None)
    starts = begins(meeting) or begun or now
    spans = along(starts, [one.minutes for one in points])
    slots = [Slot(*span, one.begun_at, one.ended_at) for one, span in zip(points, spans, strict=True)]
    counts = begun is not None
    return Clock(
        [Timed(one, slot, slot.late(now) if counts else 0) for one, slot in zip(points, slots, strict=True)], now
    )


def begins(meeting: Meeting) -> datetime | None:
    """When a meeting begins, in the zone of its place; None when only its day is known."""
    if meeting.starts_at is None:
        return None
    return datetime.combine(meeting.held_on, meeting.starts_at, ZoneInfo(meeting.region.zone))


def planned_minutes(meetings: Sequence[Meeting]) -> dict[int, int]:
    """How long the agenda of each meeting takes, by its key; those without points are left out. One query."""
    found = AgendaPoint.objects.filter(meeting__in=meetings).order_by().values_list("meeting")
    return dict(found.annotate(sum=Sum("minutes")))


def points_for_minutes(meeting: Meeting) -> dict[str, list[tuple[str, int, int | None]]]:
    """The agenda as it ran, for the printed minutes: title, planned minutes, minutes taken."""
    found = AgendaPoint.objects.filter(meeting=meeting)
    return {"points": [(one.title, one.minutes, _took(one)) for one in found]}


def _took(one: AgendaPoint) -> int | None:
    if one.begun_at is None or one.ended_at is None:
        return None
    return round((one.ended_at - one.begun_at).total_seconds() / 60)
