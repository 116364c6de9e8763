"""Handover and inspection as tables of cases."""

from __future__ import annotations

from datetime import date

import pytest

from pendamping.assets import rules
from pendamping.assets.enums import Reason

TODAY = date(2026, 7, 1)
WORDS = {"number": "BAST-1", "giver": "Pokmas", "custodian": "RW 005", "name": "Drainase", "place": "Gang Mawar"}
HANDOVER = {
    "words": WORDS, "value": 1, "budget": 50_000_000, "handed_over_on": date(2026, 6, 30),
    "completed_on": date(2026, 6, 1),
    "next_inspection_on": date(2026, 12, 30), "today": TODAY,
}  # fmt: skip
INSPECTION = {
    "inspected_on": TODAY, "built_on": date(2026, 5, 1), "last_on": date(2026, 6, 1), "condition": "good",
    "finding": "", "photos": 1,
    "next_inspection_on": date(2027, 1, 1), "today": TODAY,
}  # fmt: skip


@pytest.mark.parametrize(
    ("state", "stream", "reason"),
    [
        ("completed", "infrastructure", None),
        ("running", "infrastructure", Reason.NOT_COMPLETED),
        ("prepared", "infrastructure", Reason.NOT_COMPLETED),
        ("handed_over", "infrastructure", Reason.ALREADY_HANDED_OVER),
        ("completed", "empowerment", Reason.EMPOWERMENT_HAS_NO_ASSET),
    ],
)
def test_only_completed_infrastructure_is_handed_over(state, stream, reason):
    assert rules.may_hand_over(project_state=state, stream=stream).reason == reason


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, None),
        *(
            ({"words": {**WORDS, name: " "}}, Reason.WORDS_MISSING if name != "custodian" else Reason.CUSTODIAN_NEEDED)
            for name in WORDS
        ),
        ({"value": 0}, Reason.VALUE_NEEDED),
        ({"value": 500_000_000}, None),
        ({"value": 500_000_001}, Reason.VALUE_UNLIKELY),
        ({"handed_over_on": date(2026, 7, 2)}, Reason.HANDED_OVER_IN_FUTURE),
        ({"handed_over_on": date(2026, 5, 31)}, Reason.HANDED_OVER_TOO_EARLY),
        ({"next_inspection_on": date(2026, 6, 30)}, Reason.NEXT_INSPECTION_PAST),
    ],
)
def test_the_facts_of_a_handover_hold_together(changed, reason):
    assert rules.is_handover(**{**HANDOVER, **changed}).reason == reason


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, None),
        ({"last_on": None}, None),
        ({"last_on": None, "inspected_on": date(2026, 4, 30)}, Reason.INSPECTED_BEFORE_BUILT),
        ({"inspected_on": date(2026, 7, 2)}, Reason.INSPECTED_IN_FUTURE),
        ({"inspected_on": date(2026, 5, 1)}, Reason.INSPECTED_BEFORE_LAST),
        ({"condition": "light_damage"}, Reason.FINDING_MISSING),
        ({"condition": "heavy_damage", "finding": "Retak"}, None),
        ({"photos": 0}, Reason.PHOTO_MISSING),
        ({"next_inspection_on": TODAY}, Reason.NEXT_INSPECTION_PAST),
    ],
)
def test_the_facts_of_an_inspection_hold_together(changed, reason):
    assert rules.is_inspection(**{**INSPECTION, **changed}).reason == reason


@pytest.mark.parametrize(
    ("day", "condition", "due"),
    [(date(2026, 7, 1), "good", True), (date(2026, 7, 2), "good", False), (date(2026, 1, 1), "gone", False)],
)
def test_what_is_gone_needs_no_further_round(day, condition, due):
    assert rules.is_due(next_inspection_on=day, condition=condition, today=TODAY) is due
