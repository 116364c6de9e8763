"""Stages, money and tranches as tables of cases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.delivery import rules
from pendamping.delivery.enums import Reason
from pendamping.planning.rules import Tranche, tranches

PATTERN = [[40, 0], [30, 50], [30, 100]]
PLAN = tranches(PATTERN, 50_000_000)
FACTS: dict[str, Any] = {
    "project_state": "running", "stage": 50, "live": {0: "verified"}, "photos": 1, "spent": 15_000_000,
    "spent_before": 0, "budget": 50_000_000, "paid": {1: 20_000_000}, "plan": PLAN,
}  # fmt: skip
OVER_RELEASED = Reason.SPENT_OVER_RELEASED
BOTH = {0: "verified", 50: "verified"}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, None),
        ({"project_state": "approved", "stage": 0, "live": {}, "paid": {}, "spent": 0}, None),
        ({"project_state": "approved", "stage": 0, "live": {}, "paid": {}, "spent": 20_000_000}, None),
        ({"project_state": "approved", "stage": 0, "live": {}, "paid": {}, "spent": 20_000_001}, OVER_RELEASED),
        ({"project_state": "returned"}, Reason.PROJECT_NOT_APPROVED),
        ({"project_state": "cancelled"}, Reason.PROJECT_NOT_APPROVED),
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
        ({"spent": 35_000_000}, None),
        ({"spent": 35_000_001}, OVER_RELEASED),
        ({"paid": {1: 10_000_000}, "spent": 35_000_000}, None),  # paid in part: the rest comes with the last one
        ({"stage": 100, "live": BOTH, "spent": 50_000_000, "paid": {1: 10_000_000, 2: 15_000_000}}, None),
        ({"stage": 100, "live": BOTH, "spent": 50_000_000, "plan": tranches([[50, 0], [50, 75]], 50_000_000)}, None),
        ({"plan": tranches([[100, 100]], 50_000_000), "paid": {}, "spent": 1}, OVER_RELEASED),
        ({"plan": tranches([[100, 100]], 50_000_000), "paid": {1: 50_000_000}}, None),
    ],
)
def test_a_report_keeps_the_order_of_stages_and_of_money(changed, reason):
    assert rules.may_report(**{**FACTS, **changed}).reason == reason


def test_a_refusal_says_by_how_much():
    verdict = rules.may_report(**{**FACTS, "spent": 36_500_000})
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


@given(
    shares=st.sampled_from([[100], [50, 50], [40, 30, 30], [34, 33, 33], [25, 25, 25, 25]]),
    needs=st.lists(st.sampled_from([0, 30, 50, 75, 100]), min_size=4, max_size=4),
    paid=st.sets(st.integers(1, 4)),
)
def test_what_was_reported_at_a_stage_can_always_be_reported_on(shares, needs, paid):
    plan = tranches(list(zip(shares, sorted(needs), strict=False)), 1_000_000)
    limits = [rules.spendable(stage=stage, paid=paid, plan=plan) for stage in rules.STAGES]
    assert limits == sorted(limits)
    assert limits[-1] == 1_000_000


@pytest.mark.parametrize(
    ("amount", "day", "reference", "reason"),
    [
        (20_000_000, 2, "SP2D-1", None),
        (1, 2, "SP2D-1", None),
        (1, 1, "SP2D-1", None),
        (0, 2, "SP2D-1", Reason.AMOUNT_NEEDED),
        (-5, 2, "SP2D-1", Reason.AMOUNT_NEEDED),
        (20_000_001, 2, "SP2D-1", Reason.OVER_TRANCHE),
        (20_000_000, 3, "SP2D-1", Reason.PAID_IN_FUTURE),
        (1, 2, " ", Reason.REFERENCE_MISSING),
    ],
)
def test_a_payment_is_no_more_than_its_tranche(amount, day, reference, reason):
    verdict = rules.may_pay_amount(
        tranche=1, amount=amount, limit=20_000_000, paid_on=date(2026, 3, day), approved_on=date(2026, 3, 1),
        today=date(2026, 3, 2), reference=reference,
    )  # fmt: skip
    assert verdict.reason == reason


def test_nothing_is_paid_before_the_approval():
    verdict = rules.may_pay_amount(
        tranche=1, amount=1, limit=1, paid_on=date(1990, 1, 1), approved_on=date(2026, 3, 1), today=date(2026, 3, 2),
        reference="SP2D-1",
    )  # fmt: skip
    assert verdict.reason == Reason.PAID_BEFORE_APPROVAL


@pytest.mark.parametrize(
    ("tranche", "is_voided", "words", "reason"),
    [
        (2, False, "Salah ketik", None),
        (1, False, "Salah ketik", Reason.VOID_ORDER),
        (2, True, "Salah ketik", Reason.VOIDED_ALREADY),
        (2, False, " ", Reason.VOID_REASON_MISSING),
    ],
)
def test_the_latest_payment_is_struck_first_and_with_words(tranche, is_voided, words, reason):
    assert rules.may_void(tranche=tranche, paid=[1, 2], is_voided=is_voided, reason=words).reason == reason


def test_the_last_tranche_takes_what_was_left_of_the_earlier_ones():
    assert rules.due(PLAN, {}) == Tranche(1, 20_000_000, 0)
    assert rules.due(PLAN, {1: 19_000_000, 2: 15_000_000}) == Tranche(3, 16_000_000, 100)
    assert rules.due(PLAN, {1: 1, 2: 1, 3: 1}) is None


@given(budget=st.integers(1, 10**12), first=st.integers(1, 98), second=st.integers(1, 98))
def test_tranches_always_make_the_budget_to_the_rupiah(budget, first, second):
    second = min(second, 99 - first)
    plan = tranches([[first, 0], [second, 50], [100 - first - second, 100]], budget)
    assert sum(tranche.amount for tranche in plan) == budget
    assert abs(plan[0].amount - budget * first / 100) <= 0.5 or budget > 10**9


@pytest.mark.parametrize(
    ("state", "reason", "expected"),
    [("reported", "Foto kabur", None), ("reported", " ", Reason.REASON_MISSING), ("verified", "x", Reason.NOT_WAITING)],
)
def test_a_report_goes_back_only_with_words(state, reason, expected):
    assert rules.may_return(state=state, reason=reason).reason == expected
