"""Fairness to groups: EJR+, monotonicity of the plain rule, single-minded groups (groups 4, 8, 9)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.deliberation.allocation import Ballots, Contest, Pot, Proposal, Rule, decide, read_pabulib

from .elections import PLAIN, by_hand, decisions, dices, elections, examples

EXAMPLES = 80
SHARED = Path(os.environ.get("PENDAMPING_SHARED_DATA", Path(__file__).parents[5] / "shared" / "data"))
SAMPLE = SHARED / "pabulib"
PLAIN_RULE = {"completion": "none", "fill": "none", "minimum_support": False}


def brute_factor(contest: Contest, funded: Sequence[str]) -> Fraction:
    """EJR+ by its definition: the worst over losers and thresholds, written without the engine's sorting."""
    ballots, worst = contest.ballots, Fraction(0)
    sets = [
        set(ballots.choices[ballots.offsets[row] : ballots.offsets[row + 1]].tolist())
        for row in range(ballots.rows)
        for _ in range(int(ballots.weight[row]))
    ]
    costs = [p.cost for p in contest.proposals]
    won = {at for at, p in enumerate(contest.proposals) if p.id in funded}
    ceiling = contest.pots[0].ceiling
    for c, cost in enumerate(costs):
        if c in won or cost > ceiling:
            continue
        got = [sum(costs[x] for x in one & won) for one in sets if c in one]
        for limit in got:
            group = sum(1 for value in got if value <= limit)
            worst = max(worst, Fraction(ceiling * group, len(sets)) / (limit + cost))
    return worst


@pytest.mark.parametrize("completion", ["none", "steps"])
@examples(EXAMPLES)
@given(data=st.data())
def test_no_group_is_short_changed(completion: str, data: st.DataObject) -> None:
    rule = {"utility": "cost", "completion": completion, "minimum_support": False}
    contest, decision = data.draw(decisions(PLAIN, **rule))
    assert decision.certificates.ejr_factor == brute_factor(contest, decision.funded) < 1


@pytest.mark.parametrize("utility", ["count", "points", "points_cost"])
@examples(EXAMPLES)
@given(data=st.data())
def test_no_group_is_short_changed_by_the_other_utilities(utility: str, data: st.DataObject) -> None:
    _, decision = data.draw(decisions(PLAIN, utility=utility, minimum_support=False))
    assert decision.certificates.ejr_factor < 1


def test_most_votes_first_does_short_change_groups() -> None:
    """Two thirds want projects 0 to 2, one third wants 3 and 4, all of one price: the majority takes everything."""
    contest = by_hand([[0, 1, 2]] * 6 + [[3, 4]] * 3, [30, 30, 30, 30, 30], 90, method="greedy_votes")
    decision = decide(contest)
    assert decision.funded == ("p0", "p1", "p2")
    assert decision.certificates.ejr_factor == brute_factor(contest, decision.funded) == 1
    ours = decide(by_hand([[0, 1, 2]] * 6 + [[3, 4]] * 3, [30, 30, 30, 30, 30], 90))
    assert {"p3", "p4"} & set(ours.funded) and ours.certificates.ejr_factor < 1


@pytest.mark.skipif(not SAMPLE.is_dir(), reason="the public sample is not here")
@pytest.mark.parametrize(
    ("name", "factor"),
    [
        ("Poland_Wieliczka_2023_Green_Budget.pb", "11.05"),
        ("Poland_Swiecie_2023.pb", "1.16"),
        ("Poland_Warszawa_2021_Ursynow.pb", "3.80"),
        ("Poland_Lodz_2024.pb", "6.24"),
        ("Poland_Krakow_2022.pb", "3.79"),
        ("Poland_Krakow_2020_Stare_Miasto.pb", "6.06"),
        ("Canada_Stanford_Dataset_PB_Dieppe_2018_vote_approvals.pb", "1.36"),
    ],
)
def test_the_factor_of_most_votes_first_in_real_elections(name: str, factor: str) -> None:
    decision = decide(read_pabulib(SAMPLE / name, Rule(method="greedy_votes", ties=("id",))))
    assert f"{float(decision.certificates.ejr_factor):.2f}" == factor


