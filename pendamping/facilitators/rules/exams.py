"""May a sitting be planned, opened, closed; may somebody enter, begin, answer; what is the score?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.facilitators.enums.exams import Reason, SittingState
from pendamping.facilitators.enums.questions import QuestionKind
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage
from pendamping.facilitators.rules.questions import ANSWER_MOST, ARRANGED, CHOSEN, as_number

EARLY_MINUTES = 60  # before its hour a sitting may be opened, to let people find their seats
EXTRA_MOST = 120
PLANNING = frozenset(  # ranked: for whom an objection let in after the others were tested, if anybody was
    {RoundStage.DRAFT, RoundStage.OPEN, RoundStage.CHECKING, RoundStage.TESTING, RoundStage.RANKED}
)
SEATING = frozenset({RoundStage.CHECKING, RoundStage.TESTING, RoundStage.RANKED})
TESTING = frozenset({RoundStage.TESTING, RoundStage.RANKED})
RELEASING = frozenset({RoundStage.TESTING})  # a later test is told as soon as its sitting is closed


def at_stage(stage: str, among: frozenset[RoundStage]) -> Verdict:
    """Is the round where this is done?"""
    return ALLOWED if stage in among else refused(Reason.ROUND_STAGE, stage=RoundStage(stage).label)


def may_set_blueprint(*, stage: str, has_begun: bool, same_city: bool) -> Verdict:
    """May what is asked still change? Not once somebody could have seen a question."""
    if has_begun:
        return refused(Reason.BLUEPRINT_FIXED)
    return at_stage(stage, PLANNING) if same_city else refused(Reason.BANK_ELSEWHERE, field="bank")


def may_plan(*, stage: str, has_blueprint: bool, starts_at: datetime, at: datetime) -> Verdict:
    """May a sitting be planned at this hour?"""
    if not has_blueprint:
        return refused(Reason.BLUEPRINT_MISSING)
    if starts_at < at:
        return refused(Reason.SITTING_PAST, field="starts_at")
    return at_stage(stage, PLANNING)


def is_planned(state: str) -> Verdict:
    """Has the sitting neither begun nor been called off?"""
    gone = {
        SittingState.OPEN: Reason.SITTING_BEGUN, SittingState.CLOSED: Reason.SITTING_CLOSED,
        SittingState.CALLED_OFF: Reason.SITTING_CALLED_OFF,
    }  # fmt: skip
    return ALLOWED if state == SittingState.PLANNED else refused(gone[SittingState(state)])


def may_move(*, state: str, starts_at: datetime, at: datetime, is_same: bool, reason: str) -> Verdict:
    """May a sitting be held at this hour and place instead?"""
    if starts_at < at:
        return first_refusal(is_planned(state), refused(Reason.SITTING_PAST, field="starts_at"))
    if is_same:
        return first_refusal(is_planned(state), refused(Reason.SITTING_SAME, field="starts_at"))
    return may_call_off(state=state, reason=reason)


def may_call_off(*, state: str, reason: str) -> Verdict:
    """May a sitting not be held at all? Only before it is opened, for a reason."""
    given = ALLOWED if reason.strip() else refused(Reason.SITTING_REASON, field="reason")
    return first_refusal(is_planned(state), given)


def may_seat(*, stage: str, waiting: int, free: int) -> Verdict:
    """Are there people to seat, and chairs for all of them?"""
    if waiting == 0:
        return refused(Reason.NOBODY_TO_SEAT)
    if waiting > free:
        return refused(Reason.NOT_ENOUGH_SEATS, missing=waiting - free)
    return at_stage(stage, SEATING)


def may_open(*, stage: str, state: str, seated: int, starts_at: datetime, at: datetime, shown: str) -> Verdict:
    """May the invigilator let people in? `shown` is the hour in the zone of the place."""
    if not is_planned(state):
        return is_planned(state)
    if seated == 0:
        return refused(Reason.NO_SEATS_TAKEN)
    if at < starts_at - timedelta(minutes=EARLY_MINUTES):
        return refused(Reason.SITTING_EARLY, time=shown, minutes=EARLY_MINUTES)
    return at_stage(stage, TESTING)


def may_enter(*, state: str, application: str, is_finished: bool) -> Verdict:
    """May somebody whose PIN is right come in, for the first time or again?"""
    if application != ApplicationState.SUBMITTED:
        return refused(Reason.WITHDRAWN)
    if is_finished or state == SittingState.CLOSED:
        return refused(Reason.FINISHED)
    return ALLOWED if state == SittingState.OPEN else refused(Reason.SITTING_NOT_OPEN)


def last_entry(*, opened_at: datetime, starts_at: datetime, late_minutes: int) -> datetime:
    """Until when somebody may begin: counted from the announced hour, or from the opening when that was later."""
    return max(opened_at, starts_at) + timedelta(minutes=late_minutes)


def may_begin(
    *, state: str, opened_at: datetime | None, starts_at: datetime, late_minutes: int, at: datetime
) -> Verdict:
    """May the clock of somebody start now?"""
    if state != SittingState.OPEN or opened_at is None:
        return refused(Reason.SITTING_CLOSED if state == SittingState.CLOSED else Reason.SITTING_NOT_OPEN)
    last = last_entry(opened_at=opened_at, starts_at=starts_at, late_minutes=late_minutes)
    return ALLOWED if at <= last else refused(Reason.TOO_LATE, minutes=late_minutes)


def deadline(*, started_at: datetime, minutes: int, extra: int) -> datetime:
    """When the time of somebody is up, counted from the moment the server saw them begin."""
    return started_at + timedelta(minutes=minutes + extra)


def counts_until(*, started_at: datetime, minutes: int, extra: int, grace_seconds: int) -> datetime:
    """Until when answers on their way at the deadline still count."""
    return deadline(started_at=started_at, minutes=minutes, extra=extra) + timedelta(seconds=grace_seconds)


def may_answer(
    *, entry: int, entered: int, started_at: datetime | None, finished: bool, minutes: int, extra: int,
    grace_seconds: int, at: datetime,
) -> Verdict:  # fmt: skip
    """Does an answer arriving now count? `entry` is the sender's, `entered` the last one that came in with the PIN."""
    if entry != entered:
        return refused(Reason.SUPERSEDED)
    if finished:
        return refused(Reason.FINISHED)
    if started_at is None:
        return refused(Reason.NOT_STARTED)
    last = counts_until(started_at=started_at, minutes=minutes, extra=extra, grace_seconds=grace_seconds)
    return ALLOWED if at <= last else refused(Reason.TIME_UP)


