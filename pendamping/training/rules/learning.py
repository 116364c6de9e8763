"""May somebody learn, read, try, hand in, assess, say what they think? Values in, a verdict out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose, VersionState
from pendamping.training.enums.learning import Aspect, EnrolmentState, Reason, TaskState

TASK_LEAST, TASK_MOST, PHOTOS_MOST, REMARK_MOST = 30, 6000, 4, 2000
GRACE = timedelta(seconds=30)  # for answers on their way when the time ends
BY_HAND = frozenset({ActivityKind.PAGE, ActivityKind.SLIDES, ActivityKind.VIDEO})  # done when the learner says so
CENT = Decimal("0.01")


def may_enrol(*, version: str, is_learning: bool, is_active: bool) -> Verdict:
    """May this person be put into this version? `is_learning`: they are in it, or learn another version of it."""
    if version != VersionState.PUBLISHED:
        return refused(Reason.VERSION_CLOSED, field="version")
    if is_learning:
        return refused(Reason.ALREADY_LEARNING, field="account")
    return ALLOWED if is_active else refused(Reason.ACCOUNT_OFF, field="account")


def may_leave(*, state: str, reason: str) -> Verdict:
    """May this enrolment end? Only while it is learned."""
    if state != EnrolmentState.ACTIVE:
        return refused(Reason.NOT_ACTIVE)
    return ALLOWED if reason.strip() else refused(Reason.LEAVE_REASON, field="reason")


def may_learn(*, state: str, is_of_version: bool) -> Verdict:
    """May somebody open, read and try this? Also after passing; not after leaving."""
    if state == EnrolmentState.WITHDRAWN:
        return refused(Reason.HAS_LEFT)
    return ALLOWED if is_of_version else refused(Reason.NOT_IN_COURSE)


def may_tick(*, kind: str) -> Verdict:
    """Is this done by reading or watching it?"""
    return ALLOWED if kind in BY_HAND else refused(Reason.NOT_READ_BY_HAND)


def may_begin(*, kind: str, made: int, most: int) -> Verdict:
    """May another attempt begin? `most` 0: as many as somebody likes."""
    if kind != ActivityKind.QUIZ:
        return refused(Reason.NOT_A_QUIZ)
    return ALLOWED if not most or made < most else refused(Reason.NO_ATTEMPT_LEFT, most=most)


def may_answer(*, is_finished: bool, ends_at: datetime | None, at: datetime) -> Verdict:
    """Does an answer arriving now count? `at` is the server's; what the phone thinks the time is plays no part."""
    if is_finished:
        return refused(Reason.ATTEMPT_FINISHED)
    return refused(Reason.ATTEMPT_TIME_UP) if is_over(ends_at=ends_at, at=at) else ALLOWED


def is_over(*, ends_at: datetime | None, at: datetime) -> bool:
    """Is the time of an attempt up, with its grace?"""
    return ends_at is not None and at > ends_at + GRACE


def evenly(number: int, held: Mapping[str, int]) -> dict[str, int]:
    """How many questions each topic gives, evenly; what one cannot give the others do. `held`: what each has."""
    asked = dict.fromkeys(held, 0)
    left = min(number, sum(held.values()))
    while left:
        for topic in held:
            if left and asked[topic] < held[topic]:
                asked[topic], left = asked[topic] + 1, left - 1
    return asked


def percent(shares: Sequence[Decimal]) -> Decimal:
    """The result of an attempt: each question weighs the same."""
    return (100 * sum(shares, Decimal(0)) / len(shares)).quantize(CENT, ROUND_HALF_UP) if shares else Decimal(0)


def is_quiz_done(*, purpose: str, percent: Decimal, pass_percent: int) -> bool:
    """Does this result tick the step off? A test before or after the course does whatever its result."""
    return purpose != QuizPurpose.CHECK or percent >= pass_percent


def may_hand_in(*, kind: str, latest: str, text: str, photos: int) -> Verdict:
    """May this be handed in? `latest`: the state of what was handed in last, "" when nothing was."""
    if kind != ActivityKind.TASK:
        return refused(Reason.NOT_A_TASK)
    if latest in (TaskState.SUBMITTED, TaskState.ASSESSED):
        return refused(Reason.TASK_WAITS if latest == TaskState.SUBMITTED else Reason.TASK_ASSESSED)
    if len(text.strip()) < TASK_LEAST:
        return refused(Reason.TASK_WORDS, field="text", least=TASK_LEAST)
    if len(text) > TASK_MOST:
        return refused(Reason.TASK_LONG, field="text", length=len(text), most=TASK_MOST)
    return ALLOWED if photos <= PHOTOS_MOST else refused(Reason.TASK_PHOTOS, field="photos", most=PHOTOS_MOST)


def may_judge(*, is_own: bool, state: str) -> Verdict:
    """May somebody assess or return this? Nobody their own; only what waits."""
    if is_own:
        return refused(Reason.OWN_TASK)
    gone = {TaskState.ASSESSED: Reason.TASK_ASSESSED, TaskState.RETURNED: Reason.TASK_RETURNED}
    return ALLOWED if state == TaskState.SUBMITTED else refused(gone[TaskState(state)])


def may_assess(*, is_own: bool, state: str, rubric: Sequence[Mapping[str, Any]], scores: Mapping[str, int]) -> Verdict:
    """May these points stand? One level of each criterion."""
    whole = {one["key"] for one in rubric} == set(scores) and all(
        scores[one["key"]] in {level["points"] for level in one["levels"]} for one in rubric
    )
    given = ALLOWED if whole else refused(Reason.SCORES_MISSING, field="scores")
    return first_refusal(may_judge(is_own=is_own, state=state), given)


def task_percent(rubric: Sequence[Mapping[str, Any]], scores: Mapping[str, int]) -> Decimal:
    """Points of those there are; a task without criteria is full once assessed."""
    whole = sum(max(level["points"] for level in one["levels"]) for one in rubric)
    return (Decimal(100 * sum(scores.values())) / whole).quantize(CENT, ROUND_HALF_UP) if whole else Decimal(100)


def may_return(*, is_own: bool, state: str, remark: str) -> Verdict:
    """May this go back to the learner?"""
    given = ALLOWED if remark.strip() else refused(Reason.REMARK_MISSING, field="remark")
    return first_refusal(may_judge(is_own=is_own, state=state), given)


def may_opine(*, state: str, has_opined: bool, marks: Mapping[str, int]) -> Verdict:
    """May somebody say what they think of the course? Once, after passing it."""
    if state != EnrolmentState.COMPLETED:
        return refused(Reason.NOT_PASSED_YET)
    if has_opined:
        return refused(Reason.OPINED_ALREADY)
    whole = set(marks) == {str(aspect) for aspect in Aspect} and all(1 <= mark <= 5 for mark in marks.values())
    return ALLOWED if whole else refused(Reason.MARKS_MISSING, field="marks")


def attendance(expected: Collection[Any], attended: Collection[Any]) -> Decimal:
    """Percent of the expected sessions somebody came to, cut to two places, so that 79.999 is not 80; all of nothing
    where none is expected."""
    if not expected:
        return Decimal(100)
    return (Decimal(100) * len(set(expected) & set(attended)) / len(set(expected))).quantize(CENT, ROUND_DOWN)
