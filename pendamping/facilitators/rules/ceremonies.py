"""May somebody be recorded as present, may the oath be recorded? Values in, a verdict out."""

from __future__ import annotations

from datetime import date, datetime

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.facilitators.enums.ceremonies import Manner, Reason

PHOTOS_MOST = 40


def has_come(*, held_on: date, today: date) -> Verdict:
    """Has the day of the ceremony come?"""
    return ALLOWED if today >= held_on else refused(Reason.NOT_YET, day=held_on)


def may_attend(
    *, held_on: date, today: date, attended_at: datetime | None, time: str, ended_on: date | None, manner: str,
    note: str,
) -> Verdict:  # fmt: skip
    """May this person be recorded as present? Once, on the day or later, by hand only with a reason."""
    begun = has_come(held_on=held_on, today=today)
    if not begun:
        return begun
    if attended_at is not None:
        return refused(Reason.CAME_ALREADY, time=time)
    if ended_on is not None and ended_on < held_on:
        return refused(Reason.ENDED, day=ended_on)
    return refused(Reason.REASON_MISSING, field="note") if manner == Manner.MANUAL and not note.strip() else ALLOWED


def may_swear(*, held_on: date, today: date, came: int, is_sworn: bool, text: str, read_by: str) -> Verdict:
    """May the oath be recorded? Once, with its text, when somebody is there to take it."""
    begun = has_come(held_on=held_on, today=today)
    if not begun:
        return begun
    if is_sworn:
        return refused(Reason.OATH_TAKEN)
    if not came:
        return refused(Reason.NOBODY_CAME)
    return ALLOWED if text.strip() and read_by.strip() else refused(Reason.OATH_MISSING, field="text")


def may_add_photos(*, kept: int, more: int) -> Verdict:
    """Is there room for these photos?"""
    most = PHOTOS_MOST
    return ALLOWED if kept + more <= most else refused(Reason.TOO_MANY_PHOTOS, field="photos", most=most)
