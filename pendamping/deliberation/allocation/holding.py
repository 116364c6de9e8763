"""A price at which a loser is funded, found by running the rule again with that price alone changed.

Neither all lower prices need be funded nor all higher ones not: with another price the completion may end at another
share. What is told is true of two runs: at the price it is funded, at the least price tried above it, it is not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .decide import is_funded
from .model import Contest

STEP = 100  # the price above is at most the hundredth part higher
FEWEST = 100  # below this part of its own price none is looked for


@dataclass(frozen=True)
class Holding:
    """`funded_at`: a price at which it is funded; `not_at`: one at most a hundredth higher at which it is not."""

    funded_at: int
    not_at: int


def price_that_holds(contest: Contest, loser: str, guess: int | None = None) -> Holding | None:
    """Where between nothing and its own price a loser is funded, by bisection from a guess; about ten runs.

    None when nothing down to a hundredth of its price would do.
    """
    price = next(p.cost for p in contest.proposals if p.id == loser)
    contest = contest.grouped()
    above, low = price, max(0, min(guess or price // 2, price - 1))
    while not _funded(contest, loser, low):
        above, low = low, low // 2
        if low * FEWEST <= price:
            return None
    while above - low > max(1, low // STEP):
        middle = (low + above) // 2
        low, above = (middle, above) if _funded(contest, loser, middle) else (low, middle)
    return Holding(low, above)


def _funded(contest: Contest, one: str, cost: int) -> bool:
    changed = tuple(replace(p, cost=cost) if p.id == one else p for p in contest.proposals)
    return is_funded(replace(contest, proposals=changed), one)
