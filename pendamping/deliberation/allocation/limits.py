"""Floors: the least money for a heading, a group or an area, with the least change to everything else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from .allowed import Gate
from .completion import complete, exhaustive, fill
from .equal_shares import Shares
from .model import GREEDY, PHRAGMEN, Proposal
from .phragmen import Purchase, phragmen
from .prepare import Electorate

BONUSES = range(1100, 10_001, 100)  # permille
MOST_SUMS = 100_000  # so many different sums of a floor's proposals are looked through


@dataclass
class Settled:
    """One pot, decided. `bought` by share (the reserved first), then `filled` by votes."""

    electorate: Electorate
    share: Fraction
    bought: list[int]
    gate: Gate
    filled: list[int]
    reserved: tuple[int, ...] = ()
    bonus_permille: int = 1000
    purchases: tuple[Purchase, ...] = ()
    ties: int = 0  # how many purchases by share a tie decided; with a reserve `rounds.trace` tells

    @property
    def unmet(self) -> list[int]:
        return self.gate.unmet()

    @property
    def exhaustive(self) -> bool:
        return exhaustive(self.electorate, self.gate)


def settle(electorate: Electorate) -> Settled:
    """Decide one pot, floors included (README.md, "Floors")."""
    plain = _once(electorate)
    short = plain.unmet
    if not short or electorate.rule.method in (GREEDY, PHRAGMEN):
        return plain
    tagged = [any(electorate.limits[k].holds(p) for k in short) for p in electorate.proposals]
    for bonus in BONUSES if _possible(electorate, short) else ():
        raised = replace(electorate, bonus=[Fraction(bonus, 1000) if t else Fraction(1) for t in tagged])
        found = _once(raised)
        if not found.unmet:
            return replace(found, bonus_permille=bonus)
    return _once(electorate, _reserve(electorate, short))


def _once(electorate: Electorate, reserved: tuple[int, ...] = ()) -> Settled:
    rule = electorate.rule
    pointed = rule.fill == "points"
    if rule.method == GREEDY:
        gate = Gate.of(electorate)
        filled = fill(electorate, gate, pointed or rule.utility.startswith("points"))
        return Settled(electorate, Fraction(0), [], gate, filled)
    purchases: list[Purchase] = []
    if rule.method == PHRAGMEN:
        gate, purchases = phragmen(electorate)
        ties = sum(1 for one in purchases if one.tied)
        share = purchases[-1].moment if purchases else Fraction(0)
    else:
        completed = complete(electorate, reserved)
        share, gate, ties = completed.share, completed.gate, completed.ties
    bought = [*gate.bought]
    filled = fill(electorate, gate, pointed) if rule.fill != "none" and electorate.shares else []
    return Settled(electorate, share, bought, gate, filled, reserved, purchases=tuple(purchases), ties=ties)


def _possible(electorate: Electorate, short: list[int]) -> bool:
    """Could each floor be reached at all, within the ceiling and beside the caps?"""
    gate = Gate.of(electorate)
    free = [electorate.proposals[c] for c in sorted(gate.candidates - gate.shut)]
    return all(
        _reachable([p for p in free if electorate.limits[k].holds(p)], electorate.limits[k].least or 0, electorate)
        for k in short
    )


def _reachable(tagged: list[Proposal], least: int, electorate: Electorate) -> bool:
    """Does some choice of these cost `least` or more, and no more than there is room for? Yes where that takes long."""
    total = sum(p.cost for p in tagged)
    room = electorate.ceiling
    for limit in electorate.limits:
        if limit.most is not None:
            inside = sum(p.cost for p in tagged if limit.holds(p))
            room = min(room, total - inside + min(inside, limit.most))
    sums = {0}
    for p in tagged:
        sums |= {one + p.cost for one in sums if one + p.cost <= room}
        if len(sums) > MOST_SUMS:
            return True
    return max(sums) >= least


def _reserve(electorate: Electorate, short: list[int]) -> tuple[int, ...]:
    """What is bought before all else, in order."""
    gate = Gate.of(electorate)
    for k in short:
        limit = electorate.limits[k]
        tagged = frozenset(c for c in gate.candidates if limit.holds(electorate.proposals[c]))
        own = Shares(electorate, only=tagged).run([electorate.share_first])[0].bought if electorate.shares else []
        for c in own:
            if gate.filled[k] >= (limit.least or 0):
                break
            fits = electorate.proposals[c].cost <= electorate.ceiling - gate.spent
            if fits and c not in gate.shut and c not in gate.waiting:
                gate.buy(c)
        narrow = Gate(electorate, tagged, gate.bought, gate.shut, gate.waiting, gate.filled, gate.spent, gate.bonds)
        fill(electorate, narrow, enough=_reached(narrow, k, limit.least or 0))
        narrow.candidates = gate.candidates
        gate = narrow
    return tuple(gate.bought)


def _reached(gate: Gate, k: int, least: int):  # type: ignore[no-untyped-def]
    return lambda: gate.filled[k] >= least
