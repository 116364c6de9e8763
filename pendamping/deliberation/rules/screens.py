"""What the screen of a meeting shows: what may be chosen, and which choice holds. Values in, a verdict out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation.enums.meetings import MeetingState, Reason
from pendamping.deliberation.enums.screens import ScreenReason, ScreenView

WAITED = timedelta(minutes=1)  # from here on the journal says when it was really done
EARLIEST, AFTER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)  # what a phone's clock may say


def may_show(*, state: str, view: str, has_proposal: bool, has_result: bool) -> Verdict:
    """May the screen show this? A closed meeting still has a hall that reads its result."""
    cancelled = refused(Reason.MEETING_CANCELLED) if state == MeetingState.CANCELLED else ALLOWED
    if view == ScreenView.PROPOSAL and not has_proposal:
        return first_refusal(cancelled, refused(ScreenReason.PROPOSAL_MISSING, field="proposal"))
    if view == ScreenView.RESULT and not has_result:
        return first_refusal(cancelled, refused(ScreenReason.NOT_YET_DECIDED, field="view"))
    return cancelled


def chosen_at(*, claimed_at: datetime | None, at: datetime) -> datetime:
    """When a choice was made: what the phone says, when it waited there; never later than it arrived."""
    return min(claimed_at, at) if claimed_at else at


def is_instant(claimed_at: datetime) -> bool:
    """Is this a time that a clock may say? One that was never set says nothing."""
    return EARLIEST <= claimed_at < AFTER


def has_waited(*, moment: datetime, at: datetime) -> bool:
    """Did it wait on the phone for so long that the journal says when it was really done?"""
    return at - moment >= WAITED
