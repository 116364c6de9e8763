"""Scoring as arithmetic: sums, ranks, spread, one seat left out, and no order that turns when a loser goes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.deliberation.enums.matrices import MatrixReason
from pendamping.deliberation.rules import matrices as rules

ONE = {"a": 1}


def of(table: dict[str, dict[str, int]]) -> dict[str, dict[str, dict[str, int]]]:
    """Points by one criterion: seat → proposal → points."""
    return {seat: {item: {"a": points} for item, points in row.items()} for seat, row in table.items()}


def test_points_are_weighted_and_summed_over_seats() -> None:
    points = {"s": {"x": {"u": 5, "g": 1}, "y": {"u": 2, "g": 4}}, "t": {"x": {"u": 1, "g": 1}, "y": {"u": 3, "g": 3}}}
    rows = rules.ranking(points, {"u": 2, "g": 1}, ["x", "y"])
    assert [(row.item, row.rank, row.total) for row in rows] == [("y", 1, 17), ("x", 2, 14)]


def test_equal_sums_share_a_rank_and_the_next_is_skipped() -> None:
    rows = rules.ranking(of({"s": {"x": 3, "y": 4, "z": 3, "w": 1}}), ONE, ["x", "y", "z", "w"])
    assert [(row.item, row.rank) for row in rows] == [("y", 1), ("x", 2), ("z", 2), ("w", 4)]


def test_spread_is_least_most_and_the_middle_half() -> None:
    table = {f"s{place}": {"x": value, "y": 3} for place, value in enumerate((1, 2, 4, 5, 5))}
    row = next(one for one in rules.ranking(of(table), ONE, ["x", "y"]) if one.item == "x")
    assert (row.least, row.most, row.lower, row.middle, row.upper, row.iqr) == (1, 5, 2, 4, 5, 3)


@pytest.mark.parametrize(
    ("ordered", "at", "found"),
    [([1, 2, 3, 4], Fraction(1, 4), Fraction(7, 4)), ([7], Fraction(3, 4), Fraction(7)),
     ([1, 3], Fraction(1, 2), Fraction(2))],
)  # fmt: skip
def test_quantiles_lie_on_the_line_between_neighbours(ordered: list[int], at: Fraction, found: Fraction) -> None:
    assert rules.quantile(ordered, at) == found


def test_one_seat_left_out_may_change_the_order_and_that_is_said() -> None:
    rows = rules.ranking(of({"s": {"x": 5, "y": 1}, "t": {"x": 2, "y": 4}, "u": {"x": 2, "y": 3}}), ONE, ["x", "y"])
    assert [(row.item, row.rank, row.best, row.worst) for row in rows] == [("x", 1, 1, 2), ("y", 2, 1, 2)]
    assert rules.moved_by_one(rows) == 2
    steady = rules.ranking(of({name: {"x": 5, "y": 1} for name in "stu"}), ONE, ["x", "y"])
    assert (rules.moved_by_one(steady), steady[0].is_steady) == (0, True)


def test_among_two_seats_no_spread_tells_what_the_other_gave() -> None:
    rows = rules.ranking(of({"s": {"x": 5, "y": 1}, "t": {"x": 1, "y": 4}}), ONE, ["x", "y"])
    assert {(row.least, row.most, row.iqr, row.best, row.worst) for row in rows} == {(None,) * 5}
    assert rules.ranking({}, ONE, ["x", "y"]) == []


ITEMS = "pqrst"
SEATS = "abcd"
_whole = 2 * len(ITEMS) * len(SEATS)


def _points(drawn: bytes, seats: int) -> dict[str, dict[str, dict[str, int]]]:
    """One to four seats with points from 1 to 5."""
    rest = iter(drawn)
    return {seat: {item: {key: 1 + next(rest) % 5 for key in "ug"} for item in ITEMS} for seat in SEATS[:seats]}


@given(
    drawn=st.binary(min_size=_whole, max_size=_whole), seats=st.integers(1, len(SEATS)), gone=st.sampled_from(ITEMS),
    urgency=st.integers(0, 9),
)  # fmt: skip
def test_taking_a_proposal_off_never_swaps_two_others(drawn: bytes, seats: int, gone: str, urgency: int) -> None:
    points, weights = _points(drawn, seats), {"u": urgency, "g": 1}
    whole = {row.item: row for row in rules.ranking(points, weights, list(ITEMS))}
    left = {row.item: row for row in rules.ranking(points, weights, [item for item in ITEMS if item != gone])}
    for one in left:
        assert left[one].total == whole[one].total
        for other in left:
            before, after = (whole[one].rank - whole[other].rank), (left[one].rank - left[other].rank)
            assert (before > 0) == (after > 0)
            assert (before < 0) == (after < 0)


def test_where_normalising_swaps_two_others_fixed_scales_do_not() -> None:
    """The fault of SAW: stretched over the list (min–max), the last one's going turns the order of two others."""
    rows = {"x": (2, 3), "y": (3, 1), "w": (2, 4), "z": (1, 1)}
    left = {item: row for item, row in rows.items() if item != "z"}
    assert _saw(rows)["x"] > _saw(rows)["y"]
    assert _saw(left)["x"] < _saw(left)["y"]
    for kept in (rows, left):
        points = {"s": {item: dict(zip("ug", row, strict=True)) for item, row in kept.items()}}
        rank = {row.item: row.rank for row in rules.ranking(points, {"u": 1, "g": 1}, list(kept))}
        assert rank["x"] < rank["y"]


