"""From door to door: quarters, and what a visit must tell."""

from __future__ import annotations

import calendar
from collections.abc import Collection
from datetime import date

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.enums.visits import VisitReason, VisitResult


def quarter_of(on: date) -> tuple[date, date]:
    """The first and the last day of the quarter of a year that holds this day."""
    first = (on.month - 1) // 3 * 3 + 1
    return date(on.year, first, 1), date(on.year, first + 2, calendar.monthrange(on.year, first + 2)[1])


def may_record_visit(
    *, level: str, in_force: bool, on: date, today: date, result: str, groups: Collection[str], voices: int
) -> Verdict:
    """May this visit be kept? `voices` were written down by the visitor, of that RT and that day."""
    if level != "rt" or not in_force:
        return refused(VisitReason.NOT_AN_RT, field="rt")
    if on > today:
        return refused(Reason.DAY_AHEAD, field="day")
    if result == VisitResult.HEARD and not voices:
        return refused(VisitReason.NOTHING_WRITTEN, field="result")
    if result == VisitResult.NOBODY and groups:
        return refused(VisitReason.NOBODY_MET, field="result")
    return ALLOWED


def still_to_hear(*, voices: int, result: str) -> bool:
    """Is this RT still to be heard? Not once it spoke, or said that it has nothing to say for now."""
    return not voices and result not in (VisitResult.HEARD, VisitResult.NOTHING)
