"""The quick engine against the plainest one, on elections full of ties."""

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from .. import decide
from ..completion import complete
from ..decision import Decision
from ..limits import settle
from ..model import Contest
from ..prepare import electorate
from .contests import drawn, plain_run
from .elections import examples

EXAMPLES = 120


def one(contest: Contest) -> tuple:
    grouped = contest.grouped()
    pot = grouped.pots[0]
    return electorate(grouped, pot, pot.ceiling), grouped


def plain_completed(e, reserved=()):
    """Every step from the beginning, as the README says it."""
    share, gate = e.share_first, plain_run(e, e.share_first, reserved)
    assert gate is not None
    if not e.share_first:
        return share, gate
    for step in itertools.count(1):
        if e.rule.completion == "none" or not gate.free():
            break
        if e.rule.completion == "steps":
            if 1000 + step * e.rule.step_permille > 1000 * e.rule.cap:
                break
            following = e.share_first * (1000 + step * e.rule.step_permille) / 1000
        else:
            left = e.ceiling - gate.spent
            if e.rule.completion == "add1" and all(e.proposals[c].cost > left for c in gate.free()):
                break
            following = e.share_first + step
        found = plain_run(e, following, reserved)
        if found is None:
            break
        share, gate = following, found
    return share, gate


@pytest.mark.parametrize("bound", [False, True])
@pytest.mark.parametrize("completion", ["none", "steps"])
@examples(EXAMPLES)
@given(data=st.data())
def test_the_same_purchases_in_the_same_order_at_the_same_share(completion, bound, data):
    e, _ = one(data.draw(drawn(bound, completion=completion, step_permille=53)))
    completed = complete(e)
    share, gate = completed.share, completed.gate
    assert (share, gate.bought) == (lambda s, g: (s, g.bought))(*plain_completed(e))


@examples(40)
@given(data=st.data())
def test_a_rupiah_a_step_stops_at_the_first_exhaustive_outcome(data):
    contest = data.draw(drawn(completion="add1"))
    small = tuple(type(p)(**{**p.__dict__, "cost": p.cost // 1000}) for p in contest.proposals)
    pot = type(contest.pots[0])("all", contest.pots[0].ceiling // 1000)
    e, _ = one(Contest(small, contest.ballots, (pot,), (), contest.rule))
    completed = complete(e)
    share, gate = completed.share, completed.gate
    plain = plain_completed(e)
    assert (share, gate.bought) == (plain[0], plain[1].bought)


@examples(15)
@given(data=st.data())
def test_reserved_proposals_are_bought_first_and_the_rest_agrees(data):
    e, _ = one(data.draw(drawn(True, step_permille=53)))
    settled = settle(e)
    assume(settled.reserved)
    share, gate = plain_completed(e, settled.reserved)
    assert (settled.share, settled.bought) == (share, gate.bought)
    assert settled.bought[: len(settled.reserved)] == list(settled.reserved)


@examples(EXAMPLES)
@given(data=st.data())
def test_the_final_run_repeats_itself_exactly_and_survives_the_file(data):
    contest = data.draw(drawn(True, step_permille=53))
    decision = decide(contest)
    costs = {p.id: p.cost for p in contest.proposals}
    ballots = contest.grouped().ballots
    for name, rows in decision.payments.items():
        weight = [*ballots.weight.tolist(), 1, 1]
        paid = sum(weight[i] * each for i, each in rows)
        assert paid == costs[name] or (decision.status[name] == "floor" and paid < costs[name])
    assert set(decision.payments) == {k for k, s in decision.status.items() if s in ("share", "floor")}
    assert sum(costs[x] for x in decision.funded) <= contest.pots[0].ceiling
    assert Decision.from_json(decision.to_json()) == decision
    assert Contest.from_json(contest.to_json()) == contest


@pytest.mark.parametrize(("bound", "completion"), [(True, "steps"), (False, "steps"), (False, "none")])
@examples(60)
@given(data=st.data())
def test_brief_decides_the_same_and_counts_the_same_ties(bound, completion, data):
    contest = data.draw(drawn(bound, completion=completion, step_permille=53))
    full, brief = decide(contest), decide(contest, brief=True)
    same = ("funded", "status", "share_final", "ties", "left_over", "inputs_hash", "unmet")
    assert [getattr(full, x) for x in same] == [getattr(brief, x) for x in same]
    assert (brief.rounds, brief.payments, brief.outcome, brief.certificates) == ((), {}, {}, None)
