"""Which RTs and groups of a ward were not heard this quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Max, Q
from django.utils import timezone

from pendamping.core import formats
from pendamping.core.moments import day
from pendamping.needs.enums.visits import Group, VisitResult
from pendamping.needs.enums.voices import Behalf
from pendamping.needs.models import Visit, Voice
from pendamping.needs.rules.visits import still_to_hear
from pendamping.regions.models import Region

SPOKE_FOR = {Behalf.ELDERLY: Group.ELDERLY, Behalf.DISABLED: Group.DISABLED}  # a voice that tells of its group


@dataclass(frozen=True)
class Door:
    """An RT and when it was last heard and visited (id: RT di daftar pintu ke pintu)."""

    rt: Region
    voices: int  # in the quarter
    heard_on: date | None  # ever
    visited_on: date | None  # in the quarter
    result: str  # of that visit

    @property
    def is_waiting(self) -> bool:
        return still_to_hear(voices=self.voices, result=self.result)

    @property
    def visited(self) -> str:
        """What came of the last visit of the quarter, and when; empty without one."""
        return f"{VisitResult(self.result).label}, {formats.day(self.visited_on)}" if self.visited_on else ""


def moments_of(first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of a day until the end of another, in the zone of the site."""
    start, end = (timezone.make_aware(datetime.combine(on, time())) for on in (first, last + timedelta(days=1)))
    return start, end


def doors(rts: Iterable[Region], ward: Region, quarter: tuple[date, date]) -> list[Door]:
    """Some RTs of a ward, those longest not heard first. Two queries."""
    start, end = moments_of(*quarter)
    within = Count("pk", filter=Q(heard_at__gte=start, heard_at__lt=end))
    heard = {
        region: (count, last)
        for region, count, last in Voice.objects.filter(ward_path=ward.path, heard_at__lt=end)
        .order_by()
        .values_list("region")
        .annotate(within=within, last=Max("heard_at"))
    }
    visits = Visit.objects.filter(ward_path=ward.path, day__range=quarter).order_by("day", "id")
    visited = {region: (on, result) for region, on, result in visits.values_list("region", "day", "result")}
    found = []
    for rt in rts:
        voices, last = heard.get(rt.pk, (0, None))
        on, result = visited.get(rt.pk, (None, ""))
        found.append(Door(rt, voices, day(last) if last else None, on, result))
    return sorted(found, key=lambda door: (door.heard_on or date.min, door.rt.path))


def groups_met(ward: Region, quarter: tuple[date, date]) -> list[tuple[Group, int]]:
    """How often each group was met at doors or spoke in the quarter, the least first. Two queries."""
    start, end = moments_of(*quarter)
    met: Counter[str] = Counter()
    for groups in Visit.objects.filter(ward_path=ward.path, day__range=quarter).values_list("groups", flat=True):
        met.update(groups)
    spoke = Voice.objects.filter(ward_path=ward.path, heard_at__gte=start, heard_at__lt=end, visits__isnull=True)
    rows = spoke.filter(behalf__in=SPOKE_FOR).order_by().values_list("behalf").annotate(count=Count("pk"))
    for behalf, count in rows:
        met[SPOKE_FOR[Behalf(behalf)]] += count
    return sorted(((group, met[group]) for group in Group), key=lambda one: one[1])
