"""The books of a decision by themselves: money conserved, paid by supporters, shared equally, nobody short-changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..decision import Decision
from ..model import Contest, Pot, Proposal
from .faults import Fault, found
from .hall import rows_of

Rows = Sequence[tuple[int, Fraction, str | None, tuple[tuple[int, int], ...]]]


def audit(decision: Decision, contest: Contest) -> Iterator[Fault]:
    """Each fault that needs no replay to be seen."""
    known = {p.id: p for p in contest.proposals}
    yield from _names(decision, known)
    shares = {p.pot: (p.funded, p.ceiling, p.share_final) for p in decision.parts}
    if not decision.parts and contest.pots:
        shares = {contest.pots[0].id: (decision.funded, contest.pots[0].ceiling, decision.share_final)}
    rows = rows_of(contest)
    before: list[str] = []
    for pot in contest.pots:
        if pot.id not in shares:
            yield found("pot_missing", pot.id)
            continue
        funded, ceiling, share = shares[pot.id]
        here = [known[one] for one in funded if one in known]
        total = sum(p.cost for p in here)
        if total > ceiling:
            yield found("over_ceiling", pot.id, total, ceiling)
        yield from _limits(contest, pot, here)
        yield from _bonds(here, before)
        if contest.rule.method != "greedy_votes":
            yield from _money(decision, contest, rows, pot, here, share)
        before += funded


def _names(decision: Decision, known: dict[str, Proposal]) -> Iterator[Fault]:
    for one in sorted(set(decision.funded)):
        if one not in known:
            yield found("unknown", one)
        if decision.funded.count(one) > 1:
            yield found("twice", one)
    for one, status in decision.status.items():
        if (status != "not") != (one in decision.funded):
            yield found("list", one, status)


def _limits(contest: Contest, pot: Pot, funded: Sequence[Proposal]) -> Iterator[Fault]:
    for limit in contest.limits:
        if limit.pot != pot.id or limit.most is None:
            continue
        total = sum(p.cost for p in funded if limit.holds(p))
        if total > limit.most:
            yield found("cap", limit.selector, total, limit.most)


def _bonds(funded: Sequence[Proposal], before: Sequence[str]) -> Iterator[Fault]:
    ids = {p.id for p in funded} | set(before)
    for p in funded:
        for other in p.excludes:
            if other in ids and other != p.id:
                yield found("excluded", p.id, other)


def _money(
    decision: Decision, contest: Contest, rows: Rows, pot: Pot, funded: Sequence[Proposal], share: Fraction
) -> Iterator[Fault]:
    index = {p.id: at for at, p in enumerate(contest.proposals)}
    spent: dict[int, Fraction] = {}
    order = [r.proposal for r in decision.rounds if any(p.id == r.proposal for p in funded)]
    by_id = {p.id: p for p in funded}
    for one in order:
        paid = decision.payments.get(one, ())
        points = {row: dict(rows[row][3]).get(index[one], 0) for row, _ in paid if row < len(rows)}
        total: dict[Fraction, int] = {}
        for row, each in paid:
            total[each] = total.get(each, 0) + (rows[row][0] if row < len(rows) else 1)
            if row < len(rows) and points[row] <= 0:
                yield found("no_supporter", one, row)
            if row < len(rows) and pot.areas is not None and rows[row][2] is not None and rows[row][2] not in pot.areas:
                yield found("other_area", one, row)
            if each < 0:
                yield found("negative", one, row)
        whole = sum((each * many for each, many in total.items()), Fraction(0))
        if whole != by_id[one].cost and decision.status.get(one) != "floor":
            yield found("money", one, by_id[one].cost, whole.numerator // whole.denominator)
        for row, each in paid:
            spent[row] = spent.get(row, Fraction(0)) + each
        yield from _equal(decision, contest, rows, one, points, spent, share)
    for row, gone in spent.items():
        if row < len(rows) and gone > share * rows[row][1]:
            yield found("over_share", str(row))


def _equal(
    decision: Decision,
    contest: Contest,
    rows: Rows,
    one: str,
    points: dict[int, int],
    spent: dict[int, Fraction],
    share: Fraction,
) -> Iterator[Fault]:
    """Who pays less for each unit of utility than another has given all it had."""
    if decision.status.get(one) == "floor" or contest.rule.method != "mes":
        return
    pointed = contest.rule.utility in ("points", "points_cost")
    each = {
        row: paid / (points[row] if pointed else 1)
        for row, paid in decision.payments.get(one, ())
        if points.get(row, 0) > 0
    }
    most = max(each.values(), default=Fraction(0))
    for row, paid in each.items():
        if paid < most and spent[row] != share * rows[row][1]:
            yield found("equal_split", one, row)
