"""May a meeting be called, hold this proposal, decide this, be closed? Values in, a verdict out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation.enums import MeetingKind, MeetingState, Outcome, Reason
from pendamping.needs.enums import ProposalState

YEARS_AHEAD = 2  # an RW meeting in November 2025 prepares the plan of 2027
READY = frozenset({ProposalState.CHECKED, ProposalState.DEFERRED})


def may_call(*, kind: str, level: str, held_on: date, fiscal_year: int) -> Verdict:
    """May a meeting of this kind be called here, for this budget year?"""
    if level != "ward" and not (level == "rw" and kind == MeetingKind.RW):
        return refused(Reason.PLACE_UNFIT, field="region")
    latest = held_on.year + YEARS_AHEAD
    if not held_on.year <= fiscal_year <= latest:
        return refused(
            Reason.YEAR_UNLIKELY,
            field="fiscal_year",
            held=held_on.year,
            latest=latest,
            year=fiscal_year,
        )
    return ALLOWED


def is_open(*, state: str) -> Verdict:
    """Can anything about this meeting still change?"""
    return refused(Reason.MEETING_CLOSED) if state == MeetingState.CLOSED else ALLOWED


def has_begun(*, state: str, held_on: date, today: date) -> Verdict:
    """Can what happens in the meeting be recorded now?"""
    if today < held_on:
        return first_refusal(
            is_open(state=state),
            refused(Reason.MEETING_NOT_YET, day=held_on),
        )
    return is_open(state=state)


def may_put(
    *,
    state: str,
    meeting_path: str,
    meeting_year: int,
    code: str,
    proposal_state: str,
    path: str,
    year: int,
) -> Verdict:
    """May this proposal be put to this meeting?"""
    if state == MeetingState.CLOSED:
        return refused(Reason.MEETING_CLOSED)
    if proposal_state == ProposalState.ON_AGENDA:
        return refused(Reason.ALREADY_ON_AGENDA, field="proposals")
    if proposal_state not in READY:
        return refused(Reason.NOT_READY, field="proposals", code=code)
    if not path.startswith(meeting_path):
        return refused(Reason.OTHER_WARD, field="proposals", code=code)
    if year != meeting_year:
        return refused(Reason.OTHER_YEAR, field="proposals", code=code, year=year)
    return ALLOWED


def may_take_off(*, state: str, is_decided: bool) -> Verdict:
    """May a proposal leave the agenda? Not once the meeting has spoken on it."""
    return first_refusal(is_open(state=state), refused(Reason.DECIDED_ALREADY) if is_decided else ALLOWED)


def is_possible_count(*, women: int, men: int, groups: Mapping[str, tuple[str, int]]) -> Verdict:
    """Can these people have been in one room? `groups` maps a field to its label and its count."""
    present = women + men
    if present == 0:
        return refused(Reason.ATTENDANCE_MISSING, field="women")
    for field, (label, count) in groups.items():
        if count > present:
            return refused(
                Reason.GROUP_TOO_LARGE,
                field=field,
                group=label,
                count=count,
                present=present,
            )
    return ALLOWED


def may_decide(*, kind: str, outcome: str, reason: str, amount: int | None) -> Verdict:
    """Is this a whole decision? Every outcome needs its reason, funding also its amount."""
    if not reason.strip():
        return refused(Reason.REASON_MISSING, field="reason")
    if outcome != Outcome.FUNDED:
        return ALLOWED
    if kind == MeetingKind.RW:
        return refused(Reason.RW_CANNOT_FUND, field="outcome")
    return ALLOWED if amount and amount > 0 else refused(Reason.AMOUNT_NEEDED, field="amount")


def may_close(
    *,
    state: str,
    held_on: date,
    today: date,
    is_counted: bool,
    items: int,
    undecided: Sequence[str],
) -> Verdict:
    """May the minutes be fixed? Only with people counted and a decision with its reason for every proposal."""
    begun = has_begun(state=state, held_on=held_on, today=today)
    if not begun:
        return begun
    if not is_counted:
        return refused(Reason.ATTENDANCE_MISSING)
    if items == 0:
        return refused(Reason.NOTHING_DECIDED)
    if undecided:
        return refused(Reason.UNDECIDED, count=len(undecided), codes=", ".join(undecided))
    return ALLOWED
