"""Figures of places as the public sees them, read from the counters only."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Sum
from django.db.models.functions import Substr

from pendamping.core import counters
from pendamping.needs.enums.needs import NeedState
from pendamping.portal import rules
from pendamping.regions.models import WIDTHS

MEASURES = (
    "voice.received", "voice.state", "need.state", "proposal.state", "project.state", "asset.condition",
    "decided.rupiah", "planned.rupiah", "approved.rupiah", "paid.rupiah", "spent.rupiah", "asset.rupiah",
)  # fmt: skip


@dataclass(frozen=True)
class Totals:
    """The sums of one place (id: angka wilayah), by measure and by (measure, dimension)."""

    sums: Tally[tuple[str, str]] = field(default_factory=Tally)

    def of(self, measure: str, *dimensions: str) -> int:
        """The sum of a measure, or of some of its dimensions."""
        return sum(
            value
            for (name, part), value in self.sums.items()
            if name == measure and (not dimensions or part in dimensions)
        )

    @property
    def voices(self) -> int:
        return self.of("voice.received")

    @property
    def verified(self) -> int:
        return self.of("need.state", NeedState.VERIFIED, NeedState.PROPOSED)

    @property
    def decided(self) -> int:
        return self.of("proposal.state", *rules.DECIDED_PROPOSALS)

    @property
    def planned(self) -> int:
        return self.of("planned.rupiah")

    @property
    def spent(self) -> int:
        return self.of("spent.rupiah")

    @property
    def finished(self) -> int:
        return self.of("project.state", *rules.FINISHED_PROJECTS)

    @property
    def assets(self) -> int:
        return self.of("asset.condition")


def totals(path: str, *, since: int = 0, until: int = 999999) -> Totals:
    """The figures of a place and all below it, in one query."""
    cells = counters.cells(MEASURES, under=path, since=since, until=until)
    rows = cells.order_by().values_list("measure", "dimension").annotate(sum=Sum("value"))
    return Totals(Tally({(measure, part): value for measure, part, value in rows}))


def totals_by(
    paths: Iterable[str], *, under: str, level: str, since: int = 0, until: int = 999999
) -> dict[str, Totals]:
    """The figures of each place of a level below `under`, and of `under` as a whole, in one query."""
    cells = counters.cells(MEASURES, under=under, since=since, until=until)
    cut = Substr("region_path", 1, WIDTHS[level])
    rows = cells.order_by().annotate(place=cut).values_list("place", "measure", "dimension").annotate(sum=Sum("value"))
    found = {path: Totals(Tally()) for path in (*paths, under)}
    for place, measure, part, value in rows:
        found[under].sums[measure, part] += value
        if place in found:
            found[place].sums[measure, part] = value
    return found
