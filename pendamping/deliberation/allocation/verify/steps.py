"""The whole rule over one pot: runs at rising shares, where that ends, the fill by votes, floors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial

from ..model import Contest, Limit
from .hall import Hall, utilities
from .order import Order
from .rounds import Bidding, Market, Purchase, Run, fill_purses

MOST_TENTHS = 100  # the largest support bonus tried for a floor: ten times


@dataclass
class Outcome:
    """What the rule gives for one pot: bought by share, then filled; purses as after the last purchase by share."""

    run: Run
    share: Fraction
    step: int
    filled: list[str] = field(default_factory=list)
    floored: list[str] = field(default_factory=list)
    bonus: int = 10
    boosted: frozenset[str] = frozenset()
    rewound: list[tuple[Fraction | None, list[int]]] | None = None

    @property
    def funded(self) -> list[str]:
        return [*self.run.bought, *self.filled]


class Replay:
    """Replays the rule for one hall; `before` is what earlier pots funded."""

    def __init__(self, contest: Contest, hall: Hall, before: Sequence[str], *, quick: bool = False) -> None:
        self.contest, self.hall, self.quick = contest, hall, quick
        self.past, self.before = list(before), frozenset(before)
        self.rule = contest.rule
        self.by_points = contest.rule.utility in ("points", "points_cost") or contest.rule.fill == "points"
        self.order = Order(contest, hall)
        self.limits = [x for x in contest.limits if x.pot == hall.pot.id]
        everything = {p.id: p for p in contest.proposals}
        self.bars: dict[str, set[str]] = {one: set() for one in everything}
        for one, proposal in everything.items():
            for other in proposal.excludes:
                if other in everything and other != one:
                    self.bars[one].add(other)
                    self.bars[other].add(one)
        self.bases = {one: [b for b in p.requires if b in everything] for one, p in everything.items()}
        self.held = {one: [x for x in self.limits if x.holds(p)] for one, p in hall.proposals.items()}

    def cost(self, one: str) -> int:
        return self.hall.proposals[one].cost

    # what may be chosen

    def barred(self, one: str, chosen: Sequence[str]) -> str:
        """Why `one` can never be chosen any more beside `chosen`: a reason, or ""."""
        if any(other in self.before or other in chosen for other in self.bars[one]):
            return "excluded_by"
        for limit in self.held[one]:
            if limit.most is not None and self.counted(limit, chosen) + self.cost(one) > limit.most:
                return "cap_reached"
        return ""

    def waits(self, one: str, chosen: Sequence[str]) -> bool:
        """Is a proposal that `one` builds on not chosen yet?"""
        return any(base not in self.before and base not in chosen for base in self.bases[one])

    def counted(self, limit: Limit, chosen: Sequence[str]) -> int:
        return sum(self.cost(one) for one in chosen if one in self.held and limit in self.held[one])

    # one run, and all of them

    def market(self, bonus: Mapping[str, int]) -> Market:
        by_cost = self.rule.utility in ("cost", "points_cost")
        return Market(self.hall, utilities(self.contest, self.hall, bonus), self.order.better, by_cost)

    def run(
        self,
        market: Market,
        share: Fraction,
        *,
        detail: bool = False,
        reserved: Sequence[str] = (),
        among: Sequence[str] | None = None,
        beside: Sequence[str] = (),
    ) -> Run:
        """One run of Equal Shares at `share`, the `reserved` first; ends as soon as it costs more than the ceiling.

        `among`: only these may be bought, `beside` others that are taken as chosen. At the first share what would
        overspend is passed over instead: only a reserve can bring that about.
        """
        hall = self.hall
        result = Run(purses=fill_purses(hall, share))
        bidding = Bidding(market, result.purses, hall.candidates if among is None else among)
        for one in reserved:
            result.purchases.append(bidding.take(one))
            result.bought.append(one)
            result.cost += self.cost(one)
        while True:
            chosen = [*beside, *result.bought]
            room = hall.ceiling - result.cost - sum(map(self.cost, beside))
            for one in list(bidding.keys):
                if self.barred(one, chosen) or (share == hall.first and self.cost(one) > room):
                    bidding.drop(one)
            best, runner = bidding.lowest(partial(self.waits, chosen=chosen), second=detail)
            if not best:
                return result
            winner, said = self.order.better(best)
            result.cost += self.cost(winner)
            if result.cost > hall.ceiling:
                result.over = True
                return result
            price, pays, poor = bidding.pay(winner)
            result.bought.append(winner)
            others = tuple(sorted((c for c in best if c != winner), key=self.order.sort_key))
            result.purchases.append(Purchase(winner, price, tuple(pays), tuple(poor), others, said, runner))
            bidding.drop(winner)

    def ends(self, run: Run) -> bool:
        """Can a higher share change nothing any more, or does the rule stop here?"""
        rest = [one for one in self.hall.candidates if one not in run.bought]
        free = [one for one in rest if not self.waits(one, run.bought) and not self.barred(one, run.bought)]
        if not free:
            return True
        return self.rule.completion == "add1" and all(run.cost + self.cost(c) > self.hall.ceiling for c in free)

    def complete(self, market: Market, reserved: Sequence[str] = (), claim: Fraction | None = None) -> Outcome:
        """The outcome at the step where raising the share ends.

        Without `quick` every step is run. With it a `claim`ed share is looked at with its neighbours only, and where
        nothing is claimed the end is sought by halving: what differs must then be looked at again without `quick`.
        """
        step = self._claimed(market, reserved, claim) if self.quick and claim is not None else None
        if step is None:
            step = self._halved(market, reserved) if self.quick else self._walked(market, reserved)
        share = self.share(step) or self.hall.first
        return self.filled(Outcome(self.run(market, share, detail=True, reserved=reserved), share, step))

    def share(self, step: int) -> Fraction | None:
        """The share of a step, None where the rule has no such step."""
        rule, first = self.rule, self.hall.first
        if not step:
            return first
        if rule.completion == "none" or not first:
            return None
        if rule.completion != "steps":
            return first + step
        share = first * (1000 + step * rule.step_permille) / 1000
        return share if rule.step_permille and share <= rule.cap * first else None

    def _state(self, market: Market, reserved: Sequence[str], step: int) -> str:
        share = self.share(step)
        if share is None:
            return "over"
        run = self.run(market, share, reserved=reserved)
        return "over" if run.over else "ends" if self.ends(run) else ""

    def _walked(self, market: Market, reserved: Sequence[str]) -> int:
        step = 0
        while not (state := self._state(market, reserved, step)):
            step += 1
        return step if state == "ends" else max(step - 1, 0)

    def _claimed(self, market: Market, reserved: Sequence[str], claim: Fraction) -> int | None:
        first, rule = self.hall.first, self.rule
        if not first or claim < first:
            return None
        each = first * rule.step_permille / 1000 if rule.completion == "steps" else Fraction(1)
        number = (claim - first) / each if each else Fraction(0)
        if number.denominator != 1 or self.share(step := number.numerator) is None:
            return None
        state = self._state(market, reserved, step)
        if state == "over" or (step and self._state(market, reserved, step - 1)):
            return None
        return step if state == "ends" or self._state(market, reserved, step + 1) == "over" else None

    def _halved(self, market: Market, reserved: Sequence[str]) -> int:
        low, high = -1, 1  # the end is at `high` or before it, and after `low`
        while not self._state(market, reserved, high):
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            if self._state(market, reserved, middle):
                high = middle
            else:
                low = middle
        return high if self._state(market, reserved, high) == "ends" else max(high - 1, 0)

    def filled(self, outcome: Outcome, votes: Mapping[str, int] | None = None) -> Outcome:
        """What is left goes to the most voted that is allowed and fits, again and again."""
        if votes is None:
            if self.rule.fill == "none":
                return outcome
            votes = self.hall.points if self.rule.fill == "points" else self.hall.supporters
        ranked = sorted(self.hall.candidates, key=lambda c: (-votes[c], self.order.sort_key(c)))
        room = self.hall.ceiling - outcome.run.cost
        while True:
            chosen = outcome.funded
            fits = [c for c in ranked if c not in chosen and self.cost(c) <= room]
            one = next((c for c in fits if not self.waits(c, chosen) and not self.barred(c, chosen)), None)
            if one is None:
                return outcome
            outcome.filled.append(one)
            room -= self.cost(one)
