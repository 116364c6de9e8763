"""May a ballot be prepared, announced, opened, ended, counted, called off? Values in, a verdict out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.enums.polls import BallotChannel, PollBasis, PollKind, PollPhase, PollReason, PollState
from pendamping.deliberation.rules.ladder import is_in_words
from pendamping.deliberation.rules.meetings import has_begun
from pendamping.deliberation.rules.results import FEWEST_BALLOTS

MOST_SLIPS = 5000
MOST_POINTS = 1000
PRESENT = "present"  # what ballots are held against where there is no roll
BY_PHONE = (BallotChannel.HALL, BallotChannel.REMOTE)


def phase(*, state: str, opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> PollPhase:
    """What can be done with a ballot at this moment: its state, and the clock."""
    if state != PollState.ANNOUNCED:
        return PollPhase(state)
    if opens_at is None or at < opens_at:
        return PollPhase.WAITING
    return PollPhase.OPEN if closes_at is None or at < closes_at else PollPhase.ENDED


def has_words(reason: str) -> Verdict:
    """Nothing is called off or struck without words."""
    return ALLOWED if reason.strip() else refused(PollReason.REASON_MISSING, field="reason")


def is_meeting_open(*, meeting_state: str) -> Verdict:
    """Is the meeting still called?"""
    return ALLOWED if meeting_state == MeetingState.CALLED else refused(PollReason.MEETING_OVER)


def can_agree(*, meeting_state: str, held_on: date, today: date) -> Verdict:
    """Can the room have agreed or failed to? While the meeting is called, and not before its day."""
    is_open = is_meeting_open(meeting_state=meeting_state)
    return first_refusal(is_open, has_begun(state=meeting_state, held_on=held_on, today=today))


def may_record_failure(*, meeting_state: str, held_on: date, today: date, reason: str) -> Verdict:
    """May it be recorded that no consensus was reached?"""
    told = ALLOWED if reason.strip() else refused(PollReason.NO_CONSENSUS_REASON, field="reason")
    return first_refusal(can_agree(meeting_state=meeting_state, held_on=held_on, today=today), told)


def may_record_consensus(*, meeting_state: str, held_on: date, today: date, has_failure: bool, words: str) -> Verdict:
    """May it be recorded that consensus was reached after all, and on what?"""
    told = is_in_words(words)
    return first_refusal(
        can_agree(meeting_state=meeting_state, held_on=held_on, today=today),
        ALLOWED if has_failure else refused(PollReason.NOTHING_FAILED),
        ALLOWED if told else refused(PollReason.CONSENSUS_WORDS, field="words"),
    )


def may_prepare(
    *, meeting_state: str, basis: str, has_failure: bool, kind: str, choices: int, channels: Sequence[str],
    least: int, most: int | None, points: int | None, ceiling: int, title: str,
) -> Verdict:  # fmt: skip
    """Are these the facts of a ballot that can be held?"""
    failure_known = basis != PollBasis.FALLBACK or has_failure
    return first_refusal(
        is_meeting_open(meeting_state=meeting_state),
        ALLOWED if title.strip() else refused(PollReason.REASON_MISSING, field="title"),
        ALLOWED if failure_known else refused(PollReason.NO_CONSENSUS_MISSING, field="basis"),
        ALLOWED if choices >= 2 else refused(PollReason.TOO_FEW_CHOICES, field="proposals"),
        ALLOWED if channels else refused(PollReason.NO_CHANNEL, field="channels"),
        ALLOWED if ceiling > 0 else refused(PollReason.CEILING_NEEDED, field="ceiling"),
        ALLOWED if kind != PollKind.K_APPROVAL or most else refused(PollReason.MOST_NEEDED, field="most"),
        ALLOWED
        if kind != PollKind.POINTS or (points and 0 < points <= MOST_POINTS)
        else refused(PollReason.POINTS_NEEDED, field="points"),
        ALLOWED
        if most is None or most >= least
        else refused(PollReason.MOST_BELOW_LEAST, field="most", most=most, least=least),
    )


def are_possible_times(*, opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> Verdict:
    """Can voting begin and end then?"""
    if closes_at is not None and closes_at <= at:
        return refused(PollReason.TIME_PAST, field="closes_at")
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        return refused(PollReason.CLOSES_BEFORE_OPENS, field="closes_at")
    return ALLOWED


def is_draft(now: PollPhase) -> Verdict:
    """Can the rules of the ballot still be changed, and be announced?"""
    return ALLOWED if now == PollPhase.DRAFT else first_refusal(_over(now), refused(PollReason.NOT_DRAFT))


def may_open(now: PollPhase) -> Verdict:
    """Can voting be opened by hand?"""
    if now == PollPhase.WAITING:
        return ALLOWED
    reasons = {
        PollPhase.DRAFT: PollReason.NOT_ANNOUNCED, PollPhase.OPEN: PollReason.ALREADY_OPEN,
        PollPhase.ENDED: PollReason.VOTING_OVER,
        PollPhase.CLOSED: PollReason.POLL_CLOSED, PollPhase.VOID: PollReason.POLL_VOID,
        PollPhase.LAPSED: PollReason.POLL_LAPSED,
    }  # fmt: skip
    return refused(reasons[now])


def is_voting(now: PollPhase) -> Verdict:
    """Are votes taken at this moment?"""
    if now == PollPhase.OPEN:
        return ALLOWED
    return refused(PollReason.VOTING_OVER) if now == PollPhase.CLOSED else _not_counting(now, PollReason.VOTING_OVER)


def is_counting(now: PollPhase) -> Verdict:
    """Is voting over and the count not fixed yet?"""
    if now == PollPhase.ENDED:
        return ALLOWED
    return refused(PollReason.STILL_OPEN) if now == PollPhase.OPEN else _not_counting(now, PollReason.POLL_CLOSED)


def may_enter_sheets(now: PollPhase) -> Verdict:
    """Can count sheets be entered?"""
    waits = now in (PollPhase.OPEN, PollPhase.WAITING)
    return refused(PollReason.SHEETS_AFTER_VOTING) if waits else is_counting(now)


def is_running(now: PollPhase) -> Verdict:
    """Announced and not counted: a choice can be struck, the roll be used."""
    if now in (PollPhase.WAITING, PollPhase.OPEN, PollPhase.ENDED):
        return ALLOWED
    return first_refusal(_over(now), refused(PollReason.NOT_ANNOUNCED))


def is_unfinished(now: PollPhase) -> Verdict:
    """Not counted and not called off."""
    return _over(now)


def may_make_slips(*, now: PollPhase, has_hall: bool, count: int, known: int) -> Verdict:
    """Can so many slips be made?"""
    fits = count > 0 and known + count <= MOST_SLIPS
    return first_refusal(
        is_unfinished(now),
        ALLOWED if now != PollPhase.ENDED else refused(PollReason.VOTING_OVER),
        ALLOWED if has_hall else refused(PollReason.CHANNEL_OFF),
        ALLOWED if fits else refused(PollReason.SLIPS_RANGE, field="count", most=MOST_SLIPS - known),
    )


def envelopes_match(*, envelopes: Mapping[str, int], used: Mapping[str, int], names: Mapping[str, str]) -> Verdict:
    """Is there exactly one sealed ballot for each used code? Anything else is a hand in the database."""
    for channel in BY_PHONE:
        found, marked = envelopes.get(channel, 0), used.get(channel, 0)
        if found != marked:
            return refused(
                PollReason.ENVELOPES_DIFFER, channel=names[channel], ballots=found, marks=marked
            )  # fmt: skip
    return ALLOWED


def excess(compared: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Where there are more ballots than people: {"hall" or "paper" (a roll), or "present": (ballots, people)}."""
    return {key: (ballots, people) for key, (ballots, people) in compared.items() if ballots > people}


