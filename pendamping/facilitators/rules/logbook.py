"""May a line be written, repaired, verified or returned? Values in, verdicts out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.facilitators.enums.logbook import LogState, Reason

PHOTOS_MOST = 4  # issue: at most four photos to a line
BOUNDS: Mapping[str, tuple[int, int]] = {
    "ward_radius_m": (100, 100_000), "slack_m": (0, 100_000), "gap_minutes": (0, 600), "gap_m": (0, 100_000),
    "photo_bits": (0, 64), "look_back_days": (1, 3650), "text_letters": (1, 2000), "round_minutes": (1, 60),
    "round_run": (2, 100), "late_days": (0, 365),
}  # fmt: skip


@dataclass(frozen=True)
class Service:
    """Days somebody serves a place (id: masa tugas)."""

    path: str
    first: date
    last: date


def may_write(
    *, day: date, today: date, path: str, place: str, served: Iterable[Service], month_closed: bool
) -> Verdict:
    """May a line be written for this day and place? Only within an assignment, not ahead, not in a closed month."""
    here = [one for one in served if path.startswith(one.path) and one.first <= one.last]
    if not here:
        return refused(Reason.NOT_ASSIGNED, field="region", place=place)
    if day > today:
        return refused(Reason.DAY_AHEAD, field="day", day=day)
    if not any(one.first <= day <= one.last for one in here):
        nearest = min(
            here, key=lambda one: abs((day - one.last).days) if day > one.last else abs((one.first - day).days)
        )
        return refused(Reason.NOT_THEN, field="day", place=place, start=nearest.first, end=nearest.last)
    return refused(Reason.MONTH_CLOSED, field="day", day=day) if month_closed else ALLOWED


def is_line(
    *, what: str, day: date, begins: time | None, ends: time | None, women: int, men: int, vulnerable: int,
    follow_up: str, follow_up_by: date | None, has_fix: tuple[bool, bool], photos: int,
) -> Verdict:  # fmt: skip
    """Do the facts of a line hold together?"""
    met = women + men
    return first_refusal(
        ALLOWED if what.strip() else refused(Reason.WHAT_MISSING, field="what"),
        refused(Reason.BEGIN_MISSING, field="begins") if ends and not begins else ALLOWED,
        refused(Reason.TIMES_REVERSED, field="ends") if begins and ends and ends < begins else ALLOWED,
        refused(Reason.TOO_MANY_VULNERABLE, field="vulnerable", met=met, vulnerable=vulnerable)
        if vulnerable > met else ALLOWED,
        refused(Reason.FIX_PARTIAL, field="latitude") if has_fix[0] != has_fix[1] else ALLOWED,
        follows_up(day=day, follow_up=follow_up, follow_up_by=follow_up_by),
        refused(Reason.TOO_MANY_PHOTOS, field="photos", most=PHOTOS_MOST, extra=photos - PHOTOS_MOST)
        if photos > PHOTOS_MOST else ALLOWED,
    )  # fmt: skip


def may_be_noted(*, noted_at: datetime, noted_on: date, day: date, at: datetime) -> bool:
    """Can a line about `day` have been noted then? Neither before what it tells of nor in the future."""
    return day <= noted_on and noted_at <= at


def follows_up(*, day: date, follow_up: str, follow_up_by: date | None) -> Verdict:
    """Is what is still to be done told whole?"""
    if follow_up_by is None:
        return ALLOWED
    if not follow_up.strip():
        return refused(Reason.FOLLOW_UP_MISSING, field="follow_up")
    return refused(Reason.FOLLOW_UP_BEFORE, field="follow_up_by") if follow_up_by < day else ALLOWED


def may_repair(*, is_own: bool, state: str, is_automatic: bool, month_closed: bool, day: date) -> Verdict:
    """May its writer change a line?"""
    if not is_own:
        return refused(Reason.NOT_YOURS)
    if is_automatic:
        return refused(Reason.AUTOMATIC)
    if state == LogState.VERIFIED:
        return refused(Reason.VERIFIED_ALREADY)
    return refused(Reason.MONTH_CLOSED, day=day) if month_closed else ALLOWED


def may_add_words(
    *, is_own: bool, is_automatic: bool, checked: bool, month_closed: bool, day: date,
    words: Iterable[str] | None = None,
) -> Verdict:  # fmt: skip
    """May its person add words to an automatic line? `checked`: somebody verified the words it has."""
    if not is_own:
        return refused(Reason.NOT_YOURS)
    if not is_automatic:
        return refused(Reason.NOT_AUTOMATIC)
    if checked:
        return refused(Reason.VERIFIED_ALREADY)
    if month_closed:
        return refused(Reason.MONTH_CLOSED, day=day)
    empty = words is not None and not any(one.strip() for one in words)
    return refused(Reason.WORDS_MISSING, field="problem") if empty else ALLOWED


def may_finish(*, is_own: bool, follow_up: str, done_on: date | None, on: date, day: date, today: date) -> Verdict:
    """May what was promised be marked as done on a day?"""
    if not is_own:
        return refused(Reason.NOT_YOURS)
    if not follow_up:
        return refused(Reason.NO_FOLLOW_UP)
    if done_on is not None:
        return refused(Reason.FOLLOW_UP_DONE, day=done_on)
    return ALLOWED if day <= on <= today else refused(Reason.DONE_BEFORE, field="on")


def may_verify(*, state: str, state_label: str, is_own: bool, is_above: bool) -> Verdict:
    """May somebody verify a line? Never their own, and only from an office above the one it was written in."""
    if is_own:
        return refused(Reason.OWN_ENTRY)
    if not is_above:
        return refused(Reason.NOT_ABOVE)
    return ALLOWED if state == LogState.WRITTEN else refused(Reason.NOT_WAITING, state=state_label)


def may_return(
    *, state: str, is_own: bool, is_above: bool, proven: bool, month_closed: bool, day: date, reason: str | None = None
) -> Verdict:
    """May a line be sent back? Also one that was verified by mistake, until its month is closed."""
    if is_own:
        return refused(Reason.OWN_ENTRY)
    if not is_above:
        return refused(Reason.NOT_ABOVE)
    if proven:
        return refused(Reason.PROVEN)
    if state == LogState.RETURNED:
        return refused(Reason.RETURNED_ALREADY)
    if month_closed:
        return refused(Reason.MONTH_CLOSED, day=day)
    return refused(Reason.REASON_MISSING, field="reason") if reason is not None and not reason.strip() else ALLOWED


def may_set(
    *, legal_basis: str, valid_from: date, holds_from: date | None, opens: time, closes: time, work_days: str,
    numbers: Mapping[str, Any],
) -> Verdict:  # fmt: skip
    """May these thresholds hold from that day?"""
    if not legal_basis.strip():
        return refused(Reason.BASIS_MISSING, field="legal_basis")
    if holds_from is not None and valid_from <= holds_from:
        return refused(Reason.NOT_LATER, field="valid_from", day=holds_from)
    if opens >= closes:
        return refused(Reason.HOURS_REVERSED, field="closes")
    if not work_days or len(set(work_days)) != len(work_days) or set(work_days) - set("1234567"):
        return refused(Reason.WORK_DAYS_UNKNOWN, field="work_days")
    for name, value in numbers.items():
        least, most = BOUNDS[name]
        if not least <= value <= most:
            return refused(Reason.NOT_SENSIBLE, field=name, least=least, most=most)
    return ALLOWED


def plain(text: str) -> str:
    """A text without case, accents, signs and spaces: what "the same words" means."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", bare)


def text_key(text: str) -> str:
    """The digest by which equal words meet."""
    return hashlib.sha256(plain(text).encode()).hexdigest()
