"""When each kind of meeting is meant to be held, and which places have not called theirs yet: public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pendamping.core.counters import after
from pendamping.deliberation.enums.meetings import MeetingKind, MeetingState
from pendamping.deliberation.models import Meeting, MeetingRules
from pendamping.regions.models import Level, Region


@dataclass(frozen=True)
class Rung:
    """One kind of meeting in a budget year (id: anak tangga musyawarah)."""

    kind: MeetingKind
    rules: MeetingRules | None
    places: int
    missing: tuple[str, ...]  # labels of the places that have not called one, in the order of the tree

    @property
    def called(self) -> int:
        return self.places - len(self.missing)

    def is_open(self, on: date) -> bool:
        """Is it the time for such meetings?"""
        if self.rules is None or self.rules.opens_on is None or self.rules.closes_on is None:
            return False
        return self.rules.opens_on <= on <= self.rules.closes_on


def rungs(city: Region, fiscal_year: int) -> list[Rung]:
    """The ladder of a city in a budget year, lowest rung first. Three queries, however many wards.

    RW meetings count by ward: one in any RW of it, or in the ward itself.
    """
    of_year = MeetingRules.objects.filter(city=city, fiscal_year=fiscal_year).order_by("kind", "version")
    held = {one.kind: one for one in of_year}
    standing = Region.objects.filter(
        level__in=[Level.DISTRICT, Level.WARD], path__gte=city.path, path__lt=after(city.path), valid_to__isnull=True
    )
    regions = list(standing.order_by("path"))
    called = set(
        Meeting.objects.filter(city_path=city.path, fiscal_year=fiscal_year)
        .exclude(state=MeetingState.CANCELLED)
        .order_by()
        .values_list("kind", "ward_path")
        .distinct()
    )
    return [_rung(kind, held.get(kind), regions, called) for kind in MeetingKind]


def _rung(kind: MeetingKind, rules: MeetingRules | None, regions: list[Region], called: set[tuple[str, str]]) -> Rung:
    level = Level.DISTRICT if kind == MeetingKind.DISTRICT else Level.WARD
    inside = [one for one in regions if one.level == level]
    missing = tuple(one.label for one in inside if (kind.value, one.path) not in called)
    return Rung(kind, rules, len(inside), missing)
