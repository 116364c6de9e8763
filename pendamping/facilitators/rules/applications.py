"""May somebody apply, change, hand in, withdraw? Values in, a verdict out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage
from pendamping.facilitators.enums.selection import Reason


def is_open(*, stage: str, today: date, opens_on: date, closes_on: date) -> Verdict:
    """Is registration open? `today` is the day in the city's zone: the last day counts to its end."""
    if today > closes_on:
        return refused(Reason.CLOSED, closes=closes_on)
    if stage != RoundStage.OPEN or today < opens_on:
        return refused(Reason.NOT_OPEN, opens=opens_on, closes=closes_on)
    return ALLOWED


def is_draft(*, state: str) -> Verdict:
    """Can its words still change?"""
    if state == ApplicationState.WITHDRAWN:
        return refused(Reason.WITHDRAWN)
    return ALLOWED if state == ApplicationState.DRAFT else refused(Reason.NOT_DRAFT)


def may_submit(*, missing: Sequence[str], is_verified: bool, others_with_nik: int) -> Verdict:
    """May a draft be handed in? Everything filled in, verified, and once per person.

    The NIK is asked last, so that nobody learns who applied without having proved who they are.
    """
    if missing:
        return refused(Reason.INCOMPLETE, missing="; ".join(missing))
    if not is_verified:
        return refused(Reason.UNVERIFIED)
    return refused(Reason.NIK_TWICE) if others_with_nik else ALLOWED


def may_withdraw(*, state: str, stage: str, reason: str) -> Verdict:
    """May it be taken back? At every stage until the result is final; a draft needs no reason."""
    if state == ApplicationState.WITHDRAWN:
        return refused(Reason.WITHDRAWN)
    if stage == RoundStage.CANCELLED:
        return refused(Reason.ROUND_CANCELLED)
    if stage == RoundStage.FINAL:
        return refused(Reason.TOO_LATE_TO_WITHDRAW)
    if state == ApplicationState.SUBMITTED and not reason.strip():
        return refused(Reason.REASON_MISSING, field="reason")
    return ALLOWED


def may_verify_by_mail(*, is_verified: bool, has_mail: bool, is_right: bool) -> Verdict:
    """Does the code from the e-mail prove that its owner applies?"""
    if is_verified:
        return refused(Reason.ALREADY_VERIFIED)
    if not has_mail:
        return refused(Reason.NO_MAIL)
    return ALLOWED if is_right else refused(Reason.WRONG_MAIL_CODE, field="code")


def may_verify_at_counter(*, is_verified: bool, nik_index: str | None, shown: str) -> Verdict:
    """Is the card shown that of the application? Compared by keyed digests."""
    if is_verified:
        return refused(Reason.ALREADY_VERIFIED)
    if not nik_index:
        return refused(Reason.NO_NIK)
    return ALLOWED if nik_index == shown else refused(Reason.NIK_DIFFERS, field="nik")


def may_accept(*, state: str, version: int, newest: int) -> Verdict:
    """May an application move to the newest requirements? A withdrawn one has no need to."""
    if state == ApplicationState.WITHDRAWN:
        return refused(Reason.WITHDRAWN)
    return ALLOWED if newest > version else refused(Reason.NEWEST_ALREADY)


def may_answer(
    *, state: str, is_settled: bool, is_asked: bool, until: date | None, today: date, says_something: bool
) -> Verdict:
    """May the applicant answer a question of the checker? Not once the file check is settled."""
    if state != ApplicationState.SUBMITTED:
        return refused(Reason.NOT_HANDED_IN)
    if is_settled:
        return refused(Reason.ANSWER_SETTLED)
    if not is_asked or until is None:
        return refused(Reason.NOT_ASKED)
    if today > until:
        return refused(Reason.ANSWER_LATE, day=until)
    return ALLOWED if says_something else refused(Reason.ANSWER_EMPTY, field="answer")


def may_keep_file(*, state: str, takes_file: bool, is_own: bool) -> Verdict:
    """May a file be added, replaced or removed for this requirement?"""
    if not is_own:
        return refused(Reason.FOREIGN_REQUIREMENT)
    return first_refusal(is_draft(state=state), ALLOWED if takes_file else refused(Reason.NOT_THIS_REQUIREMENT))
