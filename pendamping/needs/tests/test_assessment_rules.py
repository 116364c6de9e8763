"""When a need is weighed, what its points come to, and when a criterion may be set."""

from __future__ import annotations

from datetime import date

import pytest

from pendamping.needs.enums.assessments import Reason
from pendamping.needs.rules import assessments as rules
from pendamping.needs.rules.assessments import Given, Part

FIVE = (1, 2, 3, 4, 5)
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ([], (0, 0, 0, 0, 0, None, None)),
        ([Part(1, 5, 1, 4)], (4, 5, 4, 4, 0, 4, 4)),
        ([Part(1, 5, 1, 5), Part(1, 5, 1, 1)], (6, 10, 6, 6, 0, 1, 5)),
        ([Part(1, 5, 3, 4), Part(1, 5, 1, 2)], (14, 20, 14, 14, 0, 2, 4)),  # a weight counts the points three times
        ([Part(1, 5, 1, 4), Part(1, 5, 2, None)], (4, 15, 6, 14, 1, 4, 4)),  # missing is never zero
        ([Part(0, 3, 1, 0)], (0, 3, 0, 0, 0, 0, 0)),  # and zero is never missing
        ([Part(1, 5, 1, None), Part(1, 5, 1, None)], (0, 10, 2, 10, 2, None, None)),
    ],
)
def test_sum_says_what_is_known_and_what_is_open(parts: list[Part], found: tuple[int | None, ...]) -> None:
    assert rules.sum_of(parts) == rules.Sum(*found)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "given", "reason"),
    [
        ("verified", [Given("urgency", FIVE, True, 5, "Banjir")], None),
        ("proposed", [Given("urgency", FIVE, True, 1, "Banjir")], None),
        ("open", [Given("urgency", FIVE, True, 5, "Banjir")], Reason.NOT_VERIFIED),
        ("answered", [Given("urgency", FIVE, True, 5, "Banjir")], Reason.ANSWERED),
        ("verified", [], Reason.NOTHING_SCORED),
        ("verified", [Given("luck", (), False, 5, "Banjir")], Reason.NOT_ASKED),
        ("verified", [Given("urgency", FIVE, True, 6, "Banjir")], Reason.NO_SUCH_LEVEL),
        ("verified", [Given("urgency", FIVE, True, 5, "  ")], Reason.REASON_MISSING),
        (
            "verified",
            [Given("urgency", FIVE, True, 5, "Ya"), Given("growth", FIVE, True, 0, "")],
            Reason.NO_SUCH_LEVEL,
        ),
    ],
)
def test_points_need_a_level_and_a_reason(state: str, given: list[Given], reason: Reason | None) -> None:
    assert rules.may_score(state=state, given=given).reason == reason


@pytest.mark.parametrize(
    ("state", "is_known", "words", "taken_on", "reason"),
    [
        ("verified", True, "", TODAY, None),
        ("proposed", False, "Di gerbang sekolah", date(2026, 3, 1), None),
        ("answered", True, "", TODAY, None),
        ("open", True, "", TODAY, Reason.NOT_VERIFIED),
        ("verified", False, " ", TODAY, Reason.VIEWPOINT_MISSING),
        ("verified", True, "", date(2026, 3, 3), Reason.DAY_AHEAD),
    ],
)
def test_a_view_has_a_point_and_a_day(
    state: str, is_known: bool, words: str, taken_on: date, reason: Reason | None
) -> None:
    verdict = rules.may_take_view(state=state, is_known=is_known, words=words, taken_on=taken_on, today=TODAY)
    assert verdict.reason == reason


@pytest.mark.parametrize(
    ("title", "levels", "reason"),
    [
        ("Mendesak", [(1, "Tidak"), (5, "Ya")], None),
        (" ", [(1, "Tidak"), (5, "Ya")], Reason.TITLE_MISSING),
        ("Mendesak", [(1, "Tidak")], Reason.LEVELS_FEW),
        ("Mendesak", [(1, "Tidak"), (1, "Ya")], Reason.LEVELS_FEW),
        ("Mendesak", [(1, "Tidak"), (2, " "), (3, "Ya")], Reason.LEVELS_FEW),
    ],
)
def test_a_criterion_has_a_name_and_levels(title: str, levels: list[tuple[int, str]], reason: Reason | None) -> None:
    assert rules.may_set_criterion(title=title, levels=levels).reason == reason


@pytest.mark.parametrize(
    ("begins", "is_used", "reason"),
    [
        (date(2026, 3, 3), True, None),
        (TODAY, True, Reason.IN_USE),
        (date(2026, 3, 1), True, Reason.IN_USE),
        (TODAY, False, None),
        (date(2026, 3, 1), False, Reason.BEGINS_EARLIER),
    ],
)
def test_a_version_in_use_is_not_written_over(begins: date, is_used: bool, reason: Reason | None) -> None:
    assert rules.may_replace(began=TODAY, begins=begins, is_used=is_used).reason == reason
