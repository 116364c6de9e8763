"""What a meeting deferred goes on in one act: to the next budget year, or up to the district."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import mask
from pendamping.deliberation.enums.results import ResultReason
from pendamping.deliberation.models import AgendaItem, Meeting
from pendamping.deliberation.queries.results import deferred_of
from pendamping.deliberation.rules import results as rules
from pendamping.deliberation.services.shared import locked, tell
from pendamping.needs import services as needs
from pendamping.needs.models import Proposal


@act("deliberation.proposals_carried_over")
def carry_over(
    *, by: Account | None, at: datetime, meeting: Meeting, proposals: Sequence[Proposal] | None = None
) -> Meeting:
    """Carry deferred proposals of a closed meeting to the next budget year (id: mengalihkan usulan), as they are.

    Without `proposals` all of them; nothing is typed anew, and a meeting of that year can take them. Refuses an open
    meeting, a proposal that it did not defer or that went on already, and when nothing is left.
    """
    meeting = locked(meeting)
    year = meeting.fiscal_year
    waiting = [item for item in deferred_of(meeting) if item.proposal.fiscal_year <= year]
    found = _chosen(meeting, waiting, proposals)
    rules.may_carry(meeting_state=meeting.state, count=len(found)).or_raise()
    for item in found:
        needs.carry_deferred(by=by, at=at, proposal=item.proposal, fiscal_year=year + 1)
        tell(
            "deliberation.proposal_carried_over", item.proposal, Verb.MEETING_CALL, by=by, at=at,
            changes={"meeting": meeting.code, "fiscal_year": [item.proposal.fiscal_year, year + 1]},
        )  # fmt: skip
    _tell_all("deliberation.proposals_carried_over", meeting, len(found), by=by, at=at)
    return meeting


@act("deliberation.proposals_passed_up")
def pass_up(
    *, by: Account | None, at: datetime, meeting: Meeting, reason: str, proposals: Sequence[Proposal] | None = None
) -> Meeting:
    """Pass deferred proposals of a closed meeting up to the district (id: meneruskan usulan), with the reason.

    Without `proposals` all of them. Refuses an open meeting, empty words, a proposal that it did not defer or that went
    on already, and when nothing is left.
    """
    meeting = locked(meeting)
    reason = mask(reason).text
    found = _chosen(meeting, list(deferred_of(meeting)), proposals)
    rules.may_pass(meeting_state=meeting.state, count=len(found), reason=reason).or_raise()
    for item in found:
        needs.pass_on_deferred(by=by, at=at, proposal=item.proposal)
        tell(
            "deliberation.proposal_passed_up", item.proposal, Verb.MEETING_DECIDE, by=by, at=at, reason=reason,
            changes={"meeting": meeting.code},
        )  # fmt: skip
    _tell_all("deliberation.proposals_passed_up", meeting, len(found), by=by, at=at)
    return meeting


def _chosen(
    meeting: Meeting, waiting: list[AgendaItem], proposals: Sequence[Proposal] | None
) -> list[AgendaItem]:  # fmt: skip
    rules.is_over(meeting_state=meeting.state).or_raise()
    if proposals is None:
        return waiting
    there = {item.proposal_id for item in waiting}
    strange = next((one for one in proposals if one.pk not in there), None)
    if strange is not None:
        raise Refused(ResultReason.NOT_OF_MEETING, field="proposals", code=strange.code)
    wanted = {one.pk for one in proposals}
    return [item for item in waiting if item.proposal_id in wanted]


def _tell_all(verb: str, meeting: Meeting, count: int, *, by: Account | None, at: datetime) -> None:
    tell(verb, meeting, Verb.MEETING_CALL, by=by, at=at, public=False, changes={"proposals": count})
