"""Working days, days off and pauses, case by case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.needs.enums.clock import Reason
from pendamping.needs.enums.conversations import PauseReason, Turn
from pendamping.needs.rules import clock
from pendamping.needs.rules.clock import Stretch

# March 2026: Idul Fitri, with the common leave around it (SKB 1497/2025): 18-24 March are days off.
OFF = frozenset(date(2026, 3, number) for number in (18, 19, 20, 21, 22, 23, 24))


def march(number: int) -> date:
    return date(2026, 3, number)


@pytest.mark.parametrize(
    ("begun", "days", "due"),
    [
        (march(2), 3, march(5)),  # Monday: Tuesday, Wednesday, Thursday
        (march(5), 1, march(6)),  # Thursday to Friday
        (march(6), 1, march(9)),  # Friday: the next working day is Monday
        (march(7), 1, march(9)),  # said on a Saturday
        (march(8), 5, march(13)),  # said on a Sunday: Monday to Friday
        (march(13), 3, march(25)),  # Friday 13th: 16, 17, then a week off, then Wednesday 25th
        (march(17), 5, march(31)),  # 25, 26, 27, 30, 31
        (march(18), 1, march(25)),  # begun on a day off
        (march(2), 0, march(2)),
    ],
)
def test_days_are_working_days_after_the_day_it_began(begun, days, due):
    assert clock.due_on(begun, days, off=OFF) == due


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([], march(5)),
        ([Stretch(march(3), march(4))], march(9)),  # Tuesday and Wednesday out: Thursday, Friday, Monday
        ([Stretch(march(7), march(8))], march(5)),  # a weekend takes nothing out
        ([Stretch(march(3), march(3)), Stretch(march(5), march(6))], march(10)),
        ([Stretch(march(3), march(5)), Stretch(march(4), march(5))], march(10)),  # two over the same days count once
        ([Stretch(march(4))], march(5)),  # open: it moves nothing until it ends
        ([Stretch(march(16), march(17))], march(5)),  # after the day it was due
        ([Stretch(date(2026, 2, 2), date(2026, 2, 20))], march(5)),  # before it began
    ],
)
def test_a_pause_that_has_ended_moves_the_day(pauses, due):
    assert clock.due_on(march(2), 3, off=OFF, pauses=pauses) == due


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (march(2), march(2), 0), (march(2), march(3), 1), (march(6), march(8), 0), (march(6), march(9), 1),
        (march(13), march(25), 3), (march(9), march(2), 0),
    ],
)  # fmt: skip
def test_working_days_between_two_days(since, until, days):
    assert clock.working_days(since, until, off=OFF) == days


@pytest.mark.parametrize(
    ("late", "turn"),
    [
        (0, None),
        (1, Turn.WARD),
        (3, Turn.WARD),
        (4, Turn.DISTRICT),
        (7, Turn.DISTRICT),
        (8, Turn.CITY),
        (90, Turn.CITY),
    ],
)
def test_what_is_late_goes_up_step_by_step(late, turn):
    assert clock.risen_to(late) == turn


@pytest.mark.parametrize(
    ("one", "other", "turn"),
    [
        (Turn.FACILITATOR, Turn.WARD, Turn.WARD), (Turn.CITY, Turn.WARD, Turn.CITY), (Turn.WARD, Turn.WARD, Turn.WARD),
        (Turn.RESIDENT, Turn.FACILITATOR, Turn.FACILITATOR),
    ],
)  # fmt: skip
def test_the_higher_of_two_offices(one, other, turn):
    assert clock.higher(one, other) == turn


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, None),
        ({"has_open": False}, Reason.NOTHING_RUNS),
        ({"is_paused": True}, Reason.ALREADY_PAUSED),
        ({"reason": PauseReason.OTHER}, Reason.PAUSE_WORDS_MISSING),
        ({"reason": PauseReason.OTHER, "words": " "}, Reason.PAUSE_WORDS_MISSING),
        ({"reason": PauseReason.OTHER, "words": "Jembatan putus"}, None),
    ],
)
def test_a_clock_is_paused_once_and_with_words_for_something_else(facts, reason):
    given = {"has_open": True, "is_paused": False, "reason": PauseReason.SITE, "words": ""}
    assert clock.may_pause(**{**given, **facts}).reason == reason


def test_only_what_stands_still_goes_on():
    assert clock.may_resume(is_paused=True)
    assert clock.may_resume(is_paused=False).reason == Reason.NOT_PAUSED


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(DAYS, st.integers(1, 90), st.frozensets(DAYS, max_size=30))
def test_as_many_working_days_pass_until_it_is_due_as_were_given(begun, days, off):
    due = clock.due_on(begun, days, off=off)
    assert clock.is_working_day(due, off)
    assert clock.working_days(begun, due, off=off) == days


@given(DAYS, st.integers(1, 30), DAYS, st.integers(0, 20))
def test_a_pause_never_brings_the_day_nearer(begun, days, first, length):
    pause = Stretch(first, first + timedelta(days=length))
    assert clock.due_on(begun, days, off=OFF, pauses=[pause]) >= clock.due_on(begun, days, off=OFF)
