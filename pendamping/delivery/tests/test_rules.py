"""Stages, money and tranches as tables of cases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.delivery import rules
from pendamping.delivery.enums import Reason

PATTERN = [[40, 0], [30, 50], [30, 100]]
PLAN = rules.tranches(PATTERN, 50_000_000)
FACTS: dict[str, Any] = {
    "project_state": "running", "stage": 50, "live": {0: "verified"}, "photos": 1, "spent": 15_000_000,
    "spent_before": 0, "budget": 50_000_000, "paid": 20_000_000, "plan": PLAN,
}  # fmt: skip
BOTH = {0: "verified", 50: "verified"}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, None),
        ({"project_state": "approved", "stage": 0, "live": {}, "paid": 0, "spent": 0}, None),
        ({"project_state": "approved", "stage": 0, "live": {}, "paid": 0, "spent": 1_000_000}, None),
        ({"project_state": "prepared"}, Reason.PROJECT_NOT_APPROVED),
        ({"project_state": "completed"}, Reason.PROJECT_FINISHED),
        ({"project_state": "handed_over"}, Reason.PROJECT_FINISHED),
        ({"stage": 0}, Reason.STAGE_ALREADY),
        ({"live": {0: "reported"}}, Reason.STAGE_TOO_EARLY),
        ({"live": {}}, Reason.STAGE_TOO_EARLY),
        ({"stage": 100}, Reason.STAGE_TOO_EARLY),
        ({"photos": 0}, Reason.PHOTO_MISSING),
        ({"spent": 50_000_001}, Reason.SPENT_OVER_BUDGET),
        ({"spent_before": 15_000_001}, Reason.SPENT_LESS_THAN_BEFORE),
        ({"spent": 20_000_000}, None),
        ({"spent": 20_000_001}, Reason.SPENT_OVER_PAID),
        ({"stage": 100, "live": BOTH, "spent": 50_000_000, "paid": 35_000_000}, None),
        ({"stage": 100, "live": BOTH, "spent": 35_000_001, "paid": 20_000_000}, Reason.SPENT_OVER_PAID),
        ({"plan": rules.tranches([[100, 100]], 50_000_000), "paid": 0}, None),
    ],
)
def test_a_report_keeps_the_order_of_stages_and_of_money(changed, reason):
    assert rules.may_report(**{**FACTS, **changed}).reason == reason


def test_a_refusal_says_by_how_much():
    verdict = rules.may_report(**{**FACTS, "spent": 21_500_000})
    assert verdict.field == "spent"
    assert verdict.params["over_rupiah"] == 1_500_000


@pytest.mark.parametrize(
    ("state", "live", "reason"),
    [
        ("approved", {}, None),
        ("running", {0: "verified"}, None),
        ("prepared", {}, Reason.PROJECT_NOT_APPROVED),
        ("running", {0: "reported"}, Reason.STAGE_TOO_EARLY),
        ("running", {**BOTH, 100: "reported"}, Reason.STAGE_ALREADY),
        ("handed_over", {**BOTH, 100: "verified"}, Reason.PROJECT_FINISHED),
    ],
)
def test_whether_anything_can_be_written_now(state, live, reason):
    assert rules.may_write(project_state=state, live=live).reason == reason


@pytest.mark.parametrize(
    ("tranche", "paid", "verified", "reason"),
    [
        (1, [], 0, None),
        (1, [], None, Reason.TRANCHE_TOO_EARLY),
        (2, [1], 50, None),
        (2, [1], 0, Reason.TRANCHE_TOO_EARLY),
        (2, [], 50, Reason.TRANCHE_ORDER),
        (1, [1], 50, Reason.TRANCHE_ALREADY),
        (3, [1, 2], 100, None),
        (3, [1, 2], 50, Reason.TRANCHE_TOO_EARLY),
        (4, [1, 2, 3], 100, Reason.TRANCHE_UNKNOWN),
        (0, [], 100, Reason.TRANCHE_UNKNOWN),
    ],
)
def test_a_tranche_waits_for_its_turn_and_its_progress(tranche, paid, verified, reason):
    assert rules.may_pay(plan=PLAN, tranche=tranche, paid=paid, verified=verified).reason == reason


@pytest.mark.parametrize(
    ("amount", "day", "reason"),
    [
        (20_000_000, 2, None),
        (1, 2, None),
        (0, 2, Reason.AMOUNT_NEEDED),
        (-5, 2, Reason.AMOUNT_NEEDED),
        (20_000_001, 2, Reason.OVER_TRANCHE),
        (20_000_000, 3, Reason.PAID_IN_FUTURE),
    ],
)
def test_a_payment_is_no_more_than_its_tranche(amount, day, reason):
    verdict = rules.may_pay_amount(
        tranche=1, amount=amount, limit=20_000_000, paid_on=date(2026, 3, day), today=date(2026, 3, 2)
    )
    assert verdict.reason == reason


def test_the_last_tranche_takes_what_was_left_of_the_earlier_ones():
    assert rules.due(PLAN, {}) == rules.Tranche(1, 20_000_000, 0)
    assert rules.due(PLAN, {1: 19_000_000, 2: 15_000_000}) == rules.Tranche(3, 16_000_000, 100)
    assert rules.due(PLAN, {1: 1, 2: 1, 3: 1}) is None


@given(budget=st.integers(1, 10**12), first=st.integers(1, 98), second=st.integers(1, 98))
def test_tranches_always_make_the_budget_to_the_rupiah(budget, first, second):
    second = min(second, 99 - first)
    plan = rules.tranches([[first, 0], [second, 50], [100 - first - second, 100]], budget)
    assert sum(tranche.amount for tranche in plan) == budget
    assert abs(plan[0].amount - budget * first / 100) <= 0.5 or budget > 10**9


@pytest.mark.parametrize(
    ("state", "reason", "expected"),
    [("reported", "Foto kabur", None), ("reported", " ", Reason.REASON_MISSING), ("verified", "x", Reason.NOT_WAITING)],
)
def test_a_report_goes_back_only_with_words(state, reason, expected):
    assert rules.may_return(state=state, reason=reason).reason == expected
