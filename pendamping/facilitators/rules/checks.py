"""May somebody check this, and what do the checks come to? Values in, a verdict out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage
from pendamping.facilitators.enums.selection import Reason, RegisterResult, Right


@dataclass(frozen=True)
class Checked:
    """One requirement as the checks left it; empty `right` and `second` mean not recorded yet."""

    text: str
    is_disqualifying: bool
    needs_second_check: bool
    right: str = ""
    reason: str = ""
    second: str = ""
    second_reason: str = ""

    @property
    def is_open(self) -> bool:
        """Not decided yet: unchecked, asked about, or the independent check is missing.

        A first check that says no decides alone: nothing the register says can mend it.
        """
        if self.right == Right.NO:
            return False
        return self.right != Right.YES or (self.needs_second_check and not self.second)

    @property
    def is_unlooked(self) -> bool:
        """Something of it was never looked at; unlike `is_open`, a first check that says no excuses nothing."""
        return self.right not in (Right.YES, Right.NO) or (self.needs_second_check and not self.second)

    @property
    def is_failed(self) -> bool:
        return not self.is_open and (self.right == Right.NO or self.second == RegisterResult.FOUND)

    @property
    def why(self) -> str:
        return self.reason if self.right == Right.NO else self.second_reason


def may_check(
    *, stage: str, stage_label: str, state: str, checker: int | None, handled_by: Collection[int], is_concluded: bool,
    is_reopened: bool,
) -> Verdict:  # fmt: skip
    """May this person check this application now? Who typed, handed in or answered at the counter may not.

    An open objection to a failed file check reopens it, for what was left open.
    """
    if stage != RoundStage.CHECKING and not is_reopened:
        return refused(Reason.NOT_CHECKING, stage=stage_label)
    if state != ApplicationState.SUBMITTED:
        return refused(Reason.NOT_HANDED_IN)
    if is_concluded and not is_reopened:
        return refused(Reason.CONCLUDED)
    if checker in handled_by:
        return refused(Reason.OWN_ENTRY)
    return ALLOWED


def is_whole_check(
    *, is_there: bool, right: str, reason: str, today: date, answer_until: date | None, asked_until: date | None,
    is_answered: bool, is_taken_back: bool,
) -> Verdict:  # fmt: skip
    """Is this a whole answer? `asked_until` is the day of the question of an earlier check.

    `is_taken_back`: the check before said that it is right after all, so that the question could not be answered.
    """
    if right == Right.YES and not is_there:
        return refused(Reason.NOT_THERE_BUT_RIGHT, field="right")
    if right != Right.YES and not reason.strip():
        return refused(Reason.CHECK_REASON, field="reason")
    if right == Right.UNCLEAR and (answer_until is None or answer_until <= today):
        return refused(Reason.CLARIFY_DAY, field="answer_until", day=date.fromordinal(today.toordinal() + 1))
    if right == Right.NO and asked_until is not None and not is_answered:
        if is_taken_back:
            return refused(Reason.ASK_AGAIN)
        if today <= asked_until:
            return refused(Reason.ANSWER_PENDING, day=asked_until)
    return ALLOWED


def is_whole_second_check(
    *, needs_second_check: bool, result: str, reason: str, reference: str, done_on: date, today: date, replaces: bool
) -> Verdict:
    """Is this a whole second check: day, reference number, a reason when something was found or one is replaced?"""
    if not needs_second_check:
        return refused(Reason.NO_SECOND_CHECK)
    if done_on > today:
        return refused(Reason.FUTURE_DAY, field="done_on")
    if not reference.strip():
        return refused(Reason.CHECK_REASON, field="reference")
    if (replaces or result == RegisterResult.FOUND) and not reason.strip():
        return refused(Reason.CHECK_REASON, field="reason")
    return ALLOWED


def are_two_people(*, first: int | None, second: int | None) -> Verdict:
    """Are first and second checker different people, whoever came first?"""
    return refused(Reason.SAME_CHECKER) if first is not None and first == second else ALLOWED


def was_left_open(*, concluded_at: datetime | None, decided_at: datetime | None) -> Verdict:
    """May this still be decided? After the conclusion only what was open then: what was decided stands."""
    if concluded_at is None or decided_at is None or decided_at > concluded_at:
        return ALLOWED
    return refused(Reason.CONCLUDED)


def may_conclude(checked: Sequence[Checked], *, is_concluded: bool) -> Verdict:
    """May the file check be concluded? Once, and nothing is open, unless something else decides against it already."""
    if is_concluded:
        return refused(Reason.CONCLUDED)
    waiting = [one.text for one in checked if one.is_open]
    if waiting and not any(one.is_failed and one.is_disqualifying for one in checked):
        return refused(Reason.STILL_OPEN, open="; ".join(waiting))
    return ALLOWED


def has_passed(checked: Sequence[Checked]) -> bool:
    """Passed, when no disqualifying requirement failed and none is open."""
    return not any(one.is_open or (one.is_failed and one.is_disqualifying) for one in checked)
