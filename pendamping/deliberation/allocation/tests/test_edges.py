"""The edges: nobody votes, everybody wants the same, too dear, no money, limits that cannot be met."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from .. import Ballots, Contest, Decision, Invalid, Limit, Pot, Proposal, Rule, decide, limits, verify
from ..published import fraction_in, fraction_out
from .contests import contest, proposals

METHODS = ("mes", "greedy_votes", "phragmen")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("rows", [[], [[], []], [[]]])
def test_no_ballots_or_empty_ones_fund_nothing(method, rows):
    decision = decide(contest([5, 7], rows, 10, method=method))
    assert decision.funded == ()
    assert decision.left_over == 10
    assert {e.reason for e in decision.outcome.values()} == {"no_support"}
    assert Decision.from_json(decision.to_json()) == decision


@pytest.mark.parametrize("method", METHODS)
def test_all_tie_and_the_lot_decides(method):
    made = proposals(10, 10, 10)
    rows = Ballots.of([[0, 1, 2]] * 5)
    for lot in (("p2", "p0", "p1"), ("p1", "p2", "p0")):
        decision = decide(Contest(made, rows, (Pot("all", 20),), (), Rule(method=method, lot=lot)))
        assert decision.funded == lot[:2]
        if method != "greedy_votes":
            assert decision.rounds[0].tie == lot[1:]
            assert decision.rounds[0].tie_step == "lot"
            assert decision.ties >= 1


def test_each_word_of_the_order_of_ties():
    made = (
        Proposal("a", "", 20),
        Proposal("b", "", 10),
        Proposal("c", "", 10, need={"banjir": 3}),
    )
    rows = Ballots.of([[0], [0], [1], [1], [2], [2]])
    decision = decide(Contest(made, rows, (Pot("all", 60),), (), Rule(completion="none")))
    assert [(r.proposal, r.tie, r.tie_step) for r in decision.rounds] == [
        ("c", ("b", "a"), "need"),
        ("b", ("a",), "lowest_cost"),
        ("a", (), ""),
    ]


@pytest.mark.parametrize("method", METHODS)
def test_one_project_above_the_ceiling(method):
    decision = decide(contest([11, 5], [[0, 1], [0]], 10, method=method))
    assert decision.funded == ("p1",)
    assert decision.outcome["p0"].reason == "over_pot"


@pytest.mark.parametrize("method", METHODS)
def test_no_money(method):
    decision = decide(contest([11, 5], [[0, 1], [0]], 0, method=method))
    assert decision.funded == ()
    assert decision.share_first == 0
    assert decision.left_over == 0


def test_the_whole_budget_with_everybody_for_it():
    """Zabrze 2021: money and cost are exactly equal, whatever floats say."""
    for n in (3, 7, 241, 997):
        decision = decide(contest([155_000], [[0]] * n, 155_000, completion="none", fill="none"))
        assert decision.status == {"p0": "share"}
        assert decision.share_final == Fraction(155_000, n)
        decision = decide(contest([155_001], [[0]] * n, 155_001 - 1, completion="none", fill="none"))
        assert decision.funded == ()


def test_costs_beyond_what_a_float_holds():
    big = 2**53 + 1
    decision = decide(contest([big, big - 1], [[0, 1]] * 3, 2 * big - 1))
    assert set(decision.funded) == {"p0", "p1"}
    assert decision.left_over == 0
    decision = decide(contest([big, big], [[0, 1]] * 3, 2 * big - 1))
    assert decision.funded == ("p0",)


def test_a_gift_costs_nobody_anything():
    decision = decide(contest([0, 10, 0], [[0, 1], [1]], 10))
    assert decision.funded == ("p0", "p1")
    assert decision.rounds[0].price == 0
    assert decision.outcome["p2"].reason == "no_support"


def test_ungrouped_ballots_decide_the_same():
    rows = [[0, 1], [1], [0, 1], [2], [1], [2, 1], []]
    loose = contest([30, 20, 25], rows, 60)
    assert decide(loose) == decide(loose.grouped())
    assert loose.grouped().ballots.rows == 5
    assert decide(loose).inputs_hash == loose.grouped().inputs_hash()


def test_withdrawn_proposals_are_left_out_by_having_no_pot():
    made = (Proposal("a", "", 10, area="rw1"), Proposal("b", "", 10, area="rw2"))
    rows = Ballots.of([[0, 1], [1]])
    decision = decide(Contest(made, rows, (Pot("rw1", 10, frozenset(["rw1"])),), (), Rule()))
    assert decision.funded == ("a",)
    assert decision.outcome["b"].reason == "no_pot"


def test_several_pots_and_money_that_flows_up():
    made = (
        Proposal("a", "", 10, area="rw1"),
        Proposal("b", "", 35, area="rw2"),
        Proposal("c", "", 25, area=""),
        Proposal("d", "", 15, area=""),
    )
    rows = Ballots.of([[0, 2, 3], [0, 2], [1, 3], [1, 2]], area=["rw1", "rw1", "rw2", "rw2"])
    pots = (Pot("rw1", 20, frozenset(["rw1"])), Pot("rw2", 20, frozenset(["rw2"])), Pot("ward", 10))
    apart = decide(Contest(made, rows, pots, (), Rule(pots_upwards=False)))
    assert apart.funded == ("a",)
    assert [p.left_over for p in apart.parts] == [10, 20, 10]
    assert apart.left_over == 40
    up = decide(Contest(made, rows, pots, (), Rule(pots_upwards=True)))
    assert up.funded == ("a", "c", "d")
    assert [p.ceiling for p in up.parts] == [20, 30, 40]
    assert up.left_over == 0
    assert [r.k for r in up.rounds] == [1, 2, 3][: len(up.rounds)]
    assert Decision.from_json(up.to_json()) == up


def women(least: int, ceiling: int = 100) -> Decision:
    made = (
        Proposal("drain", "", 50),
        Proposal("lamp", "", 40),
        Proposal("class", "", 30, groups=frozenset(["women"])),
    )
    rows = Ballots.of([[0, 1]] * 7 + [[0, 2]] * 1 + [[2]] * 2)
    limits = (Limit("all", "group", "women", least, None),)
    return decide(Contest(made, rows, (Pot("all", ceiling),), limits, Rule()))


def test_a_floor_that_is_met_anyway_changes_nothing():
    assert women(0) == women(0)
    free, met = women(0), women(30, 120)
    assert (free.bonus_permille, met.bonus_permille) == (1000, 1000)
    assert "class" in met.funded


def test_a_floor_is_met_by_the_smallest_bonus_or_by_reserve():
    assert "class" not in women(0).funded
    found = women(30)
    assert "class" in found.funded
    assert found.certificates.limits_kept
    assert found.bonus_permille > 1000 or found.status["class"] == "floor"
    assert found.unmet == ()


def test_a_floor_nobody_can_reach_is_named():
    found = women(31)
    assert found.unmet == ("all:group:women",)
    assert not found.certificates.limits_kept
    assert found.status["class"] == "floor"


def test_a_cap_is_never_passed():
    made = (*(Proposal(f"p{i}", "", 10, heading="sarana") for i in range(5)), Proposal("x", "", 10))
    rows = Ballots.of([[0, 1, 2, 3, 4]] * 9 + [[5]])
    limits = (Limit("all", "heading", "sarana", None, 30),)
    found = decide(Contest(made, rows, (Pot("all", 60),), limits, Rule()))
    assert sorted(found.funded) == ["p0", "p1", "p2", "x"]
    assert found.outcome["p4"].reason == "cap_reached"
    assert found.outcome["p4"].other == "heading:sarana"


def test_the_need_share_pays_for_what_the_criteria_ask():
    made = (Proposal("a", "", 50), Proposal("b", "", 50, need={"banjir": 4}))
    rows = Ballots.of([[0]] * 9 + [[1]])
    without = decide(Contest(made, rows, (Pot("all", 100),), (), Rule(completion="none", fill="none")))
    assert without.funded == ("a",)
    rule = Rule(completion="none", fill="none", need_share_permille=450)
    found = decide(Contest(made, rows, (Pot("all", 100),), (), rule))
    assert found.status["b"] == "share"
    assert dict(found.payments["b"])[2] == Fraction(89, 2)  # the criterion stands behind the two rows
    assert sum(1 for _ in found.payments["b"]) == 2


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"proposals": (Proposal("a", "", 1), Proposal("a", "", 2))}, "same id"),
        ({"proposals": (Proposal("a", "", -1),)}, "cost of a"),
        ({"proposals": (Proposal("a", "", 1, need={"x": 5}),)}, "need of a"),
        ({"ballots": Ballots.of([[3]])}, "choices"),
        ({"pots": (Pot("x", 1), Pot("x", 1))}, "pots"),
        ({"pots": (Pot("x", -1),)}, "pots"),
        ({"rule": Rule(need_share_permille=1000)}, "need_share_permille"),
        ({"rule": Rule(ties=("age",))}, "ties"),
        ({"rule": Rule(completion="later")}, "completion"),
    ],
)
def test_a_contest_that_contradicts_itself_is_refused_by_name(change, word):
    given = {"proposals": proposals(5), "ballots": Ballots.of([[0]]), "pots": (Pot("all", 5),), **change}
    with pytest.raises(Invalid, match=word):
        decide(Contest(**given))


def test_rows_must_stand_in_rising_order_to_be_grouped():
    wild = Ballots(np.array([0, 2, 4]), np.array([0, 1, 1, 0], np.int32), np.ones(4, np.int32), np.ones(2, np.int32))
    with pytest.raises(Invalid, match="rising"):
        wild.grouped()


def test_a_pot_without_any_proposal():
    rows = Ballots.of([[0], [0]])
    pots = (Pot("rw9", 5, frozenset(["rw9"])), Pot("ward", 10))
    assert decide(Contest(proposals(10), rows, pots, (), Rule())).funded == ("p0",)


@pytest.mark.parametrize("named", [("a", ()), ("b", ())])
def test_what_an_earlier_pot_funded_bars_what_it_excludes_and_what_excludes_it(named):
    made = (
        Proposal("a", "", 10, area="rw1", excludes=("b",) if named[0] == "a" else ()),
        Proposal("b", "", 10, excludes=("a",) if named[0] == "b" else ()),
    )
    rows = Ballots.of([[0, 1]] * 3)
    decision = decide(Contest(made, rows, (Pot("rw1", 10, frozenset(["rw1"])), Pot("ward", 10)), (), Rule()))
    assert decision.funded == ("a",)
    assert (decision.outcome["b"].reason, decision.outcome["b"].other) == ("excluded_by", "a")


def test_fractions_longer_than_python_reads_by_itself():
    long = Fraction(-(7**9001), 3**11003)
    text = fraction_out(long)
    assert len(text) > 10_000
    assert fraction_in(text) == long


def test_a_reserve_takes_nothing_that_only_waited_for_it():
    made = (
        Proposal("road", "", 90),
        Proposal("class", "", 12, groups=frozenset(["women"])),
        Proposal("annex", "", 10, requires=("class",)),
        Proposal("loan", "", 25, groups=frozenset(["women"])),
    )
    rows = Ballots.of([[0]] * 14 + [[1, 2, 3]] * 6)
    limits = (Limit("all", "group", "women", 37, None),)
    found = decide(Contest(made, rows, (Pot("all", 100),), limits, Rule(completion="none", fill="none")))
    assert {k for k, s in found.status.items() if s == "floor"} == {"class", "loan"}


def test_what_does_not_fit_beside_a_reserve_is_named_as_nobodys_runner_up():
    made = (
        Proposal("class", "", 90, groups=frozenset(["women"])),
        Proposal("lamp", "", 6),
        Proposal("road", "", 32),
    )
    rows = Ballots.of([[0]] + [[1, 2]] * 9)
    limits = (Limit("all", "group", "women", 90, None),)
    given = Contest(made, rows, (Pot("all", 100),), limits, Rule(completion="none", fill="none"))
    found = decide(given)
    assert [(x.proposal, x.tie_step, x.runner_up) for x in found.rounds] == [
        ("class", "floor", None),
        ("lamp", "", None),
    ]
    assert verify(found, given) == []


def test_phragmen_buys_at_once_what_had_to_wait_and_its_supporters_keep_the_rest() -> None:
    """A lane that builds on a road: its seven supporters could pay long before the road's one could."""
    road, lane = replace(proposals(70)[0], id="road"), replace(proposals(35)[0], id="lane", requires=("road",))
    rows = [[0], *[[1]] * 7]
    decision = decide(
        Contest((road, lane), Ballots.of(rows), (Pot("all", 200),), (), Rule(method="phragmen", ties=("id",)))
    )
    assert decision.funded == ("road", "lane")
    assert [(r.price, r.payers, r.poor, r.paid) for r in decision.rounds] == [(70, 1, 1, 70), (70, 7, 0, 35)]
    assert decision.share_final == 70


