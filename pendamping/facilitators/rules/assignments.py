"""May somebody be placed here for these days? Where are the gaps? Values in, verdicts and intervals out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.facilitators.enums.assignments import Reason

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Served:
    """Days somebody serves a place in a role (id: masa tugas)."""

    code: str
    starts_on: date
    last_day: date


def fits(*, role: str, level: str, levels: Iterable[str], place: str, level_labels: str) -> Verdict:
    """Is this role done at a place of this level?"""
    if level in levels:
        return ALLOWED
    return refused(Reason.LEVEL_UNFIT, field="region", role=role, place=place, levels=level_labels)


def may_assign(
    *, starts_on: date, ends_on: date, term_from: date, term_to: date, place: str, path: str, city_path: str,
    others: Iterable[Served],
) -> Verdict:  # fmt: skip
    """Do these days lie within the term and apart from others of the same person, role and place?"""
    if not path.startswith(city_path):
        return refused(Reason.OTHER_CITY, field="region", place=place)
    if ends_on < starts_on:
        return refused(Reason.DATES_REVERSED, field="ends_on")
    if starts_on < term_from or ends_on > term_to:
        return refused(Reason.OUTSIDE_TERM, field="starts_on", start=term_from, end=term_to)
    for other in others:
        if other.starts_on <= ends_on and starts_on <= other.last_day:
            return refused(
                Reason.OVERLAPS, field="starts_on", place=place, start=other.starts_on, end=other.last_day,
                code=other.code,
            )  # fmt: skip
    return ALLOWED


def may_end(*, ends_on: date, ended_on: date | None, last_day: date, today: date, reason: str) -> Verdict:
    """May an assignment end with this last day, before its term, or before an end announced for a later day?"""
    if ended_on is not None and (ended_on < today or last_day >= ended_on):
        return refused(Reason.ENDED_ALREADY, day=ended_on)
    if last_day >= ends_on:
        return refused(Reason.END_AFTER_TERM, field="ended_on", day=ends_on)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def gaps(served: Iterable[tuple[date, date]], *, since: date, until: date) -> list[tuple[date, date]]:
    """The intervals of a window in which nobody served, both days included."""
    found: list[tuple[date, date]] = []
    free = since
    for start, end in sorted(served):
        if end < start or end < free:
            continue
        if start > until:
            break
        if start > free:
            found.append((free, start - DAY))
        free = end + DAY
    if free <= until:
        found.append((free, until))
    return found
