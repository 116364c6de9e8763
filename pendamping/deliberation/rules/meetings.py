"""May a meeting be called, hold this proposal, decide this, be closed? Values in, a verdict out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refusals, refused
from pendamping.deliberation.enums.meetings import MeetingKind, MeetingState, Outcome, Reason
from pendamping.deliberation.rules.ladder import LEVELS, OUTCOMES, Gap, is_fulfilled, is_of_room
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.rules.proposals import may_carry_over
from pendamping.needs.rules.words import has_words

YEARS_AHEAD = 2  # an RW meeting in November 2025 prepares the plan of 2027
READY = frozenset({ProposalState.CHECKED, ProposalState.DEFERRED, ProposalState.RECOMMENDED})
READY_FOR = {MeetingKind.DISTRICT.value: frozenset({ProposalState.PASSED_ON})}  # every other kind: READY


def may_call(*, kind: str, level: str, held_on: date, fiscal_year: int, words: Mapping[str, str]) -> Verdict:
    """May a meeting of this kind be called here, for this budget year? `words` are those it cannot do without."""
    if level not in LEVELS[kind]:
        return refused(Reason.PLACE_UNFIT, field="region")
    said = (has_words(text, field=field) for field, text in words.items())
    return first_refusal(is_likely_year(held_on=held_on, fiscal_year=fiscal_year), *said)


def stands(*, name: str, until: date | None, on: date) -> Verdict:
    """Does the place still stand? A ward that was split or merged calls no more meetings."""
    gone = until is not None and until < on
    return refused(Reason.PLACE_CLOSED, field="region", place=name, day=until) if gone else ALLOWED


def is_likely_year(*, held_on: date, fiscal_year: int) -> Verdict:
    """Can a meeting on this day decide for this budget year?"""
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
    if state == MeetingState.CANCELLED:
        return refused(Reason.MEETING_CANCELLED)
    return refused(Reason.MEETING_CLOSED) if state == MeetingState.CLOSED else ALLOWED


def has_reason(words: str) -> Verdict:
    """Nothing is decided, moved or cancelled without words."""
    return ALLOWED if words.strip() else refused(Reason.REASON_MISSING, field="reason")


def is_movable(*, state: str, is_held: bool) -> Verdict:
    """Can the meeting still be on another day? Not once people were counted or a decision was recorded."""
    return first_refusal(is_open(state=state), refused(Reason.MEETING_HELD) if is_held else ALLOWED)


def may_move(*, state: str, is_held: bool, is_same: bool, held_on: date, fiscal_year: int, reason: str) -> Verdict:
    """May the meeting be on this other day or hour instead?"""
    return first_refusal(
        is_movable(state=state, is_held=is_held),
        refused(Reason.SAME_DAY, field="held_on") if is_same else ALLOWED,
        is_likely_year(held_on=held_on, fiscal_year=fiscal_year),
        has_reason(reason),
    )


def is_cancellable(*, state: str, decided: Sequence[str], is_decider: bool) -> Verdict:
    """Can the meeting be called off? What the ward head recorded, only the ward head may drop."""
    if decided and not is_decider:
        return first_refusal(is_open(state=state), refused(Reason.DECIDER_CANCELS, codes=", ".join(decided)))
    return is_open(state=state)


def may_cancel(*, state: str, decided: Sequence[str], is_decider: bool, reason: str) -> Verdict:
    """May the meeting be called off, with the reason its residents read?"""
    return first_refusal(is_cancellable(state=state, decided=decided, is_decider=is_decider), has_reason(reason))


def has_begun(*, state: str, held_on: date, today: date) -> Verdict:
    """Can what happens in the meeting be recorded now?"""
    if today < held_on:
        return first_refusal(
            is_open(state=state),
            refused(Reason.MEETING_NOT_YET, day=held_on),
        )
    return is_open(state=state)


def ready_for(kind: str) -> frozenset[ProposalState]:
    """The states in which proposals come to a meeting of this kind."""
    return READY_FOR.get(kind, READY)


def may_put(
    *,
    state: str,
    meeting_path: str,
    meeting_year: int,
    code: str,
    proposal_state: str,
    path: str,
    year: int,
    kind: str = "",
) -> Verdict:
    """May this proposal be put to this meeting?"""
    if not is_open(state=state):
        return is_open(state=state)
    if proposal_state == ProposalState.ON_AGENDA:
        return refused(Reason.ALREADY_ON_AGENDA, field="proposals")
    if proposal_state not in ready_for(kind):
        return refused(Reason.NOT_READY, field="proposals", code=code)
    if not path.startswith(meeting_path):
        return refused(Reason.OTHER_WARD, field="proposals", code=code)
    if not may_carry_over(state=proposal_state, year=year, to=meeting_year):
        return refused(Reason.OTHER_YEAR, field="proposals", code=code, year=year, meeting=meeting_year)
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
    if not has_reason(reason):
        return has_reason(reason)
    if kind == MeetingKind.RW and outcome == Outcome.FUNDED:
        return refused(Reason.RW_CANNOT_FUND, field="outcome")
    if outcome not in OUTCOMES[kind]:
        possible = ", ".join(str(one.label) for one in OUTCOMES[kind])
        return refused(Reason.OUTCOME_UNFIT, field="outcome", outcome=Outcome(outcome).label, possible=possible)
    if outcome != Outcome.FUNDED:
        return ALLOWED
    return ALLOWED if amount and amount > 0 else refused(Reason.AMOUNT_NEEDED, field="amount")


def obstacles(
    *,
    kind: str,
    state: str,
    held_on: date,
    today: date,
    is_counted: bool,
    items: int,
    undecided: Sequence[str],
    lacking: Sequence[Gap] = (),
) -> list[Verdict]:
    """Everything that keeps the minutes from being fixed: nobody counted, undecided proposals, what lacks unreasoned.

    Before the day, and once the meeting is over, there is only that. Who came is lacking only once they are counted. An
    RW meeting talks of needs and may hold no proposal; the others are there to decide.
    """
    begun = has_begun(state=state, held_on=held_on, today=today)
    if not begun:
        return [begun]
    is_idle = items == 0 and kind != MeetingKind.RW
    return refusals(
        ALLOWED if is_counted else refused(Reason.ATTENDANCE_MISSING),
        refused(Reason.NOTHING_DECIDED) if is_idle else ALLOWED,
        refused(Reason.UNDECIDED, count=len(undecided), codes=", ".join(undecided)) if undecided else ALLOWED,
        is_fulfilled([one for one in lacking if is_counted or not is_of_room(one.requirement)]),
    )


def tells_something(*, items: int, notes: str) -> Verdict:
    """Minutes without a decision need at least the course of the meeting."""
    return ALLOWED if items or notes.strip() else refused(Reason.NOTES_MISSING, field="notes")
