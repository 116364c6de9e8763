"""When finished work may be handed over, what an inspection needs, and when an asset is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pendamping.assets.enums import Condition, Reason
from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.needs.enums.menu import Stream
from pendamping.planning.enums import ProjectState

UNLIKELY = 10  # a value so many times the budget is a typing mistake: what residents add is a part of a work


def may_hand_over(*, project_state: str, stream: str) -> Verdict:
    """Can this project become an asset now?"""
    if stream == Stream.EMPOWERMENT:
        return refused(Reason.EMPOWERMENT_HAS_NO_ASSET)
    if project_state == ProjectState.HANDED_OVER:
        return refused(Reason.ALREADY_HANDED_OVER)
    return ALLOWED if project_state == ProjectState.COMPLETED else refused(Reason.NOT_COMPLETED)


def is_handover(
    *,
    words: Mapping[str, str],
    value: int,
    budget: int,
    handed_over_on: date,
    completed_on: date | None,
    next_inspection_on: date,
    today: date,
) -> Verdict:
    """Do the facts of a handover hold together? `words` maps a field to what was written there: none may be empty."""
    empty = next((field for field, text in words.items() if not text.strip()), None)
    if empty is not None:
        return refused(Reason.CUSTODIAN_NEEDED if empty == "custodian" else Reason.WORDS_MISSING, field=empty)
    if value <= 0:
        return refused(Reason.VALUE_NEEDED, field="value")
    if value > budget * UNLIKELY:
        return refused(Reason.VALUE_UNLIKELY, field="value", budget_rupiah=budget)
    if handed_over_on > today:
        return refused(Reason.HANDED_OVER_IN_FUTURE, field="handed_over_on")
    if completed_on is not None and handed_over_on < completed_on:
        return refused(Reason.HANDED_OVER_TOO_EARLY, field="handed_over_on", day=completed_on)
    return _lies_after(next_inspection_on, handed_over_on)


def is_inspection(
    *,
    inspected_on: date,
    built_on: date,
    last_on: date | None,
    condition: str,
    finding: str,
    photos: int,
    next_inspection_on: date,
    today: date,
) -> Verdict:
    """Do the facts of an inspection hold together? Damage is described, and every condition has its photo."""
    if inspected_on > today:
        return refused(Reason.INSPECTED_IN_FUTURE, field="inspected_on")
    if inspected_on < built_on:
        return refused(Reason.INSPECTED_BEFORE_BUILT, field="inspected_on", day=built_on)
    if last_on is not None and inspected_on < last_on:
        return refused(Reason.INSPECTED_BEFORE_LAST, field="inspected_on", day=last_on)
    if condition != Condition.GOOD and not finding.strip():
        return refused(Reason.FINDING_MISSING, field="finding")
    if photos < 1:
        return refused(Reason.PHOTO_MISSING, field="photos")
    return _lies_after(next_inspection_on, inspected_on)


def _lies_after(next_on: date, day: date) -> Verdict:
    return ALLOWED if next_on > day else refused(Reason.NEXT_INSPECTION_PAST, field="next_inspection_on", day=day)


def is_due(*, next_inspection_on: date, condition: str, today: date) -> bool:
    """Should somebody go and look? What is gone needs no further round."""
    return condition != Condition.GONE and next_inspection_on <= today
