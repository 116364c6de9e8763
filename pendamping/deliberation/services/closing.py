"""A meeting is closed: its proposals take their states, its minutes are fixed and printed."""

from __future__ import annotations

from datetime import date, datetime

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import counters, journal
from pendamping.core.acts import act
from pendamping.core.documents import document as documents
from pendamping.core.models import Document
from pendamping.core.moments import day, period
from pendamping.core.personal import mask
from pendamping.core.verdicts import Verdict, first_refusal, refusals, refused
from pendamping.deliberation import letters, papers
from pendamping.deliberation.enums.meetings import MeetingState, Outcome, Reason
from pendamping.deliberation.models import AgendaItem, Decision, Meeting
from pendamping.deliberation.queries.ladder import is_counted, open_gaps_of
from pendamping.deliberation.queries.meetings import duties_until_closed
from pendamping.deliberation.rules import meetings as rules
from pendamping.deliberation.services.matrices import matrix_open
from pendamping.deliberation.services.polls import polls_open
from pendamping.deliberation.services.results import results_verdicts
from pendamping.deliberation.services.shared import locked, tell
from pendamping.needs import services as needs
from pendamping.needs.enums.proposals import ProposalState


@act("deliberation.meeting_closed")
def close_meeting(*, by: Account | None, at: datetime, meeting: Meeting, notes: str = "") -> Meeting:
    """Close a meeting and fix its minutes (id: menutup musyawarah); each proposal takes the state decided.

    Refuses before the day, without a count of those present, while a proposal has no decision, naming them, what lacks
    under its rules without a reason of the chair, scoring or voting that still runs, a counted ballot without result, a
    meeting that is there to decide without proposals, an RW meeting without proposals and notes, and anyone who
    proposed, repaired or checked one of its proposals.
    """
    meeting = locked(meeting)
    first_refusal(*obstacles(meeting, today=day(at))).or_raise()
    closer_verdict(by=by, meeting=meeting, at=at).or_raise()
    office = duties.office_of(by, Verb.MEETING_DECIDE, meeting, at)
    decisions = list(
        Decision.objects.filter(item__meeting=meeting)
        .select_related("item__proposal__menu_item")
        .order_by("item__position")
    )
    rules.tells_something(items=len(decisions), notes=notes).or_raise()
    for decision in decisions:
        _settle(decision, meeting, by=by, at=at)
    meeting.state, meeting.closed_at, meeting.closed_by = MeetingState.CLOSED, at, by
    meeting.notes = mask(notes).text
    meeting.save(update_fields=["state", "closed_at", "closed_by", "notes"])
    counters.moved("meeting.state", meeting, MeetingState.CALLED, MeetingState.CLOSED)
    outcomes = [decision.outcome for decision in decisions]
    journal.record(
        "deliberation.meeting_closed", subject=meeting, region=meeting.region_path, by=by, at=at, office=office,
        changes={
            "state": [MeetingState.CALLED, MeetingState.CLOSED],
            "decisions": len(decisions),
            **{outcome.value: outcomes.count(outcome) for outcome in Outcome},
            "amount": sum(decision.amount or 0 for decision in decisions),
        },
    )  # fmt: skip
    letters.tell_fates.enqueue(meeting.pk)  # in the same transaction: it runs if and only if the close stands
    return meeting


def issue_minutes(*, meeting: Meeting, at: datetime) -> Document:
    """The minutes as a verifiable paper (id: berita acara); printed after the close, and the same one ever after."""
    if meeting.minutes is not None:
        return meeting.minutes
    meeting = Meeting.objects.select_related("region", "attendance", "closed_by", "rules").get(pk=meeting.pk)
    role = duties.office_of(meeting.closed_by, Verb.MEETING_DECIDE, meeting, meeting.closed_at or at)
    paper = documents.issue(
        kind="minutes", template="deliberation/minutes", data=papers.minutes(meeting), subject=meeting,
        region=meeting.region, at=at, office=papers.office(role), title=papers.title(meeting),
    )  # fmt: skip
    Meeting.objects.filter(pk=meeting.pk, minutes=None).update(minutes=paper)
    return paper


def obstacles(meeting: Meeting, *, today: date) -> list[Verdict]:
    """Everything recorded about a meeting that keeps it from being closed, in the order to mend it.

    Before the day, and once it is over, there is only that.
    """
    items = list(AgendaItem.objects.filter(meeting=meeting).select_related("proposal", "decision"))
    of_meeting = rules.obstacles(
        kind=meeting.kind, state=meeting.state, held_on=meeting.held_on, today=today,
        is_counted=is_counted(meeting), items=len(items),
        undecided=[item.proposal.code for item in items if not hasattr(item, "decision")],
        lacking=open_gaps_of(meeting),
    )  # fmt: skip
    if not rules.has_begun(state=meeting.state, held_on=meeting.held_on, today=today):
        return of_meeting
    return [*refusals(matrix_open(meeting), polls_open(meeting), *results_verdicts(meeting)), *of_meeting]


def closer_verdict(*, by: Account | None, meeting: Meeting, at: datetime) -> Verdict:
    """May this person fix the minutes? Closing decides all its proposals, so the duties on each of them count."""
    if not duties.office_of(by, Verb.MEETING_DECIDE, meeting, at):
        return refused(Reason.NOT_DECIDER)
    earlier = duties_until_closed(meeting)
    return duties.duty_verdict(by=by, place=meeting, at=at, takes=duties.Duty.DECIDER, earlier=earlier)


def _settle(decision: Decision, meeting: Meeting, *, by: Account | None, at: datetime) -> None:
    """Give a proposal what was decided, and tell it to everybody."""
    proposal = decision.item.proposal
    needs.settle_proposal(proposal=proposal, state=ProposalState(decision.outcome), by=by, at=at)
    tell(
        "deliberation.proposal_decided", proposal, Verb.MEETING_DECIDE, by=by, at=at, reason=decision.reason,
        place=meeting,
        changes={"meeting": meeting.code, "outcome": decision.outcome, "amount": decision.amount},
    )  # fmt: skip
    if decision.amount:
        counters.change(
            "decided.rupiah", region_path=meeting.region_path, period=period(meeting.held_on),
            dimension=proposal.menu_item.stream, by=decision.amount,
        )  # fmt: skip
