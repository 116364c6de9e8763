"""Where a journey stands and what comes next, state by state."""

from __future__ import annotations

import pytest

from pendamping.core.trace import Step, Trace
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.enums.voices import VoiceState
from pendamping.planning.enums import ProjectState
from pendamping.portal.enums import Next
from pendamping.portal.rules import WHO, Facts, next_step, standing

PAST = {"voice": VoiceState.GATHERED, "need": NeedState.PROPOSED, "proposal": ProposalState.FUNDED}


@pytest.mark.parametrize(
    ("facts", "where", "next_one"),
    [
        (Facts(voice="heard"), Trace(Step.VOICE), Next.GATHER),
        (Facts(voice="answered"), Trace(Step.VOICE, stopped=True), None),
        (Facts(voice="gathered", need="open"), Trace(Step.NEED), Next.VERIFY),
        (Facts(voice="gathered", need="verified"), Trace(Step.NEED), Next.WRITE),
        (Facts(voice="answered", need="answered"), Trace(Step.NEED, stopped=True), None),
        (Facts(need="verified", proposal="draft"), Trace(Step.PROPOSAL), Next.SUBMIT),
        (Facts(need="proposed", proposal="submitted"), Trace(Step.PROPOSAL), Next.CHECK),
        (Facts(need="proposed", proposal="returned"), Trace(Step.PROPOSAL), Next.REPAIR),
        (Facts(need="proposed", proposal="checked"), Trace(Step.PROPOSAL), Next.PUT),
        (Facts(need="proposed", proposal="on_agenda"), Trace(Step.DELIBERATION), Next.DECIDE),
        (Facts(need="proposed", proposal="funded"), Trace(Step.DELIBERATION), Next.PREPARE),
        (Facts(need="proposed", proposal="deferred"), Trace(Step.DELIBERATION, stopped=True), Next.PUT_AGAIN),
        (Facts(need="proposed", proposal="rejected"), Trace(Step.DELIBERATION, stopped=True), None),
        (Facts(need="proposed", proposal="passed_on"), Trace(Step.DELIBERATION, stopped=True), None),
        (Facts(need="verified", proposal="withdrawn"), Trace(Step.NEED), Next.WRITE),  # the need goes on without it
        (Facts(need="answered", proposal="withdrawn"), Trace(Step.NEED, stopped=True), None),
        (Facts(proposal="withdrawn"), Trace(Step.PROPOSAL, stopped=True), None),  # a line of the list of proposals
        (Facts(**PAST, project="prepared"), Trace(Step.PROJECT), Next.APPROVE),
        (Facts(**PAST, project="approved"), Trace(Step.PROJECT), Next.START),
        (Facts(**PAST, project="approved", report_waits=True), Trace(Step.PROJECT), Next.VERIFY_REPORT),
        (Facts(**PAST, project="running"), Trace(Step.PROGRESS), Next.REPORT),
        (Facts(**PAST, project="running", report_waits=True), Trace(Step.PROGRESS), Next.VERIFY_REPORT),
        (Facts(**PAST, project="completed"), Trace(Step.BENEFIT), Next.HAND_OVER),
        (Facts(**PAST, project="completed", leaves_asset=False), Trace(Step.BENEFIT), Next.COUNT),
        (
            Facts(**PAST, project="completed", leaves_asset=False, is_counted=True),
            Trace(Step.BENEFIT, complete=True),
            None,
        ),
        (Facts(**PAST, project="handed_over", has_asset=True), Trace(Step.ASSET, complete=True), Next.INSPECT),
    ],
)
def test_standing_and_next(facts: Facts, where: Trace, next_one: Next | None) -> None:
    assert standing(facts) == where
    assert next_step(facts) == next_one


@pytest.mark.parametrize("state", [*VoiceState, *NeedState, *ProposalState, *ProjectState])
def test_every_state_has_a_place_on_the_trace(state: str) -> None:
    name = {VoiceState: "voice", NeedState: "need", ProposalState: "proposal", ProjectState: "project"}[type(state)]
    assert standing(Facts(**{name: state})).step in Step


def test_every_next_step_names_who_takes_it() -> None:
    from pendamping.access.roles import ROLES

    assert set(WHO) == set(Next)
    assert all(key in ROLES for keys in WHO.values() for key in keys)
