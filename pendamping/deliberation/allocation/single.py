"""One share alone, where nothing forbids a purchase: the same run in plain numbers, a queue instead of a matrix."""

from __future__ import annotations

from fractions import Fraction
from heapq import heapify, heappop, heappush

import numpy as np

from .ledger import Ledger
from .prices import NEAR, Pricing, one_price
from .running import EDGE, Column


class Single:
    """Equal Shares at one share over the candidates of a `Pricing`."""

    def __init__(self, pricing: Pricing, share: Fraction) -> None:
        self.pricing, self.share = pricing, share
        self.electorate = pricing.electorate
        self.money = pricing.endow * float(share)
        self.lowest = float(np.minimum.reduce(self.money, initial=np.inf))  # nobody holds less
        self.highest = float(np.maximum.reduce(self.money, initial=0))  # nor, ever, more
        self.supporters = [*pricing.supporters]
        if pricing.pointed:
            self.supporters = [(x.rows, x.own, x.points, float(x.mass)) for x in pricing.electorate.members]
        self.bought: list[int] = []
        self.poor = [False] * len(self.supporters)  # does one of these supporters hold less than an equal part?
        self.murky = False
        self.ties = 0
        self.book: Ledger | None = None
        self.even = False  # did a tie decide who is next?

    def run(self, candidates: list[int]) -> Column:
        """Buy until nothing has a price; stops where the ceiling would be overspent."""
        queue = [(self.pricing.floor(c), c) for c in candidates if self.pricing.within(c, self.highest)]
        heapify(queue)
        left = self.electorate.ceiling
        while queue:
            best, seen = np.inf, []
            while queue and queue[0][0] <= best * (1 + NEAR):
                bound, c = heappop(queue)
                price = self._price(c, bound, best)
                if price < np.inf:
                    seen.append((price, c))
                    best = min(best, price)
            if not seen:
                break
            close = [(price, c) for price, c in seen if price <= best * (1 + NEAR)]
            self.even = False
            price, winner = close[0] if len(close) == 1 else self._exactly(close)
            left -= self.electorate.proposals[winner].cost
            if left < 0:
                return Column(self.bought, True, False, self.ties)
            self.ties += self.even
            self._buy(winner, price)
            for pair in seen:
                if pair[1] != winner:
                    heappush(queue, pair)
        return Column(self.bought, False, len(self.bought) == len(candidates), self.ties)

    def _price(self, c: int, bound: float, best: float) -> float:
        rows, mass, points, whole = self.supporters[c]
        cost, unit = self.pricing.cost[c], self.pricing.unit[c]
        if cost == 0:
            return 0.0
        least = max(bound * unit * (1 - 1e-12), cost / whole)
        if least * (1 + NEAR) < self.lowest and points is None:
            return least / unit
        held = self.money.take(rows)
        if points is not None:
            held /= points
        if not self.poor[c]:
            if np.minimum.reduce(held) > least * (1 + NEAR):
                return least / unit
            self.poor[c] = True
        price, rich = one_price(mass, held, whole, cost, least, best * unit, lambda: self._payable(c))
        if rich * 2 < whole and len(rows) > 32:
            live = held > 0
            if np.count_nonzero(live) < 0.8 * len(rows):
                kept = mass[live]
                self.supporters[c] = (rows[live], kept, None if points is None else points[live], float(kept.sum()))
                self.poor[c] = False
        return price / unit

    def _payable(self, c: int) -> bool:
        return self._ledger().price(c) is not None

    def _buy(self, c: int, price: float) -> None:
        rows, _, points, _ = self.supporters[c]
        if self.pricing.cost[c]:
            due = price * self.pricing.unit[c]
            pay = due if points is None else due * points
            left = self.money.take(rows)
            left -= pay
            lowest = float(np.minimum.reduce(left))
            if points is not None or lowest <= EDGE * due:
                self.murky = self.murky or bool((np.abs(left) <= EDGE * pay).any())
                np.maximum(left, 0, out=left)
            self.lowest = min(self.lowest, lowest)
            self.money[rows] = left
        self.bought.append(c)

    def _ledger(self) -> Ledger:
        if self.book is None:
            self.book = Ledger(self.electorate, self.share)
        for c in self.bought[self.book.done :]:
            self.book.buy(c)
        return self.book

    def _exactly(self, close: list[tuple[float, int]]) -> tuple[float, int]:
        exact = []
        for price, c in close:
            found = self._plain(c, price)
            if found is None:
                found = self._ledger().price(c)
            if found is not None:
                exact.append((found / self.pricing.unit_exact(c), self.electorate.rank[c], price, c))
        first = min(exact)
        self.even = sum(1 for one in exact if one[0] == first[0]) > 1
        return first[2:]

    def _plain(self, c: int, price: float) -> Fraction | None:
        """As `Pricing.plain`."""
        if self.murky:
            return None
        rows, mass, points, _ = self.supporters[c]
        held = self.money[rows]
        if points is not None:
            held = held / points
        rich = held > price * self.pricing.unit[c] * (1 + NEAR)
        if not (rich | (held == 0)).all():
            return None
        return Fraction(self.electorate.proposals[c].cost, int(mass[rich].sum()) or 1)
