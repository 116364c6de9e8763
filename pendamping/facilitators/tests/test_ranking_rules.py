"""Totals, ties, outcomes and the published file: pure, by tables of cases."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pendamping.facilitators.rules import ranking
from pendamping.facilitators.rules.ranking import Candidate, Rules

RULES = Rules(
    {"exam": 60, "interview": 40},
    {"exam": Decimal(60), "interview": Decimal(60)},
    ["interview", "exam", "older"],
    "s",
    1,
)
ABOUT = {"round": "R26-AAAAA-A", "version": 1}


def one(name: str, exam: Any = 80, interview: Any = 80, older: float = 1, **changes: Any) -> Candidate:
    given = {"files": True, **changes}
    marks = {
        "exam": None if exam is None else Decimal(exam),
        "interview": None if interview is None else Decimal(interview),
    }
    return Candidate(name, "a", ties={"older": older}, **marks, **given)


def order(*candidates: Candidate, rules: Rules = RULES, number: int = 1) -> list[tuple[str, int | None, str, str]]:
    ranked = ranking.rank(candidates, rules, {"a": number})
    return [(place.candidate.pseudonym, place.rank, place.outcome, place.decided_by) for place in ranked]


@pytest.mark.parametrize(
    ("exam", "interview", "total"),
    [("80", "70", "76.000"), ("66.667", "71.333", "68.533"), ("60.0005", "60", "60.000"), ("100", "100", "100.000")],
)
def test_total_weighs_exam_and_interview(exam: str, interview: str, total: str) -> None:
    assert str(ranking.total_of(one("P", exam, interview), RULES)) == total


@pytest.mark.parametrize(
    ("candidate", "stage"),
    [
        (one("P"), ""), (one("P", files=False), "files"), (one("P", "59.999"), "exam"), (one("P", None), "exam"),
        (one("P", 60, "59.999"), "interview"), (one("P", 60, None), "interview"), (one("P", 60, 60), ""),
    ],
)  # fmt: skip
def test_who_failed_a_stage_is_not_ranked(candidate: Candidate, stage: str) -> None:
    assert ranking.failed_at(candidate, RULES) == stage


def test_a_stage_without_weight_is_not_asked_for() -> None:
    rules = replace(RULES, weights={"exam": 100, "interview": 0})
    assert ranking.failed_at(one("P", 70, None), rules) == ""
    assert ranking.total_of(one("P", 70, None), rules) == Decimal("70.000")


def test_best_totals_get_the_places_the_next_the_reserves_the_rest_nothing() -> None:
    assert order(one("A", 90), one("B", 70), one("C", 80), one("D", 65), one("E", 50)) == [
        ("A", 1, "chosen", ""), ("C", 2, "reserve", ""), ("B", 3, "failed", ""), ("D", 4, "failed", ""),
        ("E", None, "failed", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "decides"),
    [
        (one("A", "78", "83"), one("B", "80", "80"), "interview"),
        (one("A", older=1), one("B", older=2), "older"),
    ],
)
def test_equal_totals_are_settled_by_the_rule_in_its_order(first: Candidate, second: Candidate, decides: str) -> None:
    assert ranking.total_of(first, RULES) == ranking.total_of(second, RULES)
    assert order(second, first) == [("A", 1, "chosen", ""), ("B", 2, "reserve", decides)]


def test_last_resort_is_the_lottery_with_the_published_seed() -> None:
    winner, loser = sorted(["A", "B"], key=lambda name: ranking.ticket("s", name))
    assert order(one("A"), one("B")) == [(winner, 1, "chosen", ""), (loser, 2, "reserve", "lottery")]


def test_lottery_comes_out_otherwise_under_another_seed() -> None:
    firsts = {order(one("A"), one("B"), rules=replace(RULES, lottery_seed=str(seed)))[0][0] for seed in range(20)}
    assert firsts == {"A", "B"}


def test_place_among_those_tied_is_published_only_where_it_was_needed() -> None:
    ranked = ranking.rank([one("A", 90, older=5), one("B", older=9), one("C", older=7)], RULES, {"a": 3})
    assert [(place.candidate.pseudonym, dict(place.ties)) for place in ranked] == [
        ("A", {}), ("C", {"older": 1}), ("B", {"older": 2}),
    ]  # fmt: skip


def test_tie_at_the_cut_is_shown_with_what_decided() -> None:
    ranked = ranking.rank([one("A", older=1), one("B", older=2), one("C", 70)], RULES, {"a": 1})
    cuts = ranking.cuts(ranked, RULES, {"a": 1})
    assert [(cut.between, cut.tied, cut.decided_by) for cut in cuts] == [("chosen", ("A", "B"), "older")]


def test_tie_away_from_the_cut_is_no_tie_at_the_cut() -> None:
    ranked = ranking.rank([one("A", older=1), one("B", older=2), one("C", 70)], RULES, {"a": 2})
    assert ranking.cuts(ranked, RULES, {"a": 2}) == []


def test_post_without_enough_passers_stays_vacant() -> None:
    ranked = ranking.rank([one("A"), one("B", 59)], RULES, {"a": 3, "b": 1})
    assert ranking.vacancies(ranked, {"a": 3, "b": 1}) == {"a": 2, "b": 1}
    assert [place.outcome for place in ranked] == ["chosen", "failed"]


def test_moves_name_who_rose_fell_and_left() -> None:
    ranked = ranking.rank([one("A", 70), one("B", 90)], RULES, {"a": 1})
    before = {"A": (1, "chosen"), "B": (2, "reserve"), "C": (3, "failed")}
    assert ranking.moves(before, ranked) == [
        {"pseudonym": "B", "rank": [2, 1], "outcome": ["reserve", "chosen"]},
        {"pseudonym": "A", "rank": [1, 2], "outcome": ["chosen", "reserve"]},
        {"pseudonym": "C", "rank": [3, None], "outcome": ["failed", ""]},
    ]


def published() -> dict[str, Any]:
    people = [
        one("A", 90),
        one("B", older=3),
        one("C", older=2),
        one("D", 40),
        one("E", files=False),
        one("F", older=3),
    ]
    return ranking.document(people, RULES, {"a": ("Pendamping", 2)}, ABOUT)


def test_published_file_computes_the_same_again() -> None:
    assert ranking.first_difference(ranking.written(published())) == ""


@pytest.mark.parametrize(
    ("row", "name", "value", "said"),
    [
        (3, "exam", "99.000", "row 1"), (0, "total", "99.000", "row 1 (A), total"),
        (1, "rank", 1, "row 2 (C), rank"), (2, "outcome", "chosen", "row 3"),
        (0, "eligible", False, "row 1 (A), eligible"),
        (1, "ties", {"older": 9}, "row 2"), (1, "ties", {}, "cannot be read"), (5, "files", True, "E is tied"),
        (0, "exam", "101", "cannot be read"), (0, "exam", "NaN", "cannot be read"),
        (0, "pseudonym", "B", "cannot be read"),
    ],
)  # fmt: skip
def test_a_changed_file_is_found_and_the_place_named(row: int, name: str, value: Any, said: str) -> None:
    made = published()
    made["rows"][row][name] = value
    assert said in ranking.first_difference(ranking.written(made))


def test_a_changed_seed_or_weight_is_found() -> None:
    for name, value in (("weights", {"exam": 40, "interview": 60}), ("reserves", 4), ("title", "Lain")):
        assert ranking.first_difference(ranking.written({**published(), name: value})) != ""


def test_a_row_taken_out_or_a_vacancy_hidden_is_found() -> None:
    made = published()
    assert "rows" in ranking.first_difference(json.dumps({**made, "rows": made["rows"][:-1]})) or "sha256" in (
        ranking.first_difference(json.dumps({**made, "rows": made["rows"][:-1]}))
    )
    assert "vacant" in ranking.first_difference(json.dumps({**made, "vacant": {"a": 1}}))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "lain"}', "\x00", '{"format": "pendamping-ranking/1"}'])
def test_what_is_no_such_file_is_said(text: str) -> None:
    assert ranking.first_difference(text) != ""


def test_the_rule_needs_no_django() -> None:
    code = "import sys; import pendamping.facilitators.rules.ranking; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
