"""Voting that opened or ended by its own hour: the journal says so once, whether or not anybody voted.

A ballot that comes in writes no line, so none of them can tell it: the line would say when the first one voted. The
hourly rounds tell it, or before them the first act that closes, counts or calls the ballot off.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from pendamping.access.duties import OPERATOR
from pendamping.core import journal
from pendamping.core.models import JournalEntry
from pendamping.deliberation.enums.polls import PollPhase, PollState
from pendamping.deliberation.models import Poll
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.services.shared import held

OPENED = ("deliberation.poll_opened", "deliberation.poll_opened_by_clock")
ENDED = ("deliberation.poll_ended", "deliberation.poll_ended_by_clock")


def tell_clocks(at: datetime) -> int:
    """Tell of every ballot whose hour came (id: dibuka menurut jadwal); of how many.

    The rounds ask it every hour; done again it finds nothing.
    """
    told = 0
    for poll in Poll.objects.filter(state=PollState.ANNOUNCED, opens_at__lte=at).order_by("pk"):
        with transaction.atomic():
            told += tell_clock(held(poll), at=at)
    return told


def tell_clock(poll: Poll, *, at: datetime) -> bool:
    """Within an act that holds the ballot: what its hours did, with when, unless the journal has it; whether it did."""
    now = queries.phase_of(poll, at)
    if now not in (PollPhase.OPEN, PollPhase.ENDED):
        return False
    told, size = _told(poll), queries.roll_size(poll)
    opened = told.isdisjoint(OPENED)
    ended = now == PollPhase.ENDED and told.isdisjoint(ENDED)
    if opened:
        _tell(OPENED[1], poll, at=at, opened_at=poll.opens_at, roll=size.at_opening if size else 0)
    if ended:
        _tell(ENDED[1], poll, at=at, ended_at=poll.closes_at)
    return opened or ended


def _told(poll: Poll) -> set[str]:
    """What the journal says of this ballot's beginning and end."""
    found = JournalEntry.objects.filter(
        subject_type=poll.meeting._meta.label, subject_id=poll.meeting_id, verb__in=[*OPENED, *ENDED]
    )
    return {verb for verb, changes in found.values_list("verb", "changes") if changes.get("poll") == poll.number}


def _tell(verb: str, poll: Poll, *, at: datetime, **facts: Any) -> None:
    said = {name: one.isoformat() if isinstance(one, datetime) else one for name, one in facts.items()}
    journal.record(
        verb, subject=poll.meeting, region=poll.region_path, by=None, at=at, office=OPERATOR,
        changes={"poll": poll.number, **said},
    )  # fmt: skip
