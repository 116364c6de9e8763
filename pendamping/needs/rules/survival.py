"""How long things take when some are not over yet: the Kaplan-Meier estimate.

The mean of what is closed flatters whoever lets the hard cases lie: an open case simply is not in it. Here every case
counts: one still open says that it took at least so long. Kaplan, E. L. and Meier, P. (1958), Nonparametric estimation
from incomplete observations, J. Am. Stat. Assoc. 53, 457-481.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Step:
    """A day on which something happened: how many were still waiting, to how many it happened, what share waits on."""

    day: int
    at_risk: int
    happened: int
    share: Fraction


Cases = Iterable[tuple[int, bool]] | Mapping[tuple[int, bool], int]


def curve(cases: Cases) -> list[Step]:
    """The estimate for cases of (days waited, whether it then happened), in any order; or how many of each.

    On one day, what happened comes before what is only known to be open so long.
    """
    over: Counter[int] = Counter()
    still_open: Counter[int] = Counter()
    for (days, happened), count in Counter(cases).items():
        (over if happened else still_open)[days] += count
    at_risk, share, steps = sum(over.values()) + sum(still_open.values()), Fraction(1), []
    for day in sorted({*over, *still_open}):
        if over[day]:
            share *= 1 - Fraction(over[day], at_risk)
            steps.append(Step(day, at_risk, over[day], share))
        at_risk -= over[day] + still_open[day]
    return steps


def median(cases: Cases) -> int | None:
    """The day by which it happened to half of them; None when more than half have waited longer than anybody knows."""
    return next((step.day for step in curve(cases) if step.share <= HALF), None)
