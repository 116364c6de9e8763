"""May leave, sickness or duty travel be asked for, withdrawn, decided? Which days does it explain?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.facilitators.enums.absences import AbsenceState, Reason

DAYS_MOST = 366  # a slip of the year is meant, not a rule


@dataclass(frozen=True)
class Asked:
    """Days already asked for or approved."""

    code: str
    first: date
    last: date


def may_ask(
    *, first: date, last: date, why: str, serves: bool, earlier: Iterable[Asked], closed: date | None
) -> Verdict:
    """May somebody ask for these days? `closed` is a day of them whose month is closed."""
    if last < first:
        return refused(Reason.DAYS_REVERSED, field="last_day")
    if (last - first).days >= DAYS_MOST:
        return refused(Reason.TOO_LONG, field="last_day", most=DAYS_MOST)
    if not why.strip():
        return refused(Reason.WHY_MISSING, field="why")
    if not serves:
        return refused(Reason.NOT_SERVING, field="first_day", start=first, end=last)
    for one in earlier:
        if one.first <= last and first <= one.last:
            return refused(Reason.OVERLAPS, field="first_day", start=one.first, end=one.last, code=one.code)
    return refused(Reason.MONTH_CLOSED, field="first_day", day=closed) if closed else ALLOWED


def may_withdraw(*, is_own: bool, state: str, state_label: str, first: date, today: date) -> Verdict:
    """May its person take it back? While it waits, or before an approved one begins."""
    if not is_own:
        return refused(Reason.NOT_YOURS)
    if state not in (AbsenceState.ASKED, AbsenceState.APPROVED):
        return refused(Reason.DECIDED_ALREADY, state=state_label)
    begun = state == AbsenceState.APPROVED and first <= today
    return refused(Reason.BEGUN_ALREADY) if begun else ALLOWED


def may_decide(
    *, is_own: bool, is_above: bool, state: str, state_label: str, approve: bool | None = None, reason: str = ""
) -> Verdict:
    """May somebody decide? Only about those who serve below them, never about themselves; a refusal says why."""
    if is_own:
        return refused(Reason.OWN_ABSENCE)
    if not is_above:
        return refused(Reason.NOT_ABOVE)
    if state != AbsenceState.ASKED:
        return refused(Reason.DECIDED_ALREADY, state=state_label)
    unsaid = approve is False and not reason.strip()
    return refused(Reason.REASON_MISSING, field="reason") if unsaid else ALLOWED


def around(paths: Iterable[str], widths: Iterable[int]) -> str:
    """The path of the smallest place around some places, of one of these widths; empty when there is none."""
    known = list(paths)
    cuts = ({path[:width] for path in known} for width in sorted(widths, reverse=True))
    widest = min(map(len, known), default=0)
    return next((found.pop() for found in cuts if len(found) == 1 and len(next(iter(found))) <= widest), "")
