"""Proposals come on the agenda of a meeting and leave it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.moments import day
from pendamping.deliberation.models import AgendaItem, Meeting
from pendamping.deliberation.rules import meetings as rules
from pendamping.deliberation.services.checks import put_verdict
from pendamping.deliberation.services.phases import agenda_verdict
from pendamping.deliberation.services.polls import may_leave_agenda
from pendamping.deliberation.services.shared import item_of, locked, tell
from pendamping.needs import services as needs
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.models import Proposal


@act("deliberation.proposal_put")
def put_proposal(*, by: Account | None, at: datetime, meeting: Meeting, proposal: Proposal) -> AgendaItem:
    """Put a proposal on the agenda (id: memasukkan usulan ke acara).

    A deferred one is carried over to the year of the meeting. Refuses a proposal that is not ready for this kind of
    meeting, from outside its area, or for another year, and outside the hours of its call for proposals; to a ward
    meeting also one without a fit technical check where the city asks for it.
    """
    meeting = locked(meeting)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.may_put(
        state=meeting.state, meeting_path=meeting.region_path, meeting_year=meeting.fiscal_year, code=proposal.code,
        proposal_state=proposal.state, path=proposal.region_path, year=proposal.fiscal_year, kind=meeting.kind,
    ).or_raise()  # fmt: skip
    put_verdict(meeting, proposal, on=day(at)).or_raise()
    agenda_verdict(meeting, at).or_raise()
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting, proposal=proposal, position=last + 1, state_before=proposal.state,
        year_before=proposal.fiscal_year,
    )  # fmt: skip
    needs.put_on_agenda(proposal=proposal, fiscal_year=meeting.fiscal_year, by=by, at=at)
    tell(
        "deliberation.proposal_put", proposal, Verb.MEETING_CALL, by=by, at=at, place=meeting,
        changes={
            "meeting": meeting.code, "held_on": meeting.held_on, "position": item.position,
            **({} if item.year_before == meeting.fiscal_year else {"carried_over": item.year_before}),
        },
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
    meeting = locked(item.meeting)
    item = item_of(meeting, item)
    rules.may_take_off(state=meeting.state, is_decided=hasattr(item, "decision")).or_raise()
    agenda_verdict(meeting, at).or_raise()
    may_leave_agenda(item).or_raise()
    remove(item, meeting, by=by, at=at)
    return meeting


def remove(item: AgendaItem, meeting: Meeting, *, by: Account | None, at: datetime) -> None:
    """Remove one item and make its proposal again what it was."""
    proposal, state, year = item.proposal, ProposalState(item.state_before), item.year_before
    item.delete()
    needs.take_off_agenda(proposal=proposal, state=state, fiscal_year=year, by=by, at=at)
    tell(
        "deliberation.proposal_taken_off", proposal, Verb.MEETING_CALL, by=by, at=at, place=meeting,
        changes={"meeting": meeting.code},
    )  # fmt: skip