def test_the_need_share_takes_part_in_phragmen_as_payers_of_their_own() -> None:
    flood = replace(proposals(30)[0], id="drain", need={"flood": 4})
    hall = replace(proposals(30)[0], id="hall")
    rule = Rule(method="phragmen", ties=("id",), need_share_permille=500, fill="none")
    decision = decide(Contest((hall, flood), Ballots.of([[0], [1]]), (Pot("all", 30),), (), rule))
    assert decision.funded == ("drain",)
    assert decision.payments["drain"] == ((1, Fraction(10)), (2, Fraction(20)))


def beside_a_cap(least: int, most: int, *costs: int) -> Contest:
    """A floor for women's proposals of these costs, wanted by one resident alone, beside a cap on their heading."""
    tagged = [replace(p, heading="sarana", groups=frozenset({"women"})) for p in proposals(*costs)]
    others = [replace(p, id=f"q{n}") for n, p in enumerate(proposals(60, 45))]
    rows = [[len(costs), len(costs) + 1]] * 8 + [list(range(len(costs)))]
    both = (Limit("all", "group", "women", least), Limit("all", "heading", "sarana", None, most))
    rule = Rule(ties=("id",), step_permille=500)
    return Contest((*tagged, *others), Ballots.of(rows), (Pot("all", 110),), both, rule)


