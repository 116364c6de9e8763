"""May a decree be recorded, used, revoked? Values in, a verdict out."""

from __future__ import annotations

from datetime import date

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.facilitators.enums.appointments import DecreeKind, Reason


def may_record(*, kind: str, dated_on: date, today: date, starts_on: date | None, ends_on: date | None) -> Verdict:
    """Is this a whole decree? One that appoints gives a term, one that dismisses gives none."""
    if dated_on > today:
        return refused(Reason.DATED_AHEAD, field="dated_on", day=dated_on)
    if kind == DecreeKind.DISMISSAL:
        return refused(Reason.TERM_UNWANTED, field="starts_on") if starts_on or ends_on else ALLOWED
    if starts_on is None or ends_on is None or ends_on < starts_on:
        return refused(Reason.TERM_MISSING, field="ends_on" if starts_on else "starts_on")
    return ALLOWED


def in_force(*, number: str, revoked_on: date | None) -> Verdict:
    """Can anything still be done under this decree?"""
    return ALLOWED if revoked_on is None else refused(
        Reason.DECREE_REVOKED, field="decree", number=number, day=revoked_on
    )  # fmt: skip


def may_revoke(*, number: str, dated_on: date, revoked_on: date | None, on: date, reason: str) -> Verdict:
    """May a decree be revoked on this day, for this reason?"""
    if revoked_on is not None:
        return refused(Reason.DECREE_REVOKED, number=number, day=revoked_on)
    if on < dated_on:
        return refused(Reason.REVOKED_BEFORE_MADE, field="on", day=dated_on)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")
