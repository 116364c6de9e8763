"""Random small elections: template prices or odd ones, every utility, limits, bonds, criteria, several pots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from pendamping.deliberation.allocation import Ballots, Contest, Decision, Limit, Pot, Proposal, Rule, decide

PLAIN, LIMITS, NEED, POTS = "plain", "limits", "need", "pots"
KINDS = (PLAIN, LIMITS, NEED, POTS)
METHODS = ("mes", "greedy_votes", "phragmen")
SELECTORS = {"heading": "a", "group": "w", "area": "x"}


def examples(number: int) -> Callable:
    """So many elections, the same in every run: a red test is red for everybody, and is shrunk."""
    return settings(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )


dices = st.randoms(use_true_random=False)  # every throw is Hypothesis', so that what fails becomes small


@st.composite
def elections(draw: st.DrawFn, kind: str = PLAIN, **rule: object) -> Contest:
    """A contest of one kind, its ballots grouped."""
    return election(draw(dices), kind, **rule).grouped()


@st.composite
def decisions(draw: st.DrawFn, kind: str = PLAIN, **rule: object) -> tuple[Contest, Decision]:
    """A contest of one kind, and what is decided about it."""
    contest = draw(elections(kind, **rule))
    return contest, decide(contest)


def election(dice: Random, kind: str = PLAIN, **rule: object) -> Contest:
    """A contest of 1 to 7 proposals and 1 to 14 ballots."""
    ids = [f"p{n}" for n in range(dice.randint(1, 7))]
    template = dice.random() < 0.7
    utility = str(rule.pop("utility", dice.choice(("cost", "cost", "count", "points", "points_cost"))))
    proposals = tuple(
        Proposal(
            one,
            f"Usulan {one}",
            dice.choice((10, 20, 30, 40, 50, 60)) if template else dice.randint(1, 90),
            **_bonds(dice, ids, one, kind),
            need=_need(dice) if kind in (NEED, POTS) else {},
        )
        for one in ids
    )
    rows = [
        {at: dice.randint(1, 4) if "points" in utility else 1 for at in range(len(ids)) if dice.random() < 0.45}
        for _ in range(dice.randint(1, 14))
    ]
    ceiling = max(1, int(sum(p.cost for p in proposals) * dice.choice((0.2, 0.4, 0.6, 0.9, 1.1))))
    areas, endow, pots = None, None, (Pot("all", ceiling),)
    if kind == POTS:
        areas = tuple(dice.choice("xy") for _ in rows)
        endow = tuple(dice.choice((Fraction(1), Fraction(1, 2), Fraction(2))) for _ in rows)
        third = ceiling // 3
        pots = (Pot("x", third, frozenset("x")), Pot("y", third, frozenset("y")), Pot("all", third))
    chosen = Rule(
        utility=utility,
        completion=dice.choice(("steps", "steps", "none")),
        step_permille=dice.choice((1, 10, 50, 50)),
        fill=dice.choice(("votes", "votes", "none", "none", "points")),
        lot=tuple(dice.sample(ids, len(ids))),
        minimum_support=dice.random() < 0.2,
        need_share_permille=dice.choice((0, 100, 200)) if kind in (NEED, POTS) else 0,
        pots_upwards=dice.random() < 0.5,
    )
    limits = _limits(dice, ceiling) if kind == LIMITS else ()
    ballots = Ballots.of(rows, endow=endow, area=areas)
    return Contest(proposals, ballots, pots, limits, replace(chosen, **rule))  # type: ignore[arg-type]


def _bonds(dice: Random, ids: list[str], one: str, kind: str) -> dict[str, object]:
    if kind not in (LIMITS, POTS):
        return {}
    others = [x for x in ids if x != one]
    return {
        "heading": dice.choice("ab"),
        "groups": frozenset(dice.sample("wd", dice.randint(0, 2))),
        "area": dice.choice("xy"),
        "requires": (dice.choice(others),) if others and dice.random() < 0.2 else (),
        "excludes": (dice.choice(others),) if others and dice.random() < 0.2 else (),
    }


def _need(dice: Random) -> dict[str, int]:
    return {name: dice.randint(0, 4) for name in dice.sample(("flood", "poor"), dice.randint(0, 2))}


def _limits(dice: Random, ceiling: int) -> tuple[Limit, ...]:
    found = []
    for kind in dice.sample(sorted(SELECTORS), dice.randint(0, 2)):
        least = dice.choice((None, int(ceiling * dice.choice((0.2, 0.5)))))
        most = dice.choice((None, int(ceiling * dice.choice((0.6, 0.8)))))
        found.append(Limit("all", kind, SELECTORS[kind], least, most))
    return tuple(found)


def by_hand(rows: list[list[int]], costs: list[int], ceiling: int, **rule: object) -> Contest:
    """A contest of approvals written out: rows of indexes, costs, a ceiling."""
    proposals = tuple(Proposal(f"p{n}", f"Usulan {n}", cost) for n, cost in enumerate(costs))
    lot = tuple(p.id for p in proposals)
    return Contest(proposals, Ballots.of(rows), (Pot("all", ceiling),), (), Rule(**{"lot": lot, **rule}))  # type: ignore[arg-type]


@cache
def decided(seed: int, kind: str = PLAIN, **rule: object) -> tuple[Contest, Decision]:
    """An election with its ballots grouped, and what is decided about it."""
    contest = election(Random(f"{kind} {seed}"), kind, **rule).grouped()
    return contest, decide(contest)
