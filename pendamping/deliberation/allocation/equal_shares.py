"""The Method of Equal Shares (Peters, Pierczyński, Skowron 2021), for many shares side by side.

Neighbouring shares buy mostly the same, so they run in step as columns of one matrix of money. Money is kept in
floats; the cheapest is searched lazily (a price never falls, as money only falls). Whatever is closer than `NEAR` is
decided by exact rationals.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import numpy as np

from .allowed import Gate
from .ledger import Ledger
from .prepare import Electorate
from .prices import NEAR, Pricing
from .running import EDGE, Bundle, Column
from .single import Single


class Shares(Pricing):
    """Runs of plain Equal Shares over one electorate. `reserved` is bought before all else in every run."""

    def __init__(self, electorate: Electorate, reserved: tuple[int, ...] = (), only: frozenset[int] | None = None):
        super().__init__(electorate)
        self.reserved = reserved
        self.start = Gate.of(electorate)
        if only is not None:
            self.start.candidates &= only
            self.start.waiting &= only
        self.bound = self.start.bonds or bool(reserved)
        self.shares: list[Fraction] = []

    @cached_property
    def costs(self) -> np.ndarray:
        return np.array([p.cost for p in self.electorate.proposals], np.int64)

    @cached_property
    def candidates(self) -> np.ndarray:
        found = np.zeros(len(self.cost), bool)
        found[sorted(self.start.candidates)] = True
        return found

    def run(self, shares: list[Fraction], exhaustive: bool = False) -> list[Column]:
        """Outcomes up to the first share that overspends or has enough.

        Enough: everything that may be bought is bought; with `exhaustive` also: nothing of it fits into what is left.
        """
        self.shares = shares
        if len(shares) == 1 and not self.bound and not exhaustive:
            return [Single(self, shares[0]).run(sorted(self.start.candidates))]
        bundle = self.begin(np.array([float(s) for s in shares]))
        over: set[int] = set()
        while len(bundle.numbers):
            winner = self.cheapest(bundle)
            if (winner < 0).all():
                break
            live = np.flatnonzero(winner >= 0)
            total = bundle.spent[live] + self.costs[winner[live]]
            past = live[total > self.electorate.ceiling]
            if len(past):
                first = int(past[0])
                if self._passes_over(bundle, first):
                    bundle.least[winner[first], first] = np.inf
                    continue
                over = {first}
                bundle = self._keep(bundle, first + 1)
                winner = winner[: first + 1].copy()
                winner[first] = -1
                bundle.least[:, first] = np.inf
            for c in np.unique(winner[winner >= 0]).tolist():
                self.buy(bundle, c, np.flatnonzero(winner == c))
            for k in bundle.even:
                if k < len(winner) and winner[k] >= 0:
                    bundle.ties[k] += 1
        return self._columns(bundle, over, exhaustive)

    def _passes_over(self, bundle: Bundle, k: int) -> bool:
        return bool(self.reserved) and self.shares[k] == self.electorate.share_first

    def _columns(self, bundle: Bundle, over: set[int], exhaustive: bool) -> list[Column]:
        result: list[Column] = []
        for k, order in enumerate(bundle.orders):
            if k in over:
                return [*result, Column(order, True, False, bundle.ties[k])]
            if bundle.gates is not None:
                free = bundle.gates[k].free()
            else:
                free = np.flatnonzero(self.candidates & ~bundle.bought[:, k]).tolist()
            left = self.electorate.ceiling - int(bundle.spent[k])
            enough = not free or (exhaustive and all(self.electorate.proposals[c].cost > left for c in free))
            result.append(Column(order, False, enough, bundle.ties[k]))
            if enough:
                break
        return result

    def begin(self, shares: np.ndarray) -> Bundle:
        """Nothing bought yet, but what is reserved."""
        many = len(shares)
        least = np.full((len(self.cost), many), np.inf)
        most = shares * self.endow.max(initial=0)
        for c in self.start.free():
            least[c, self.within(c, most)] = self.floor(c)
        bundle = Bundle(
            list(range(many)),
            self.endow[:, None] * shares[None, :],
            least,
            np.zeros(least.shape, bool),
            np.zeros(many, np.int64),
            [[] for _ in range(many)],
            [self.start.copy() for _ in range(many)] if self.bound else None,
            np.zeros(many, bool),
            list(self.supporters),
            ties=[0] * many,
        )
        for c in self.reserved:
            self.reserve(bundle, c)
        return bundle

    @staticmethod
    def _keep(bundle: Bundle, many: int) -> Bundle:
        """Only the first columns."""
        if many == len(bundle.numbers):
            return bundle
        return Bundle(
            bundle.numbers[:many],
            np.ascontiguousarray(bundle.money[:, :many]),
            np.ascontiguousarray(bundle.least[:, :many]),
            bundle.bought[:, :many],
            bundle.spent[:many],
            bundle.orders[:many],
            None if bundle.gates is None else bundle.gates[:many],
            bundle.murky[:many],
            bundle.supporters,
            bundle.ledgers,
            even=bundle.even,
            ties=bundle.ties[:many],
        )

    def cheapest(self, bundle: Bundle, second: bool = False) -> np.ndarray:
        """The proposal each column buys next (-1: none). `second`: one column, also who comes next."""
        least = bundle.least
        if not len(least):
            return np.full(len(bundle.numbers), -1)
        bound = least.min(axis=1)
        best = np.full(len(bundle.numbers), np.inf)
        top = np.inf
        seen: list[float] = []
        for c in np.argsort(bound, kind="stable").tolist():
            if bound[c] > top * (1 + NEAR) or bound[c] == np.inf:
                break
            need = least[c] <= best * (1 + NEAR)
            if second:
                self.price(bundle, c, np.array([top]), None)
                seen = sorted([*seen, float(least[c, 0])])[:2]
            else:
                some = np.count_nonzero(need)
                if not some:
                    continue
                self.price(bundle, c, best, None if some * 2 > len(best) else np.flatnonzero(need))
            np.minimum(best, least[c], out=best)
            top = float(best.max()) if not second else seen[1] if len(seen) > 1 else np.inf
        close = least <= best * (1 + NEAR)
        close &= least < np.inf
        count = np.count_nonzero(close, axis=0)
        winner = close.argmax(axis=0)
        winner[count == 0] = -1
        bundle.tied, bundle.even = [], []
        if count.max(initial=0) > 1:
            for k in np.flatnonzero(count > 1).tolist():
                tied = self._exactly(bundle, k, np.flatnonzero(close[:, k]).tolist())
                winner[k] = tied[0]
                if len(tied) > 1:
                    bundle.even.append(k)
                if second:
                    bundle.tied = tied[1:]
        if second:
            self._follow(bundle, int(winner[0]))
        return winner

    def _follow(self, bundle: Bundle, winner: int) -> None:
        bundle.runner_up = bundle.tied[0] if bundle.tied else None
        least = bundle.least[:, 0].copy()
        least[winner] = np.inf
        if not bundle.tied and least.min(initial=np.inf) < np.inf:
            near = np.flatnonzero(least <= least.min() * (1 + NEAR)).tolist()
            bundle.runner_up = self._exactly(bundle, 0, near)[0]

    def buy(self, bundle: Bundle, c: int, columns: np.ndarray) -> None:
        """Charge the supporters of a proposal, in the columns whose price was just found."""
        rows, _, points, _ = bundle.supporters[c]
        whole = len(columns) == len(bundle.numbers)
        if self.cost[c]:
            due = bundle.least[c, columns] * self.unit[c]
            pay = due if points is None else due * points
            left = bundle.money.take(rows, axis=0)
            if not whole:
                left = left[:, columns]
            left -= pay
            bundle.murky[columns] |= (np.abs(left) <= EDGE * pay).any(axis=0)
            np.maximum(left, 0, out=left)
            if whole:
                bundle.money[rows] = left
            else:
                bundle.money[rows[:, None], columns] = left
        bundle.least[c, columns] = np.inf
        bundle.bought[c, columns] = True
        bundle.spent[columns] += self.electorate.proposals[c].cost
        for k in columns.tolist():
            bundle.orders[k].append(c)
            if bundle.gates is not None:
                self._forbid(bundle, bundle.gates[k], c, k)

    def _forbid(self, bundle: Bundle, gate: Gate, c: int, k: int) -> None:
        """What this purchase shuts is not to be bought; what waited for it may be."""
        waiting = gate.waiting
        gate.buy(c)
        bundle.least[list(gate.shut), k] = np.inf
        for other in waiting - gate.waiting - gate.shut:
            bundle.least[other, k] = self.floor(other)

    def reserve(self, bundle: Bundle, c: int) -> None:
        """Buy before all else: supporters who cannot pay in full give all they have."""
        bundle.least[c] = self.floor(c)
        self.price(bundle, c, np.full(len(bundle.numbers), np.inf), None)
        unpaid = bundle.least[c] == np.inf
        bundle.least[c, unpaid] = bundle.money.max(initial=0) * 2
        self.buy(bundle, c, np.arange(len(bundle.numbers)))

    def ledger(self, bundle: Bundle, k: int) -> Ledger:
        """One column's money, exactly."""
        found = bundle.ledgers.get(k)
        if found is None:
            found = bundle.ledgers[k] = Ledger(self.electorate, self.shares[k])
        for c in bundle.orders[k][found.done :]:
            found.buy(c, c in self.reserved)
        return found

    def _exactly(self, bundle: Bundle, k: int, close: list[int]) -> list[int]:
        """Those with exactly the lowest price, in the order of ties."""
        if len(close) == 1:
            return close
        prices = [self.plain(bundle, k, c) for c in close]
        if any(p is None for p in prices):
            ledger = self.ledger(bundle, k)
            prices = [ledger.price(c) if p is None else p for p, c in zip(prices, close, strict=True)]
        each = [(p / self.unit_exact(c), c) for p, c in zip(prices, close, strict=True) if p is not None]
        low = min(each)[0]
        return sorted((c for p, c in each if p == low), key=self.electorate.rank.__getitem__)
