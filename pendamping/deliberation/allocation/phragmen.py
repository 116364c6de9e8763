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
    """One purchase at `moment`: (payers, rupiah of each), and who could have been bought at the same moment.

    `spent`: did its payers give all they had saved? Else it had waited for another, and they held more than its cost.
    """

    proposal: int
    moment: Fraction
    amounts: Amounts
    spent: bool
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

    def saved(c: int) -> list[tuple[Fraction, Fraction]]:
        """(the moment up to which they have paid, endowments) of the supporters of c."""
        size = len(moments) * len(kinds)
        count = np.bincount(kind[rows[c]] * len(moments) + last[rows[c]], electorate.weight[rows[c]], size)
        counts = count.astype(np.int64).reshape(len(kinds), len(moments)).tolist()
        return [
            (moments[k], each * n) for each, line in zip(kinds, counts, strict=True) for k, n in enumerate(line) if n
        ]

    def exact(c: int) -> Fraction:
        """When the supporters of c together hold its cost; not before now."""
        lines = saved(c)
        due = sum((since * n for since, n in lines), Fraction(electorate.proposals[c].cost))
        return max(now, due / sum(n for _, n in lines))

    def level(c: int) -> Fraction:
        """The moment up to which the supporters of c have paid when c is paid, those who saved longest first."""
        due, rate, found = Fraction(electorate.proposals[c].cost), Fraction(0), Fraction(0)
        for since, n in sorted(saved(c)):
            if rate and since >= found:
                break
            due, rate = due + since * n, rate + n
            found = due / rate if rate else since
        return found

    now = Fraction(0)
    while free := [c for c in gate.free() if whole[c]]:
        since = np.array([float(m) for m in moments])
        owed = rate * since[last]
        when = np.array([(electorate.proposals[c].cost + owed[rows[c]].sum()) / whole[c] for c in free])
        np.maximum(when, float(now), out=when)
        near = [c for c, at in zip(free, when, strict=True) if at <= when.min() * (1 + NEAR)]
        times = {c: exact(c) for c in near}
        now = min(times.values())
        tied = sorted((c for c, at in times.items() if at == now), key=electorate.rank.__getitem__)
        left = electorate.ceiling - gate.spent
        if any(electorate.proposals[c].cost > left for c in tied):
            break
        c = tied[0]
        rest = {x: at for x, at in zip(free, when.tolist(), strict=True) if x not in tied}
        close = [x for x, at in rest.items() if at <= min(rest.values()) * (1 + NEAR)]
        others = sorted((exact(x), electorate.rank[x], x) for x in close)
        paid = level(c)
        purchases.append(
            Purchase(
                c,
                now,
                _amounts(rows[c], kind, last, list(kinds), moments, paid),
                paid == now,
                tied[1] if tied[1:] else others[0][2] if others else None,
                tied[1:],
            )
        )
        early = np.array([moment < paid for moment in moments])
        held = rows[c][early[last[rows[c]]]]
        moments.append(paid)
        last[held] = len(moments) - 1
        gate.buy(c)
    return gate, purchases


def _amounts(
    rows: np.ndarray,
    kind: np.ndarray,
    last: np.ndarray,
    kinds: list[Fraction],
    moments: list[Fraction],
    paid_to: Fraction,
) -> Amounts:
    key = kind[rows] * len(moments) + last[rows]
    result = []
    for value in np.unique(key).tolist():
        paid = kinds[value // len(moments)] * (paid_to - moments[value % len(moments)])
        if paid > 0:
            result.append((rows[key == value], paid))
    return result
