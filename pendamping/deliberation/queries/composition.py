"""Who came to a meeting, for the rules of quorum and representation."""

from __future__ import annotations

from pendamping.core.counters import after
from pendamping.deliberation.models import Attendance, Meeting
from pendamping.deliberation.rules.composition import Composition
from pendamping.regions.models import Level, Region


def composition(meeting: Meeting) -> Composition:
    """The heads counted at a meeting and the RTs of its area. Two queries."""
    rts = Region.objects.filter(level=Level.RT, path__gte=meeting.region_path, path__lt=after(meeting.region_path))
    expected = frozenset(rts.values_list("path", flat=True))
    counted = Attendance.objects.filter(meeting=meeting).first()
    if counted is None:
        return Composition(expected=expected)
    groups = {name: getattr(counted, name) for name in Attendance.GROUPS}
    return Composition(women=counted.women, men=counted.men, groups=groups, expected=expected)
