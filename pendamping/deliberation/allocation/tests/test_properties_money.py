"""Money: conserved, paid by supporters, equally, within the ceiling; and `verify` finds nothing (groups 1, 2, 3, 5)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.deliberation.allocation import Contest, Decision, decide, verify

from .elections import KINDS, LIMITS, METHODS, NEED, PLAIN, decisions, elections, examples

EXAMPLES = 80


def spent(contest: Contest, decision: Decision) -> dict[int, Fraction]:
    found: dict[int, Fraction] = {}
    for rows in decision.payments.values():
        for row, paid in rows:
            found[row] = found.get(row, Fraction(0)) + paid
    return found


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", KINDS)
@examples(EXAMPLES)
@given(data=st.data())
def test_verify_finds_nothing_in_what_decide_decides(kind: str, method: str, data: st.DataObject) -> None:
    contest, decision = data.draw(decisions(kind, method=method))
    faults = verify(decision, contest, thorough=data.draw(st.booleans()))
    assert not faults, [fault.sentence for fault in faults][:5]


@pytest.mark.parametrize("method", METHODS)
@examples(EXAMPLES)
@given(data=st.data())
def test_points_are_approvals_where_the_utility_does_not_count_them(method: str, data: st.DataObject) -> None:
    contest = data.draw(elections(NEED, utility="points", method=method, fill="points"))
    contest = replace(contest, rule=replace(contest.rule, utility=data.draw(st.sampled_from(["cost", "count"]))))
    assert not verify(decide(contest), contest)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", KINDS)
@examples(EXAMPLES)
@given(data=st.data())
def test_total_within_the_ceiling_no_id_twice_only_known_ones(kind: str, method: str, data: st.DataObject) -> None:
    contest, decision = data.draw(decisions(kind, method=method))
    cost = {p.id: p.cost for p in contest.proposals}
    assert len(set(decision.funded)) == len(decision.funded) and set(decision.funded) <= set(cost)
    for part in decision.parts:
        assert sum(cost[c] for c in part.funded) + part.left_over == part.ceiling and part.left_over >= 0
    if not decision.parts:
        assert sum(cost[c] for c in decision.funded) + decision.left_over == contest.pots[0].ceiling
        assert decision.left_over >= 0


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", [PLAIN, NEED])
@examples(EXAMPLES)
@given(data=st.data())
def test_every_winner_by_share_is_paid_to_the_last_fraction_by_who_supports_it(
    kind: str, method: str, data: st.DataObject
) -> None:
    contest, decision = data.draw(decisions(kind, method=method))
    ballots = contest.ballots
    for at, p in enumerate(contest.proposals):
        rows = decision.payments.get(p.id, ())
        people = [(int(ballots.weight[row]) if row < ballots.rows else 1, paid) for row, paid in rows]
        if decision.status[p.id] == "share":
            assert sum((many * paid for many, paid in people), Fraction(0)) == p.cost
        for row, paid in rows:
            assert paid > 0
            if row < ballots.rows:
                assert at in ballots.choices[ballots.offsets[row] : ballots.offsets[row + 1]]


@examples(EXAMPLES)
@given(data=st.data())
def test_nobody_pays_more_than_the_share_and_no_loser_could_be_paid(data: st.DataObject) -> None:
    contest, decision = data.draw(decisions(PLAIN, minimum_support=False))
    ballots = contest.ballots
    gone = spent(contest, decision)
    assert all(paid <= decision.share_final for paid in gone.values())
    for at, p in enumerate(contest.proposals):
        if decision.status[p.id] == "share" or p.cost > contest.pots[0].ceiling:
            continue
        left = sum(
            int(ballots.weight[row]) * (decision.share_final - gone.get(row, Fraction(0)))
            for row in range(ballots.rows)
            if at in ballots.choices[ballots.offsets[row] : ballots.offsets[row + 1]]
        )
        assert left < p.cost, p.id


@examples(EXAMPLES)
@given(data=st.data())
def test_payers_pay_the_same_or_have_spent_everything(data: st.DataObject) -> None:
    _, decision = data.draw(decisions(PLAIN, utility="cost"))
    gone: dict[int, Fraction] = {}
    for bought in decision.rounds:
        rows = decision.payments[bought.proposal]
        most = max((paid for _, paid in rows), default=Fraction(0))
        for row, paid in rows:
            gone[row] = gone.get(row, Fraction(0)) + paid
            assert paid == most or gone[row] == decision.share_final, bought.k


@pytest.mark.parametrize("kind", [PLAIN, NEED, LIMITS])
@examples(EXAMPLES)
@given(data=st.data())
def test_nothing_that_may_be_chosen_fits_after_filling(kind: str, data: st.DataObject) -> None:
    assert data.draw(decisions(kind, fill="votes"))[1].certificates.exhaustive


def test_completion_goes_on_to_the_step_before_the_one_that_overspends() -> None:
    """Every step of the completion, run as a contest of its own with so much money, agrees with where it ended."""
    seen = 0

    @examples(40)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        nonlocal seen
        contest, decision = data.draw(
            decisions(PLAIN, completion="steps", step_permille=50, fill="none", minimum_support=False)
        )
        if not decision.share_first:
            return
        ratio = decision.share_final / decision.share_first
        assert 1 <= ratio <= contest.rule.cap and (ratio - 1) * 20 == int((ratio - 1) * 20)
        seen += ratio > 1

    check()
    assert seen > 3


@examples(EXAMPLES)
@given(data=st.data())
def test_with_everything_affordable_everything_supported_is_funded(data: st.DataObject) -> None:
    contest = data.draw(elections(PLAIN, minimum_support=False, fill="votes"))
    total = sum(p.cost for p in contest.proposals)
    contest = Contest(contest.proposals, contest.ballots, (type(contest.pots[0])("all", total),), (), contest.rule)
    chosen = {contest.proposals[at].id for at in contest.ballots.choices.tolist()}
    assert set(decide(contest).funded) == chosen
