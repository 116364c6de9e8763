"""Why a proposal was not funded, in money (allocation note, section 6).

With the final share b0 held fixed, c a loser, b its supporters' money before purchase r, ρ the price of purchase r:

- `would_be_funded_at` = max(M, x_1, x_2, …), M its supporters' money at the end. x_r is the highest cost at which c
  would have been as cheap as purchase r: Σ min(b, ρ × points) when utility does not grow with cost; else
  Σ min(b, t × points) at the largest t with Σ min(b, t × points) ≥ t / ρ.
- `more_residents_needed` = the least, over purchases, of ceil((cost − Σ min(b, t × points)) / min(b0, t)) with
  t = ρ × cost (or ρ), and ceil((cost − M) / b0) at the end; a newcomer gives one point to c alone.

They are computed in floats; a figure that lies at the edge of a whole number is computed again exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

import numpy as np

from .allowed import eligible
from .certificates import held_by
from .completion import votes_order
from .decision import Explanation
from .limits import Settled
from .model import MES, NOT
from .prepare import Electorate, Members
from .rounds import Stage, Trace

EDGE = 1e-11  # relative to the amount: closer to a whole number is computed exactly


def explain(settled: Settled, trace: Trace) -> dict[str, Explanation]:
    """One explanation for each proposal of the pot that is not funded."""
    electorate = settled.electorate
    taken = set(settled.gate.bought)
    place = {c: k for k, c in enumerate(votes_order(electorate), 1)}
    losers = [c for c in range(len(electorate.proposals)) if c not in taken]
    money = [stage.money() for stage in trace.stages] if electorate.rule.method == MES else []
    paid = _paid(electorate, trace)
    return {electorate.proposals[c].id: _explain(settled, trace, c, place[c], money, paid) for c in losers}


def _explain(
    settled: Settled, trace: Trace, c: int, place: int, money: list[np.ndarray], paid: dict[int, np.ndarray]
) -> Explanation:
    electorate = settled.electorate
    proposal, n = electorate.proposals[c], electorate.supporters[c]
    reason, other = _reason(settled, c)
    if not money or not n:
        return Explanation(NOT, reason, n, proposal.cost, 0, 0, rank_by_votes=place, other=other)
    members = electorate.members[c]
    own = members.rows[members.rows < len(electorate.rows)]
    start = settled.share * _endowment(electorate, own)
    end = trace.stages[-1]
    left = Fraction(held_by(electorate, c, end.label, end.over, residents=True), end.under)
    if not reason:
        reason = "too_few_for_price" if start < proposal.cost else "supporters_spent_elsewhere"
    return Explanation(
        NOT,
        reason,
        n,
        proposal.cost,
        floor(start),
        floor(left),
        _elsewhere(electorate, trace, own, paid),
        floor(100 * left / proposal.cost) if proposal.cost else 0,
        _affordable(electorate, trace, c, money),
        _newcomers(settled, trace, c, money),
        place,
        other,
    )


def _endowment(electorate: Electorate, rows: np.ndarray) -> Fraction:
    if electorate.endow is None:
        return Fraction(int(electorate.weight[rows].sum()))
    return sum((electorate.endow[i] * int(electorate.weight[i]) for i in rows.tolist()), Fraction(0))


def _reason(settled: Settled, c: int) -> tuple[str, str | None]:
    """What kept it from being bought at all, and which other proposal or limit did."""
    electorate, gate = settled.electorate, settled.gate
    proposal = electorate.proposals[c]
    first = eligible(electorate, c)
    if first:
        return first, None
    chosen = [*electorate.before, *(electorate.proposals[x] for x in gate.bought)]
    for other in chosen:
        if other.id in proposal.excludes or proposal.id in other.excludes:
            return "excluded_by", other.id
    ids = {other.id for other in chosen}
    missing = next((r for r in proposal.requires if r not in ids), None)
    if missing is not None:
        return "requires", missing
    for limit, filled in zip(electorate.limits, gate.filled, strict=True):
        if limit.most is not None and limit.holds(proposal) and filled + proposal.cost > limit.most:
            return "cap_reached", f"{limit.selector_kind}:{limit.selector}"
    return ("", None) if electorate.rule.method == MES else ("did_not_fit", None)


def _paid(electorate: Electorate, trace: Trace) -> dict[int, np.ndarray]:
    """By purchase: what each payer paid, as floats."""
    result = {}
    for c, amounts in trace.amounts.items():
        result[c] = np.zeros(len(electorate.weight))
        for rows, each in amounts:
            result[c][rows] = float(each)
    return result


def _elsewhere(
    electorate: Electorate, trace: Trace, own: np.ndarray, paid: dict[int, np.ndarray]
) -> tuple[tuple[str, int], ...]:
    """The five purchases that took most of these residents' money, in whole rupiah; equal ones by id."""
    weight = electorate.weight[own]
    found = []
    for c, each in paid.items():
        value = float(weight @ each[own])
        if value > 0.5:
            rupiah = _whole(value, floor, lambda c=c: _spent(electorate, trace, own, c))  # type: ignore[misc]
            found.append((-rupiah, electorate.proposals[c].id))
    return tuple((name, -rupiah) for rupiah, name in sorted(found)[:5] if rupiah)


def _spent(electorate: Electorate, trace: Trace, own: np.ndarray, c: int) -> Fraction:
    mine = np.zeros(len(electorate.weight), np.int64)
    mine[own] = electorate.weight[own]
    return sum((each * n for rows, each in trace.amounts[c] if (n := int(mine[rows].sum()))), Fraction(0))


