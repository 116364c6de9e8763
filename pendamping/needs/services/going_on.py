"""What a meeting deferred goes on as it is: to another budget year, or up the ladder."""

from __future__ import annotations

from datetime import datetime

from pendamping.access.models import Account
from pendamping.core import counters
from pendamping.core.acts import act
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.models import Proposal
from pendamping.needs.rules import proposals as rules
from pendamping.regions.models import Region


@act("needs.proposal_carried_over")
def carry_deferred(
    *, by: Account | None, at: datetime, proposal: Proposal, fiscal_year: int, region: Region | None = None
) -> Proposal:
    """Let a deferred proposal wait for a later budget year (id: mengalihkan usulan).

    With `region` it waits in the place that follows its ward, which was split or merged; all else of it stays.
    Writes no journal entry: deliberation records "deliberation.proposal_carried_over" with the proposal as subject.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.is_deferred(state=proposal.state).or_raise()
    rules.may_carry_over(state=proposal.state, year=proposal.fiscal_year, to=fiscal_year).or_raise()
    proposal.fiscal_year = fiscal_year
    proposal.save(update_fields=["fiscal_year"])
    return proposal if region is None else lay(proposal, region, former_path=proposal.region_path)


def lay(proposal: Proposal, region: Region, *, former_path: str) -> Proposal:
    """Let a proposal lie in another place, and count it there; who read it at `former_path` reads it still."""
    counters.moved("proposal.state", proposal, proposal.state, None)
    proposal.region, proposal.region_path, proposal.former_path = region, region.path, former_path
    proposal.save(update_fields=["region", "region_path", "former_path"])
    counters.moved("proposal.state", proposal, None, proposal.state)
    return Proposal.objects.get(pk=proposal.pk)  # its cut paths are the database's


@act("needs.proposal_passed_up")
def pass_on_deferred(*, by: Account | None, at: datetime, proposal: Proposal) -> Proposal:
    """Pass a deferred proposal up to the district (id: meneruskan usulan).

    Writes no journal entry: deliberation records "deliberation.proposal_passed_up" with the proposal as subject.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.is_deferred(state=proposal.state).or_raise()
    counters.moved("proposal.state", proposal, proposal.state, ProposalState.PASSED_ON)
    proposal.state = ProposalState.PASSED_ON
    proposal.save(update_fields=["state"])
    return proposal
