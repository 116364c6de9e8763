"""Rules of planning as tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pendamping.planning import rules
from pendamping.planning.enums import ProjectState, Reason
from pendamping.planning.rules import Room, Share

INFRA, EMPOWER = "infrastructure", "empowerment"
SHARES = {INFRA: Share(3000, 6000), EMPOWER: Share(4000, 7000)}
PATTERN = [[40, 0], [30, 50], [30, 100]]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"holds_from": date(2026, 1, 1)}, None),
        ({"holds_from": date(2026, 7, 1)}, Reason.RULES_OVERLAP),
        ({"level": "district"}, Reason.NOT_A_CITY),
        ({"legal_basis": " "}, Reason.BASIS_MISSING),
        ({"default_ceiling": -1}, Reason.AMOUNT_NEGATIVE),
        ({"shares": {INFRA: Share(6000, 3000), EMPOWER: Share()}}, Reason.SHARES_IMPOSSIBLE),
        ({"shares": {INFRA: Share(6000, 7000), EMPOWER: Share(4100, 7000)}}, Reason.SHARES_IMPOSSIBLE),
        ({"shares": {INFRA: Share(0, 4000), EMPOWER: Share(0, 5999)}}, Reason.SHARES_IMPOSSIBLE),
        ({"tranches": [[40, 0], [30, 50]]}, Reason.TRANCHES_NOT_WHOLE),
        ({"tranches": []}, Reason.TRANCHES_NOT_WHOLE),
        ({"tranches": [[40, 50], [60, 0]]}, Reason.TRANCHES_OUT_OF_ORDER),
        ({"tranches": [[100, 101]]}, Reason.TRANCHES_OUT_OF_ORDER),
        ({"tranches": [[0, 0], [100, 50]]}, Reason.TRANCHES_OUT_OF_ORDER),
    ],
)
def test_may_set_rules(changes: dict[str, Any], reason: Reason | None) -> None:
    facts = {
        "level": "city", "legal_basis": "Perwal 1/2026", "valid_from": date(2026, 7, 1), "holds_from": None,
        "default_ceiling": 250_000_000, "shares": SHARES, "tranches": PATTERN,
    }  # fmt: skip
    assert rules.may_set_rules(**{**facts, **changes}).reason == reason


@pytest.mark.parametrize(
    ("infra", "empower", "most"),
    [
        (Share(3000, 6000), Share(4000, 7000), 6000),
        (Share(3000, 7500), Share(4000, 7000), 6000),  # the other stream's least binds
        (Share(0, 5000), Share(0, 10_000), 5000),
    ],
)
def test_largest_share(infra: Share, empower: Share, most: int) -> None:
    assert Room(100, {}, {INFRA: infra, EMPOWER: empower}).most_share(INFRA) == most


@pytest.mark.parametrize(
    ("budget", "agreed", "planned", "reason", "over"),
    [
        (150_000_000, 150_000_000, {}, None, None),
        (150_000_001, 150_000_001, {}, Reason.OVER_SHARE, 1),
        (60_000_000, 90_000_000, {INFRA: 100_000_000}, Reason.OVER_SHARE, 10_000_000),
        (60_000_000, 50_000_000, {}, Reason.OVER_DECISION, 10_000_000),
        (90_000_000, 90_000_000, {EMPOWER: 170_000_000}, Reason.OVER_CEILING, 10_000_000),
        (80_000_000, 90_000_000, {EMPOWER: 170_000_000}, None, None),
        (0, 90_000_000, {}, Reason.BUDGET_NEEDED, None),
    ],
)
def test_fits(budget: int, agreed: int, planned: dict[str, int], reason: Reason | None, over: int | None) -> None:
    verdict = rules.fits(budget=budget, agreed=agreed, stream=INFRA, room=Room(250_000_000, planned, SHARES))
    assert (verdict.reason, verdict.params.get("over_rupiah")) == (reason, over)


def test_refusal_says_by_how_much() -> None:
    verdict = rules.fits(budget=160_000_000, agreed=200_000_000, stream=INFRA, room=Room(250_000_000, {}, SHARES))
    assert "Rp\u00a010.000.000" in verdict.message
    assert "60 %" in verdict.message


amounts = some.integers(min_value=0, max_value=10**12)


@given(amounts, amounts, amounts, some.integers(min_value=1, max_value=10**12))
def test_what_is_left_is_exactly_what_fits(ceiling: int, infra: int, empower: int, budget: int) -> None:
    room = Room(ceiling, {INFRA: infra, EMPOWER: empower}, SHARES)
    fits = bool(rules.fits(budget=budget, agreed=budget, stream=INFRA, room=room))
    assert fits == (budget <= room.left_for(INFRA))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "reason"),
    [
        (date(2026, 4, 1), date(2026, 4, 1), None),
        (date(2026, 4, 2), date(2026, 4, 1), Reason.DATES_REVERSED),
        (date(2025, 12, 1), date(2026, 4, 1), Reason.OUTSIDE_YEAR),
        (date(2026, 12, 1), date(2027, 1, 1), Reason.OUTSIDE_YEAR),
    ],
)
def test_is_dated(starts_on: date, ends_on: date, reason: Reason | None) -> None:
    assert rules.is_dated(starts_on=starts_on, ends_on=ends_on, fiscal_year=2026).reason == reason


def test_states_go_one_step_and_never_back() -> None:
    order = [state for state in ProjectState if state not in (ProjectState.RETURNED, ProjectState.CANCELLED)]
    for place, state in enumerate(order):
        for to_place, to in enumerate(order[1:], start=1):
            assert bool(rules.may_move(state=state, to=to)) == (to_place == place + 1)


@pytest.mark.parametrize("state", list(ProjectState))
def test_only_a_waiting_plan_is_returned_and_only_before_approval_is_it_repaired(state: ProjectState) -> None:
    assert bool(rules.may_move(state=state, to=ProjectState.RETURNED)) == (state == ProjectState.PREPARED)
    assert bool(rules.is_unapproved(state=state)) == (state in ("prepared", "returned"))


@pytest.mark.parametrize(("share", "text"), [(6000, "60 %"), (3350, "33.5 %"), (10_000, "100 %")])
def test_percent(share: int, text: str) -> None:
    assert rules.percent(share) == text
