"""Completion: raising the equal share until the money is used, and filling what is left by votes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from .allowed import Gate
from .equal_shares import Shares
from .model import Invalid, Rule
from .prepare import Electorate
from .running import Column

CELLS = 800_000  # payers × shares that run side by side: what fits into the processor's cache
WIDEST = 96
NARROWEST = 8  # one line of the cache holds eight numbers


@dataclass
class Completed:
    """The final share, what it buys, and how many of the purchases a tie decided."""

    share: Fraction
    gate: Gate
    ties: int


def complete(electorate: Electorate, reserved: tuple[int, ...] = ()) -> Completed:
    """The last share of the steps that does not overspend. `reserved` is bought first in every run."""
    first = electorate.share_first
    if not first:
        return Completed(first, Gate.of(electorate), 0)
    runs = Shares(electorate, reserved)
    widest = max(NARROWEST, min(WIDEST, CELLS // max(1, len(electorate.weight))))
    ladder = _shares(first, electorate.rule)
    best = first, Column([], False, False)
    width, more = 1, True
    while more and (batch := [share for _, share in zip(range(width), ladder, strict=False)]):
        for share, column in zip(batch, runs.run(batch, electorate.rule.completion == "add1"), strict=False):
            if not column.over:
                best = share, column
            more = more and not (column.over or column.enough)
        width = min(widest, width * 4)
    share, column = best
    return Completed(share, runs.start.after(column.bought), column.ties)


def _shares(first: Fraction, rule: Rule) -> Iterator[Fraction]:
    """The shares of the steps, in order."""
    if rule.completion == "none":
        yield first
    elif rule.completion == "steps":
        step = 0
        while 1000 + step * rule.step_permille <= rule.cap * 1000:
            yield first * (1000 + step * rule.step_permille) / 1000
            step += 1
    elif rule.completion in ("add1", "add1_nostop"):
        step = 0
        while True:
            yield first + step
            step += 1
    else:
        raise Invalid(f"completion: {rule.completion!r} is not one of none, steps, add1, add1_nostop")


def exhaustive(electorate: Electorate, gate: Gate) -> bool:
    """Nothing that may be bought fits into what is left."""
    left = electorate.ceiling - gate.spent
    return all(electorate.proposals[c].cost > left for c in gate.free())


def votes_order(electorate: Electorate, points: bool = False) -> list[int]:
    """Proposals by supporters (or points), most first, ties in their order."""
    count = [x.mass for x in electorate.members] if points else electorate.supporters
    return sorted(range(len(electorate.proposals)), key=lambda c: (-count[c], electorate.rank[c]))


def fill(
    electorate: Electorate, gate: Gate, points: bool = False, enough: Callable[[], bool] | None = None
) -> list[int]:
    """Buy by votes what still fits, in `gate`; returns what was bought, in order. `enough` ends it early."""
    order = votes_order(electorate, points)
    bought: list[int] = []
    while enough is None or not enough():
        room = electorate.ceiling - gate.spent
        free = set(gate.free())
        order = [c for c in order if c not in gate.shut and electorate.proposals[c].cost <= room]
        found = next((c for c in order if c in free), None)
        if found is None:
            break
        gate.buy(found)
        bought.append(found)
    return bought
