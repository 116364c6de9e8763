"""Where a journey stands and what comes next: the states of its records in, an answer out."""

from __future__ import annotations

from dataclasses import dataclass

from pendamping.core.trace import Step, Trace
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.enums.voices import VoiceState
from pendamping.planning.enums import ProjectState
from pendamping.portal.enums import Next

STOPPED_PROPOSALS = frozenset(
    {ProposalState.DEFERRED, ProposalState.PASSED_ON, ProposalState.TO_CITY, ProposalState.REJECTED}
)
DECIDED_PROPOSALS = frozenset({ProposalState.FUNDED, ProposalState.RECOMMENDED, *STOPPED_PROPOSALS})
FINISHED_PROJECTS = frozenset({ProjectState.COMPLETED, ProjectState.HANDED_OVER})

# Who takes a step, as role keys: the nearest office first (access/roles.py holds the verbs).
WHO: dict[Next, tuple[str, ...]] = {
    Next.GATHER: ("ward_facilitator",),
    Next.VERIFY: ("ward_facilitator",),
    Next.WRITE: ("rt_rw", "lpm", "ward_facilitator"),
    Next.SUBMIT: ("rt_rw", "lpm", "ward_facilitator"),
    Next.REPAIR: ("rt_rw", "lpm", "ward_facilitator"),
    Next.CHECK: ("ward_secretary", "area_coordinator"),
    Next.PUT: ("ward_facilitator", "ward_head"),
    Next.PUT_AGAIN: ("ward_facilitator", "ward_head"),
    Next.DECIDE: ("ward_head",),
    Next.PREPARE: ("technical_officer",),
    Next.APPROVE: ("ward_head",),
    Next.REPAIR_PLAN: ("technical_officer",),
    Next.START: ("community_group", "ward_facilitator"),
    Next.REPORT: ("community_group", "ward_facilitator"),
    Next.VERIFY_REPORT: ("ward_secretary", "area_coordinator"),
    Next.COUNT: ("ward_facilitator",),
    Next.HAND_OVER: ("ward_head",),
    Next.INSPECT: ("ward_facilitator", "technical_officer"),
}


@dataclass(frozen=True)
class Facts:
    """The states on one journey; an empty word means there is no such record yet."""

    voice: str = ""
    need: str = ""
    proposal: str = ""
    project: str = ""
    leaves_asset: bool = True  # empowerment leaves none
    report_waits: bool = False
    is_counted: bool = False
    has_asset: bool = False


def standing(facts: Facts) -> Trace:
    """The furthest step reached, and whether it ended there."""
    if facts.has_asset or facts.project == ProjectState.HANDED_OVER:
        return Trace(Step.ASSET, complete=True)
    if facts.project:
        is_done = facts.project == ProjectState.COMPLETED and facts.is_counted and not facts.leaves_asset
        return Trace(_step_of_project(facts.project), complete=is_done)
    if facts.proposal and not _need_goes_on(facts):
        return _standing_of_proposal(facts.proposal)
    if facts.need == NeedState.ANSWERED:
        return Trace(Step.NEED, stopped=True)
    if facts.need:
        return Trace(Step.PROPOSAL if facts.need == NeedState.PROPOSED else Step.NEED)
    if facts.voice == VoiceState.GATHERED:
        return Trace(Step.NEED)
    return Trace(Step.VOICE, stopped=facts.voice == VoiceState.ANSWERED)


def _need_goes_on(facts: Facts) -> bool:
    """A withdrawn proposal leaves its need where it was: to be proposed anew, or answered."""
    return facts.proposal == ProposalState.WITHDRAWN and bool(facts.need)


def _step_of_project(state: str) -> Step:
    if state == ProjectState.COMPLETED:
        return Step.BENEFIT
    return Step.PROGRESS if state == ProjectState.RUNNING else Step.PROJECT


def _standing_of_proposal(state: str) -> Trace:
    if state == ProposalState.WITHDRAWN:
        return Trace(Step.PROPOSAL, stopped=True)
    if state in STOPPED_PROPOSALS:
        return Trace(Step.DELIBERATION, stopped=True)
    met = state in (ProposalState.ON_AGENDA, ProposalState.FUNDED, ProposalState.RECOMMENDED)
    return Trace(Step.DELIBERATION if met else Step.PROPOSAL)


def next_step(facts: Facts) -> Next | None:
    """What has to happen now, or None when the journey has ended."""
    if facts.has_asset:
        return Next.INSPECT
    if facts.project:
        return _next_of_project(facts)
    if facts.proposal and not _need_goes_on(facts):
        return _NEXT_OF_PROPOSAL.get(facts.proposal)
    if facts.need:
        return {NeedState.OPEN: Next.VERIFY, NeedState.VERIFIED: Next.WRITE}.get(NeedState(facts.need))
    return Next.GATHER if facts.voice == VoiceState.HEARD else None


_NEXT_OF_PROPOSAL: dict[str, Next] = {
    ProposalState.DRAFT: Next.SUBMIT,
    ProposalState.RETURNED: Next.REPAIR,
    ProposalState.SUBMITTED: Next.CHECK,
    ProposalState.CHECKED: Next.PUT,
    ProposalState.ON_AGENDA: Next.DECIDE,
    ProposalState.FUNDED: Next.PREPARE,
    ProposalState.DEFERRED: Next.PUT_AGAIN,
    ProposalState.RECOMMENDED: Next.PUT,
}


def _next_of_project(facts: Facts) -> Next | None:
    if facts.project in (ProjectState.PREPARED, ProjectState.RETURNED):
        return Next.APPROVE if facts.project == ProjectState.PREPARED else Next.REPAIR_PLAN
    if facts.project in (ProjectState.APPROVED, ProjectState.RUNNING):
        if facts.report_waits:
            return Next.VERIFY_REPORT
        return Next.START if facts.project == ProjectState.APPROVED else Next.REPORT
    if facts.project == ProjectState.COMPLETED and facts.leaves_asset:
        return Next.HAND_OVER
    return None if facts.is_counted else Next.COUNT
