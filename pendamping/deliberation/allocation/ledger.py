"""Exact money: residents with the same history of payments share one rational number.

All numbers of a ledger are integers over one common denominator, so a purchase costs a few integer operations for
each history among its supporters, not for each resident.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

import numpy as np

from .prepare import Electorate

Amounts = list[tuple[np.ndarray, Fraction]]


class Ledger:
    """The payers' money at one share while proposals are bought one after another."""

    def __init__(self, electorate: Electorate, share: Fraction) -> None:
        self.electorate = electorate
        self.done = 0  # purchases entered
        self.label = np.zeros(len(electorate.weight), np.int64)
        if electorate.endow is None:
            values = [share]
        else:
            place: dict[Fraction, int] = {}
            self.label = np.array([place.setdefault(e, len(place)) for e in electorate.endow], np.int64)
            values = [share * e for e in place]
        self.under = lcm(*(v.denominator for v in values)) if values else 1
        self.over = [v.numerator * (self.under // v.denominator) for v in values]

    def _histories(
        self, c: int
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[int], list[int], list[int], list[int]]:
        """Supporters by (label, points): keys of all rows, the keys there are, their labels, points and mass."""
        members = self.electorate.members[c]
        label = self.label[members.rows]
        if members.points is None:
            key, top = label, 1
            mass = np.bincount(key, members.weight, len(self.over)) if len(key) else np.zeros(0)
            seen = np.flatnonzero(np.bincount(key)) if len(key) else np.zeros(0, np.int64)
            points = [1] * len(seen)
            labels = seen.tolist()
        else:
            top = int(members.points.max()) + 1
            key = label * top + members.points
            mass = np.bincount(key, members.weight)
            seen = np.flatnonzero(np.bincount(key))
            points = (seen % top).tolist()
            labels = (seen // top).tolist()
        count = mass[seen].astype(np.int64).tolist() if len(seen) else []
        return key, seen, members.rows, labels, points, count, [w * p for w, p in zip(count, points, strict=True)]

    def money(self, c: int) -> Fraction:
        """What all supporters hold together."""
        _, _, _, labels, _, count, _ = self._histories(c)
        return Fraction(sum(w * self.over[x] for w, x in zip(count, labels, strict=True)), self.under)

    def price(self, c: int) -> Fraction | None:
        """What one point costs its supporters, exactly; None when they cannot pay."""
        _, _, _, labels, points, count, mass = self._histories(c)
        found = self._price(self.electorate.proposals[c].cost, labels, points, count, mass)
        return None if found is None else Fraction(found[0], found[1] * self.under)

    def _price(
        self, cost: int, labels: list[int], points: list[int], count: list[int], mass: list[int]
    ) -> tuple[int, int] | None:
        """(p, q): the price is p / (q × under)."""
        over = self.over
        need, rich = cost * self.under, sum(mass)
        if need == 0:
            return 0, 1
        if sum(w * over[x] for w, x in zip(count, labels, strict=True)) < need:
            return None
        order = range(len(labels))
        if any(p != 1 for p in points):
            whole = lcm(*points)
            order_keys = [over[x] * (whole // p) for x, p in zip(labels, points, strict=True)]
        else:
            order_keys = [over[x] for x in labels]
        for j in sorted(order, key=order_keys.__getitem__):
            if need * points[j] <= over[labels[j]] * rich:
                break
            need -= count[j] * over[labels[j]]
            rich -= mass[j]
        else:
            return None
        return need, rich

    def buy(self, c: int, subsidised: bool = False) -> tuple[Fraction, Amounts]:
        """Charge the supporters. Returns the price of a point and (rows, rupiah of each resident) above nothing.

        `subsidised`: supporters who cannot pay in full give all they have.
        """
        key, seen, rows, labels, points, count, mass = self._histories(c)
        found = self._price(self.electorate.proposals[c].cost, labels, points, count, mass)
        self.done += 1
        if found is None:
            if not subsidised:
                raise AssertionError("bought without money")
            need, rich = max((self.over[x] for x in labels), default=0), 1
        else:
            need, rich = found
        common = gcd(need, rich)
        need, rich = need // common, rich // common
        if rich > 1:
            self.over = [v * rich for v in self.over]
            self.under *= rich
        new: list[int] = []
        paid: list[Fraction | None] = []
        shared: dict[int, Fraction] = {}
        empty = -1
        for label, p in zip(labels, points, strict=True):
            held, due = self.over[label], need * p
            if held <= due:
                paid.append(Fraction(held, self.under) if held else None)
                if empty < 0:
                    empty = len(self.over)
                    self.over.append(0)
                new.append(empty)
            else:
                if p not in shared:
                    shared[p] = Fraction(due, self.under)
                paid.append(shared[p] if due else None)
                new.append(len(self.over))
                self.over.append(held - due)
        amounts: Amounts = []
        if len(seen):
            table = np.zeros(int(seen[-1]) + 1, np.int64)
            table[seen] = new
            place = np.zeros(int(seen[-1]) + 1, np.int64)
            place[seen] = np.arange(len(seen))
            which = place[key]
            order = np.argsort(which, kind="stable")
            parts = np.split(rows[order], np.cumsum(np.bincount(which, minlength=len(seen)))[:-1])
            amounts = [(part, f) for part, f in zip(parts, paid, strict=True) if f is not None]
            self.label[rows] = table[key]
        self._shrink()
        return Fraction(need, self.under), amounts

    def _shrink(self) -> None:
        """Forget histories nobody has any more."""
        if len(self.over) < 64:
            return
        used = np.flatnonzero(np.bincount(self.label, minlength=len(self.over)))
        if len(used) * 2 > len(self.over):
            return
        table = np.zeros(len(self.over), np.int64)
        table[used] = np.arange(len(used))
        self.label = table[self.label]
        self.over = [self.over[i] for i in used]