def ballots_fit_people(
    *, compared: Mapping[str, tuple[int, int]], names: Mapping[str, str], remark: str
) -> Verdict:  # fmt: skip
    """With a roll nobody votes unmarked, without one nobody who is not there; else an explanation is published."""
    found = excess(compared)
    if found and remark.strip():
        return ALLOWED if is_in_words(remark) else refused(PollReason.REMARK_TOO_SHORT, field="remark")
    for key, (ballots, people) in found.items():
        if key == PRESENT:
            return refused(PollReason.MORE_BALLOTS_THAN_PRESENT, field="remark", ballots=ballots, present=people)
        return refused(
            PollReason.MORE_BALLOTS_THAN_MARKS, field="remark", channel=names[key], ballots=ballots, marks=people
        )
    return ALLOWED


def is_told_by_channel(ballots: Mapping[str, int]) -> bool:
    """May what ballots say be kept by channel? Not where one of several has so few that it tells who chose what."""
    used = [count for count in ballots.values() if count]
    return len(used) < 2 or min(used) >= FEWEST_BALLOTS


def _over(now: PollPhase) -> Verdict:
    reasons = {
        PollPhase.CLOSED: PollReason.POLL_CLOSED, PollPhase.VOID: PollReason.POLL_VOID,
        PollPhase.LAPSED: PollReason.POLL_LAPSED,
    }  # fmt: skip
    return refused(reasons[now]) if now in reasons else ALLOWED


def _not_counting(now: PollPhase, after: PollReason) -> Verdict:
    reasons = {
        PollPhase.DRAFT: PollReason.NOT_ANNOUNCED, PollPhase.WAITING: PollReason.NOT_OPEN_YET,
        PollPhase.VOID: PollReason.POLL_VOID, PollPhase.LAPSED: PollReason.POLL_LAPSED,
    }  # fmt: skip
    return refused(reasons.get(now, after))


def may_add_voter(now: PollPhase, *, reason: str) -> Verdict:
    """May one more person be put on the roll? It stands once voting is open: then with a reason, which is published."""
    told = now != PollPhase.OPEN or is_in_words(reason)
    return first_refusal(takes_voters(now), ALLOWED if told else refused(PollReason.ROLL_STANDS, field="reason"))


def may_take_list(now: PollPhase) -> Verdict:
    """May a whole list be put on the roll? Until voting opens."""
    stands = now == PollPhase.OPEN
    return first_refusal(takes_voters(now), refused(PollReason.ROLL_STANDS_LIST) if stands else ALLOWED)


def takes_voters(now: PollPhase) -> Verdict:
    """Can marks, slips and the roll still change? Until voting is over."""
    return first_refusal(_over(now), refused(PollReason.VOTING_OVER) if now == PollPhase.ENDED else ALLOWED)
