"""Geometry of the small drawings: the trace, sparklines, shares; numbers in, coordinates out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

Number = int | float | Decimal

STRIDE, LEFT, HIGH, LOW = 10.8, 6.2, 4.3, 7.7


def footprints() -> list[tuple[float, float]]:
    """Where the eight marks of the small trace stand on 88 × 12: left foot, right foot, like prints in sand."""
    return [(round(LEFT + STRIDE * place, 1), LOW if place % 2 == 0 else HIGH) for place in range(8)]


def footpath() -> str:
    """The line that walks through the footprints."""
    points = footprints()
    path = f"M{points[0][0]} {points[0][1]}"
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = round((x0 + x1) / 2, 1)
        path += f"C{middle} {y0} {middle} {y1} {x1} {y1}"
    return path


def sparkline(values: Sequence[Number], width: int = 120, height: int = 28) -> list[tuple[float, float]]:
    """Points of a line that begins at zero at the foot; the greatest value touches the top."""
    top = float(max(values, default=0)) or 1.0
    step = (width - 8) / max(1, len(values) - 1)
    return [
        (round(4 + step * place, 1), round(height - 4 - (height - 8) * float(value) / top, 1))
        for place, value in enumerate(values)
    ]


@dataclass(frozen=True)
class Stretch:
    """One part of a share bar, in hundredths of its width."""

    x: float
    width: float
    share: float


def stretches(amounts: Sequence[Number]) -> list[Stretch]:
    """How the amounts divide a bar 100 wide; nothing at all divides nothing."""
    whole = float(sum(amounts))
    found: list[Stretch] = []
    x = 0.0
    for amount in amounts:
        share = float(amount) / whole if whole else 0.0
        found.append(Stretch(round(x, 2), round(100 * share, 2), share))
        x += 100 * share
    return found


def filled(value: Number, whole: Number) -> float:
    """How much of a bar 100 wide is full; never more than all of it."""
    return round(min(100.0, max(0.0, 100 * float(value) / float(whole))), 1) if whole else 0.0
