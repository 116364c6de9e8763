"""What comes out of a decision: who is funded, who paid what, why the others were not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Payments = Mapping[str, tuple[tuple[int, Fraction], ...]]


@dataclass(frozen=True)
class Round:
    """One purchase. `price` per unit of utility, `paid` by all payers together, both in rupiah.

    `payers` residents paid more than nothing, `poor` of them gave all they had left. `tie`: the others with exactly
    the same price; `tie_step`: the word of `Rule.ties` that told them apart ("" without a tie).
    """

    k: int
    proposal: str
    price: Fraction
    payers: int
    poor: int
    paid: Fraction
    runner_up: str | None = None
    tie: tuple[str, ...] = ()
    tie_step: str = ""


@dataclass(frozen=True)
class Explanation:
    """Why a proposal was not funded, in money. All amounts in rupiah, rounded down.

    `spent_elsewhere`: the five proposals that took most of its supporters' money. `would_be_funded_at`: the highest
    cost at which it would have been bought at the final share, everything else unchanged. `more_residents_needed`:
    how many more, voting for it alone and holding the final share. None where the method has no such figure.
    """

    status: str
    reason: str
    supporters: int
    price: int
    money_at_start: int
    money_left: int
    spent_elsewhere: tuple[tuple[str, int], ...] = ()
    effective_support_pct: int = 0
    would_be_funded_at: int | None = None
    more_residents_needed: int | None = None
    rank_by_votes: int = 0
    other: str | None = None


@dataclass(frozen=True)
class Certificates:
    """What anybody can check in one pass. `ejr_factor` below 1: no group of residents was short-changed."""

    total_within: bool
    price_system: bool
    ejr_factor: Fraction
    ejr_proposal: str | None
    ejr_group_size: int
    ejr_share_permille: int
    exhaustive: bool
    limits_kept: bool


@dataclass(frozen=True)
class Comparison:
    """The same ballots under "most votes first": pairs are (ours, greedy). `budget_used` in rupiah."""

    greedy_funded: tuple[str, ...]
    residents_with_something: tuple[int, int]
    budget_used: tuple[int, int]
    ejr_factor: tuple[Fraction, Fraction]


@dataclass(frozen=True)
class PotDecision:
    """One pot's part of a decision over several pots; `ceiling` includes what flowed up from earlier pots."""

    pot: str
    ceiling: int
    residents: int
    funded: tuple[str, ...]
    left_over: int
    share_first: Fraction
    share_final: Fraction
    bonus_permille: int
    certificates: Certificates | None  # None: not asked for


@dataclass(frozen=True)
class Decision:
    """The result. `payments[id]`: (row of the grouped ballots, rupiah of each resident of the row).

    Rows from `ballots.rows` on are the criteria of the need share, in the order of their names. `bonus_permille`:
    the support bonus that met a floor (1000: none). With several pots `parts` has one entry a pot, `rounds` run on,
    and the shares are those of the last pot.
    """

    funded: tuple[str, ...]
    status: Mapping[str, str]
    left_over: int
    share_first: Fraction
    share_final: Fraction
    rounds: tuple[Round, ...]
    payments: Payments
    outcome: Mapping[str, Explanation]
    certificates: Certificates | None
    compare: Comparison | None
    ties: int
    inputs_hash: str
    rule_hash: str
    code_version: str
    parts: tuple[PotDecision, ...] = ()
    bonus_permille: int = 1000
    unmet: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """As plain lists, numbers and texts; fractions as "p/q"."""
        from .published import decision_out

        return decision_out(self)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Decision:
        from .published import decision_in

        return decision_in(document)
