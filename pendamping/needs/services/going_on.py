"""What a meeting deferred goes on as it is: to another budget year, or up the ladder."""

from __future__ import annotations

from datetime import datetime

from pendamping.access.models import Account
from pendamping.core import counters
from pendamping.core.acts import act
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.models import Proposal
from pendamping.needs.rules import proposals as rules


@act("needs.proposal_carried_over")
def carry_deferred(*, by: Account | None, at: datetime, proposal: Proposal, fiscal_year: int) -> Proposal:
    """Let a deferred proposal wait for a later budget year (id: mengalihkan usulan).

    Writes no journal entry: deliberation records "deliberation.proposal_carried_over" with the proposal as subject.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.is_deferred(state=proposal.state).or_raise()
    rules.may_carry_over(state=proposal.state, year=proposal.fiscal_year, to=fiscal_year).or_raise()
    proposal.fiscal_year = fiscal_year
    proposal.save(update_fields=["fiscal_year"])
    return proposal


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
