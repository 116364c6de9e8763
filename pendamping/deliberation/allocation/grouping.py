"""Identical ballots as one row: a count of 90,000 becomes some thousand different papers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from .model import Ballots, Invalid

_STEP, _ONCE, _TWICE = (np.uint64(x) for x in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def grouped(ballots: Ballots) -> Ballots:
    """Rows with the same choices, points, endowment and area become one, in the order of their first appearance."""
    n = ballots.rows
    if ballots.distinct or n < 2:
        return ballots
    sizes = np.diff(ballots.offsets)
    extra = _codes(ballots.endow, n) * 1_000_003 + _codes(ballots.area, n)
    key = _fingerprint(ballots, sizes) ^ (extra.astype(np.uint64) * _STEP)
    _, first, member = np.unique(key, return_index=True, return_inverse=True)
    if len(first) == n:
        return replace(ballots, distinct=True)
    order = np.argsort(first, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    member, first = place[member], first[order]
    _compare(ballots, sizes, first[member], extra)
    weight = np.bincount(member, ballots.weight, len(first))
    if weight.max() > np.iinfo(np.int32).max:
        raise Invalid("weight: more than 2,147,483,647 residents in one row")
    offsets = np.zeros(len(first) + 1, np.int64)
    np.cumsum(sizes[first], out=offsets[1:])
    take = np.repeat(ballots.offsets[first] - offsets[:-1], sizes[first]) + np.arange(offsets[-1])
    return Ballots(
        offsets,
        ballots.choices[take],
        ballots.points[take],
        weight.astype(np.int32),
        None if ballots.endow is None else tuple(ballots.endow[i] for i in first),
        None if ballots.area is None else tuple(ballots.area[i] for i in first),
        distinct=True,
    )


def _fingerprint(ballots: Ballots, sizes: np.ndarray) -> np.ndarray:
    """A 64-bit number for each row that does not depend on the order of its choices."""
    top = int(ballots.choices.max(initial=0)) + 1
    table = _mixed(top)
    points = ballots.points.astype(np.uint64)
    marks = table[ballots.choices] * (points * points * _ONCE + points)
    running = np.zeros(len(marks) + 1, np.uint64)
    np.cumsum(marks, out=running[1:])
    return running[ballots.offsets[1:]] - running[ballots.offsets[:-1]] + sizes.astype(np.uint64)


def _mixed(many: int) -> np.ndarray:
    """Numbers as if drawn by lot, all odd (splitmix64: Steele, Lea, Flood 2014); members are compared afterwards."""
    z = np.arange(1, many + 1, dtype=np.uint64) * _STEP
    z = (z ^ (z >> np.uint64(30))) * _ONCE
    z = (z ^ (z >> np.uint64(27))) * _TWICE
    return (z ^ (z >> np.uint64(31))) | np.uint64(1)


def _compare(ballots: Ballots, sizes: np.ndarray, model: np.ndarray, extra: np.ndarray) -> None:
    """Members of a row must be what their fingerprints say: compared entry by entry."""
    same = np.array_equal(sizes, sizes[model]) and np.array_equal(extra, extra[model])
    if same:
        take = np.repeat(ballots.offsets[model] - ballots.offsets[:-1], sizes) + np.arange(len(ballots.choices))
        same = np.array_equal(ballots.choices, ballots.choices[take]) and np.array_equal(
            ballots.points, ballots.points[take]
        )
    if not same:
        raise Invalid("ballots: the choices of each row must stand in rising order")


def _codes(values: tuple[Fraction, ...] | tuple[str, ...] | None, n: int) -> np.ndarray:
    if values is None:
        return np.zeros(n, np.int64)
    known: dict[object, int] = {}
    return np.array([known.setdefault(v, len(known)) for v in values], np.int64)
