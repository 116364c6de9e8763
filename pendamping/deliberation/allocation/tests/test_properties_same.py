"""The same whatever the order, the names, the grouping, the scale; ties as declared (groups 6, 7, 11)."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.deliberation.allocation import Ballots, Contest, Decision, Pot, decide

from .elections import KINDS, LIMITS, METHODS, NEED, PLAIN, by_hand, decided, decisions, dices, elections, examples
from .test_properties_fair import rows

EXAMPLES = 60


def core(decision: Decision) -> tuple[object, ...]:
    return decision.funded, dict(decision.status), decision.share_final, decision.left_over, decision.unmet


def shuffled(contest: Contest, dice: Random) -> Contest:
    """Other order of rows, of proposals, and nothing grouped."""
    order = dice.sample(range(len(contest.proposals)), len(contest.proposals))
    at = {old: new for new, old in enumerate(order)}
    b = contest.ballots
    lines = [
        ({at[c]: x for c, x in zip(b.choices[s:e].tolist(), b.points[s:e].tolist(), strict=True)}, row)
        for row, (s, e) in enumerate(zip(b.offsets[:-1].tolist(), b.offsets[1:].tolist(), strict=True))
        for _ in range(int(b.weight[row]))
    ]
    dice.shuffle(lines)
    ballots = Ballots.of(
        [line for line, _ in lines],
        endow=None if b.endow is None else [b.endow[row] for _, row in lines],
        area=None if b.area is None else [b.area[row] for _, row in lines],
    )
    return replace(contest, proposals=tuple(contest.proposals[old] for old in order), ballots=ballots)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", KINDS)
@examples(EXAMPLES)
@given(data=st.data())
def test_the_order_of_rows_and_proposals_and_grouping_change_nothing(
    kind: str, method: str, data: st.DataObject
) -> None:
    contest, decision = data.draw(decisions(kind, method=method))
    assert core(decide(shuffled(contest, data.draw(dices)))) == core(decision)


def test_the_seed_of_hashes_and_the_number_of_threads_change_nothing() -> None:
    code = (
        "import json\nfrom pendamping.deliberation.allocation.tests.elections import decided\n"
        "print(json.dumps([decided(s, k)[1].to_json() for s in range(12) for k in ('limits', 'pots')]))"
    )
    seen = set()
    for seed, threads in (("0", "1"), ("1", "4")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        seen.add(done.stdout)
    assert len(seen) == 1


def renamed(contest: Contest, name: dict[str, str]) -> Contest:
    return replace(
        contest,
        proposals=tuple(
            replace(
                p,
                id=name[p.id],
                requires=tuple(name[x] for x in p.requires),
                excludes=tuple(name[x] for x in p.excludes),
            )
            for p in contest.proposals
        ),
        rule=replace(contest.rule, lot=tuple(name[x] for x in contest.rule.lot)),
    )


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", KINDS)
@examples(EXAMPLES)
@given(data=st.data())
def test_other_names_rename_the_result(kind: str, method: str, data: st.DataObject) -> None:
    contest, decision = data.draw(decisions(kind, method=method))
    ids = [p.id for p in contest.proposals]
    name = dict(zip(ids, data.draw(dices).sample([f"usulan-{n}" for n in range(len(ids))], len(ids)), strict=True))
    assert decide(renamed(contest, name)).funded == tuple(name[x] for x in decision.funded)


@pytest.mark.parametrize("kind", [PLAIN, LIMITS])
@pytest.mark.parametrize("times", [2, 5])
@examples(EXAMPLES)
@given(data=st.data())
def test_every_resident_many_times_changes_nothing(kind: str, times: int, data: st.DataObject) -> None:
    contest, decision = data.draw(decisions(kind))
    ballots = replace(contest.ballots, weight=contest.ballots.weight * times)
    again = decide(replace(contest, ballots=ballots))
    assert (again.funded, again.status) == (decision.funded, decision.status)
    assert again.share_final * times == decision.share_final


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", [PLAIN, NEED, LIMITS])
@examples(EXAMPLES)
@given(data=st.data())
def test_a_thousandfold_of_all_money_changes_nothing(kind: str, method: str, data: st.DataObject) -> None:
    contest, decision = data.draw(decisions(kind, method=method))
    big = replace(
        contest,
        proposals=tuple(replace(p, cost=p.cost * 1000) for p in contest.proposals),
        pots=tuple(replace(p, ceiling=p.ceiling * 1000) for p in contest.pots),
        limits=tuple(
            replace(x, least=x.least and x.least * 1000, most=x.most if x.most is None else x.most * 1000)
            for x in contest.limits
        ),
    )
    again = decide(big)
    assert (again.funded, again.share_final) == (decision.funded, decision.share_final * 1000)


@pytest.mark.parametrize(
    ("ties", "order"),
    [
        (("lowest_cost", "lot"), ("p1", "p0")),
        (("most_supporters", "lot"), ("p0", "p1")),
        (("need", "lot"), ("p1", "p0")),
        (("lot",), ("p1", "p0")),
        (("id",), ("p0", "p1")),
    ],
)
def test_the_declared_order_decides_a_tie_and_is_named(ties: tuple[str, ...], order: tuple[str, ...]) -> None:
    contest = by_hand([[0], [0], [1]], [40, 20], 60, ties=ties, lot=("p1", "p0"), utility="cost")
    one = replace(contest.proposals[1], need={"flood": 3})
    # 40 from two, 20 from one: at cost utility the prices are 1/2 and 1; under count 20 and 20 are a tie
    contest = replace(contest, proposals=(contest.proposals[0], one), rule=replace(contest.rule, utility="count"))
    decision = decide(contest)
    assert decision.funded == order
    assert (decision.rounds[0].tie, decision.rounds[0].tie_step) == ((order[1],), ties[0])
    assert decision.ties == 1


def test_the_lot_swapped_swaps_two_equals_and_nothing_else() -> None:
    swapped = 0

    @examples(EXAMPLES)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        nonlocal swapped
        contest = data.draw(elections(PLAIN, utility="cost", ties=("lot",)))
        first, second = contest.proposals[0], replace(contest.proposals[0], id="twin")
        if first.cost > contest.pots[0].ceiling:
            return
        twin = [{**row, len(contest.proposals): 1} if 0 in row else row for row in rows(contest)]
        proposals = (*contest.proposals, second)
        lot = ("p0", "twin", *(x for x in contest.rule.lot if x != "p0"))
        one = replace(contest, proposals=proposals, ballots=Ballots.of(twin), rule=replace(contest.rule, lot=lot))
        other = replace(one, rule=replace(one.rule, lot=("twin", "p0", *lot[2:])))
        swap = {"p0": "twin", "twin": "p0"}
        a, b = decide(one), decide(other)
        assert b.funded == tuple(swap.get(x, x) for x in a.funded)
        swapped += a.funded != b.funded

    check()
    assert swapped > 2


def test_pots_are_named_not_numbered() -> None:
    contest, decision = decided(3, PLAIN)
    again = decide(replace(contest, pots=(replace(contest.pots[0], id="kelurahan"),)))
    assert again.funded == decision.funded and isinstance(contest.pots[0], Pot)
