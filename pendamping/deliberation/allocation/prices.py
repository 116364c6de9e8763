"""What one more purchase costs its supporters: the least price at which they can pay together, by rising guesses."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from .ledger import Ledger
from .prepare import Electorate
from .running import Bundle, Supporters

NEAR = 1e-7  # relative: closer than this is decided exactly


def one_price(
    mass: np.ndarray,
    held: np.ndarray,
    whole: float,
    cost: float,
    price: float,
    best: float,
    payable: Callable[[], bool],
) -> tuple[float, float]:
    """What a point costs in one column, from a lower bound `price` up to a little above `best`; `whole`: all the mass.

    Second: the mass of those who can pay it. Infinite when the supporters cannot pay; `payable` decides at the edge.
    """
    total = float(mass.dot(held))
    if total <= cost * (1 + NEAR) and (total < cost * (1 - NEAR) or not payable()):
        return np.inf, 0.0
    enough, before = best * (1 + 3 * NEAR), -1.0
    while True:
        rich = float(mass.dot(held >= price))
        if rich in (before, whole, 0) or price > enough:
            return price, rich
        before = rich
        step = (cost - float(mass.dot(np.minimum(held, price)))) / rich
        if step <= 0:
            return price, rich
        price += step


class Pricing:
    """Prices per unit of utility over one electorate."""

    def __init__(self, electorate: Electorate) -> None:
        self.electorate = electorate
        self.cost = [float(p.cost) for p in electorate.proposals]
        self.unit = [1.0 if x == 1 else float(x) for x in electorate.bonus]
        if electorate.by_cost:
            self.unit = [(cost or 1.0) * x for cost, x in zip(self.cost, self.unit, strict=True)]
        self.endow = electorate.endow_float
        self.pointed = any(x.points is not None for x in electorate.members)
        self.supporters: list[Supporters] = [
            (x.rows, x.own, None if x.points is None else x.points.astype(float)[:, None], float(x.mass))
            for x in electorate.members
        ]

    def unit_exact(self, c: int) -> Fraction:
        """The utility of a proposal to each of its supporters."""
        bonus = self.electorate.bonus[c]
        return (self.electorate.proposals[c].cost or 1) * bonus if self.electorate.by_cost else bonus

    def floor(self, c: int) -> float:
        """No price is below this: all supporters pay the same."""
        return self.cost[c] / self.supporters[c][3] / self.unit[c]

    def within(self, c: int, most: Any) -> Any:
        """Could its supporters pay at all where nobody holds more than `most`? One answer a share."""
        return self.supporters[c][3] * most >= self.cost[c] * (1 - NEAR)

    def ledger(self, bundle: Bundle, k: int) -> Ledger:
        raise NotImplementedError

    def price(self, bundle: Bundle, c: int, best: np.ndarray, columns: np.ndarray | None) -> None:
        """Write the prices of c into `bundle.least`: right up to a little above `best`, a lower bound beyond it.

        `columns`: only in these (None: all). Infinite where the supporters cannot pay.
        """
        rows, mass, points, whole = bundle.supporters[c]
        cost, unit = self.cost[c], self.unit[c]
        least = bundle.least[c]
        if cost == 0:
            least[least < np.inf] = 0
            return
        held = bundle.money.take(rows, axis=0)
        if columns is not None:
            held, least, best = held[:, columns], least[columns], best[columns]
        if points is not None:
            held /= points
        total = mass @ held
        if len(total) == 1:
            k = 0 if columns is None else int(columns[0])
            start = max(float(least[0]) * unit * (1 - 1e-12), cost / whole)
            found, rich_one = np.inf, whole
            if least[0] < np.inf:
                found, rich_one = one_price(
                    mass,
                    held[:, 0],
                    whole,
                    cost,
                    start,
                    float(best[0]) * unit,
                    lambda: self.ledger(bundle, k).price(c) is not None,
                )
            if len(rows) > 32 and rich_one * 2 < whole:
                self._forget(bundle, c)
            bundle.least[c, k] = found / unit
            return
        gone = total <= cost * (1 + NEAR)
        gone |= least == np.inf
        if gone.any():
            for k in np.flatnonzero(gone & (total > cost * (1 - NEAR)) & (least < np.inf)).tolist():
                gone[k] = self.ledger(bundle, k if columns is None else int(columns[k])).price(c) is None
            if gone.all():
                bundle.least[c, slice(None) if columns is None else columns] = np.inf
                return
        price = np.maximum(least * (unit * (1 - 1e-12)), cost / whole)
        price[gone] = 0
        enough = best * (unit * (1 + 3 * NEAR))
        before = np.full(len(price), -1.0)
        while True:
            rich = mass @ (held >= price)
            if (done := (rich == before) | (price > enough)).all():
                break
            before = rich
            step = (cost - mass @ np.minimum(held, price)) / np.maximum(rich, 1e-300)
            step[done | gone | (rich == 0)] = 0
            price += np.maximum(step, 0, out=step)
        if len(rows) > 32 and rich.max() * 2 < whole:
            self._forget(bundle, c)
        price /= unit
        price[gone] = np.inf
        bundle.least[c, slice(None) if columns is None else columns] = price

    @staticmethod
    def _forget(bundle: Bundle, c: int) -> None:
        """Leave out supporters without money."""
        rows, mass, points, _ = bundle.supporters[c]
        live = bundle.money.take(rows, axis=0).max(axis=1) > 0
        if np.count_nonzero(live) < 0.8 * len(rows):
            kept = mass[live]
            bundle.supporters[c] = (rows[live], kept, None if points is None else points[live], float(kept.sum()))

    def plain(self, bundle: Bundle, k: int, c: int) -> Fraction | None:
        """The exact price of a point when each supporter can either clearly pay it or has clearly nothing."""
        if bundle.murky[k]:
            return None
        rows, mass, points, _ = bundle.supporters[c]
        held = bundle.money[rows, k]
        if points is not None:
            held = held / points[:, 0]
        price = bundle.least[c, k] * self.unit[c]
        rich = held > price * (1 + NEAR)
        if not (rich | (held == 0)).all():
            return None
        return Fraction(self.electorate.proposals[c].cost, int(mass[rich].sum()) or 1)
