"""What others wrote agrees: pabutools funds the same proposals, pabulib-checker accepts the files we write."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.deliberation.allocation import Contest, decide, read_pabulib, write_pabulib

from .elections import dices, election, elections, examples

FILES = Path(__file__).parent / "files"
BARE = {"completion": "none", "fill": "none", "minimum_support": False, "ties": ("id",)}
META = {
    "description": "Musrenbang",
    "unit": "Kelurahan; Contoh",
    "instance": "2026",
    "rule": "unknown",  # the checker knows no rule of ours
    "date_begin": "01.02.2026",
    "date_end": "02.02.2026",
}
# To the checker a resident who chose nothing is no ballot; to the share of everybody else they are one.
HELD = ("votes field 'vote' cannot be None or empty",)


def theirs(contest: Contest) -> tuple[object, object]:
    """The contest as pabutools has it: instance and profile."""
    parts = pytest.importorskip("pabutools.election")
    projects = [parts.Project(p.id, p.cost) for p in contest.proposals]
    points = contest.rule.utility == "points"
    kind = parts.CardinalBallot if points else parts.ApprovalBallot
    ballots, papers = contest.ballots, []
    for s, e, many in zip(ballots.offsets[:-1], ballots.offsets[1:], ballots.weight.tolist(), strict=True):
        row = {projects[c]: x for c, x in zip(ballots.choices[s:e].tolist(), ballots.points[s:e].tolist(), strict=True)}
        papers += [kind(row if points else row.keys()) for _ in range(many)]
    instance = parts.Instance(projects, budget_limit=contest.pots[0].ceiling)
    profile = (parts.CardinalProfile if points else parts.ApprovalProfile)(papers, instance=instance)
    return instance, profile


def names(allocation: object) -> set[str]:
    return {str(project) for project in allocation}  # type: ignore[attr-defined]


def wanted(contest: Contest) -> set[str]:
    """What has a supporter: theirs spends the rest on what nobody wants, ours does not."""
    return {contest.proposals[at].id for at in contest.ballots.choices.tolist()}


SATISFACTION = {"cost": "Cost_Sat", "count": "Cardinality_Sat", "points": "Additive_Cardinal_Sat"}


@pytest.mark.parametrize("utility", SATISFACTION)
def test_equal_shares_funds_the_same(utility: str) -> None:
    rules, parts = pytest.importorskip("pabutools.rules"), pytest.importorskip("pabutools.election")
    some = ties = 0

    @examples(60)
    @given(elections(method="mes", utility=utility, **BARE))
    def check(contest: Contest) -> None:
        nonlocal some, ties
        decision = decide(contest)
        found = rules.method_of_equal_shares(*theirs(contest), sat_class=getattr(parts, SATISFACTION[utility]))
        assert set(decision.funded) == names(found)
        some += bool(decision.funded)
        ties += bool(decision.ties)

    check()
    assert some > 20 and 2 < ties < some


def test_most_votes_first_funds_the_same() -> None:
    """With the cost as satisfaction, satisfaction for a rupiah is the number of supporters."""
    rules, parts = pytest.importorskip("pabutools.rules"), pytest.importorskip("pabutools.election")

    @examples(60)
    @given(elections(method="greedy_votes", utility="cost", **BARE))
    def check(contest: Contest) -> None:
        found = rules.greedy_utilitarian_welfare(*theirs(contest), sat_class=parts.Cost_Sat)
        assert set(decide(contest).funded) == names(found) & wanted(contest)

    check()


def test_phragmen_funds_the_same() -> None:
    rules = pytest.importorskip("pabutools.rules")
    some = 0

    @examples(60)
    @given(elections(method="phragmen", utility="cost", **BARE))
    def check(contest: Contest) -> None:
        nonlocal some
        decision = decide(contest)
        found = rules.sequential_phragmen(*theirs(contest))
        assert set(decision.funded) == names(found) & wanted(contest)
        some += bool(decision.funded)

    check()
    assert some > 20


def faults(text: str) -> list[str]:
    """What the checker calls an error, but for what is known."""
    checker = pytest.importorskip("pabulib.checker").Checker()
    with contextlib.redirect_stdout(io.StringIO()):
        found = checker.process_files([text])[1]["results"]
    errors = found["errors"] if isinstance(found, dict) else {}
    return [one for kind in errors.values() for one in kind.values() if not any(held in one for held in HELD)]


@pytest.mark.parametrize("name", ["approval", "cumulative", "ordinal"])
def test_the_checker_accepts_a_file_written_again(name: str) -> None:
    contest = read_pabulib(FILES / f"{name}.pb")
    assert faults(write_pabulib(contest, META, decide(contest).funded)) == []


def test_the_checker_accepts_every_file_we_write() -> None:
    @examples(40)
    @given(dices, st.sampled_from(["cost", "points"]))
    def check(dice, utility: str) -> None:
        contest = election(dice, utility=utility)
        costs = [p.cost for p in contest.proposals]
        if max(costs) > contest.pots[0].ceiling or sum(costs) <= contest.pots[0].ceiling:
            return  # a proposal above the ceiling, or money for all: to the checker no election
        assert faults(write_pabulib(contest, META, decide(contest).funded)) == []

    check()


def test_the_checker_sees_a_file_that_is_wrong() -> None:
    contest = read_pabulib(FILES / "approval.pb")
    text = write_pabulib(contest, META, decide(contest).funded)
    assert faults(text.replace("num_votes;8", "num_votes;9"))
    assert faults(text.replace("date_begin;01.02.2026\n", ""))
