"""The final run once more, exactly: who paid what, who was next, and everybody's money before each purchase."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .decision import Round
from .equal_shares import Shares
from .ledger import Amounts, Ledger
from .limits import Settled
from .model import PHRAGMEN
from .prepare import Electorate, tie_step


@dataclass
class Stage:
    """Everybody's money before a purchase (or at the end): payer i holds over[label[i]] / under."""

    label: np.ndarray
    over: list[int]
    under: int
    proposal: int = -1
    price: Fraction = Fraction(0)  # per unit of utility
    forced: bool = False

    def values(self) -> np.ndarray:
        """As floats, each right to the last digit."""
        return np.array([v / self.under for v in self.over])

    def money(self) -> np.ndarray:
        return self.values()[self.label]


@dataclass
class Trace:
    rounds: list[Round]
    amounts: dict[int, Amounts]
    stages: list[Stage]  # one more than purchases: the last is what was left


def trace(settled: Settled, first: int = 1) -> Trace:
    """Repeat a settled pot's purchases by share; `first`: the number of the first round."""
    electorate = settled.electorate
    if electorate.rule.method == PHRAGMEN:
        return _phragmen(settled, first)
    result = Trace([], {}, [])
    ledger = Ledger(electorate, settled.share)
    runs = Shares(electorate)
    runs.shares = [settled.share]
    runs.bound = runs.bound or bool(settled.reserved)
    bundle = runs.begin(np.array([float(settled.share)]))
    runs.reserved = settled.reserved
    bundle.ledgers[0] = ledger
    for k, c in enumerate(settled.bought):
        forced = c in settled.reserved
        stage = Stage(ledger.label.astype(np.int32), ledger.over, ledger.under, c, forced=forced)
        result.stages.append(stage)
        if forced:
            runs.reserve(bundle, c)
        else:
            if settled.reserved and settled.share == electorate.share_first:  # what does not fit is passed over
                bundle.least[runs.costs > electorate.ceiling - bundle.spent[0]] = np.inf
            if int(runs.cheapest(bundle, second=True)[0]) != c:
                raise AssertionError("the run did not repeat itself")
            runs.buy(bundle, c, np.arange(1))
        point, amounts = ledger.buy(c, forced)
        stage.price = point / runs.unit_exact(c)
        result.amounts[c] = amounts
        tied = [] if forced else bundle.tied
        result.rounds.append(
            Round(
                first + k,
                electorate.proposals[c].id,
                stage.price,
                *_payers(electorate, stage, amounts),
                None if forced or bundle.runner_up is None else electorate.proposals[bundle.runner_up].id,
                tuple(electorate.proposals[x].id for x in tied),
                "floor" if forced else tie_step(electorate, c, tied) if tied else "",
            )
        )
    result.stages.append(Stage(ledger.label.astype(np.int32), ledger.over, ledger.under))
    return result


def ties(settled: Settled) -> int:
    """How many purchases by share a tie decided, without writing anybody's payments down."""
    return sum(1 for x in trace(settled).rounds if x.tie) if settled.reserved else settled.ties


def _payers(electorate: Electorate, stage: Stage, amounts: Amounts) -> tuple[int, int, Fraction]:
    """Residents who paid, those of them who gave all they had, and the sum of all payers."""
    residents = len(electorate.rows)
    weight = electorate.weight
    payers = poor = 0
    paid = Fraction(0)
    for rows, each in amounts:
        paid += each * int(weight[rows].sum())
        here = int(weight[rows[rows < residents]].sum())
        payers += here
        held = stage.over[int(stage.label[rows[0]])]
        if each.numerator * stage.under == held * each.denominator:
            poor += here
    return payers, poor, paid


def _phragmen(settled: Settled, first: int) -> Trace:
    electorate = settled.electorate
    result = Trace([], {}, [])
    for k, purchase in enumerate(settled.purchases):
        c = purchase.proposal
        result.amounts[c] = purchase.amounts
        residents = len(electorate.rows)
        payers = sum(int(electorate.weight[rows[rows < residents]].sum()) for rows, _ in purchase.amounts)
        result.rounds.append(
            Round(
                first + k,
                electorate.proposals[c].id,
                purchase.moment,
                payers,
                payers if purchase.spent else 0,
                sum((each * int(electorate.weight[rows].sum()) for rows, each in purchase.amounts), Fraction(0)),
                None if purchase.runner_up is None else electorate.proposals[purchase.runner_up].id,
                tuple(electorate.proposals[x].id for x in purchase.tied),
                tie_step(electorate, c, purchase.tied) if purchase.tied else "",
            )
        )
    return result
