"""What can happen to a meeting: called, given its agenda, attended, deciding, closed with its minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import Max

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import counters, journal
from pendamping.core.acts import act
from pendamping.core.documents import document as documents
from pendamping.core.errors import Refused
from pendamping.core.models import Document
from pendamping.core.moments import day, period
from pendamping.core.personal import mask, mask_to
from pendamping.core.verdicts import Verdict, refused
from pendamping.deliberation import papers, rules
from pendamping.deliberation.enums import MeetingState, Outcome, Reason
from pendamping.deliberation.models import AgendaItem, Attendance, Decision, Meeting
from pendamping.deliberation.queries import duties_until_decided
from pendamping.needs import services as needs
from pendamping.needs.enums import ProposalState
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region

GROUPS: Mapping[str, Any] = Attendance.GROUPS


@act("deliberation.meeting_called")
def call_meeting(
    *, by: Account | None, at: datetime, region: Region, kind: str, title: str, fiscal_year: int, held_on: date,
    place: str, agenda: str, chair_office: str, starts_at: time | None = None,
) -> Meeting:  # fmt: skip
    """Invite to a meeting (id: mengundang musyawarah). Refuses a place or a budget year that cannot be meant."""
    rules.may_call(kind=kind, level=region.level, held_on=held_on, fiscal_year=fiscal_year).or_raise()
    meeting = Meeting.add(
        at=at, region=region, kind=kind, title=mask_to(title, 160), fiscal_year=fiscal_year, held_on=held_on,
        starts_at=starts_at, place=mask_to(place, 200), agenda=mask(agenda).text,
        chair_office=mask_to(chair_office, 80), called_by=by,
    )  # fmt: skip
    _tell(
        "deliberation.meeting_called", meeting, Verb.MEETING_CALL, by=by, at=at,
        changes={"kind": kind, "held_on": held_on, "fiscal_year": fiscal_year},
    )  # fmt: skip
    counters.moved("meeting.state", meeting, None, meeting.state)
    return meeting


@act("deliberation.proposal_put")
def put_proposal(*, by: Account | None, at: datetime, meeting: Meeting, proposal: Proposal) -> AgendaItem:
    """Put a proposal on the agenda (id: memasukkan usulan ke acara).

    Refuses a proposal that is not checked or deferred, from outside the meeting's area, or for another year.
    """
    meeting = _locked(meeting)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.may_put(
        state=meeting.state, meeting_path=meeting.region_path, meeting_year=meeting.fiscal_year, code=proposal.code,
        proposal_state=proposal.state, path=proposal.region_path, year=proposal.fiscal_year,
    ).or_raise()  # fmt: skip
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(meeting=meeting, proposal=proposal, position=last + 1, state_before=proposal.state)
    needs.put_on_agenda(proposal=proposal, by=by, at=at)
    _tell(
        "deliberation.proposal_put", proposal, Verb.MEETING_CALL, by=by, at=at,
        changes={"meeting": meeting.code, "held_on": meeting.held_on, "position": item.position},
    )  # fmt: skip
    return item


@act("deliberation.proposals_put")
def put_proposals(*, by: Account | None, at: datetime, meeting: Meeting, proposals: Sequence[Proposal]) -> Meeting:
    """Put several proposals on the agenda at once, all or none."""
    for proposal in proposals:
        put_proposal(by=by, at=at, meeting=meeting, proposal=proposal)
    return meeting


@act("deliberation.proposal_taken_off")
def take_off_agenda(*, by: Account | None, at: datetime, item: AgendaItem) -> Meeting:
    """Take a proposal off the agenda again (id: mengeluarkan usulan dari acara). Refuses once it is decided."""
    meeting = _locked(item.meeting)
    item = _item_of(meeting, item)
    rules.may_take_off(state=meeting.state, is_decided=hasattr(item, "decision")).or_raise()
    proposal, state_before = item.proposal, ProposalState(item.state_before)
    item.delete()
    needs.take_off_agenda(proposal=proposal, state=state_before, by=by, at=at)
    _tell(
        "deliberation.proposal_taken_off", proposal, Verb.MEETING_CALL, by=by, at=at, changes={"meeting": meeting.code}
    )
    return meeting


@act("deliberation.attendance_counted")
def count_attendance(
    *, by: Account | None, at: datetime, meeting: Meeting, women: int, men: int, youth: int = 0, elderly: int = 0,
    poor: int = 0, disabled: int = 0, rt_rw: int = 0, lpm: int = 0, pkk: int = 0,
) -> Meeting:  # fmt: skip
    """Count who is present (id: menghitung kehadiran); counting again replaces the count until the meeting is closed.

    Refuses before the day, an empty room, and a group larger than the room.
    """
    meeting = _locked(meeting)
    rules.has_begun(state=meeting.state, held_on=meeting.held_on, today=day(at)).or_raise()
    groups = {
        "youth": youth, "elderly": elderly, "poor": poor, "disabled": disabled, "rt_rw": rt_rw, "lpm": lpm, "pkk": pkk,
    }  # fmt: skip
    labelled = {name: (str(GROUPS[name]), count) for name, count in groups.items()}
    rules.is_possible_count(women=women, men=men, groups=labelled).or_raise()
    counted = {"women": women, "men": men, **groups}
    known = Attendance.objects.filter(meeting=meeting).first()
    before = {name: getattr(known, name) if known else 0 for name in counted}
    Attendance.objects.update_or_create(meeting=meeting, defaults={**counted, "at": at, "by": by})
    for name in ("women", "men"):
        counters.change(
            f"attendance.{name}", region_path=meeting.region_path, period=period(meeting.held_on),
            by=counted[name] - before[name],
        )  # fmt: skip
    changes = {name: [before[name], count] for name, count in counted.items() if before[name] != count}
    _tell(
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
    """Record what the meeting decided about a proposal, and why (id: memutuskan usulan); changeable until it is closed.

    Refuses before the day, without a reason, funding without an amount, funding by an RW meeting, and anyone who
    proposed, repaired or checked it.
    """
    meeting = _locked(item.meeting)
    item = _item_of(meeting, item)
    rules.has_begun(state=meeting.state, held_on=meeting.held_on, today=day(at)).or_raise()
    rules.may_decide(kind=meeting.kind, outcome=outcome, reason=reason, amount=amount).or_raise()
    decider_verdict(by=by, item=item, at=at).or_raise()
    reason, amount = mask(reason).text, amount if outcome == Outcome.FUNDED else None
    known = Decision.objects.filter(item=item).first()
    facts = {"outcome": outcome, "reason": reason, "amount": amount, "by": by}
    decision, _made = Decision.objects.update_or_create(
        item=item, defaults=facts, create_defaults={**facts, "created_at": at}
    )
    changes = {
        "meeting": meeting.code,
        "outcome": [known and known.outcome, outcome],
        "amount": [known and known.amount, amount],
    }
    _tell(
        "deliberation.proposal_decided", item.proposal, Verb.MEETING_DECIDE, by=by, at=at, changes=changes,
        reason=reason,
    )  # fmt: skip
    return decision


@act("deliberation.meeting_closed")
def close_meeting(*, by: Account | None, at: datetime, meeting: Meeting, notes: str = "") -> Meeting:
    """Close a meeting and fix its minutes (id: menutup musyawarah); each proposal takes the state decided.

    Refuses before the day, without a count of those present, and while a proposal has no decision, naming them.
    """
    meeting = _locked(meeting)
    may_close(meeting, today=day(at)).or_raise()
    office = duties.office_of(by, Verb.MEETING_DECIDE, meeting, at)
    if not office:
        raise Refused(Reason.NOT_DECIDER)
    duties.duty_verdict(by=by, place=meeting, at=at, takes=duties.Duty.DECIDER, earlier=()).or_raise()
    decisions = list(Decision.objects.filter(item__meeting=meeting).select_related("item__proposal__menu_item"))
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
            **{outcome.value: outcomes.count(outcome) for outcome in Outcome},
            "amount": sum(decision.amount or 0 for decision in decisions),
        },
    )  # fmt: skip
    return meeting


def issue_minutes(*, meeting: Meeting, at: datetime) -> Document:
    """The minutes as a verifiable paper (id: berita acara); printed after the close, and the same one ever after."""
    if meeting.minutes is not None:
        return meeting.minutes
    meeting = Meeting.objects.select_related("region", "attendance", "closed_by").get(pk=meeting.pk)
    role = duties.office_of(meeting.closed_by, Verb.MEETING_DECIDE, meeting, meeting.closed_at or at)
    paper = documents.issue(
        kind="minutes", template="deliberation/minutes", data=papers.minutes(meeting), subject=meeting,
        region=meeting.region, at=at, office=papers.office(role), title=papers.title(meeting),
    )  # fmt: skip
    Meeting.objects.filter(pk=meeting.pk, minutes=None).update(minutes=paper)
    return paper


def may_close(meeting: Meeting, *, today: date) -> Verdict:
    """The verdict on closing a meeting, from what is recorded about it."""
    items = list(AgendaItem.objects.filter(meeting=meeting).select_related("proposal", "decision"))
    return rules.may_close(
        state=meeting.state, held_on=meeting.held_on, today=today,
        is_counted=Attendance.objects.filter(meeting=meeting).exists(), items=len(items),
        undecided=[item.proposal.code for item in items if not hasattr(item, "decision")],
    )  # fmt: skip


def _settle(decision: Decision, meeting: Meeting, *, by: Account | None, at: datetime) -> None:
    proposal = decision.item.proposal
    needs.settle_proposal(proposal=proposal, state=ProposalState(decision.outcome), by=by, at=at)
    if decision.amount:
        counters.change(
            "decided.rupiah", region_path=proposal.region_path, period=period(meeting.held_on),
            dimension=proposal.menu_item.stream, by=decision.amount,
        )  # fmt: skip


def _locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now; the row that every act of a meeting waits for."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("region").get(pk=meeting.pk)


def _item_of(meeting: Meeting, item: AgendaItem) -> AgendaItem:
    related = ("proposal__proposed_by", "proposal__submitted_by", "proposal__checked_by", "decision")
    found = AgendaItem.objects.select_related(*related).filter(pk=item.pk, meeting=meeting).first()
    if found is None:
        raise Refused(Reason.NOT_ON_AGENDA)
    found.meeting = meeting
    return found


def _tell(
    verb: str, subject: Meeting | Proposal, right: Verb, *, by: Account | None, at: datetime,
    changes: dict[str, Any], reason: str = "",
) -> None:  # fmt: skip
    journal.record(
        verb, subject=subject, region=subject.region_path, by=by, at=at,
        office=duties.office_of(by, right, subject, at), reason=reason, changes=changes,
    )  # fmt: skip
