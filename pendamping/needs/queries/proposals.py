"""What is read of proposals."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from pendamping.access.duties import Done, Duty
from pendamping.core import counters
from pendamping.needs.models import Need, Proposal, ProposalRevision
from pendamping.needs.rules import proposals as rules
from pendamping.needs.rules.voices import WARD_LEVELS
from pendamping.regions.models import Region

counters.recounts_states("proposal.state", Proposal)


def live_proposals(need: Need) -> QuerySet[Proposal]:
    """Proposals of a need neither rejected nor withdrawn: while there is one, no second is written."""
    return Proposal.objects.filter(need=need).exclude(state__in=rules.ENDED).order_by("-id")


def duties_of_proposal(proposal: Proposal) -> list[Done]:
    """Everybody's duty on a proposal so far: who wrote, submitted, repaired and checked it. One query."""
    return [Done(done.duty, done.person) for done in duties_of_proposals([proposal])]


def duties_of_proposals(proposals: Sequence[Proposal]) -> list[Done]:
    """The same for several at once, each naming its proposal. One query."""
    repaired = ProposalRevision.objects.filter(proposal__in=proposals).order_by().values_list("proposal", "by")
    codes = {proposal.pk: proposal.code for proposal in proposals}
    found: list[Done] = []
    for proposal in proposals:
        found += [
            Done(Duty.PROPOSER, proposal.proposed_by_id, proposal.code),
            Done(Duty.SUBMITTER, proposal.submitted_by_id, proposal.code),
            Done(Duty.CHECKER, proposal.checked_by_id, proposal.code),
        ]
    return [*found, *(Done(Duty.REPAIRER, person, codes[proposal]) for proposal, person in repaired.distinct())]


def proposed_facts(proposal: Proposal) -> rules.Proposed:
    """A proposal as the facts its gate asks for."""
    item = proposal.menu_item
    return rules.Proposed(
        place=proposal.place,
        menu_valid_from=item.valid_from,
        menu_valid_to=item.valid_to,
        menu_is_other=item.is_other,
        other_words=proposal.other_words,
        volume=proposal.volume,
        estimated_cost=proposal.estimated_cost,
        women=proposal.women,
        men=proposal.men,
        children=proposal.children,
        poor=proposal.poor,
        disabled=proposal.disabled,
        land_status=proposal.land_status,
        land_consent=proposal.land_consent,
        photos=proposal.photos.count(),
    )


def places_for_proposal(ward_path: str) -> QuerySet[Region]:
    """A ward in force with its RW and RT, in the order of their numbers: where a proposal of it may be for."""
    inside = Region.objects.filter(path__startswith=ward_path, valid_to__isnull=True)
    return inside.filter(level__in=WARD_LEVELS).select_related("parent__parent").order_by("path")
