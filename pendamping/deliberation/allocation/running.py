"""The state of shares that run in step, and how each ends."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .allowed import Gate
from .ledger import Ledger

EDGE = 1e-9  # relative: a payer this close to the price may be poor or rich
Supporters = tuple[np.ndarray, np.ndarray, np.ndarray | None, float]  # payers, weight × points, points, the sum


@dataclass
class Column:
    """How one share ended. `over`: it would spend more than the ceiling (`bought` then stops there)."""

    bought: list[int]
    over: bool
    enough: bool
    ties: int = 0  # purchases that the order of ties decided


@dataclass
class Bundle:
    """Shares that run in step."""

    numbers: list[int]
    money: np.ndarray  # payers × columns
    least: np.ndarray  # proposals × columns: a price per unit is at least this; infinite: not to be bought
    bought: np.ndarray  # proposals × columns
    spent: np.ndarray
    orders: list[list[int]]
    gates: list[Gate] | None  # one a column where something may forbid a purchase
    murky: np.ndarray  # columns in which a payer stood at the edge of poor and rich
    supporters: list[Supporters]
    ledgers: dict[int, Ledger] = field(default_factory=dict)
    runner_up: int | None = None
    tied: list[int] = field(default_factory=list)
    even: list[int] = field(default_factory=list)  # columns in which a tie decides the next purchase
    ties: list[int] = field(default_factory=list)  # one a column: how many purchases a tie decided
