"""What anybody can check in one pass: the price system and EJR+ (Brill and Peters 2023)."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import numpy as np

from .allowed import Gate
from .decision import Certificates
from .limits import Settled
from .model import POINTS, POINTS_COST
from .prepare import Electorate
from .rounds import Trace


def certify(settled: Settled, trace: Trace | None) -> Certificates:
    """The certificates of one pot; without a trace (no run by shares) the price system is that of nobody."""
    electorate, gate = settled.electorate, settled.gate
    factor, proposal, size, share = ejr(electorate, [*settled.bought, *settled.filled])
    return Certificates(
        gate.spent <= electorate.ceiling,
        trace is not None and _price_system(settled, trace),
        factor,
        None if proposal is None else electorate.proposals[proposal].id,
        size,
        share,
        settled.exhaustive,
        _limits_kept(settled),
    )


def _limits_kept(settled: Settled) -> bool:
    electorate, gate = settled.electorate, settled.gate
    caps = all(x.most is None or filled <= x.most for x, filled in zip(electorate.limits, gate.filled, strict=True))
    chosen = [electorate.proposals[c] for c in gate.bought]
    ids = {p.id for p in chosen} | electorate.before_ids
    return (
        caps
        and not gate.unmet()
        and all(not ids & set(p.excludes) for p in chosen)
        and all(set(p.requires) <= ids for p in chosen)
    )


def _price_system(settled: Settled, trace: Trace) -> bool:
    """Paid in full by supporters, nobody above the share, and no free loser could be paid by its supporters."""
    electorate = settled.electorate
    if not trace.stages:  # only Equal Shares pays from shares
        return False
    end = trace.stages[-1]
    if min(end.over, default=0) < 0:
        return False
    for c, amounts in trace.amounts.items():
        paid = sum((each * int(electorate.weight[rows].sum()) for rows, each in amounts), Fraction(0))
        if paid != electorate.proposals[c].cost and c not in settled.reserved:
            return False
    return all(
        held_by(electorate, c, end.label, end.over) < electorate.proposals[c].cost * end.under
        for c in Gate.of(electorate).after(settled.bought).free()
    )


def held_by(electorate: Electorate, c: int, label: np.ndarray, over: list[int], residents: bool = False) -> int:
    """The money of a proposal's supporters, over the ledger's denominator; `residents`: criteria left out."""
    members = electorate.members[c]
    rows, weight = members.rows, members.weight
    if residents and len(rows) and rows[-1] >= len(electorate.rows):
        keep = rows < len(electorate.rows)
        rows, weight = rows[keep], weight[keep]
    count = np.bincount(label[rows], weight, 1)
    return sum(int(count[x]) * over[x] for x in np.flatnonzero(count).tolist())


def utilities(electorate: Electorate, c: int) -> tuple[np.ndarray, np.ndarray | int]:
    """The residents' rows that support a proposal and the utility of each."""
    members = electorate.members[c]
    rows = members.rows
    keep = rows < len(electorate.rows)
    worth = electorate.proposals[c].cost if electorate.by_cost else 1
    if electorate.rule.utility not in (POINTS, POINTS_COST) or members.points is None:
        return rows[keep], worth
    return rows[keep], members.points[keep] * worth


def ejr(electorate: Electorate, funded: list[int]) -> tuple[Fraction, int | None, int, int]:
    """The largest EJR+ factor, the loser and the group that attain it (residents, permille of all)."""
    weight = electorate.weight[: len(electorate.rows)]
    have = np.zeros(len(weight), np.int64)
    for c in funded:
        rows, worth = utilities(electorate, c)
        have[rows] += worth
    whole = 1
    entitled = weight
    if electorate.endow is not None:
        own = electorate.endow[: len(weight)]
        whole = lcm(*(e.denominator for e in own)) if own else 1
        entitled = weight * np.array([int(e * whole) for e in own], np.int64)
    best: tuple[Fraction, int, int, int] | None = None
    top = 0.0
    scale = electorate.share_first / whole
    rough = float(scale)
    taken = set(funded)
    for c in sorted(range(len(electorate.proposals)), key=electorate.rank.__getitem__):
        cost = electorate.proposals[c].cost
        if c in taken or not 0 < cost <= electorate.ceiling or not electorate.supporters[c]:
            continue
        rows, worth = utilities(electorate, c)
        value = have[rows] + worth
        order = np.argsort(value, kind="stable")
        value = value[order]
        reach = np.cumsum((entitled[rows] * worth)[order])
        last = np.append(value[1:] != value[:-1], True)
        value, reach = value[last], reach[last]
        ratio = reach / value * (rough / cost)
        if ratio.max() < top * (1 - 1e-9):
            continue
        for k in np.flatnonzero(ratio >= max(top, float(ratio.max())) * (1 - 1e-9)).tolist():
            exact = scale * int(reach[k]) / (cost * int(value[k]))
            if best is None or exact > best[0] or (exact == best[0] and best[1] == c):
                size = int(np.cumsum(weight[rows][order])[last][k])
                best = exact, c, size, 1000 * size // max(1, electorate.residents)
        top = max(top, float(best[0])) if best else top
    return best or (Fraction(0), None, 0, 0)
