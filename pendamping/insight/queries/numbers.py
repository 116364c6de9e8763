"""Figures of places, by stage and in money, from the counters only, broken down to the places one level below."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, Sum
from django.db.models.functions import Substr

from pendamping.core import counters
from pendamping.core.models import Counter
from pendamping.insight.measures import MEASURES, Figure
from pendamping.regions import queries as regions
from pendamping.regions.models import WIDTHS, Level, Region

BELOW = {4: Level.DISTRICT, 6: Level.WARD, 10: Level.WARD}


@dataclass(frozen=True)
class Sums:
    """The cells of one place, added up."""

    cells: Tally[tuple[str, str]] = field(default_factory=Tally)

    def of(self, figure: Figure) -> int:
        return sum(
            value
            for (measure, part), value in self.cells.items()
            if measure == figure.measure and (not figure.dimensions or part in figure.dimensions)
        )

    def by_dimension(self, measure: str) -> dict[str, int]:
        return {part: value for (name, part), value in self.cells.items() if name == measure}


@dataclass(frozen=True)
class Breakdown:
    """A place, the places one level below it, and the sum of them all."""

    place: Region
    parts: list[tuple[Region, Sums]]
    whole: Sums


def breakdown(place: Region, *, since: int, until: int) -> Breakdown:
    """Two queries, however many places and records there are."""
    level = BELOW[len(place.path)]
    found = [place] if level == place.level else list(regions.below(place.path, level))
    cut = Substr("region_path", 1, WIDTHS[level])
    rows = (
        counters.cells(MEASURES, under=place.path, since=since, until=until)
        .order_by()
        .annotate(place=cut)
        .values_list("place", "measure", "dimension")
        .annotate(sum=Sum("value"))
    )
    by_place = {region.path: Sums() for region in found}
    whole = Sums()
    for path, measure, part, value in rows:
        whole.cells[measure, part] += value
        if path in by_place:
            by_place[path].cells[measure, part] += value
    return Breakdown(place, [(region, by_place[region.path]) for region in found], whole)


def residents(found: Breakdown) -> dict[str, int | None]:
    """How many live in each part: those of its wards together, None while one of them is unknown."""
    wards = regions.below(found.place.path, Level.WARD) if found.place.level != Level.WARD else [found.place]
    counts: dict[str, int | None] = {region.path: 0 for region, _sums in found.parts}
    for ward in wards:
        part = next((path for path in counts if ward.path.startswith(path)), None)
        if part is not None:
            before = counts[part]
            counts[part] = None if before is None or not ward.population else before + ward.population
    return {path: count or None for path, count in counts.items()}


def by_month(paths: Iterable[str], measures: Iterable[str], *, since: int, until: int) -> dict[str, dict[int, int]]:
    """Each measure month by month over some places, in one query."""
    cells = Counter.objects.filter(_inside(paths), measure__in=list(measures), period__gte=since, period__lte=until)
    found: dict[str, dict[int, int]] = {measure: {} for measure in measures}
    for measure, month, value in cells.order_by().values_list("measure", "period").annotate(sum=Sum("value")):
        found[measure][month] = value
    return found


def sums_of(paths: Iterable[str], measures: Iterable[str]) -> Sums:
    """Some measures over some places and all the time, in one query."""
    rows = Counter.objects.filter(_inside(paths), measure__in=list(measures)).order_by()
    return Sums(Tally({(m, d): v for m, d, v in rows.values_list("measure", "dimension").annotate(sum=Sum("value"))}))


def _inside(paths: Iterable[str]) -> Q:
    """Cells are kept by ward: a right over an RW or RT reads those of its ward, which are public anyway."""
    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= Q(region_path__gte=path[:10], region_path__lt=counters.after(path[:10]))
    return wanted
