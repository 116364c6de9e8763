"""The rules of rounds, applications and the file check, as tables of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pendamping.facilitators.queries.numbers import FEW, suppress, total_of
from pendamping.facilitators.rules import applications, checks, rounds
from pendamping.facilitators.rules.checks import Checked
from pendamping.facilitators.rules.rounds import Gate

DAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 3, tzinfo=UTC)
GATE = Gate(stage="draft", today=DAY, opens_on=DAY, closes_on=date(2026, 3, 20), posts=1, requirements=4, now=NOW)
PARTY = Checked("partai", True, True)


def code(verdict: Any) -> str:
    return "" if verdict else str(verdict.reason.value)


@pytest.mark.parametrize(
    ("gate", "to", "expected"),
    [
        (GATE, "open", ""),
        (GATE, "checking", "round_not_next"),
        (replace(GATE, has_basis=False), "open", "round_no_basis"),
        (replace(GATE, posts=0), "open", "round_no_posts"),
        (replace(GATE, requirements=0), "open", "round_no_requirements"),
        (replace(GATE, opens_on=date(2026, 3, 11)), "open", "round_too_early"),
        (replace(GATE, closes_on=date(2026, 3, 9)), "open", "round_opens_too_late"),
        (replace(GATE, stage="open"), "checking", "round_too_early"),
        (replace(GATE, stage="open", closes_on=date(2026, 3, 9)), "checking", ""),
        (replace(GATE, stage="open", closes_on=date(2026, 3, 9), change_version=2), "checking",
         "round_change_unfinished"),
        (replace(GATE, stage="checking", unchecked=2), "testing", "round_unchecked"),
        (replace(GATE, stage="checking"), "testing", ""),
        (replace(GATE, stage="testing", untested=1), "interviewing", "round_untested"),
        (replace(GATE, stage="testing", is_sealed=True), "interviewing", "round_sealed"),
        (replace(GATE, stage="testing"), "interviewing", ""),
        (replace(GATE, stage="interviewing", unscored=1), "ranked", "round_unscored"),
        (replace(GATE, stage="interviewing"), "ranked", "round_not_ranked"),
        (replace(GATE, stage="interviewing", ranking_version=1), "ranked", ""),
        (replace(GATE, stage="ranked"), "final", "round_no_window"),
        (replace(GATE, stage="ranked", objections_until=NOW), "final", "round_window_open"),
        (replace(GATE, stage="ranked", objections_until=datetime(2026, 3, 9, tzinfo=UTC)), "final", ""),
        (replace(GATE, stage="ranked", objections_until=datetime(2026, 3, 9, tzinfo=UTC), untested=1), "final",
         "round_untested"),
        (replace(GATE, stage="final"), "final", "round_no_next"),
        (replace(GATE, stage="cancelled"), "open", "round_no_next"),
    ],
)  # fmt: skip
def test_a_round_goes_on_only_when_nothing_is_missing(gate: Gate, to: str, expected: str) -> None:
    assert code(rounds.may_advance(gate, to=to)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"closes_on": date(2026, 3, 1)}, "round_dates"),
        ({"exam_weight": 70}, "round_weights"),
        ({"tie_rule": ["exam", "exam"]}, "round_tie_rule"),
        ({"later": [("a", date(2026, 4, 1)), ("b", None), ("c", date(2026, 3, 25))]}, "round_calendar"),
        ({"later": [("a", date(2026, 3, 19))]}, "round_calendar"),
    ],
)
def test_facts_of_a_round_fit_together(changes: dict[str, Any], expected: str) -> None:
    facts: dict[str, Any] = {
        "opens_on": DAY, "closes_on": date(2026, 3, 20), "later": [], "exam_weight": 60, "interview_weight": 40,
        "tie_rule": ["exam", "older"],
    }  # fmt: skip
    assert code(rounds.is_sound(**{**facts, **changes})) == expected


@pytest.mark.parametrize(
    ("stage", "day", "expected"),
    [
        ("open", 10, ""),
        ("open", 20, ""),  # the last day counts to its end
        ("open", 21, "application_closed"),
        ("open", 9, "application_not_open"),
        ("draft", 12, "application_not_open"),
        ("checking", 12, "application_not_open"),
    ],
)
def test_registration_is_open_from_first_to_last_day(stage: str, day: int, expected: str) -> None:
    verdict = applications.is_open(stage=stage, today=date(2026, 3, day), opens_on=DAY, closes_on=date(2026, 3, 20))
    assert code(verdict) == expected


@pytest.mark.parametrize(
    ("missing", "verified", "others", "expected"),
    [
        ([], True, 0, ""),
        (["NIK"], True, 0, "application_incomplete"),
        ([], False, 1, "application_unverified"),  # nobody unverified learns who applied
        ([], True, 1, "application_nik_twice"),
    ],
)
def test_handing_in_needs_everything(missing: list[str], verified: bool, others: int, expected: str) -> None:
    assert code(applications.may_submit(missing=missing, is_verified=verified, others_with_nik=others)) == expected


@pytest.mark.parametrize(
    ("checked", "is_open", "is_failed"),
    [
        (PARTY, True, False),
        (replace(PARTY, right="yes"), True, False),  # the independent check is missing
        (replace(PARTY, right="yes", second="clear"), False, False),
        (replace(PARTY, right="yes", second="found"), False, True),
        (replace(PARTY, right="unclear", second="clear"), True, False),
        (replace(PARTY, right="no"), False, True),
        (replace(PARTY, second="clear"), True, False),
        (replace(PARTY, needs_second_check=False, right="yes"), False, False),
    ],
)
def test_second_check_keeps_a_requirement_open(checked: Checked, is_open: bool, is_failed: bool) -> None:
    assert (checked.is_open, checked.is_failed) == (is_open, is_failed)
    assert checks.has_passed([checked]) == (not is_open and not is_failed)


def test_concluding_needs_nothing_open_unless_something_decides() -> None:
    good, bad = replace(PARTY, right="yes", second="clear"), replace(PARTY, right="no", reason="x")
    noted = replace(bad, is_disqualifying=False)
    assert code(checks.may_conclude([good, PARTY], is_concluded=False)) == "check_still_open"
    assert code(checks.may_conclude([noted, PARTY], is_concluded=False)) == "check_still_open"
    assert code(checks.may_conclude([bad, PARTY], is_concluded=False)) == ""
    assert code(checks.may_conclude([bad, PARTY], is_concluded=True)) == "check_concluded"
    assert (checks.has_passed([bad, PARTY]), checks.has_passed([good, noted])) == (False, True)


@pytest.mark.parametrize(
    ("checked", "is_unlooked"),
    [
        (PARTY, True),
        (replace(PARTY, right="unclear", second="clear"), True),
        (replace(PARTY, right="no"), True),  # what the register says was never asked
        (replace(PARTY, right="no", second="found"), False),
        (replace(PARTY, right="no", needs_second_check=False), False),
        (replace(PARTY, right="yes"), True),
    ],
)
def test_what_was_never_looked_at(checked: Checked, is_unlooked: bool) -> None:
    assert checked.is_unlooked == is_unlooked


@pytest.mark.parametrize(
    ("concluded", "decided", "expected"),
    [(None, 1, ""), (2, None, ""), (2, 3, ""), (2, 2, "check_concluded"), (2, 1, "check_concluded")],
)
def test_after_the_conclusion_only_what_was_left_open_is_decided(
    concluded: int | None, decided: int | None, expected: str
) -> None:
    moments = [datetime(2026, 3, 1, hour or 0, tzinfo=UTC) if hour else None for hour in (concluded, decided)]
    assert code(checks.was_left_open(concluded_at=moments[0], decided_at=moments[1])) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"is_there": False}, "check_not_there"),
        ({"right": "no"}, "check_reason"),
        ({"right": "no", "reason": "buram"}, ""),
        ({"right": "unclear", "reason": "buram"}, "check_clarify_day"),
        ({"right": "unclear", "reason": "buram", "answer_until": DAY}, "check_clarify_day"),
        ({"right": "unclear", "reason": "buram", "answer_until": date(2026, 3, 12)}, ""),
        ({"right": "no", "reason": "x", "asked_until": date(2026, 3, 12)}, "check_answer_pending"),
        ({"right": "no", "reason": "x", "asked_until": date(2026, 3, 12), "is_answered": True}, ""),
        ({"right": "no", "reason": "x", "asked_until": date(2026, 3, 9)}, ""),
        ({"right": "no", "reason": "x", "asked_until": date(2026, 3, 9), "is_taken_back": True}, "check_ask_again"),
        ({"right": "no", "reason": "x", "asked_until": DAY, "is_taken_back": True, "is_answered": True}, ""),
        ({"right": "no", "reason": "x", "is_taken_back": True}, ""),
    ],
)
def test_a_check_is_whole(changes: dict[str, Any], expected: str) -> None:
    facts: dict[str, Any] = {
        "is_there": True, "right": "yes", "reason": "", "today": DAY, "answer_until": None, "asked_until": None,
        "is_answered": False, "is_taken_back": False,
    }  # fmt: skip
    assert code(checks.is_whole_check(**{**facts, **changes})) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"stage": "open"}, "check_not_now"),
        ({"state": "withdrawn"}, "check_not_submitted"),
        ({"is_concluded": True}, "check_concluded"),
        ({"is_concluded": True, "is_reopened": True, "stage": "ranked"}, ""),
        ({"is_concluded": True, "is_reopened": True, "handled_by": {1}}, "check_own_entry"),
        ({"handled_by": {1, 3}}, "check_own_entry"),
        ({"handled_by": set(), "checker": None}, ""),
    ],
)
def test_who_may_check_when(changes: dict[str, Any], expected: str) -> None:
    facts: dict[str, Any] = {
        "stage": "checking", "stage_label": "x", "state": "submitted", "checker": 1, "handled_by": {2},
        "is_concluded": False, "is_reopened": False,
    }  # fmt: skip
    assert code(checks.may_check(**{**facts, **changes})) == expected


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([0, 7, 12], [0, 7, 12]),
        ([3, 7, 12], [FEW, FEW, 12]),  # a single hidden cell could be told from the sum
        ([3, 4, 12], [FEW, FEW, 12]),
        ([3], [FEW]),
        ([3, 0], [FEW, 0]),
        ([], []),
    ],
)
def test_small_groups_are_not_told(numbers: list[int], shown: list[Any]) -> None:
    assert suppress(numbers) == shown


def test_a_sum_is_told_only_when_all_of_it_is() -> None:
    assert (total_of([5, 6]), total_of([FEW, 6]), total_of([None, None])) == (11, FEW, None)
