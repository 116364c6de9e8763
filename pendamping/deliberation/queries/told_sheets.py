"""What everybody is told of the count sheets of paper ballots, so that who voted on paper can follow theirs."""

from __future__ import annotations

from dataclasses import dataclass

from pendamping.deliberation.enums.polls import PollState
from pendamping.deliberation.models import Poll
from pendamping.deliberation.queries.ballots import is_joined


@dataclass(frozen=True)
class ToldSheet:
    """A count sheet without what its ballots choose (id: lembar hitung yang diumumkan).

    `ballots` are all on it, blank and spoiled ones too. These are None where so few voted on paper that they would
    tell on somebody.
    """

    number: int
    ballots: int
    blank: int | None
    spoiled: int | None
    is_set_aside: bool
    is_settled_by_third: bool


def told_sheets(poll: Poll) -> list[ToldSheet]:
    """The sheets of a counted ballot in order, also those set aside; none before the count."""
    if poll.state != PollState.CLOSED:
        return []
    veiled = is_joined(poll)
    return [
        ToldSheet(
            number=one.number, ballots=sum((one.lines or {}).values()) + one.blank + one.spoiled,
            blank=None if veiled else one.blank, spoiled=None if veiled else one.spoiled, is_set_aside=one.is_aside,
            is_settled_by_third=bool(one.reason) and not one.is_aside,
        )
        for one in poll.sheets.order_by("number")
    ]  # fmt: skip
