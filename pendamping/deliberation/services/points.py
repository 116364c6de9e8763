"""The agenda gets its points with minutes, and runs by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.deliberation.enums.points import PointReason
from pendamping.deliberation.models import AgendaPoint, Meeting
from pendamping.deliberation.rules import meetings, points
from pendamping.deliberation.rules.points import Planned
from pendamping.deliberation.services.shared import locked, tell


@act("deliberation.points_set")
def set_points(*, by: Account | None, at: datetime, meeting: Meeting, planned: Sequence[Planned]) -> Meeting:
    """Write the points of the agenda with their minutes (id: menyusun acara); the points before are replaced.

    Refuses empty points and minutes, naming the line, and any change once the first point has begun.
    """
    meeting = locked(meeting)
    meetings.is_open(state=meeting.state).or_raise()
    begun = meeting.points.filter(begun_at__isnull=False).exists()
    points.may_plan(planned, is_begun=begun).or_raise()
    meeting.points.all().delete()
    AgendaPoint.objects.bulk_create(
        AgendaPoint(
            created_at=at, meeting=meeting, position=place, title=mask_to(one.title, 160), minutes=one.minutes or 0
        )
        for place, one in enumerate(planned, start=1)
    )
    tell(
        "deliberation.points_set", meeting, Verb.MEETING_CALL, by=by, at=at, public=False,
        changes={"points": len(planned), "minutes": sum(one.minutes or 0 for one in planned)},
    )  # fmt: skip
    return meeting


@act("deliberation.point_begun")
def begin_point(*, by: Account | None, at: datetime, point: AgendaPoint) -> AgendaPoint:
    """A point begins (id: memulai acara), and the one that runs ends. Refuses before the day, and twice."""
    meeting, point = _running(point, at)
    points.may_begin(begun=point.begun_at is not None).or_raise()
    meeting.points.filter(begun_at__isnull=False, ended_at__isnull=True).update(ended_at=at)
    point.begun_at = at
    point.save(update_fields=["begun_at"])
    _tell("deliberation.point_begun", meeting, point, by=by, at=at)
    return point


@act("deliberation.point_ended")
def end_point(*, by: Account | None, at: datetime, point: AgendaPoint) -> AgendaPoint:
    """The point that runs ends (id: mengakhiri acara). Refuses one that does not run."""
    meeting, point = _running(point, at)
    points.may_end(begun=point.begun_at is not None, ended=point.ended_at is not None).or_raise()
    point.ended_at = at
    point.save(update_fields=["ended_at"])
    _tell("deliberation.point_ended", meeting, point, by=by, at=at)
    return point


def _running(point: AgendaPoint, at: datetime) -> tuple[Meeting, AgendaPoint]:
    meeting = locked(point.meeting)
    meetings.has_begun(state=meeting.state, held_on=meeting.held_on, today=day(at)).or_raise()
    found = AgendaPoint.objects.filter(pk=point.pk, meeting=meeting).first()
    if found is None:
        raise Refused(PointReason.NO_SUCH_POINT)
    found.meeting = meeting
    return meeting, found


def _tell(verb: str, meeting: Meeting, point: AgendaPoint, *, by: Account | None, at: datetime) -> None:
    changes = {"position": point.position, "minutes": point.minutes}
    tell(verb, meeting, Verb.MEETING_ATTENDANCE, by=by, at=at, changes=changes, public=False)
