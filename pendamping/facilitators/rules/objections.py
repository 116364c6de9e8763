"""May a ranking be published, an objection be lodged or answered; who is forgotten when? Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.facilitators.enums import rankings
from pendamping.facilitators.enums.objections import ObjectionState, Reason
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage, SelectionOutcome, Stage


def may_publish(
    *, stage: str, stage_label: str, unscored: int, unnoted: int, has_seed: bool, candidates: int
) -> Verdict:
    """May the ranking be published and the objection window open?"""
    if stage != RoundStage.INTERVIEWING:
        return refused(rankings.Reason.NOT_NOW, stage=stage_label)
    if unscored:
        return refused(rankings.Reason.UNSCORED, count=unscored)
    if unnoted:
        return refused(rankings.Reason.UNNOTED, count=unnoted)
    if not has_seed:
        return refused(rankings.Reason.NO_SEED)
    return ALLOWED if candidates else refused(rankings.Reason.NOBODY)


def may_export(*, part: str, ranking_version: int) -> Verdict:
    """May this be taken away as a file now? Decisions not before they are published."""
    if part == rankings.Part.NUMBERS or ranking_version:
        return ALLOWED
    return refused(rankings.Reason.NOT_PUBLISHED)


def may_object(
    *, stage: str, until: datetime | None, at: datetime, state: str, has_result: bool, is_open: bool,
    is_answered: bool, text: str,
) -> Verdict:  # fmt: skip
    """May an applicant object now? `is_open`, `is_answered`: one to this stage waits, or its result was answered."""
    if state != ApplicationState.SUBMITTED:
        return refused(Reason.WITHDRAWN if state == ApplicationState.WITHDRAWN else Reason.NOT_HANDED_IN)
    if until is None:
        return refused(Reason.NOT_YET)
    if at > until or stage != RoundStage.RANKED:
        return refused(Reason.LATE, until=until)
    if not has_result:
        return refused(Reason.NO_RESULT, field="stage")
    if is_open or is_answered:
        return refused(Reason.OPEN_ALREADY if is_open else Reason.ANSWERED_ALREADY, field="stage")
    return ALLOWED if text.strip() else refused(Reason.EMPTY, field="text")


def may_answer(*, state: str, decided_by: Collection[int], by: int | None, reason: str) -> Verdict:
    """May this person answer? Not whoever decided the stage objected to."""
    if state != ObjectionState.OPEN:
        return refused(Reason.DONE)
    if by in decided_by:
        return refused(Reason.OWN_DECISION)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def may_pass_files(*, unlooked: Sequence[str], failed_since: Sequence[str]) -> Verdict:
    """May a failed file check count as passed? Not by what was never looked at or has failed since."""
    if unlooked:
        return refused(Reason.FILES_OPEN, open="; ".join(unlooked))
    return refused(Reason.FILES_FAIL, failed="; ".join(failed_since)) if failed_since else ALLOWED


def may_correct(*, is_upheld: bool, stage: str, old: Decimal | None, new: Decimal) -> Verdict:
    """May the score be corrected to this?"""
    if not is_upheld:
        return refused(Reason.SCORE_WITHOUT_UPHOLDING, field="new_score")
    if stage == Stage.FILES:
        return refused(Reason.NO_SCORE, field="new_score")
    if not 0 <= new <= 100:
        return refused(Reason.SCORE_RANGE, field="new_score")
    return refused(Reason.SAME_SCORE, field="new_score") if new == old else ALLOWED


def forgotten_on(
    *, ended_on: date | None, outcome: str, is_appointed: bool, retention_days: int, reserve_days: int,
    declined_on: date | None = None,
) -> date | None:  # fmt: skip
    """From which day on an applicant's files and identity are deleted; None: not by this clock.

    Whoever was appointed is kept by the rules of employment; a reserve, and a chosen one who is not appointed, while
    the list is valid; whoever declined as long as those who failed, counted from that day.
    """
    if ended_on is not None and declined_on is not None and not is_appointed:
        return max(ended_on, declined_on) + timedelta(days=retention_days + 1)
    if ended_on is None or is_appointed:
        return None
    days = (
        max(retention_days, reserve_days)
        if outcome in (SelectionOutcome.RESERVE, SelectionOutcome.CHOSEN)
        else retention_days
    )
    return ended_on + timedelta(days=days + 1)
