"""One decision over all pots: settle each, repeat it exactly, explain, certify, compare with most votes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import numpy as np

from .certificates import certify, ejr
from .decision import Certificates, Comparison, Decision, Explanation, PotDecision, Round
from .explanations import explain
from .ledger import Amounts
from .limits import Settled, settle
from .model import CODE_VERSION, FILL, FLOOR, GREEDY, NOT, SHARE, Contest, Proposal, Rule
from .prepare import check, electorate
from .rounds import Trace, ties, trace


def decide(contest: Contest, brief: bool = False) -> Decision:
    """The decision under `contest.rule`. Raises `Invalid` when the contest contradicts itself.

    `brief`: only who is funded and at which share; no rounds, payments, explanations and certificates, so that the
    exact purses of a million residents need not be written down.
    """
    check(contest)
    contest = contest.grouped()
    pots = _settle(contest, contest.rule)
    rounds: list[Round] = []
    payments: dict[str, tuple[tuple[int, Fraction], ...]] = {}
    outcome: dict[str, Explanation] = {}
    traces: list[Trace | None] = []
    for settled in pots:
        found = None
        if contest.rule.method != GREEDY and not brief:
            found = trace(settled, len(rounds) + 1)
            rounds += found.rounds
        traces.append(found)
        if brief:
            continue
        if found is not None:
            payments.update(_payments(contest, settled, found))
        outcome.update(explain(settled, found or Trace([], {}, [])))
    parts = [
        _part(pot.id, settled, None if brief else certify(settled, found))
        for pot, settled, found in zip(contest.pots, pots, traces, strict=True)
    ]
    status = {p.id: NOT for p in contest.proposals}
    for settled in pots:
        status.update(_status(settled))
    funded = tuple(name for part in parts for name in part.funded)
    if not brief:
        outcome = {
            p.id: outcome.get(p.id, Explanation(NOT, "no_pot", 0, p.cost, 0, 0))
            for p in contest.proposals
            if status[p.id] == NOT
        }
    last = parts[-1] if parts else None
    carried = contest.rule.pots_upwards
    return Decision(
        funded,
        status,
        (last.left_over if carried else sum(p.left_over for p in parts)) if last else 0,
        last.share_first if last else Fraction(0),
        last.share_final if last else Fraction(0),
        tuple(rounds),
        payments,
        outcome,
        None if brief else _all(part.certificates for part in parts if part.certificates),
        None if brief or contest.rule.method == GREEDY else _compare(contest, pots),
        sum(ties(s) for s in pots) if brief and contest.rule.method != GREEDY else sum(1 for r in rounds if r.tie),
        contest.inputs_hash(),
        contest.rule_hash(),
        CODE_VERSION,
        tuple(parts) if len(parts) > 1 else (),
        max((p.bonus_permille for p in parts), default=1000),
        tuple(
            f"{pot.id}:{x.selector_kind}:{x.selector}"
            for pot, settled in zip(contest.pots, pots, strict=True)
            for x in (settled.electorate.limits[k] for k in settled.unmet)
        ),
    )


def is_funded(contest: Contest, one: str) -> bool:
    """Is this proposal funded? The rule alone: no rounds, payments, explanations and certificates."""
    check(contest)
    pots = _settle(contest, contest.rule)
    return any(settled.electorate.proposals[c].id == one for settled in pots for c in settled.gate.bought)


def _settle(contest: Contest, rule: Rule) -> list[Settled]:
    """The pots one after another, in their published order."""
    contest = replace(contest, rule=rule)
    result: list[Settled] = []
    funded: list[Proposal] = []
    carried = 0
    for pot in contest.pots:
        settled = settle(electorate(contest, pot, pot.ceiling + carried, funded))
        if rule.pots_upwards:
            carried = settled.electorate.ceiling - settled.gate.spent
        funded += [settled.electorate.proposals[c] for c in settled.gate.bought]
        result.append(settled)
    return result


def _part(pot: str, settled: Settled, certificates: Certificates | None) -> PotDecision:
    e = settled.electorate
    return PotDecision(
        pot,
        e.ceiling,
        e.residents,
        tuple(e.proposals[c].id for c in settled.gate.bought),
        e.ceiling - settled.gate.spent,
        e.share_first,
        settled.share,
        settled.bonus_permille,
        certificates,
    )


def _status(settled: Settled) -> dict[str, str]:
    names = settled.electorate.proposals
    status = {names[c].id: SHARE for c in settled.bought}
    status |= {names[c].id: FLOOR for c in settled.reserved if names[c].id in status}
    return status | {names[c].id: FILL for c in settled.filled}


def _payments(contest: Contest, settled: Settled, found: Trace) -> dict[str, tuple[tuple[int, Fraction], ...]]:
    """By proposal: (row of the grouped ballots, rupiah of each resident), rows rising; criteria after all rows."""
    electorate = settled.electorate
    name = np.append(electorate.rows, contest.ballots.rows + np.arange(len(electorate.criteria)))
    return {electorate.proposals[c].id: _sorted(amounts, name) for c, amounts in found.amounts.items()}


def _sorted(amounts: Amounts, name: np.ndarray) -> tuple[tuple[int, Fraction], ...]:
    if not amounts:
        return ()
    rows = np.concatenate([rows for rows, _ in amounts])
    which = np.repeat(np.arange(len(amounts)), [len(rows) for rows, _ in amounts])
    order = np.argsort(rows)
    return tuple((row, amounts[k][1]) for row, k in zip(name[rows[order]].tolist(), which[order].tolist(), strict=True))


def _all(every: Iterable[Certificates]) -> Certificates:
    """Those of all pots as one: what holds holds in each, the factor is the largest."""
    found = list(every)
    if not found:
        return Certificates(True, True, Fraction(0), None, 0, 0, True, True)
    worst = max(found, key=lambda c: c.ejr_factor)
    return replace(
        worst,
        total_within=all(c.total_within for c in found),
        price_system=all(c.price_system for c in found),
        exhaustive=all(c.exhaustive for c in found),
        limits_kept=all(c.limits_kept for c in found),
    )


def _compare(contest: Contest, ours: list[Settled]) -> Comparison:
    """Most votes first over the same pots, floors left out."""
    greedy = _settle(contest, replace(contest.rule, method=GREEDY))
    return Comparison(
        tuple(s.electorate.proposals[c].id for s in greedy for c in s.gate.bought),
        (_served(contest, ours), _served(contest, greedy)),
        (sum(s.gate.spent for s in ours), sum(s.gate.spent for s in greedy)),
        (_factor(ours), _factor(greedy)),
    )


def _served(contest: Contest, pots: list[Settled]) -> int:
    """Residents with at least one funded proposal among their choices."""
    funded = np.zeros(len(contest.proposals), bool)
    place = {p.id: i for i, p in enumerate(contest.proposals)}
    for settled in pots:
        funded[[place[settled.electorate.proposals[c].id] for c in settled.gate.bought]] = True
    ballots = contest.ballots
    hits = np.append(0, np.cumsum(funded[ballots.choices] & (ballots.points > 0)))
    some = hits[ballots.offsets[1:]] > hits[ballots.offsets[:-1]]
    return int(ballots.weight[some].sum())


def _factor(pots: list[Settled]) -> Fraction:
    return max((ejr(s.electorate, s.gate.bought)[0] for s in pots), default=Fraction(0))
