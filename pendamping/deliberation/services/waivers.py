"""The chair states why a meeting that lacks something is closed all the same."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.moments import day
from pendamping.core.personal import mask
from pendamping.deliberation.enums.ladder import Requirement
from pendamping.deliberation.models import Meeting, Waiver
from pendamping.deliberation.queries.ladder import gaps_of, is_counted
from pendamping.deliberation.queries.own_groups import own_of
from pendamping.deliberation.rules import ladder, meetings
from pendamping.deliberation.services.closing import closer_verdict
from pendamping.deliberation.services.shared import locked, tell


@act("deliberation.requirement_waived")
def waive(*, by: Account | None, at: datetime, meeting: Meeting, requirement: str, ground: str, reason: str) -> Waiver:
    """State the reason for a requirement that is not fulfilled (id: mengecualikan syarat); the minutes print it.

    Stated again, it replaces the reason before. Refuses before the day, what is fulfilled, what asks who came before
    they are counted, a ground that does not explain it, empty words, and anyone who may not close the meeting.
    """
    meeting = locked(meeting)
    reason = mask(reason).text
    meetings.has_begun(state=meeting.state, held_on=meeting.held_on, today=day(at)).or_raise()
    gap = next((one for one in gaps_of(meeting) if one.requirement == requirement), None)
    meetings.has_reason(reason).or_raise()
    ladder.may_waive(
        requirement=requirement, ground=ground, gap=gap, reason=reason, is_counted=is_counted(meeting)
    ).or_raise()
    gap = cast("ladder.Gap", gap)  # without a gap there is nothing to waive
    closer_verdict(by=by, meeting=meeting, at=at).or_raise()
    facts = {"needed": gap.needed, "found": gap.found, "ground": ground, "reason": reason, "by": by}
    waiver, _made = Waiver.objects.update_or_create(
        meeting=meeting, requirement=requirement, defaults=facts, create_defaults={**facts, "created_at": at}
    )
    changes = {"requirement": _told(requirement, meeting), "needed": gap.needed, "found": gap.found, "ground": ground}
    tell(
        "deliberation.requirement_waived", meeting, Verb.MEETING_DECIDE, by=by, at=at, changes=changes, reason=reason,
        public=requirement != Requirement.SPLIT,  # it would tell what an open meeting is about to fund
    )  # fmt: skip
    return waiver


def _told(requirement: str, meeting: Meeting) -> str:
    """A requirement as the journal keeps it: a city's own group by its name, which no later rules change."""
    own = {one.requirement: one.label("id") for one in own_of(meeting)}
    return own.get(requirement, requirement)
