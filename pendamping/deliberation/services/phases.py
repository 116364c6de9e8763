"""The hours of a meeting are set, and moved before they begin."""

from __future__ import annotations

from datetime import datetime

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.personal import mask
from pendamping.core.verdicts import Verdict
from pendamping.deliberation.enums.ladder import Phase
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting, MeetingPhase
from pendamping.deliberation.queries.ladder import hour, spans_of
from pendamping.deliberation.rules import ladder, meetings
from pendamping.deliberation.rules.ladder import Span
from pendamping.deliberation.services.shared import locked, tell


@act("deliberation.phase_set")
def set_phase(
    *, by: Account | None, at: datetime, meeting: Meeting, phase: str, opens_at: datetime, closes_at: datetime,
    reason: str = "",
) -> MeetingPhase:  # fmt: skip
    """Set the hours of a phase, or move them with a reason before it begins (id: menetapkan tahap musyawarah).

    Once it began, its end can be put later, also after it. Refuses an end before the beginning, any other change of a
    phase that began, moving without words, and a meeting that is over; the time for objections may still be set once
    it is closed.
    """
    meeting = locked(meeting)
    reason = mask(reason).text
    known = MeetingPhase.objects.filter(meeting=meeting, phase=phase).first()
    if known is not None and hour(opens_at) == hour(known.opens_at):
        opens_at = known.opens_at  # forms know no seconds
    span = Span(opens_at, closes_at)
    before = Span(known.opens_at, known.closes_at) if known else None
    is_late_objections = phase == Phase.OBJECTIONS and meeting.state == MeetingState.CLOSED
    if not is_late_objections:
        meetings.is_open(state=meeting.state).or_raise()
    ladder.may_set_phase(before=before, span=span, reason=reason, at=at, hour=hour).or_raise()
    facts = {"opens_at": opens_at, "closes_at": closes_at, "reason": reason if known else "", "by": by}
    made, _new = MeetingPhase.objects.update_or_create(
        meeting=meeting, phase=phase, defaults=facts, create_defaults={**facts, "created_at": at}
    )
    changes = {
        "phase": phase,
        "opens_at": [before and before.opens_at, opens_at],
        "closes_at": [before and before.closes_at, closes_at],
    }
    tell("deliberation.phase_set", meeting, Verb.MEETING_CALL, by=by, at=at, changes=changes, reason=made.reason)
    return made


def agenda_verdict(meeting: Meeting, at: datetime) -> Verdict:
    """May proposals come on the agenda and leave it at this hour?"""
    return ladder.may_change_agenda(spans_of(meeting), at=at, hour=hour)


def count_verdict(meeting: Meeting, at: datetime) -> Verdict:
    """May people be counted at this hour?"""
    return ladder.may_count(spans_of(meeting), at=at, hour=hour)
