"""People are counted, and what they decide is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import counters
from pendamping.core.acts import act
from pendamping.core.moments import day, period
from pendamping.core.personal import mask
from pendamping.core.verdicts import Verdict, first_refusal, refused
from pendamping.deliberation.enums.meetings import Outcome, Reason
from pendamping.deliberation.models import AgendaItem, Attendance, Decision, Meeting, Result
from pendamping.deliberation.models.meetings import BALLOT, CONSENSUS
from pendamping.deliberation.queries.meetings import duties_until_decided
from pendamping.deliberation.queries.own_groups import groups_of
from pendamping.deliberation.rules import ladder
from pendamping.deliberation.rules import meetings as rules
from pendamping.deliberation.services.phases import count_verdict
from pendamping.deliberation.services.polls import is_undisputed, is_voted_on
from pendamping.deliberation.services.results import is_unheard
from pendamping.deliberation.services.shared import item_of, locked, tell


@act("deliberation.attendance_counted")
def count_attendance(
    *, by: Account | None, at: datetime, meeting: Meeting, women: int, men: int, youth: int = 0, elderly: int = 0,
    poor: int = 0, disabled: int = 0, rt_rw: int = 0, lpm: int = 0, pkk: int = 0,
    own: Mapping[str, int] | None = None,
) -> Meeting:  # fmt: skip
    """Count who is present (id: menghitung kehadiran); counting again replaces the count until the meeting is closed.

    `own`: the groups of the city's own in the rules of the meeting, by their key. Refuses before the day, an empty
    room, a group larger than the room, and one that these rules do not name.
    """
    meeting = locked(meeting)
    rules.has_begun(state=meeting.state, held_on=meeting.held_on, today=day(at)).or_raise()
    count_verdict(meeting, at).or_raise()
    groups = {
        "youth": youth, "elderly": elderly, "poor": poor, "disabled": disabled, "rt_rw": rt_rw, "lpm": lpm, "pkk": pkk,
    }  # fmt: skip
    labels, own = groups_of(meeting), {key: count for key, count in (own or {}).items() if count}
    ladder.may_count_groups(own, known=labels).or_raise()
    labelled = {name: (labels[name], count) for name, count in {**groups, **own}.items()}
    rules.is_possible_count(women=women, men=men, groups=labelled).or_raise()
    counted = {"women": women, "men": men, **groups}
    known = Attendance.objects.filter(meeting=meeting).first()
    before = {name: getattr(known, name) if known else 0 for name in counted}
    Attendance.objects.update_or_create(meeting=meeting, defaults={**counted, "own": own, "at": at, "by": by})
    for name in ("women", "men"):
        counters.change(
            f"attendance.{name}", region_path=meeting.region_path, period=period(meeting.held_on),
            by=counted[name] - before[name],
        )  # fmt: skip
    changes = {name: [before[name], count] for name, count in counted.items() if before[name] != count}
    if own != (known.own if known else {}):
        changes["own_groups"] = [known.own if known else {}, own]  # type: ignore[list-item]
    tell(
        "deliberation.attendance_counted",
        meeting,
        Verb.MEETING_ATTENDANCE,
        by=by,
        at=at,
        changes=changes,
    )
    return Meeting.objects.select_related("region", "attendance").get(pk=meeting.pk)


def decider_verdict(*, by: Account | None, item: AgendaItem, at: datetime) -> Verdict:
    """May this person record the decision? Neither who proposed, repaired or checked it, nor a facilitator."""
    if not duties.office_of(by, Verb.MEETING_DECIDE, item.meeting, at):
        return refused(Reason.NOT_DECIDER)
    earlier = duties_until_decided(item.proposal)
    return duties.duty_verdict(by=by, place=item.meeting, at=at, takes=duties.Duty.DECIDER, earlier=earlier)


@act("deliberation.proposal_decided")
def decide(
    *,
    by: Account | None,
    at: datetime,
    item: AgendaItem,
    outcome: str,
    reason: str,
    amount: int | None = None,
) -> Decision:
    """Record what the meeting agreed about a proposal, and why (id: memutuskan usulan); changeable until it is closed.

    The journal keeps each record of it, for those who work; the public reads what stands when the meeting is closed.
    It is by consensus: refuses a proposal that a counted ballot speaks of (that is `decide_from_result` or
    `depart_from_result`), one about which no consensus was reached, and whatever `record_decision` refuses. Amount in
    rupiah. Raises Refused.
    """
    meeting = locked(item.meeting)
    rules.has_begun(state=meeting.state, held_on=meeting.held_on, today=day(at)).or_raise()
    by_hand_verdict(item).or_raise()
    return record_decision(by=by, at=at, item=item, outcome=outcome, reason=reason, amount=amount)


def by_hand_verdict(item: AgendaItem) -> Verdict:
    """May this proposal be decided by consensus? Not while it is voted on, past its ballot, or against a dispute."""
    return first_refusal(is_voted_on(item), is_unheard(item), is_undisputed(item))


def record_decision(
    *, by: Account | None, at: datetime, item: AgendaItem, outcome: str, reason: str, amount: int | None,
    result: Result | None = None,
) -> Decision:  # fmt: skip
    """Within an act: keep a decision, by consensus or by the result of a ballot; amount in rupiah.

    Refuses before the day, without a reason, funding without an amount, an outcome this kind of meeting does not have,
    a proposal that is voted on, and anyone who proposed, repaired or checked it. Raises Refused.
    """
    meeting = locked(item.meeting)
    item = item_of(meeting, item)
    rules.has_begun(state=meeting.state, held_on=meeting.held_on, today=day(at)).or_raise()
    rules.may_decide(kind=meeting.kind, outcome=outcome, reason=reason, amount=amount).or_raise()
    decider_verdict(by=by, item=item, at=at).or_raise()
    is_voted_on(item).or_raise()
    reason, amount = mask(reason).text, amount if outcome == Outcome.FUNDED else None
    known = Decision.objects.filter(item=item).first()
    facts = {"outcome": outcome, "reason": reason, "amount": amount, "by": by, "result": result}
    facts["method"] = CONSENSUS if result is None else BALLOT
    decision, _made = Decision.objects.update_or_create(
        item=item, defaults=facts, create_defaults={**facts, "created_at": at}
    )
    changes = {
        "meeting": meeting.code,
        "outcome": [known and known.outcome, outcome],
        "amount": [known and known.amount, amount],
    }
    tell(
        "deliberation.proposal_decided", item.proposal, Verb.MEETING_DECIDE, by=by, at=at, changes=changes,
        reason=reason, public=False, place=meeting,
    )  # fmt: skip
    return decision
