"""What may be bought next: exclusions, requirements, caps and the minimum of support."""

from __future__ import annotations

from dataclasses import dataclass, field

from .prepare import Electorate


def eligible(electorate: Electorate, c: int) -> str:
    """Empty when the proposal may be bought at all, else why not."""
    proposal, n = electorate.proposals[c], electorate.supporters[c]
    if not n:  # of residents: criteria alone are nobody's support
        return "no_support"
    if proposal.cost > electorate.ceiling:
        return "over_pot"
    if electorate.rule.minimum_support and 3 * electorate.ceiling * n < proposal.cost * electorate.residents:
        return "below_min_support"
    return ""


@dataclass
class Gate:
    """The order of purchases so far, and what it forbids."""

    electorate: Electorate
    candidates: frozenset[int]
    bought: list[int] = field(default_factory=list)
    shut: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)
    filled: list[int] = field(default_factory=list)  # rupiah of each limit
    spent: int = 0
    bonds: bool = True  # can a purchase forbid or allow another one?

    @classmethod
    def of(cls, electorate: Electorate) -> Gate:
        """The gate before anything is bought."""
        every = range(len(electorate.proposals))
        gate = cls(electorate, frozenset(c for c in every if not eligible(electorate, c)))
        gate.filled = [0] * len(electorate.limits)
        before = electorate.before_ids
        barred = {x for p in electorate.before for x in p.excludes}
        for c in gate.candidates:
            proposal = electorate.proposals[c]
            if proposal.id in barred or (before and not before.isdisjoint(proposal.excludes)):
                gate.shut.add(c)
            elif proposal.requires and not before.issuperset(proposal.requires):
                gate.waiting.add(c)
        gate._cap()
        capped = any(limit.most is not None for limit in electorate.limits)
        gate.bonds = bool(gate.shut or gate.waiting) or capped or any(p.excludes for p in electorate.proposals)
        return gate

    def after(self, bought: list[int]) -> Gate:
        """The gate after these purchases more."""
        gate = self.copy()
        for c in bought:
            gate.buy(c)
        return gate

    def copy(self) -> Gate:
        return Gate(
            self.electorate,
            self.candidates,
            [*self.bought],
            {*self.shut},
            {*self.waiting},
            [*self.filled],
            self.spent,
            self.bonds,
        )

    def free(self) -> list[int]:
        """What may be bought now."""
        return [c for c in sorted(self.candidates) if c not in self.shut and c not in self.waiting]

    def buy(self, c: int) -> None:
        """Enter a purchase and shut what it forbids."""
        electorate = self.electorate
        chosen = electorate.proposals[c]
        self.bought.append(c)
        self.shut.add(c)
        self.spent += chosen.cost
        for k, limit in enumerate(electorate.limits):
            if limit.holds(chosen):
                self.filled[k] += chosen.cost
        if not self.bonds:
            return
        ids = {electorate.proposals[x].id for x in self.bought} | electorate.before_ids
        for other in self.candidates - self.shut:
            proposal = electorate.proposals[other]
            if proposal.id in chosen.excludes or chosen.id in proposal.excludes:
                self.shut.add(other)
        self.waiting = {x for x in self.waiting if any(r not in ids for r in electorate.proposals[x].requires)}
        self._cap()

    def _cap(self) -> None:
        for k, limit in enumerate(self.electorate.limits):
            if limit.most is None:
                continue
            room = limit.most - self.filled[k]
            for other in self.candidates - self.shut:
                if self.electorate.proposals[other].cost > room and limit.holds(self.electorate.proposals[other]):
                    self.shut.add(other)

    def unmet(self) -> list[int]:
        """Limits whose floor is not reached."""
        return [k for k, x in enumerate(self.electorate.limits) if x.least is not None and self.filled[k] < x.least]
