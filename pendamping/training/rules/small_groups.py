"""Counts of people as they may leave the office: none so small that somebody could be known."""

from __future__ import annotations

from collections.abc import Sequence

SHOWN_FROM = 5


def is_small(count: int) -> bool:
    """Could people be known by this count? Nobody at all tells of nobody."""
    return 0 < count < SHOWN_FROM


def veiled(counts: Sequence[int]) -> list[int | None]:
    """The parts of a whole that is told beside them; None: withheld.

    Where one part alone is withheld it could be reckoned from the whole, so the next smallest is withheld with it
    (Willenborg and de Waal 2001, secondary suppression).
    """
    hidden = {place for place, count in enumerate(counts) if is_small(count)}
    if len(hidden) == 1:
        others = [(count, place) for place, count in enumerate(counts) if place not in hidden and count]
        hidden |= {min(others)[1]} if others else set()
    return [None if place in hidden else count for place, count in enumerate(counts)]
