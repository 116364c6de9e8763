"""Another office takes the chair while a meeting runs."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.deliberation.models import ChairChange, Meeting
from pendamping.deliberation.queries.ladder import chair_of, hour
from pendamping.deliberation.rules import ladder, meetings
from pendamping.deliberation.services.shared import locked, tell
from pendamping.needs.rules.words import has_words


@act("deliberation.chair_changed")
def change_chair(
    *, by: Account | None, at: datetime, meeting: Meeting, office: str, since: datetime, reason: str
) -> ChairChange:
    """Say that another office chairs from an hour on, and why (id: mengganti pimpinan musyawarah).

    Who may decide stays as it is: the chair leads the talk. Refuses a meeting that has not begun or is closed, an hour
    before the last change or in time to come, the same office, and empty words.
    """
    meeting = locked(meeting)
    office, reason = mask_to(office.strip(), 80), mask(reason).text
    meetings.has_begun(state=meeting.state, held_on=meeting.held_on, today=day(at)).or_raise()
    has_words(office, field="office").or_raise()
    meetings.has_reason(reason).or_raise()
    present, last = chair_of(meeting), ChairChange.objects.filter(meeting=meeting).last()
    begins = last.since if last else timezone.make_aware(datetime.combine(meeting.held_on, time.min))
    ladder.may_take_chair(office=office, present=present, since=since, begins=begins, at=at, hour=hour).or_raise()
    made = ChairChange.objects.create(
        meeting=meeting, office=office, since=since, reason=reason, by=by, created_at=at
    )  # fmt: skip
    changes = {"chair": [present, office], "since": since}
    tell("deliberation.chair_changed", meeting, Verb.MEETING_ATTENDANCE, by=by, at=at, changes=changes, reason=reason)
    return made
