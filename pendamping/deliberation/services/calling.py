"""A meeting is called, moved to another day, or cancelled."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import counters
from pendamping.core.acts import act
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.core.verdicts import Verdict, first_refusal
from pendamping.deliberation import invitation_paper
from pendamping.deliberation.enums.invitations import LetterNews
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Attendance, Decision, Meeting, MeetingPhase
from pendamping.deliberation.rules import meetings as rules
from pendamping.deliberation.services.agenda import remove
from pendamping.deliberation.services.invitation_news import tell_invited
from pendamping.deliberation.services.polls import void_polls, void_polls_verdict
from pendamping.deliberation.services.rules_of_year import rules_for
from pendamping.deliberation.services.shared import locked, tell
from pendamping.regions.models import Region


@act("deliberation.meeting_called")
def call_meeting(
    *, by: Account | None, at: datetime, region: Region, kind: str, title: str, fiscal_year: int, held_on: date,
    place: str, agenda: str, chair_office: str, starts_at: time | None = None,
) -> Meeting:  # fmt: skip
    """Invite to a meeting (id: mengundang musyawarah).

    It keeps the rules in force now. Refuses a place or a budget year that cannot be meant, a place that was split or
    merged, and a call without words.
    """
    words = {"title": title, "place": place, "agenda": agenda, "chair_office": chair_office}
    rules.may_call(
        kind=kind, level=region.level, held_on=held_on, fiscal_year=fiscal_year, words=words
    ).or_raise()  # fmt: skip
    rules.stands(name=region.label, until=region.valid_to, on=day(at)).or_raise()
    held = rules_for(by=by, at=at, region=region, kind=kind, fiscal_year=fiscal_year)
    meeting = Meeting.add(
        at=at, region=region, kind=kind, title=mask_to(title, 160), fiscal_year=fiscal_year, held_on=held_on,
        starts_at=starts_at, place=mask_to(place, 200), agenda=mask(agenda).text,
        chair_office=mask_to(chair_office, 80), called_by=by, rules=held, told_on=day(at),
    )  # fmt: skip
    tell(
        "deliberation.meeting_called", meeting, Verb.MEETING_CALL, by=by, at=at,
        changes={"kind": kind, "held_on": held_on, "fiscal_year": fiscal_year},
    )  # fmt: skip
    counters.moved("meeting.state", meeting, None, meeting.state)
    return meeting


@act("deliberation.meeting_moved")
def move_meeting(
    *, by: Account | None, at: datetime, meeting: Meeting, held_on: date, reason: str, starts_at: time | None = None
) -> Meeting:
    """Hold a meeting on another day or at another hour, with the reason (id: menjadwal ulang musyawarah).

    Hours of its phases that did not begin move by as many days. Refuses one that was held, closed or cancelled, the
    same day and hour, an unlikely year, and empty words.
    """
    meeting = locked(meeting)
    reason = mask(reason).text
    is_same = (held_on, starts_at) == (meeting.held_on, meeting.starts_at)
    rules.may_move(
        state=meeting.state, is_held=is_held(meeting), is_same=is_same, held_on=held_on,
        fiscal_year=meeting.fiscal_year, reason=reason,
    ).or_raise()  # fmt: skip
    changes = {"held_on": [meeting.held_on, held_on], "starts_at": [meeting.starts_at, starts_at]}
    if held_on != meeting.held_on:
        meeting.told_on = day(at)
        _move_phases(meeting, held_on - meeting.held_on, reason, at)
    meeting.held_on, meeting.starts_at = held_on, starts_at
    meeting.save(update_fields=["held_on", "starts_at", "told_on"])
    tell("deliberation.meeting_moved", meeting, Verb.MEETING_CALL, by=by, at=at, changes=changes, reason=reason)
    tell_invited(meeting, LetterNews.MOVED, by=by, at=at)
    return meeting


def _move_phases(meeting: Meeting, by: timedelta, reason: str, at: datetime) -> None:
    """Hours that did not begin go with the day: else the register of the new day would be shut."""
    for phase in MeetingPhase.objects.filter(meeting=meeting, opens_at__gt=at):
        phase.opens_at, phase.closes_at, phase.reason = phase.opens_at + by, phase.closes_at + by, reason
        phase.save(update_fields=["opens_at", "closes_at", "reason"])


@act("deliberation.meeting_cancelled")
def cancel_meeting(*, by: Account | None, at: datetime, meeting: Meeting, reason: str) -> Meeting:
    """Call a meeting off, with the reason (id: membatalkan musyawarah); its proposals are again what they were.

    What was recorded as decided is dropped with it: only the ward head may do that. Refuses a closed meeting, empty
    words, and where voting began anyone who proposed, repaired or checked one of the ballot's proposals.
    """
    meeting = locked(meeting)
    reason = mask(reason).text
    rules.may_cancel(**_cancel_facts(meeting, by=by, at=at), reason=reason).or_raise()
    void_polls_verdict(by=by, meeting=meeting, at=at).or_raise()
    Decision.objects.filter(item__meeting=meeting).delete()
    void_polls(meeting, at=at, reason=reason)
    for item in meeting.items.select_related("proposal"):
        remove(item, meeting, by=by, at=at)
    counters.moved("meeting.state", meeting, meeting.state, MeetingState.CANCELLED)
    changes = {"state": [meeting.state, MeetingState.CANCELLED], "held_on": meeting.held_on}
    meeting.state, meeting.cancellation = MeetingState.CANCELLED, reason
    meeting.cancelled_at, meeting.cancelled_by = at, by
    meeting.save(update_fields=["state", "cancellation", "cancelled_at", "cancelled_by"])
    tell("deliberation.meeting_cancelled", meeting, Verb.MEETING_CALL, by=by, at=at, changes=changes, reason=reason)
    tell_invited(meeting, LetterNews.CANCELLED, by=by, at=at)
    invitation_paper.void(meeting, reason=invitation_paper.CALLED_OFF, at=at)
    return meeting


def is_held(meeting: Meeting) -> bool:
    """Were people counted or decisions recorded?"""
    counted = Attendance.objects.filter(meeting=meeting)
    return counted.exists() or Decision.objects.filter(item__meeting=meeting).exists()


def cancel_verdict(*, by: Account | None, at: datetime, meeting: Meeting) -> Verdict:
    """May this person call the meeting off now?"""
    cancellable = rules.is_cancellable(**_cancel_facts(meeting, by=by, at=at))
    return first_refusal(cancellable, void_polls_verdict(by=by, meeting=meeting, at=at))


def _cancel_facts(meeting: Meeting, *, by: Account | None, at: datetime) -> dict[str, Any]:
    decided = Decision.objects.filter(item__meeting=meeting).order_by("item__position")
    return {
        "state": meeting.state,
        "decided": list(decided.values_list("item__proposal__code", flat=True)),
        "is_decider": bool(duties.office_of(by, Verb.MEETING_DECIDE, meeting, at)),
    }
