"""The points of an agenda are begun and ended from a phone that may have been without a signal."""

from __future__ import annotations

from datetime import datetime

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.deliberation.models import AgendaPoint
from pendamping.deliberation.rules import screens as rules
from pendamping.deliberation.services.points import begin_point, end_point
from pendamping.deliberation.services.shared import tell


@act("deliberation.point_led")
def lead_point(
    *, by: Account | None, at: datetime, point: AgendaPoint, ends: bool, claimed_at: datetime | None = None
) -> AgendaPoint:
    """Begin a point, or end it, at the instant the phone says (id: memandu acara); never before what ran earlier.

    Refuses what beginning and ending a point refuse.
    """
    moment = rules.chosen_at(claimed_at=claimed_at, at=at)
    if ends:
        point = end_point(by=by, at=at, point=point)
        point.ended_at = max(moment, point.begun_at or moment)
        point.save(update_fields=["ended_at"])
    else:
        before = AgendaPoint.objects.filter(meeting_id=point.meeting_id, begun_at__isnull=False).exclude(pk=point.pk)
        known = [instant for row in before.values_list("begun_at", "ended_at") for instant in row if instant]
        point = begin_point(by=by, at=at, point=point)
        point.begun_at = max([moment, *known])
        point.save(update_fields=["begun_at"])
        AgendaPoint.objects.filter(meeting_id=point.meeting_id, ended_at=at).update(ended_at=point.begun_at)
    if rules.has_waited(moment=moment, at=at):
        changes = {"position": point.position, "claimed_at": claimed_at, "ends": ends}
        tell(
            "deliberation.point_led",
            point.meeting,
            Verb.MEETING_ATTENDANCE,
            by=by,
            at=at,
            changes=changes,
            public=False,
        )
    return point
