"""What a meeting funded becomes projects, all in one act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting
from pendamping.planning import queries, rules
from pendamping.planning.enums import Reason
from pendamping.planning.models import SubActivity
from pendamping.planning.services.limits import tell
from pendamping.planning.services.projects import prepare_project


@act("planning.meeting_taken_over")
def take_over(
    *, by: Account | None, at: datetime, meeting: Meeting, lines: Mapping[str, SubActivity], funding_source: str,
    executor: str, starts_on: date, ends_on: date,
) -> Meeting:  # fmt: skip
    """Make projects of everything a closed meeting funded (id: mengambil alih keputusan), or of nothing.

    Each takes the title of its proposal and the rupiah the meeting agreed; `lines` holds the budget line of each
    stream. What has a project already is left as it is, so asked again it plans only what is new. Refuses a meeting
    that is not closed, one without anything left to plan, a stream without a budget line, and whatever preparing one
    of them refuses, naming that proposal.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("region").get(pk=meeting.pk)
    waiting = queries.to_take_over(meeting)
    rules.may_take_over(is_closed=meeting.state == MeetingState.CLOSED, waiting=len(waiting)).or_raise()
    streams = [decision.item.proposal.menu_item.stream for decision in waiting]
    rules.has_lines(streams=streams, lines=list(lines)).or_raise()
    total = 0
    for decision, stream in zip(waiting, streams, strict=True):
        proposal = decision.item.proposal
        try:
            made = prepare_project(
                by=by, at=at, decision=decision, title=proposal.title, sub_activity=lines[stream],
                budget=decision.amount or 0, funding_source=funding_source, executor=executor, starts_on=starts_on,
                ends_on=ends_on,
            )  # fmt: skip
        except Refused as why:
            field = f"line_{stream}" if why.field == "sub_activity" else why.field
            raise Refused(
                Reason.TAKE_OVER_STOPPED, field=field, code=proposal.code, title=proposal.title, why=why.message
            ) from why
        total += made.budget
    tell(
        "planning.meeting_taken_over", meeting, Verb.PROJECT_PREPARE, by=by, at=at,
        changes={"projects": len(waiting), "amount": total},
    )  # fmt: skip
    return meeting
