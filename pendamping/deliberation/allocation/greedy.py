"""Most votes first: the comparison shown beside the result, and what most cities do."""

from __future__ import annotations

from .allowed import Gate
from .completion import fill
from .model import POINTS, POINTS_COST
from .prepare import Electorate


def by_votes(electorate: Electorate) -> Gate:
    """Most supporters first (with a utility in points: most points), skipping what does not fit."""
    gate = Gate.of(electorate)
    fill(electorate, gate, electorate.rule.utility in (POINTS, POINTS_COST))
    return gate
