"""Normalised gain, satisfaction, before and after, small groups: tables of cases."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pendamping.training.enums.effect import Change, GainLevel
from pendamping.training.rules import effect as rules
from pendamping.training.rules.small_groups import veiled

TODAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("before", "after", "gain"),
    [
        (40, 70, "0.50"), (0, 100, "1.00"), (50, 50, "0.00"), (80, 60, "-1.00"), (90, 40, "-5.00"), (100, 100, None),
        (100, 50, None), (33, 66, "0.49"),
    ],
)  # fmt: skip
def test_gain_of_one(before: int, after: int, gain: str | None) -> None:
    assert rules.gain(Decimal(before), Decimal(after)) == (None if gain is None else Decimal(gain))


def test_gain_of_a_course_is_of_the_averages() -> None:
    found = rules.gains(
        [(Decimal(40), Decimal(70)), (Decimal(80), Decimal(90)), (Decimal(60), Decimal(50))]
    )  # gains 0.5, 0.5, -0.25: their mean is 0.25
    assert (found.sample, found.before, found.after, found.of_averages) == (
        3,
        Decimal("60.0"),
        Decimal("70.0"),
        Decimal("0.25"),
    )
    assert (found.negative, found.level) == (1, None)


def test_full_marks_before_are_left_out_and_counted() -> None:
    found = rules.gains([(Decimal(100), Decimal(100)), (Decimal(100), Decimal(90)), (Decimal(50), Decimal(75))])
    assert (found.sample, found.full_before, found.of_averages) == (1, 2, Decimal("0.50"))
    assert rules.gains([(Decimal(100), Decimal(100))]) == rules.Gains(0, full_before=1)
    assert rules.gains([]) == rules.Gains(0)


@pytest.mark.parametrize(
    ("after", "level"),
    [
        (40, GainLevel.LOSS), (50, GainLevel.LOW), (64, GainLevel.LOW), (65, GainLevel.MEDIUM), (84, GainLevel.MEDIUM),
        (85, GainLevel.HIGH),
    ],
)  # fmt: skip
def test_levels_from_the_least_sample_on(after: int, level: GainLevel) -> None:
    assert rules.gains([(Decimal(50), Decimal(after))] * 10).level == level
    assert rules.gains([(Decimal(50), Decimal(after))] * 9).level is None


def test_satisfaction_is_shown_from_five_opinions_on() -> None:
    marks = [{"useful": 5, "clear": 3}, {"useful": 4}, {"useful": 4, "clear": 2}, {"useful": 3}]
    few = rules.satisfaction(marks, 8)
    assert (few.opinions, few.means, few.rate) == (4, None, Decimal("0.50"))
    enough = rules.satisfaction([*marks, {"useful": 2, "clear": 1}], 8)
    assert enough.means == {"useful": Decimal("3.6")}  # only three gave the other mark
    assert rules.satisfaction([], 0).rate is None


def test_both_sides_of_passing_are_equally_long() -> None:
    passed = {1: TODAY - timedelta(days=40)}
    days = [-41, -40, -1, 0, 1, 40]
    errors = [(1, passed[1] + timedelta(days=one)) for one in days] + [(2, TODAY)]
    found = rules.effect(passed, errors, TODAY)
    assert (found.learners, found.before, found.after, found.change) == (1, 2, 2, None)
    assert rules.effect({1: TODAY - timedelta(days=29)}, errors, TODAY) == rules.Effect(0, 0, 0, too_early=1)
    long_ago = rules.effect({1: TODAY - timedelta(days=300)}, [(1, TODAY)], TODAY)
    assert (long_ago.before, long_ago.after) == (0, 0)


@pytest.mark.parametrize(
    ("learners", "before", "after", "change"),
    [
        (5, 5, 4, Change.FEWER), (5, 5, 5, Change.SAME), (5, 5, 6, Change.MORE), (4, 9, 0, None), (5, 4, 0, None),
    ],
)  # fmt: skip
def test_effect_is_judged_on_enough(learners: int, before: int, after: int, change: Change | None) -> None:
    on = TODAY - timedelta(days=90)
    errors = [(0, on - timedelta(days=1))] * before + [(0, on + timedelta(days=1))] * after
    assert rules.effect(dict.fromkeys(range(learners), on), errors, TODAY).change == change


def test_errors_are_told_apart_by_the_day_of_passing() -> None:
    days = [TODAY - timedelta(days=n) for n in (30, 20, 10)]
    assert rules.told_apart(days, None) == rules.Since(0, 3)
    assert rules.told_apart(days, TODAY - timedelta(days=20)) == rules.Since(2, 1)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([9, 7, 6], [9, 7, 6]), ([9, 3, 6, 0], [9, None, None, 0]), ([2, 3, 9], [None, None, 9]), ([0, 0], [0, 0]),
        ([3], [None]), ([3, 0], [None, 0]), ([5, 4], [None, None]),
    ],
)  # fmt: skip
def test_small_groups_do_not_leave_the_office(counts: list[int], told: list[int | None]) -> None:
    assert veiled(counts) == told