def may_grant(*, started_at: datetime | None, finished: bool, already: int, minutes: int, reason: str) -> Verdict:
    """May the invigilator give somebody more time?"""
    if started_at is None or finished:
        return refused(Reason.NOT_RUNNING)
    if already + minutes > EXTRA_MOST:
        return refused(Reason.EXTRA_MUCH, field="minutes", minutes=already + minutes, most=EXTRA_MOST)
    return ALLOWED if reason.strip() else refused(Reason.EXTRA_REASON, field="reason")


def may_close(*, state: str, running: int, expected: int, until: str) -> Verdict:
    """May the sitting be closed? Not while answers of somebody still count, nor while somebody may still begin.

    `until`: the first minute at which neither is so, if nobody else begins.
    """
    if state == SittingState.CLOSED:
        return refused(Reason.SITTING_CLOSED)
    if state != SittingState.OPEN:
        return refused(Reason.SITTING_NOT_OPEN)
    if expected:
        return refused(Reason.STILL_EXPECTED, count=expected, until=until)
    return refused(Reason.STILL_RUNNING, count=running, until=until) if running else ALLOWED


def may_release(*, stage: str, results: int, unclosed: int, unseated: int, is_released: bool) -> Verdict:
    """May everybody learn the result? For all at once, when all had their sitting."""
    if is_released:
        return refused(Reason.RELEASED)
    if unclosed:
        return refused(Reason.SITTINGS_OPEN, count=unclosed)
    if unseated:
        return refused(Reason.UNSEATED, count=unseated)
    return at_stage(stage, RELEASING) if results else refused(Reason.NOTHING_TO_RELEASE)


