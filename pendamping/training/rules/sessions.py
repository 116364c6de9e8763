"""May a session be planned, moved, cancelled, closed? May somebody have a place, be marked? Values in, verdicts out."""

from __future__ import annotations

from datetime import datetime, timedelta

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.training.enums.sessions import AttendanceChannel, Presence, Reason, SessionState

AHEAD_MOST, LONGEST = timedelta(days=730), timedelta(days=7)  # what lies beyond is a slip of the keys
ABSENCES_WARNED = 2  # so many absences in one course, and the coordinator is told to talk to the person
CAME = (Presence.PRESENT, Presence.LATE)
AWAY = (Presence.ABSENT, Presence.EXCUSED)  # only a trainer writes these


def may_plan(*, has_trainer: bool, trainer_may: bool, is_learned: bool, same_city: bool, same_version: bool) -> Verdict:
    """May a session be planned? For a version that is learned in the same city and, if any, a part of it.

    With a trainer who may hold it there, or a guest: who may not could neither show the code nor mark anybody.
    Its hours are asked before (`has_hours`).
    """
    if not is_learned:
        return refused(Reason.NOT_LEARNED, field="version")
    if not same_city:
        return refused(Reason.OTHER_CITY, field="region")
    if not same_version:
        return refused(Reason.OTHER_PART, field="activity")
    if not has_trainer:
        return refused(Reason.NO_TRAINER, field="trainer")
    return ALLOWED if trainer_may else refused(Reason.TRAINER_MAY_NOT, field="trainer")


def has_hours(*, starts_at: datetime, ends_at: datetime, at: datetime) -> Verdict:
    """Are these hours to come, in order, and neither years away nor weeks long?"""
    if starts_at >= ends_at:
        return refused(Reason.ENDS_FIRST, field="ends_at")
    if starts_at - at > AHEAD_MOST:
        return refused(Reason.TOO_FAR, field="starts_at")
    if ends_at - starts_at > LONGEST:
        return refused(Reason.TOO_LONG, field="ends_at", days=LONGEST.days)
    return refused(Reason.IN_THE_PAST, field="starts_at") if starts_at <= at else ALLOWED


def is_open(state: str) -> Verdict:
    """Is the session neither closed nor cancelled?"""
    if state == SessionState.CANCELLED:
        return refused(Reason.CANCELLED)
    return ALLOWED if state == SessionState.PLANNED else refused(Reason.CLOSED)


def may_move(
    *, state: str, starts_at: datetime, ends_at: datetime, at: datetime, is_same: bool, marked: int, reason: str
) -> Verdict:  # fmt: skip
    """May it be held at another hour or place? While nobody was marked, and with a reason."""
    if not (still := is_open(state)):
        return still
    if marked:
        return refused(Reason.HAS_MARKS)
    if is_same:
        return refused(Reason.NOTHING_CHANGED, field="starts_at")
    return has_hours(starts_at=starts_at, ends_at=ends_at, at=at) and with_reason(reason)


def may_cancel(*, state: str, marked: int, reason: str) -> Verdict:
    """May it be called off? While nobody was marked as present, and with a reason."""
    if not (still := is_open(state)):
        return still
    return refused(Reason.HAS_MARKS) if marked else with_reason(reason)


def with_reason(reason: str) -> Verdict:
    """Is there a reason to tell?"""
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def may_close(*, state: str, at: datetime, until: datetime, time: str) -> Verdict:
    """May it be closed? Once the code no longer counts, or the session is over; `time` is that moment in words."""
    if not (still := is_open(state)):
        return still
    return ALLOWED if at >= until else refused(Reason.TOO_EARLY_TO_CLOSE, time=time)


def closable_from(*, ends_at: datetime, starts_at: datetime, closes_minutes: int) -> datetime:
    """From when on a session may be closed: the end of the code's window or of the session, whichever is earlier."""
    return min(ends_at, starts_at + timedelta(minutes=closes_minutes))


def may_take_place(
    *, state: str, same_version: bool, is_learning: bool, has_place: bool, taken: int, capacity: int
) -> Verdict:
    """May this learner have a place? Once, in the version they learn, while there is room."""
    if not (still := is_open(state)):
        return still
    if not is_learning:
        return refused(Reason.NOT_LEARNING, field="enrolment")
    if not same_version:
        return refused(Reason.OTHER_VERSION, field="enrolment")
    if has_place:
        return refused(Reason.HAS_PLACE, field="enrolment")
    return has_room(taken=taken, capacity=capacity)


def has_room(*, taken: int, capacity: int) -> Verdict:
    """Is a place free?"""
    return ALLOWED if taken < capacity else refused(Reason.FULL, field="enrolment", capacity=capacity)


def may_give_to_all(*, state: str, waiting: int, taken: int, capacity: int) -> Verdict:
    """May everybody who waits have a place? All or nobody: the number that is missing is said."""
    if not (still := is_open(state)):
        return still
    if not waiting:
        return refused(Reason.NOBODY_LEFT)
    missing = waiting - (capacity - taken)
    return refused(Reason.NOT_ENOUGH, missing=missing) if missing > 0 else ALLOWED


def may_give_up(*, state: str, starts_at: datetime, at: datetime, presence: str) -> Verdict:
    """May a place be given up? Before the session begins."""
    if not (still := is_open(state)):
        return still
    if presence:
        return refused(Reason.MARKED)
    return ALLOWED if at < starts_at else refused(Reason.BEGUN)


def by_window(
    *, starts_at: datetime, opens_minutes: int, late_minutes: int, closes_minutes: int, at: datetime
) -> Presence | None:
    """What showing the code at this moment of the server's clock means; None outside the window."""
    if at < starts_at - timedelta(minutes=opens_minutes) or at >= starts_at + timedelta(minutes=closes_minutes):
        return None
    return Presence.PRESENT if at < starts_at + timedelta(minutes=late_minutes) else Presence.LATE


def in_window(*, state: str, opens_at: datetime, closes_at: datetime, at: datetime, opens: str, closes: str) -> Verdict:
    """Does the code count now? `opens` and `closes` are the two moments in words."""
    if not (still := is_open(state)):
        return still
    if at < opens_at:
        return refused(Reason.NOT_YET, time=opens)
    return ALLOWED if at < closes_at else refused(Reason.OVER, time=closes)


def may_mark(
    *, state: str, channel: str, known: str, is_self: bool, given_up: bool, opens_at: datetime, at: datetime,
    time: str, opens: str,
) -> Verdict:  # fmt: skip
    """May somebody's presence be recorded by this channel? By list and sheet also afterwards, never of oneself.

    What a trainer wrote, who sees the room, no code changes: a code can be passed on.
    """
    if state == SessionState.CANCELLED:
        return refused(Reason.CANCELLED)
    if given_up:
        return refused(Reason.NO_PLACE)
    if channel != AttendanceChannel.QR and is_self:
        return refused(Reason.SELF)
    if channel == AttendanceChannel.QR and known in AWAY:
        return refused(Reason.TRAINER_WROTE, field="code", presence=Presence(known).label)
    return ALLOWED if at >= opens_at else refused(Reason.LIST_NOT_YET, time=time, opens=opens)


def is_warned(absences: int) -> bool:
    """Has somebody been absent so often that their coordinator should talk to them?"""
    return absences >= ABSENCES_WARNED
