"""What the minutes say of consensus not reached and of ballots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pendamping.deliberation.enums.polls import BallotChannel, PollState
from pendamping.deliberation.models import Meeting, NoConsensus, Poll, PollChoice
from pendamping.deliberation.queries.ballots import totals_of
from pendamping.deliberation.queries.polls import choices_of, public_polls, turnout


@dataclass(frozen=True)
class Told:
    """A ballot as the minutes print it (id: catatan pemungutan suara)."""

    poll: Poll
    turnout: list[tuple[BallotChannel, int]]
    choices: list[PollChoice]
    votes: Mapping[int, int]


def polls_for_minutes(meeting: Meeting) -> dict[str, Any]:
    """What the minutes say of consensus not reached and of ballots counted or called off."""
    failures = NoConsensus.objects.filter(meeting=meeting).order_by("pk")
    return {
        "no_consensus": [
            {"at": one.created_at, "reason": one.reason, "reached_at": one.reached_at, "reached": one.reached_words}
            for one in failures
        ],
        "polls": [
            Told(poll, turnout(poll), choices_of(poll), supporters(poll))
            for poll in public_polls(meeting).filter(state__in=[PollState.CLOSED, PollState.VOID])
        ],
    }


def supporters(poll: Poll) -> dict[int, int]:
    """How many ballots name each proposal, struck ones left out; nothing before the count."""
    if poll.state != PollState.CLOSED:
        return {}
    return {one.choice.number: one.ballots for one in totals_of(poll)}