def _saw(rows: dict[str, tuple[int, int]]) -> dict[str, Fraction]:
    spans = [(min(column), max(column)) for column in zip(*rows.values(), strict=True)]
    return {
        item: Fraction(sum(Fraction(value - low, high - low) for value, (low, high) in zip(row, spans, strict=True)))
        for item, row in rows.items()
    }


LEVELS = [(points, f"kata {points}") for points in range(1, 6)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"levels": [(points - 1, words) for points, words in LEVELS]}, None),
        ({"levels": [(points + 1, words) for points, words in LEVELS]}, MatrixReason.LEVELS),
        ({"levels": LEVELS[:4]}, MatrixReason.LEVELS),
        ({"levels": [*LEVELS[:4], (5, "kata 1")]}, MatrixReason.LEVELS),
        ({"levels": [*LEVELS[:4], (5, " ")]}, MatrixReason.LEVELS),
        ({"title": " "}, MatrixReason.TITLE_MISSING),
        ({"known": ["swadaya"]}, MatrixReason.KEY_TAKEN),
        ({"weight": 10}, MatrixReason.WEIGHT_LARGE),
        ({"state": "frozen"}, MatrixReason.FROZEN),
    ],
)
def test_a_criterion_of_the_meeting(changes: dict[str, Any], reason: Any) -> None:
    facts = {"state": "draft", "key": "swadaya", "known": [], "title": "Swadaya", "levels": LEVELS, "weight": 2}
    assert rules.may_add_criterion(**{**facts, **changes}).reason == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({}, None), ({"weights": [0, 0]}, MatrixReason.NO_WEIGHT), ({"items": 1}, MatrixReason.TOO_FEW_PROPOSALS),
     ({"state": "frozen"}, MatrixReason.FROZEN)],
)  # fmt: skip
def test_fixing(changes: dict[str, Any], reason: Any) -> None:
    assert rules.may_freeze(**{"state": "draft", "weights": [1, 0], "items": 2, **changes}).reason == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({}, None), ({"waiting": ["2 (PKK)"]}, MatrixReason.SEATS_WAIT), ({"sent": 0}, MatrixReason.NOBODY_SENT),
     ({"is_as_fixed": False}, MatrixReason.CHANGED), ({"state": "draft"}, MatrixReason.NOT_FROZEN),
     ({"state": "closed"}, MatrixReason.CLOSED)],
)  # fmt: skip
def test_closing(changes: dict[str, Any], reason: Any) -> None:
    facts = {"state": "frozen", "waiting": [], "sent": 2, "is_as_fixed": True, **changes}
    assert rules.may_close(**facts).reason == reason


def test_the_digest_tells_every_change_of_what_is_fixed() -> None:
    criterion = {"key": "u", "title": {"id": "Mendesak"}, "help": {}, "levels": [], "weight": 1}
    known = rules.digest_of([criterion], ["U1", "U2"])
    assert known == rules.digest_of([dict(reversed(criterion.items()))], ["U1", "U2"])
    others = {
        rules.digest_of([{**criterion, "weight": 2}], ["U1", "U2"]), rules.digest_of([criterion], ["U2", "U1"]),
        rules.digest_of([{**criterion, "title": {"id": "Gawat"}}], ["U1", "U2"]), rules.digest_of([], ["U1", "U2"]),
    }  # fmt: skip
    assert known not in others
    assert len(others) == 4
