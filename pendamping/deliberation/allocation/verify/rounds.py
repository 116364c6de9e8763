"""One run of Equal Shares, exactly: money is whole numbers over one denominator that grows with each purchase.

A proposal's price is the least rho with Σ weight · min(money, rho · utility) >= cost; the lowest wins (Peters,
Pierczyński, Skowron 2021).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm

from .hall import Hall, common_denominator

SHIFT = 96  # bits behind the point of the key that sorts prices; keys that are equal are compared exactly


@dataclass(frozen=True)
class Purchase:
    """A proposal bought: price per unit of utility, what each payer's resident pays, and how the tie was settled."""

    proposal: str
    price: Fraction
    pays: tuple[tuple[int, Fraction], ...]
    poor: tuple[int, ...]
    equals: tuple[str, ...]
    settled_by: str
    runner_up: str | None


@dataclass
class Purses:
    """What a resident of each payer holds: `money[place] / whole`."""

    money: list[int]
    whole: int

    def left(self, place: int) -> Fraction:
        return Fraction(self.money[place], self.whole)


@dataclass
class Run:
    """What one run bought, in order, and what it left in the purses."""

    bought: list[str] = field(default_factory=list)
    purchases: list[Purchase] = field(default_factory=list)
    cost: int = 0
    over: bool = False
    purses: Purses = field(default_factory=lambda: Purses([], 1))


def fill_purses(hall: Hall, share: Fraction) -> Purses:
    """Every payer's purse at `share`."""
    held = {endow: share * endow for endow in {payer.endow for payer in hall.payers}}
    whole = common_denominator(held.values())
    counted = {endow: h.numerator * (whole // h.denominator) for endow, h in held.items()}
    return Purses([counted[payer.endow] for payer in hall.payers], whole)


def price_of(supporters: Sequence[tuple[int, int, int]], cost: int, purses: Purses) -> tuple[int, int] | None:
    """(R, U) with price rho = R / (U · whole), or None when the supporters together hold less than `cost`."""
    money = purses.money
    steps: dict[tuple[int, int], int] = {}  # many hold the same and value it the same: counted together
    units = 0
    for place, weight, u in supporters:
        step = (money[place], u)
        steps[step] = steps.get(step, 0) + weight
        units += weight * u
    level = lcm(*{u for _, u in steps})
    rest = cost * purses.whole
    for held, u in sorted(steps, key=lambda step: step[0] * (level // step[1])):
        if held * units >= rest * u:
            return rest, units
        weight = steps[held, u]
        rest -= weight * held
        units -= weight * u
    return None


Better = Callable[[Sequence[str]], tuple[str, str]]


@dataclass
class Market:
    """The candidates of a run that may still be bought; `allowed` says whether one may be bought now, and for ever."""

    hall: Hall
    supporters: dict[str, list[tuple[int, int, int]]]
    better: Better

    by_cost: bool

    def cost(self, one: str) -> int:
        return self.hall.proposals[one].cost

    def point(self, one: str) -> int:
        """The utility of one point for `one`."""
        return (self.cost(one) if self.by_cost else 1) or 1


class Bidding:
    """The state of one run while it goes on: bounds of prices, who is out."""

    def __init__(self, market: Market, purses: Purses, among: Sequence[str]) -> None:
        self.market = market
        self.purses = purses
        self.bounds: dict[str, tuple[int, int]] = {}
        self.keys: dict[str, int] = {}
        for one in among:
            units = sum(weight * u for _, weight, u in market.supporters[one])
            if units:
                self._note(one, market.cost(one), units)

    def _note(self, one: str, above: int, below: int) -> None:
        self.bounds[one] = (above, below)
        self.keys[one] = (above << SHIFT) // below

    def drop(self, one: str) -> None:
        self.bounds.pop(one, None)
        self.keys.pop(one, None)

    def lowest(self, waiting: Callable[[str], bool], *, second: bool) -> tuple[list[str], str | None]:
        """The candidates of exactly the lowest price, and the next one after the winner when `second` is asked for."""
        exact: list[str] = []
        for one in sorted(self.keys, key=lambda c: self.keys[c]):
            if waiting(one):
                continue
            limit = self._limit(exact, second=second)
            if limit is not None and self.keys[one] > limit:
                break
            found = price_of(self.market.supporters[one], self.market.cost(one), self.purses)
            if found is None:
                self.drop(one)
                continue
            self._note(one, found[0], found[1] * self.purses.whole)
            exact.append(one)
        if not exact:
            return [], None
        best = self._least(exact)
        winner = self.market.better(best)[0]
        rest = [one for one in exact if one != winner]
        runner = self.market.better(self._least(rest))[0] if rest and second else None
        return best, runner

    def _limit(self, exact: list[str], *, second: bool) -> int | None:
        keys = sorted(self.keys[one] for one in exact)
        wanted = 1 if second else 0
        return keys[wanted] if len(keys) > wanted else None

    def _least(self, some: Sequence[str]) -> list[str]:
        least: list[str] = []
        for one in some:
            if least:
                a, b = self.bounds[one]
                c, d = self.bounds[least[0]]
                if a * d > c * b:
                    continue
                if a * d < c * b:
                    least = []
            least.append(one)
        return least

    def take(self, one: str) -> Purchase:
        """Buy `one` whatever it costs: at its price, or for all its supporters hold."""
        found = price_of(self.market.supporters[one], self.market.cost(one), self.purses)
        if found is not None:
            self.bounds[one] = found[0], found[1] * self.purses.whole
            price, pays, poor = self.pay(one)
        else:
            pays = [(place, self.purses.left(place)) for place, _, _ in self.market.supporters[one]]
            poor = [place for place, held in pays if held]
            price = max((held for _, held in pays), default=Fraction(0)) / self.market.point(one)
            for place in poor:
                self.purses.money[place] = 0
        self.drop(one)
        return Purchase(one, price, tuple(pays), tuple(poor), (), "floor", None)

    def pay(self, one: str) -> tuple[Fraction, list[tuple[int, Fraction]], list[int]]:
        """Charge the supporters of `one`: its price, what a resident of each payer pays, the payers who give all."""
        rest, units = self.bounds[one]
        units //= self.purses.whole
        shrink = gcd(rest, units)
        rest, units = rest // shrink, units // shrink
        purses = self.purses
        price = Fraction(rest, units * purses.whole)
        if units > 1:
            purses.money = [m * units for m in purses.money]
            purses.whole *= units
        whole = purses.whole
        sums: dict[int, Fraction] = {}
        pays, poor = [], []
        for place, _, u in self.market.supporters[one]:
            due, held = rest * u, purses.money[place]
            if held <= due:
                if held:
                    poor.append(place)
                due = held
            purses.money[place] = held - due
            paid = sums.get(due)
            if paid is None:
                paid = sums[due] = Fraction(due, whole)
            pays.append((place, paid))
        return price, pays, poor
