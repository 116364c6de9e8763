"""Where a journey stands and what comes next, state by state."""

from __future__ import annotations

import pytest

from pendamping.core.trace import Step
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.enums.voices import VoiceState
from pendamping.planning.enums import ProjectState
from pendamping.portal.enums import Next
from pendamping.portal.rules import WHO, Facts, Standing, next_step, standing

PAST = {"voice": VoiceState.GATHERED, "need": NeedState.PROPOSED, "proposal": ProposalState.FUNDED}


@pytest.mark.parametrize(
    ("facts", "where", "next_one"),
    [
        (Facts(voice="heard"), Standing(Step.VOICE), Next.GATHER),
        (Facts(voice="answered"), Standing(Step.VOICE, stopped=True), None),
        (Facts(voice="gathered", need="open"), Standing(Step.NEED), Next.VERIFY),
        (Facts(voice="gathered", need="verified"), Standing(Step.NEED), Next.WRITE),
        (Facts(voice="answered", need="answered"), Standing(Step.NEED, stopped=True), None),
        (Facts(need="verified", proposal="draft"), Standing(Step.PROPOSAL), Next.SUBMIT),
        (Facts(need="proposed", proposal="submitted"), Standing(Step.PROPOSAL), Next.CHECK),
        (Facts(need="proposed", proposal="returned"), Standing(Step.PROPOSAL), Next.REPAIR),
        (Facts(need="proposed", proposal="checked"), Standing(Step.PROPOSAL), Next.PUT),
        (Facts(need="proposed", proposal="on_agenda"), Standing(Step.DELIBERATION), Next.DECIDE),
        (Facts(need="proposed", proposal="funded"), Standing(Step.DELIBERATION), Next.PREPARE),
        (Facts(need="proposed", proposal="deferred"), Standing(Step.DELIBERATION, stopped=True), Next.PUT_AGAIN),
        (Facts(need="proposed", proposal="rejected"), Standing(Step.DELIBERATION, stopped=True), None),
        (Facts(need="proposed", proposal="passed_on"), Standing(Step.DELIBERATION, stopped=True), None),
        (Facts(need="verified", proposal="withdrawn"), Standing(Step.NEED), Next.WRITE),  # the need goes on without it
        (Facts(need="answered", proposal="withdrawn"), Standing(Step.NEED, stopped=True), None),
        (Facts(proposal="withdrawn"), Standing(Step.PROPOSAL, stopped=True), None),  # a line of the list of proposals
        (Facts(**PAST, project="prepared"), Standing(Step.PROJECT), Next.APPROVE),
        (Facts(**PAST, project="approved"), Standing(Step.PROJECT), Next.START),
        (Facts(**PAST, project="approved", report_waits=True), Standing(Step.PROJECT), Next.VERIFY_REPORT),
        (Facts(**PAST, project="running"), Standing(Step.PROGRESS), Next.REPORT),
        (Facts(**PAST, project="running", report_waits=True), Standing(Step.PROGRESS), Next.VERIFY_REPORT),
        (Facts(**PAST, project="completed"), Standing(Step.BENEFIT), Next.HAND_OVER),
        (Facts(**PAST, project="completed", leaves_asset=False), Standing(Step.BENEFIT), Next.COUNT),
        (
            Facts(**PAST, project="completed", leaves_asset=False, is_counted=True),
            Standing(Step.BENEFIT, complete=True),
            None,
        ),
        (Facts(**PAST, project="handed_over", has_asset=True), Standing(Step.ASSET, complete=True), Next.INSPECT),
    ],
)
def test_standing_and_next(facts: Facts, where: Standing, next_one: Next | None) -> None:
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