def with_cost(contest: Contest, one: str, cost: int) -> Contest:
    return replace(contest, proposals=tuple(replace(p, cost=cost) if p.id == one else p for p in contest.proposals))


def rows(contest: Contest) -> list[dict[int, int]]:
    b = contest.ballots
    return [
        dict(zip(b.choices[s:e].tolist(), b.points[s:e].tolist(), strict=True))
        for s, e, many in zip(b.offsets[:-1].tolist(), b.offsets[1:].tolist(), b.weight.tolist(), strict=True)
        for _ in range(many)
    ]


@pytest.mark.parametrize("utility", ["cost", "count"])
@examples(EXAMPLES)
@given(data=st.data())
def test_a_winner_of_the_plain_rule_that_gets_cheaper_or_more_support_still_wins(
    utility: str, data: st.DataObject
) -> None:
    contest, decision = data.draw(decisions(PLAIN, utility=utility, **PLAIN_RULE))
    dice, ballots = data.draw(dices), rows(contest)
    place = {p.id: at for at, p in enumerate(contest.proposals)}
    for one in decision.funded:
        cost = contest.proposals[place[one]].cost
        assert one in decide(with_cost(contest, one, dice.randint(1, cost))).funded, one
        others = [at for at, row in enumerate(ballots) if place[one] not in row]
        if others:
            more = [dict(row) for row in ballots]
            more[dice.choice(others)][place[one]] = 1
            assert one in decide(replace(contest, ballots=Ballots.of(more))).funded, one
        alone = [*ballots, {place[one]: 1}]
        assert one in decide(replace(contest, ballots=Ballots.of(alone))).funded, one


@pytest.mark.parametrize("utility", ["cost", "count"])
@examples(EXAMPLES)
@given(data=st.data())
def test_a_loser_of_the_plain_rule_that_is_taken_away_changes_nothing_else(utility: str, data: st.DataObject) -> None:
    contest, decision = data.draw(decisions(PLAIN, utility=utility, **PLAIN_RULE))
    for at, p in enumerate(contest.proposals):
        if p.id in decision.funded:
            continue
        kept = [{c - (c > at): x for c, x in row.items() if c != at} for row in rows(contest)]
        proposals = tuple(q for q in contest.proposals if q.id != p.id)
        assert decide(replace(contest, proposals=proposals, ballots=Ballots.of(kept))).funded == decision.funded
        break


@examples(EXAMPLES)
@given(data=st.data())
def test_a_group_that_votes_for_one_project_alone_and_holds_its_price_gets_it(data: st.DataObject) -> None:
    contest = data.draw(elections(PLAIN, utility="cost", **PLAIN_RULE))
    ballots, ceiling = rows(contest), contest.pots[0].ceiling
    target = contest.proposals[0]
    if target.cost > ceiling:
        return
    while sum(1 for row in ballots if row == {0: 1}) * ceiling < len(ballots) * target.cost:
        if len(ballots) > 60:
            ballots = [row for row in ballots if row == {0: 1}] + ballots[:5]
        ballots.append({0: 1})
    assert target.id in decide(replace(contest, ballots=Ballots.of(ballots))).funded


@examples(EXAMPLES)
@given(data=st.data())
def test_identical_ballots_get_all_their_projects_when_their_money_is_enough(data: st.DataObject) -> None:
    dice = data.draw(dices)
    costs = [dice.randint(1, 40) for _ in range(3)]
    total, others = sum(costs), dice.randint(1, 8)
    same = dice.randint(1, 8)
    ceiling = -(-total * (same + others) // same)  # t residents hold t/n of it: at least the three costs
    ballots = [[0, 1, 2]] * same + [[dice.randint(3, 5)] for _ in range(others)]
    proposals = tuple(Proposal(f"p{n}", "", c) for n, c in enumerate([*costs, 5, 9, 14]))
    contest = Contest(proposals, Ballots.of(ballots), (Pot("all", ceiling),), (), Rule(completion="none", fill="none"))
    assert {"p0", "p1", "p2"} <= set(decide(contest).funded)
