"""Sequential Phragmén: everybody earns at the same rate, supporters who can pay together buy. A cross-check."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from .allowed import Gate
from .equal_shares import NEAR
from .prepare import Electorate

Amounts = list[tuple[np.ndarray, Fraction]]


@dataclass
class Purchase:
    """One purchase at `moment`: (payers, rupiah of each), and who could have been bought at the same moment."""

    proposal: int
    moment: Fraction
    amounts: Amounts
    runner_up: int | None
    tied: list[int] = field(default_factory=list)


def phragmen(electorate: Electorate) -> tuple[Gate, list[Purchase]]:
    """What is bought, in order. Moments count in rupiah each resident has earned since the beginning."""
    gate = Gate.of(electorate)
    endow = electorate.endow or (Fraction(1),) * len(electorate.weight)
    kinds: dict[Fraction, int] = {}
    kind = np.array([kinds.setdefault(e, len(kinds)) for e in endow], np.int64)
    rate = np.array([float(e) for e in endow]) * electorate.weight
    last = np.zeros(len(rate), np.int64)  # number of the purchase each payer last paid for; 0: none
    moments = [Fraction(0)]
    rows = [x.rows for x in electorate.members]
    whole = [float(rate[x].sum()) for x in rows]
    purchases: list[Purchase] = []

    def exact(c: int) -> Fraction:
        """When the supporters of c together hold its cost."""
        size = len(moments) * len(kinds)
        count = np.bincount(kind[rows[c]] * len(moments) + last[rows[c]], electorate.weight[rows[c]], size)
        counts = count.astype(np.int64).reshape(len(kinds), len(moments)).tolist()
        due, speed = Fraction(electorate.proposals[c].cost), Fraction(0)
        for each, line in zip(kinds, counts, strict=True):
            speed += each * sum(line)
            due += each * sum((n * moments[k] for k, n in enumerate(line) if n), Fraction(0))
        return due / speed

    while free := gate.free():
        since = np.array([float(m) for m in moments])
        owed = rate * since[last]
        when = np.array([(electorate.proposals[c].cost + owed[rows[c]].sum()) / whole[c] for c in free])
        near = [c for c, at in zip(free, when, strict=True) if at <= when.min() * (1 + NEAR)]
        times = {c: exact(c) for c in near}
        soonest = min(times.values())
        tied = sorted((c for c, at in times.items() if at == soonest), key=electorate.rank.__getitem__)
        left = electorate.ceiling - gate.spent
        if any(electorate.proposals[c].cost > left for c in tied):
            break
        c, others = (
            tied[0],
            sorted((at, electorate.rank[x], x) for x, at in zip(free, when, strict=True) if x not in tied),
        )
        purchases.append(
            Purchase(
                c,
                soonest,
                _amounts(rows[c], kind, last, list(kinds), moments, soonest),
                tied[1] if tied[1:] else others[0][2] if others else None,
                tied[1:],
            )
        )
        moments.append(soonest)
        last[rows[c]] = len(moments) - 1
        gate.buy(c)
    return gate, purchases


def _amounts(
    rows: np.ndarray, kind: np.ndarray, last: np.ndarray, kinds: list[Fraction], moments: list[Fraction], now: Fraction
) -> Amounts:
    key = kind[rows] * len(moments) + last[rows]
    result = []
    for value in np.unique(key).tolist():
        paid = kinds[value // len(moments)] * (now - moments[value % len(moments)])
        if paid:
            result.append((rows[key == value], paid))
    return result
