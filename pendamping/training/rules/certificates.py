"""May a certificate be issued, corrected, renewed, revoked, and what is it worth on a day? Values in, a verdict out."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.training.enums.certificates import CertificateState, Reason, ReminderKind, Standing
from pendamping.training.enums.learning import EnrolmentState

RENEW_DAYS = 90  # before its last day a certificate can be renewed
SOON_DAYS = 30
LAST_DAYS = 7
OVER_DAYS = 30  # somebody whose certificate ended longer ago is not reminded any more
_NUMBER = re.compile(r"(\d[\W_]*){6}")  # also with blanks or stops between


def last_day(first: date, months: int | None) -> date | None:
    """The last day of a certificate of so many months; None: it does not expire. From 31 August six months: 27 Feb."""
    if months is None:
        return None
    month = first.year * 12 + first.month - 1 + months
    year, month = month // 12, month % 12 + 1
    same = date(year, month, min(first.day, calendar.monthrange(year, month)[1]))
    return same - timedelta(days=1)


def standing(*, state: str, valid_until: date | None, today: date) -> Standing:
    """What a certificate is worth on a day: what somebody decided comes before the calendar."""
    if state != CertificateState.VALID:
        return Standing(state)
    return Standing.EXPIRED if valid_until is not None and valid_until < today else Standing.VALID


def may_issue(*, enrolment_state: str, valid_code: str, account_is_open: bool, name: str) -> Verdict:
    """May a certificate be issued? `valid_code` is the one this enrolment already has, or empty."""
    if enrolment_state != EnrolmentState.COMPLETED:
        return refused(Reason.NOT_PASSED)
    if valid_code:
        return refused(Reason.HAS_ONE, code=valid_code)
    if not account_is_open:
        return refused(Reason.ACCOUNT_CLOSED)
    return is_name(name)


def is_name(name: str) -> Verdict:
    """Can this stand on a certificate? Words that anyone reads alike, no number such as a NIK."""
    if not name.strip():
        return refused(Reason.NAME_MISSING, field="name")
    if not name.isprintable():  # signs that turn the direction, or are not seen
        return refused(Reason.NAME_SIGNS, field="name")
    return refused(Reason.NUMBER_IN_NAME, field="name") if _NUMBER.search(name) else ALLOWED


def may_issue_again(*, revoked_code: str, over_revoked: bool, is_own: bool) -> Verdict:
    """May one be issued although an earlier one was revoked? Only if somebody else says that it is settled."""
    if not revoked_code:
        return ALLOWED
    if not over_revoked:
        return refused(Reason.WAS_REVOKED, field="over_revoked", code=revoked_code)
    return refused(Reason.OWN) if is_own else ALLOWED


def may_correct(*, now: Standing, old: str, name: str, reason: str, is_own: bool) -> Verdict:
    """May the name be corrected? Also on one whose time is over: it stays true. Nobody does it for themself."""
    if is_own:
        return refused(Reason.OWN)
    if now not in (Standing.VALID, Standing.EXPIRED):
        return refused(Reason.NOT_VALID, standing=now.label)
    named = is_name(name)
    if not named:
        return named
    if name.strip() == old:
        return refused(Reason.SAME_NAME, field="name")
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def may_revoke(*, now: Standing, reason: str) -> Verdict:
    """May a certificate be revoked?"""
    if now not in (Standing.VALID, Standing.EXPIRED):
        return refused(Reason.NOT_VALID, standing=now.label)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def may_renew(*, now: Standing, valid_until: date | None, today: date, reason: str, is_own: bool) -> Verdict:
    """May a certificate be renewed after a refresher? In its last days, or when its time is over; by somebody else."""
    if is_own:
        return refused(Reason.OWN)
    if now not in (Standing.VALID, Standing.EXPIRED):
        return refused(Reason.NOT_VALID, standing=now.label)
    if valid_until is None:
        return refused(Reason.NEVER_ENDS)
    if valid_until - timedelta(days=RENEW_DAYS) > today:
        return refused(Reason.NOT_DUE, until=valid_until, days=RENEW_DAYS)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def reminder_due(*, valid_until: date, today: date) -> ReminderKind | None:
    """Which reminder fits the day, the most urgent one only."""
    left = (valid_until - today).days
    if left < -OVER_DAYS or left > SOON_DAYS:
        return None
    if left < 0:
        return ReminderKind.OVER
    return ReminderKind.LAST if left <= LAST_DAYS else ReminderKind.SOON
