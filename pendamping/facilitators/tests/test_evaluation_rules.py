"""The arithmetic of evaluations and what its rules refuse: values in, numbers and verdicts out."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from pendamping.facilitators.enums.evaluations import EvaluationState, Reason
from pendamping.facilitators.rules import evaluations as rules
from pendamping.facilitators.rules.indicators import (
    Half,
    Judged,
    Span,
    Wait,
    half_of,
    joined,
    median_wait,
    points,
    read_half,
    score,
    share,
    waited,
    without,
)

WARD = "3278011001"
D = date


def over(*days: int) -> list[Wait]:
    return [Wait(one, True) for one in days]


def still(*days: int) -> list[Wait]:
    return [Wait(one, False) for one in days]


@pytest.mark.parametrize(
    ("waits", "median"),
    [
        ([], None),
        (over(3), (3, False)),
        (over(1, 2, 9), (2, False)),
        (over(1, 2, 8, 9), (2, False)),
        (over(1, 1, 1) + still(200), (1, False)),
        (over(1, 1) + still(100, 100, 100), (100, True)),  # the easy ones answered, the hard ones left
        (over(10, 10, 10, 10) + still(1, 1, 1, 1, 1, 1), (10, False)),  # a heap of fresh ones does not make it quick
        (still(5), (5, True)),
        (still(0, 0), (0, True)),
    ],
)
def test_the_median_counts_what_still_waits(waits: list[Wait], median: Any) -> None:
    assert median_wait(waits) == median


def test_leaving_a_case_open_never_makes_the_median_shorter() -> None:
    chance = random.Random(20260101)  # the same cases each time
    for _turn in range(400):
        waits = [Wait(chance.randint(0, 60), chance.random() < 0.7) for _one in range(chance.randint(1, 20))]
        place = chance.randrange(len(waits))
        known = waits[place]
        left_open = [*waits[:place], Wait(known.days + chance.randint(0, 90), False), *waits[place + 1 :]]
        before, after = median_wait(waits), median_wait(left_open)
        assert before is not None
        assert after is not None
        assert after[0] >= before[0]


@pytest.mark.parametrize(
    ("spans", "began", "ended", "wait"),
    [
        ([(1, 31)], 5, 9, Wait(4, True)),
        ([(1, 31)], 5, 5, Wait(0, True)),
        ([(1, 31)], 5, None, Wait(26, False)),
        ([(10, 31)], 5, 12, Wait(2, True)),  # taken over on the tenth: what lay before is nobody's account here
        ([(1, 10)], 5, 20, Wait(5, False)),  # answered by the successor: open as far as this person saw it
        ([(1, 4), (15, 31)], 3, 16, Wait(3, True)),  # the days of leave between do not count
        ([(1, 4)], 5, None, None),
        ([(10, 31)], 1, 5, None),
    ],
)
def test_a_wait_is_counted_in_days_on_duty(spans: list[Any], began: int, ended: int | None, wait: Wait | None) -> None:
    served = [Span(WARD, D(2026, 1, first), D(2026, 1, last)) for first, last in spans]
    end = D(2026, 1, ended) if ended else None
    assert waited(served, WARD + "001", D(2026, 1, began), end) == wait
    assert waited(served, "3278011002", D(2026, 1, began), end) is None


def test_spans_join_and_leave_is_cut_out() -> None:
    spans = [Span(WARD, D(2026, 1, 10), D(2026, 1, 20)), Span(WARD, D(2026, 1, 21), D(2026, 1, 31))]
    whole = joined([*spans, Span(WARD, D(2026, 3, 2), D(2026, 3, 1))])
    assert whole == (Span(WARD, D(2026, 1, 10), D(2026, 1, 31)),)
    assert without(whole, [(D(2026, 1, 12), D(2026, 1, 13))]) == (
        Span(WARD, D(2026, 1, 10), D(2026, 1, 11)),
        Span(WARD, D(2026, 1, 14), D(2026, 1, 31)),
    )
    assert without(whole, [(D(2025, 1, 1), D(2026, 12, 31))]) == ()


def test_half_years() -> None:
    assert (half_of(D(2026, 6, 30)), half_of(D(2026, 7, 1))) == (Half(2026, 1), Half(2026, 2))
    assert (str(Half(2026, 1)), Half(2026, 1).before, Half(2026, 2).before) == ("2026-1", Half(2025, 2), Half(2026, 1))
    assert read_half(" 2026-2 ") == Half(2026, 2)
    assert [read_half(text) for text in ("2026-3", "1999-1", "2026", "", "2026-1x")] == [None] * 5
    assert all(one.until < two.since for one, two in pairwise([Half(2025, 2), Half(2026, 1), Half(2026, 2)]))


def test_points_lie_on_a_line_between_the_bounds_whichever_is_larger() -> None:
    high = {"good": Decimal("0.9"), "poor": Decimal("0.4")}
    assert [points(Decimal(v), **high) for v in ("1", "0.9", "0.65", "0.4", "0")] == [100, 100, 50, 0, 0]
    low = {"good": Decimal(3), "poor": Decimal(21)}
    assert [points(Decimal(v), **low) for v in ("0", "3", "12", "21", "99")] == [100, 100, 50, 0, 0]
    assert (share(1, 3), share(0, 0)) == (Decimal("0.3333"), None)


def test_what_is_not_judged_passes_its_weight_on() -> None:
    values = [Judged(60, Decimal(80)), Judged(20, Decimal(40)), Judged(20, None)]
    found = score(values, judged_least=50)
    assert (found.total, found.judged_weight, found.whole_weight) == (Decimal("70.00"), 80, 100)


def test_too_little_judged_gives_no_total() -> None:
    assert score([Judged(49, Decimal(80)), Judged(51, None)], judged_least=50).total is None
    assert score([Judged(50, Decimal(80)), Judged(50, None)], judged_least=50).total == 80
    assert score([Judged(0, Decimal(80))], judged_least=0).total is None
    assert score([], judged_least=0).total is None


@pytest.mark.parametrize(
    ("office", "evaluated", "coached"),
    [("area_coordinator", 1, 1), ("city_coordinator", 2, 2), ("secretariat", 3, 1)],
)
def test_each_office_stands_above_those_below(office: str, evaluated: int, coached: int) -> None:
    assert (len(rules.evaluates(office)), len(rules.coaches(office))) == (evaluated, coached)
    assert office not in rules.evaluates(office)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"is_own": True}, Reason.NOT_ONESELF),
        ({"today": D(2026, 7, 3)}, Reason.NOT_OVER),
        ({"served": False}, Reason.NOT_SERVED),
        ({"has_rules": False}, Reason.NO_RULES),
        ({"known": "O1", "state": "draft"}, None),
        ({"known": "O1", "state": "shown"}, Reason.COMPUTED_ALREADY),
    ],
)
def test_may_compute(changes: dict[str, Any], reason: Reason | None) -> None:
    facts: dict[str, Any] = {
        "closes_on": D(2026, 7, 3), "today": D(2026, 7, 4), "is_own": False, "served": True, "has_rules": True,
        "since": D(2026, 1, 1), "known": "", "state": "", **changes,
    }  # fmt: skip
    assert rules.may_compute(**facts).reason == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"today": D(2026, 7, 20)}, None),
        ({"today": D(2026, 7, 21)}, Reason.REPLY_LATE),
        ({"is_own": False}, Reason.NOT_YOURS),
        ({"state": EvaluationState.REPLIED}, Reason.REPLIED_ALREADY),
        ({"state": EvaluationState.SETTLED}, Reason.NOT_SHOWN),
        ({"words": "  "}, Reason.WORDS_MISSING),
    ],
)
def test_may_reply(changes: dict[str, Any], reason: Reason | None) -> None:
    facts: dict[str, Any] = {
        "is_own": True, "state": EvaluationState.SHOWN, "state_label": "", "reply_by": D(2026, 7, 20),
        "today": D(2026, 7, 10), "words": "Benar", **changes,
    }  # fmt: skip
    assert rules.may_reply(**facts).reason == reason


SHOWN = rules.Hearing(EvaluationState.SHOWN, "", D(2026, 7, 20), computed_by=1, account=9)
REPLIED = rules.Hearing(EvaluationState.REPLIED, "", D(2026, 7, 20), computed_by=1, account=9)
SETTLED = rules.Hearing(EvaluationState.SETTLED, "", D(2026, 7, 20), computed_by=1, account=9)


@pytest.mark.parametrize(
    ("hearing", "actor", "today", "reason"),
    [
        (SHOWN, 2, D(2026, 7, 20), Reason.REPLY_OPEN),
        (SHOWN, 2, D(2026, 7, 21), None),
        (REPLIED, 2, D(2026, 7, 10), None),
        (REPLIED, 1, D(2026, 7, 10), Reason.COMPUTED_IT),
        (replace(REPLIED, has_others=False), 1, D(2026, 7, 10), None),
        (REPLIED, 9, D(2026, 7, 10), Reason.NOT_ONESELF),
        (SETTLED, 2, D(2026, 7, 10), Reason.NOT_SHOWN),
    ],
)
def test_may_settle(hearing: rules.Hearing, actor: int, today: date, reason: Reason | None) -> None:
    assert rules.may_settle(hearing, actor=actor, today=today, words="Ya").reason == reason


@pytest.mark.parametrize(
    ("hearing", "changes", "reason"),
    [
        (SETTLED, {}, None),
        (SETTLED, {"decided": "Renew"}, Reason.DECIDED_ALREADY),
        (SETTLED, {"actor": 1}, Reason.COMPUTED_IT),
        (SETTLED, {"reason": " "}, Reason.WORDS_MISSING),
        (SETTLED, {"outcome": "conditions"}, Reason.CONDITIONS_MISSING),
        (SETTLED, {"outcome": "conditions", "conditions": "Ikut pelatihan"}, None),
        (SETTLED, {"conditions": "Ikut pelatihan"}, Reason.CONDITIONS_UNWANTED),
        (REPLIED, {}, Reason.NOT_SETTLED),
        (SHOWN, {}, Reason.REPLY_OPEN),
    ],
)
def test_may_renew(hearing: rules.Hearing, changes: dict[str, Any], reason: Reason | None) -> None:
    facts: dict[str, Any] = {
        "actor": 2, "today": D(2026, 7, 10), "decided": "", "outcome": "renew", "reason": "Baik", "conditions": "",
        **changes,
    }  # fmt: skip
    assert rules.may_renew(hearing, **facts).reason == reason


def test_coaching_is_agreed_before_it_is_finished() -> None:
    agree = {"is_own": False, "done_on": None, "steps": "x", "due_on": D(2026, 8, 1), "today": D(2026, 7, 1)}
    assert rules.may_agree(**agree).allowed
    assert rules.may_agree(**{**agree, "is_own": True}).reason == Reason.NOT_ONESELF
    assert rules.may_agree(**{**agree, "due_on": D(2026, 6, 1)}).reason == Reason.DUE_PAST
    assert rules.may_agree(**{**agree, "steps": ""}).reason == Reason.WORDS_MISSING
    assert rules.may_agree(**{**agree, "done_on": D(2026, 6, 1)}).reason == Reason.COACHED_ALREADY
    finish = {"is_own": False, "is_agreed": True, "done_on": None, "result": "x"}
    assert rules.may_finish(**finish).allowed
    assert rules.may_finish(**{**finish, "is_agreed": False}).reason == Reason.STEPS_MISSING
    assert rules.may_finish(**{**finish, "is_own": True}).reason == Reason.NOT_ONESELF
    assert rules.may_finish(**{**finish, "result": ""}).reason == Reason.WORDS_MISSING
    assert rules.may_finish(**{**finish, "done_on": D(2026, 6, 1)}).reason == Reason.COACHED_ALREADY


def line(**changes: Any) -> rules.RuleLine:
    facts: dict[str, Any] = {"indicator": "a", "weight": 100, "sample_least": 3, "good": Decimal(1), "poor": Decimal(0)}
    return rules.RuleLine(**{**facts, **changes})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"legal_basis": ""}, Reason.BASIS_MISSING),
        ({"reason": ""}, Reason.CHANGE_REASON_MISSING),
        ({"valid_from": D(2026, 5, 31)}, Reason.RULES_BACKDATED),
        ({"holds_from": D(2026, 7, 1)}, Reason.RULES_OVERLAP),
        ({"lines": [line(weight=90)]}, Reason.WEIGHTS_NOT_WHOLE),
        ({"lines": [line(good=Decimal(0))]}, Reason.BOUNDS_EQUAL),
        ({"lines": [line(good=Decimal(2))]}, Reason.BOUNDS_WRONG),
        ({"lines": [line(indicator="b")]}, Reason.INDICATOR_UNKNOWN),
    ],
)
def test_may_set_rules(changes: dict[str, Any], reason: Reason | None) -> None:
    facts: dict[str, Any] = {
        "legal_basis": "Perwal", "reason": "x", "valid_from": D(2026, 7, 1), "holds_from": None,
        "today": D(2026, 6, 1), "lines": [line()], "units": {"a": "share"}, "labels": {"a": "A"}, **changes,
    }  # fmt: skip
    assert rules.may_set_rules(**facts).reason == reason
