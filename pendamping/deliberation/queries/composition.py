"""Who came to a meeting, for the rules of quorum and representation."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from pendamping.core.counters import after
from pendamping.deliberation.models import Attendance, Meeting, Presence
from pendamping.deliberation.queries.own_groups import counts_of, own_of
from pendamping.deliberation.rules.composition import Composition
from pendamping.deliberation.rules.ladder import REPRESENTED
from pendamping.deliberation.rules.register import Person, composed
from pendamping.regions.models import Level, Region


def composition(meeting: Meeting) -> Composition:
    """The heads counted at a meeting, else the rows of its register; the RTs of its area, and those heard.

    Heads are counted once people are there, so they hold over a register that is still being written. Three queries.
    """
    room = in_the_room(meeting)
    counted = Attendance.objects.filter(meeting=meeting).first()
    if counted is None:
        return room
    return Composition(
        women=counted.women, men=counted.men, groups=counts_of(counted, meeting), expected=room.expected,
        heard=room.heard,
    )  # fmt: skip


def in_the_room(meeting: Meeting) -> Composition:
    """What the register alone adds up to now; at the district its wards are to be heard, else RTs. Two queries."""
    level = REPRESENTED.get(meeting.kind, Level.RT)
    inside = Region.objects.filter(level=level, path__gte=meeting.region_path, path__lt=after(meeting.region_path))
    expected = frozenset(inside.filter(standing(meeting)).values_list("path", flat=True))
    rows = rows_that_count(meeting).values_list("sex", "age_group", "is_disabled", "is_poor", "capacity", "place__path")
    own = {one.key: one.capacity for one in own_of(meeting)}
    return composed((Person(*row[:5], place=row[5] or "") for row in rows), expected, own)


def standing(meeting: Meeting) -> Q:
    """Places that stood on the day of the meeting."""
    return Q(valid_to__isnull=True) | Q(valid_to__gte=meeting.held_on)


def rows_that_count(meeting: Meeting) -> QuerySet[Presence]:
    """The rows of the register, without struck ones and without those of a sheet nobody confirmed yet."""
    found = Presence.objects.filter(meeting=meeting, struck_at__isnull=True)
    return found.filter(Q(sheet__isnull=True) | Q(sheet__confirmed_at__isnull=False))
