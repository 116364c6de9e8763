"""May a result be worked out, counted again, turned into decisions? And what is told of small groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation.enums.meetings import MeetingState, Outcome
from pendamping.deliberation.enums.polls import PollState
from pendamping.deliberation.enums.results import ResultReason
from pendamping.deliberation.rules.ladder import is_in_words

FEWEST_BALLOTS = 10  # a channel with fewer tells what its few voters chose: then nothing is split by channel


@dataclass(frozen=True)
class Choice:
    """What the meeting decides about one proposal of a ballot (id: putusan usulan); money in rupiah."""

    code: str
    outcome: str
    amount: int | None = None
    reason: str = ""  # the chair's own words; needed where it departs from the result


def may_run(*, poll_state: str, meeting_state: str) -> Verdict:
    """May the result of a ballot be worked out? Also after the close: the ballots are fixed since the count."""
    if poll_state != PollState.CLOSED:
        return refused(ResultReason.POLL_NOT_COUNTED)
    return ALLOWED if meeting_state != MeetingState.CANCELLED else refused(ResultReason.MEETING_IS_OVER)


def may_recount(*, meeting_state: str, newer: int | None, reason: str) -> Verdict:
    """May a result be worked out anew? Only while the meeting is open, and only the newest."""
    return first_refusal(is_newest(newer=newer), is_meeting_open(meeting_state=meeting_state), _has_reason(reason))


def _has_reason(reason: str) -> Verdict:
    return ALLOWED if reason.strip() else refused(ResultReason.RECOUNT_WITHOUT_REASON, field="reason")


def is_newest(*, newer: int | None) -> Verdict:
    """Was this result not counted again since?"""
    return ALLOWED if newer is None else refused(ResultReason.OVERTAKEN, number=newer)


def is_meeting_open(*, meeting_state: str) -> Verdict:
    """Is the meeting still called?"""
    return ALLOWED if meeting_state == MeetingState.CALLED else refused(ResultReason.MEETING_IS_OVER)


def is_unheard(*, code: str, poll: int, result: int | None) -> Verdict:
    """A proposal of a counted ballot is decided from its result (`result`: its number; None: not worked out yet)."""
    if result is None:
        return refused(ResultReason.RESULT_MISSING, numbers=str(poll))
    return refused(ResultReason.BALLOT_SPOKE, code=code, number=poll, result=result)


def departs(choice: Choice, *, is_funded: bool, price: int, chosen: str = Outcome.FUNDED) -> bool:
    """Does this decision say otherwise than the result? What the result leaves out may wait, go up or be rejected.

    `chosen`: the outcome this kind of meeting gives those its ballot chooses (`rules.ladder.CHOSEN`).
    """
    if is_funded:
        return choice.outcome != chosen or (chosen == Outcome.FUNDED and choice.amount != price)
    return choice.outcome in (chosen, Outcome.FUNDED)


def may_apply(
    choices: Sequence[Choice], *, funded: Mapping[str, bool], prices: Mapping[str, int], ceiling: int,
    chosen: str = Outcome.FUNDED,
) -> Verdict:  # fmt: skip
    """Are these whole decisions on the proposals of a result? A departure needs words, an amount, and the money.

    Where nothing is funded (`chosen`, as in `departs`) a chosen proposal takes its price of the ceiling.
    """
    strange = next((one.code for one in choices if one.code not in prices), None)
    if strange is not None:
        return refused(ResultReason.NOT_IN_RESULT, code=strange)
    differing = [
        one for one in choices if departs(one, is_funded=funded[one.code], price=prices[one.code], chosen=chosen)
    ]
    for one in differing:
        if not is_in_words(one.reason):
            return refused(ResultReason.NO_WORDS_TO_DEPART, field="reason", code=one.code)
        if one.outcome == Outcome.FUNDED and not one.amount:
            return refused(ResultReason.AMOUNT_TO_DEPART, field="amount", code=one.code)
    taken = {one.code: one.amount if one.outcome == Outcome.FUNDED else prices[one.code] for one in choices}
    spent = sum(taken[one.code] or 0 for one in choices if one.outcome in (chosen, Outcome.FUNDED))
    if differing and spent > ceiling:
        return refused(
            ResultReason.OVER_CEILING_TO_DEPART, field="amount", sum_rupiah=spent, ceiling_rupiah=ceiling,
            over_rupiah=spent - ceiling,
        )  # fmt: skip
    return ALLOWED


def is_split_shown(by_channel: Mapping[str, int]) -> bool:
    """May supporters be told by channel? Not where a channel has so few ballots that it tells who chose what."""
    used = [count for count in by_channel.values() if count]
    return len(used) > 1 and min(used) >= FEWEST_BALLOTS


def is_over(*, meeting_state: str) -> Verdict:
    """Is the meeting closed, so that its deferred proposals can go on?"""
    return ALLOWED if meeting_state == MeetingState.CLOSED else refused(ResultReason.NOT_CLOSED_YET)


def may_carry(*, meeting_state: str, count: int) -> Verdict:
    """Can deferred proposals of this meeting be carried over to the next budget year?"""
    return first_refusal(
        is_over(meeting_state=meeting_state), ALLOWED if count else refused(ResultReason.NOTHING_TO_CARRY)
    )


def goes_on_in(
    *, code: str, ward: str, ended: date | None, home: str | None, successors: Mapping[str, str]
) -> Verdict:  # fmt: skip
    """Can a proposal of a ward that ended go on in the ward at `home`? `successors`: those that follow, by path."""
    if not successors:
        return refused(ResultReason.NO_SUCCESSOR, code=code, ward=ward, day=ended)
    names = ", ".join(successors.values())
    if home is None:
        return refused(ResultReason.SUCCESSOR_OPEN, field=f"successor_{code}", code=code, ward=ward, wards=names)
    fits = home in successors
    return ALLOWED if fits else refused(ResultReason.NOT_SUCCESSOR, field=f"successor_{code}", ward=ward, wards=names)


def may_pass(*, meeting_state: str, count: int, reason: str) -> Verdict:
    """Can deferred proposals of this meeting be passed up to the district?"""
    return first_refusal(
        is_over(meeting_state=meeting_state),
        ALLOWED if count else refused(ResultReason.NOTHING_TO_PASS, field="proposals"),
        ALLOWED if reason.strip() else refused(ResultReason.PASS_WITHOUT_REASON, field="reason"),
    )