@pytest.mark.parametrize(
    ("given", "tried"),
    [
        (beside_a_cap(60, 50, 40, 35), False),  # the cap leaves them less
        (beside_a_cap(55, 58, 40, 35, 20), True),  # 35 + 20
        (beside_a_cap(57, 58, 40, 35, 20), False),  # 35 + 20 is all that fits
        (beside_a_cap(40, 90, 95, 5), False),  # the dear one is above the cap for good
        (beside_a_cap(105, 300, 40, 35, 60), False),  # 40 + 60 or 35 + 60 within the ceiling of 110
        (beside_a_cap(100, 300, 40, 35, 60), True),
    ],
)
def test_a_floor_that_its_proposals_cannot_reach_goes_to_the_reserve_at_once(given, tried, monkeypatch):
    runs = []
    once = limits._once
    monkeypatch.setattr(limits, "_once", lambda *a: runs.append(a) or once(*a))
    decision = decide(given)
    assert (len(runs) > 3) == tried  # without floors, with the reserve, most votes first
    assert not verify(decision, given, thorough=True)
    monkeypatch.setattr(limits, "_possible", lambda *_: True)
    assert decide(given) == decision  # no bonus would have met it either


def test_a_rupiah_a_step_ends_where_only_what_is_barred_would_still_fit():
    made = (Proposal("a", "", 60, excludes=("b",)), Proposal("b", "", 30), Proposal("c", "", 50))
    rule = Rule(ties=("id",), completion="add1", fill="none")
    given = Contest(made, Ballots.of([[0, 1], [0, 1], [0, 1], [2]]), (Pot("all", 100),), (), rule)
    decision = decide(given)
    assert (decision.funded, decision.share_first, decision.share_final) == (("a",), 25, 25)
    assert not verify(decision, given, thorough=True)
