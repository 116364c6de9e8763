"""Answers and counts as tables of cases."""

from __future__ import annotations

import pytest

from pendamping.benefits import rules
from pendamping.benefits.enums import Reason


@pytest.mark.parametrize(
    ("state", "answer", "words", "answered", "reason"),
    [
        ("completed", "yes", "", False, None),
        ("handed_over", "yes", "", False, None),
        ("running", "yes", "", False, Reason.NOT_COMPLETED),
        ("approved", "no", "Belum ada", False, Reason.NOT_COMPLETED),
        ("completed", "yes", "", True, Reason.ALREADY_ANSWERED),
        ("completed", "no", "  ", False, Reason.WORDS_NEEDED),
        ("completed", "partly", "", False, Reason.WORDS_NEEDED),
        ("completed", "partly", "Ujungnya belum", False, None),
    ],
)
def test_an_answer_needs_a_finished_work_and_words_when_it_falls_short(state, answer, words, answered, reason):
    verdict = rules.may_confirm(project_state=state, answer=answer, words=words, answered=answered)
    assert verdict.reason == reason


@pytest.mark.parametrize(
    ("state", "counted", "reason"),
    [
        ("completed", False, None),
        ("completed", True, Reason.ALREADY_COUNTED),
        ("running", False, Reason.NOT_COMPLETED),
    ],
)
def test_people_are_counted_once_after_completion(state, counted, reason):
    assert rules.may_count(project_state=state, counted=counted).reason == reason


@pytest.mark.parametrize(
    ("women", "men", "part", "method", "reason"),
    [
        (10, 5, 15, "Didatangi", None),
        (0, 0, 0, "Didatangi", Reason.NOBODY_REACHED),
        (10, 5, 16, "Didatangi", Reason.PARTS_TOO_LARGE),
        (10, 5, 1, " ", Reason.METHOD_NEEDED),
    ],
)
def test_figures_of_reach_make_sense(women, men, part, method, reason):
    assert rules.is_reach(women=women, men=men, parts=[("poor", part)], method=method).reason == reason


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (90, 90)])
def test_small_groups_are_not_shown(count, shown):
    assert rules.shown(count) == shown
