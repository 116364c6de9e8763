"""What a meeting deferred goes on in one act: to the next budget year, or up to the district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask
from pendamping.deliberation.enums.results import ResultReason
from pendamping.deliberation.models import AgendaItem, Meeting, PollChoice
from pendamping.deliberation.queries.results import deferred_of, to_carry, to_pass
from pendamping.deliberation.queries.successors import going_on
from pendamping.deliberation.rules import results as rules
from pendamping.deliberation.services.shared import locked, tell
from pendamping.needs import services as needs
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region


@act("deliberation.proposals_carried_over")
def carry_over(
    *, by: Account | None, at: datetime, meeting: Meeting, proposals: Sequence[Proposal] | None = None,
    successors: Mapping[str, Region] | None = None,
) -> Meeting:  # fmt: skip
    """Carry deferred proposals of a closed meeting to the next budget year (id: mengalihkan usulan), as they are.

    Without `proposals` all of them; nothing is typed anew, and a meeting of that year can take them. Where the ward was
    split or merged, each goes on in one ward that follows: that of its RT, RW or points as far as the records know it,
    else (or otherwise) the one of `successors`, by its code. Refuses an open meeting, a proposal that it did not defer
    or that went on already, when nothing is left, and a ward that nothing follows, or not the one chosen.
    """
    meeting = locked(meeting)
    left = set(to_carry(meeting, day(at)))
    waiting = [item for item in deferred_of(meeting).select_related("proposal__need") if item.proposal_id in left]
    found = _chosen(meeting, waiting, proposals)
    rules.may_carry(meeting_state=meeting.state, count=len(found)).or_raise()
    homes = _homes([item.proposal for item in found], successors or {}, on=day(at))
    for item in found:
        _carry(item.proposal, meeting, homes.get(item.proposal_id), by=by, at=at)
    _tell_all("deliberation.proposals_carried_over", meeting, len(found), by=by, at=at)
    return meeting


def _homes(proposals: Sequence[Proposal], chosen: Mapping[str, Region], *, on: date) -> dict[int, Region]:
    """Where each of these goes on whose ward stands no more."""
    homes = {}
    for key, one in going_on(proposals, on).items():
        code, picked = one.proposal.code, chosen.get(one.proposal.code)
        home = one.home(picked)
        rules.goes_on_in(
            code=code, ward=one.ward.label, ended=one.ward.valid_to, home=home.ward_path if home else None,
            successors={way.path: way.label for way in one.successors},
        ).or_raise()  # fmt: skip
        if home is not None:
            homes[key] = home
    return homes


def _carry(proposal: Proposal, meeting: Meeting, home: Region | None, *, by: Account | None, at: datetime) -> None:
    """One proposal goes on; what earlier meetings and ballots say of its place stays said."""
    year = max(proposal.fiscal_year, meeting.fiscal_year + 1)
    changes: dict[str, Any] = {"meeting": meeting.code, "fiscal_year": [proposal.fiscal_year, year]}
    if home is not None:
        changes |= {"went_from": proposal.region.place_label, "goes_to": home.place_label}
        for kept in (AgendaItem, PollChoice):
            kept.objects.filter(proposal=proposal, lay_in__isnull=True).update(lay_in=proposal.region)
    needs.carry_deferred(by=by, at=at, proposal=proposal, fiscal_year=year, region=home)
    tell(
        "deliberation.proposal_carried_over", proposal, Verb.MEETING_CALL, by=by, at=at, changes=changes, place=meeting
    )


@act("deliberation.proposals_passed_up")
def pass_up(
    *, by: Account | None, at: datetime, meeting: Meeting, reason: str, proposals: Sequence[Proposal] | None = None
) -> Meeting:
    """Pass deferred proposals of a closed meeting up to the district (id: meneruskan usulan), with the reason.

    Without `proposals` all of them. Refuses an open meeting, empty words, a proposal that it did not defer or that went
    on already, also in another ward after a split or merger, and when nothing is left.
    """
    meeting = locked(meeting)
    reason = mask(reason).text
    found = _chosen(meeting, list(to_pass(meeting)), proposals)
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