def _whole(value: float, way: Callable[[float | Fraction], int], exact: Callable[[], Fraction]) -> int:
    """Round a figure, exactly where the float cannot tell."""
    near = round(value)
    return way(exact()) if abs(value - near) <= EDGE * abs(value) + 1e-9 else way(value)


def _point_money(
    electorate: Electorate, members: Members, money: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sorted money a point, with running sums of money and of points that remain."""
    held, mass = money[members.rows], members.weight.astype(float)
    if members.points is not None:
        held, mass = held / members.points, mass * members.points
    order = np.argsort(held)
    held, mass = held[order], mass[order]
    return held, np.cumsum(held * mass), mass.sum() - np.cumsum(mass)


def _affordable(electorate: Electorate, trace: Trace, c: int, money: list[np.ndarray]) -> int:
    members, bonus = electorate.members[c], float(electorate.bonus[c])
    best: list[tuple[float, int]] = [(float(members.weight @ money[-1][members.rows]), -1)]
    unsure: set[int] = set()  # rounds in which the float cannot tell on which side of the line a corner lies
    for r, stage in enumerate(trace.stages[:-1]):
        price = float(stage.price) * bonus
        if stage.forced or not price:
            continue
        held, poor, rich = _point_money(electorate, members, money[r])
        if not electorate.by_cost:
            k = int(np.searchsorted(held, price))
            best.append(((poor[k - 1] if k else 0.0) + price * (rich[k - 1] if k else poor_mass(members)), r))
            continue
        # the last t on the rising curve Σ min(b, t × points) that is still above the line t / price
        line = held / price
        over = poor + held * rich - line
        above = over >= -EDGE * line
        if (np.abs(over[line > 0]) <= EDGE * line[line > 0]).any():
            unsure.add(r)
        k = int(np.flatnonzero(above)[-1]) if above.any() else -1
        if k < 0:
            continue
        slope = 1 / price - rich[k]
        best.append((min(poor[k] / slope / price if slope > 0 else np.inf, float(poor[-1])), r))
    top = max(best)[0]
    sure = max(value for value, r in best if r not in unsure)
    close = {r for value, r in best if value >= top - EDGE * top - 1e-9 or (value >= sure and r not in unsure)}
    if close & unsure:
        return floor(max(_exact_cost(electorate, trace, c, r) for r in close | unsure))
    return _whole(top, floor, lambda: max(_exact_cost(electorate, trace, c, r) for r in close))


def poor_mass(members: Members) -> float:
    return float(members.mass)


def _histories(electorate: Electorate, c: int, stage: Stage) -> list[tuple[Fraction, int]]:
    """(money a point, points) of the supporters, poorest first."""
    members = electorate.members[c]
    points = members.points if members.points is not None else np.ones(len(members.rows), np.int64)
    top = int(points.max(initial=1)) + 1
    key = stage.label[members.rows].astype(np.int64) * top + points
    count = np.bincount(key, members.weight)
    return sorted(
        (Fraction(stage.over[k // top], stage.under * (k % top)), int(count[k]) * (k % top))
        for k in np.flatnonzero(count).tolist()
    )


def _exact_cost(electorate: Electorate, trace: Trace, c: int, r: int) -> Fraction:
    stage = trace.stages[r]
    lines = _histories(electorate, c, stage)
    whole = sum((held * n for held, n in lines), Fraction(0))
    if r < 0:
        return whole
    price = stage.price * electorate.bonus[c]
    if not electorate.by_cost:
        return sum((min(held, price) * n for held, n in lines), Fraction(0))
    rich, poor, best = sum(n for _, n in lines), Fraction(0), Fraction(0)
    for held, n in lines:
        poor, rich = poor + held * n, rich - n
        if poor + held * rich >= held / price:
            slope = 1 / price - rich
            best = min(poor / slope / price, whole) if slope > 0 else whole
    return best


def _newcomers(settled: Settled, trace: Trace, c: int, money: list[np.ndarray]) -> int:
    electorate, share = settled.electorate, float(settled.share)
    if not share:
        return 0
    members, cost = electorate.members[c], float(electorate.proposals[c].cost)
    unit = float(electorate.bonus[c]) * (cost if electorate.by_cost else 1)
    mass = members.weight if members.points is None else members.weight * members.points
    best = [((cost - float(members.weight @ money[-1][members.rows])) / share, -1)]
    for r, stage in enumerate(trace.stages[:-1]):
        point = float(stage.price) * unit
        if stage.forced or not point:
            continue
        held = money[r][members.rows]
        paid = float(mass @ np.minimum(held if members.points is None else held / members.points, point))
        best.append(((cost - paid) / min(share, point), r))
    low = min(best)[0]
    close = [r for value, r in best if value <= low + EDGE * abs(low) + 1e-9]
    return max(0, _whole(low, ceil, lambda: min(_exact_more(settled, trace, c, r) for r in close)))


def _exact_more(settled: Settled, trace: Trace, c: int, r: int) -> Fraction:
    electorate, stage = settled.electorate, trace.stages[r]
    cost = electorate.proposals[c].cost
    lines = _histories(electorate, c, stage)
    if r < 0:
        return (cost - sum((held * n for held, n in lines), Fraction(0))) / settled.share
    point = stage.price * electorate.bonus[c] * (cost if electorate.by_cost else 1)
    paid = sum((min(held, point) * n for held, n in lines), Fraction(0))
    return (cost - paid) / min(settled.share, point)