def may_void(
    *, is_released: bool, is_voided: bool, was_asked: bool, leaves_some: bool, is_spare: bool, reason: str
) -> Verdict:
    """May a question be taken out of everybody's score? `is_spare`: nobody still to be tested would lack it."""
    if is_released:
        return refused(Reason.RELEASED)
    if is_voided:
        return refused(Reason.VOIDED_ALREADY)
    if not was_asked:
        return refused(Reason.NOT_ASKED)
    if not leaves_some:
        return refused(Reason.NOTHING_LEFT)
    if not is_spare:
        return refused(Reason.VOID_LATER)
    return ALLOWED if reason.strip() else refused(Reason.VOID_REASON, field="reason")


def is_possible_choice(*, kind: str, options: int, given: Sequence[str]) -> Verdict:
    """Is this an answer to that question? Options are numbered as shown, from 0; nothing given clears the answer.

    Of steps and pairs: for each as shown the number of its place or match, or blank where none is given yet.
    """
    if kind in ARRANGED:
        known = {str(place) for place in range(options)}
        fits = not given or len(given) == options
        return ALLOWED if fits and set(_stripped(given)) <= {"", *known} else refused(Reason.CHOICE_UNKNOWN)
    given = [one for one in given if one.strip()]
    if not given:
        return ALLOWED
    if kind in CHOSEN:
        known = {str(place) for place in range(options)}
        fits = set(given) <= known and (kind == QuestionKind.MULTIPLE or len(given) == 1)
        return ALLOWED if fits else refused(Reason.CHOICE_UNKNOWN)
    if len(given) > 1:
        return refused(Reason.CHOICE_UNKNOWN)
    if len(given[0]) > ANSWER_MOST:
        return refused(Reason.ANSWER_LONG, most=ANSWER_MOST)
    is_number = kind != QuestionKind.SHORT_NUMBER or as_number(given[0]) is not None
    return ALLOWED if is_number else refused(Reason.NOT_A_NUMBER)


def as_kept(*, kind: str, order: Sequence[int], given: Sequence[str]) -> Any:
    """An answer as it is kept: option numbers of the bank, or the words typed; None when cleared.

    Of steps and pairs: a list with the place or match of each option of the bank; None where none is given.
    """
    if kind in ARRANGED:
        return _arranged(kind, order, _stripped(given))
    given = [one.strip() for one in given if one.strip()]
    if not given:
        return None
    return sorted({order[int(one)] for one in given}) if kind in CHOSEN else given[0]


def matches_shown(order: Sequence[int]) -> list[int]:
    """Which option's match stands where, for options shown in `order`: the order applied to itself.

    The match of the option at place p then stands where `order` holds p: as random as the order, nothing more is kept.
    """
    return [order[index] for index in order]


def as_shown(*, kind: str, order: Sequence[int], choice: Sequence[int | None] | None) -> list[int | None]:
    """An answer to steps or pairs as it stands on the screen: for each option shown its place or match, from 0."""
    if choice is None:
        return [None] * len(order)
    if kind == QuestionKind.ORDERING:
        return [choice[index] for index in order]
    places = {index: place for place, index in enumerate(matches_shown(order))}
    given = [choice[index] for index in order]
    return [None if one is None else places[one] for one in given]


def _arranged(kind: str, order: Sequence[int], given: Sequence[str]) -> list[int | None] | None:
    if not any(given):
        return None
    shown = matches_shown(order)
    kept: list[int | None] = [None] * len(order)
    for index, one in zip(order, given, strict=True):
        if one:
            kept[index] = int(one) if kind == QuestionKind.ORDERING else shown[int(one)]
    return kept


def _stripped(given: Sequence[str]) -> list[str]:
    return [one.strip() for one in given]


def score(earned: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """Points times share of each question that counts, as marks of 100 with three decimals."""
    rows = list(earned)
    whole = sum((points for points, _share in rows), Decimal(0))
    got = sum((points * part for points, part in rows), Decimal(0))
    marks = 100 * got / whole if whole else Decimal(0)
    return marks.quantize(Decimal("0.001"), ROUND_HALF_UP)


def may_renew(*, finished: bool, reason: str) -> Verdict:
    """May a seat get another PIN?"""
    if finished:
        return refused(Reason.FINISHED)
    return ALLOWED if reason.strip() else refused(Reason.PIN_REASON, field="reason")
