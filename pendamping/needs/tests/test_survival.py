"""Waits with open cases counted: against tables worked out by hand, and what must hold for any of them."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.needs.rules.survival import HALF, Step, curve, median

# Remission in weeks of 21 patients under 6-MP; Freireich et al. (1963), Blood 21, 699-716; "+" is open.
FREIREICH = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"

# Worked out by hand: five voices, one of them still open after three days.
#   day 1: 5 wait, 1 answered: 4/5            day 2: 4 wait, 1 answered: 4/5 · 3/4 = 3/5
#   day 3: one open so long                   day 5: 2 wait, 1 answered: 3/5 · 1/2 = 3/10
#   day 8: 1 waits, 1 answered: 0
BY_HAND = "1 2 3+ 5 8"


def cases(words: str) -> list[tuple[int, bool]]:
    return [(int(word.rstrip("+")), not word.endswith("+")) for word in words.split()]


def test_the_curve_worked_out_by_hand():
    fifths = Fraction(4, 5), Fraction(3, 5), Fraction(3, 10), Fraction(0)
    assert curve(cases(BY_HAND)) == [
        Step(1, 5, 1, fifths[0]), Step(2, 4, 1, fifths[1]), Step(5, 2, 1, fifths[2]), Step(8, 1, 1, fifths[3]),
    ]  # fmt: skip


def test_the_curve_of_the_published_example():
    found = {step.day: (step.at_risk, step.happened, round(float(step.share), 3)) for step in curve(cases(FREIREICH))}
    assert found == {
        6: (21, 3, 0.857), 7: (17, 1, 0.807), 10: (15, 1, 0.753), 13: (12, 1, 0.690), 16: (11, 1, 0.627),
        22: (7, 1, 0.538), 23: (6, 1, 0.448),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (BY_HAND, 5),  # the mean of the closed ones would say 4
        (FREIREICH, 23),
        ("", None),
        ("4+", None),
        ("4", 4),
        ("1 2 3 4", 2),  # exactly half answered by day 2
        ("1 2 3", 2),
        ("1 1 9+ 9+ 9+", None),  # three of five have waited nine days and wait on
        ("1 1 1 9+ 9+", 1),
        ("2 2+", 2),  # on one day, what happened counts before what is open
        ("0 0 0", 0),
    ],
)
def test_the_day_by_which_half_had_their_answer(words, days):
    assert median(cases(words)) == days


WAITS = st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=60)


@given(WAITS)
def test_the_share_still_waiting_only_falls_and_never_leaves_its_bounds(waits):
    shares = [step.share for step in curve(waits)]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share < 1 for share in shares)


@given(WAITS, st.randoms(use_true_random=False))
def test_the_order_of_the_cases_says_nothing(waits, random):
    mixed = list(waits)
    random.shuffle(mixed)
    assert curve(mixed) == curve(waits)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_with_nothing_open_it_is_the_middle_of_the_waits(days):
    assert median((one, True) for one in days) == sorted(days)[(len(days) - 1) // 2]


@given(st.lists(st.integers(0, 400), max_size=60))
def test_while_everything_is_open_nobody_knows(days):
    assert median((one, False) for one in days) is None


@given(WAITS, st.data())
def test_a_case_that_stays_open_never_makes_it_look_quicker(waits, data):
    closed = [place for place, (_days, happened) in enumerate(waits) if happened]
    if not closed:
        return
    place = data.draw(st.sampled_from(closed))
    opened = [(days, happened and here != place) for here, (days, happened) in enumerate(waits)]
    before, after = median(waits), median(opened)
    assert after is None or (before is not None and before <= after)


@given(WAITS)
def test_how_many_of_each_says_as_much_as_each(waits):
    assert curve(Counter(waits)) == curve(waits)


@given(WAITS)
def test_two_of_every_case_change_nothing(waits):
    assert [(step.day, step.share) for step in curve(waits * 2)] == [(step.day, step.share) for step in curve(waits)]


@given(WAITS)
def test_the_median_is_the_first_day_with_half_or_fewer_waiting(waits):
    found = median(waits)
    assert all((step.share <= HALF) == (found is not None and step.day >= found) for step in curve(waits))
