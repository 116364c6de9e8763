"""What can happen to a meeting: called, moved, given its agenda, attended, deciding, closed, cancelled."""

from pendamping.deliberation.services.agenda import put_proposal, put_proposals, take_off_agenda
from pendamping.deliberation.services.calling import call_meeting, cancel_meeting, cancel_verdict, is_held, move_meeting
from pendamping.deliberation.services.closing import close_meeting, closer_verdict, issue_minutes, may_close
from pendamping.deliberation.services.deciding import count_attendance, decide, decider_verdict

__all__ = [
    "call_meeting",
    "cancel_meeting",
    "cancel_verdict",
    "close_meeting",
    "closer_verdict",
    "count_attendance",
    "decide",
    "decider_verdict",
    "is_held",
    "issue_minutes",
    "may_close",
    "move_meeting",
    "put_proposal",
    "put_proposals",
    "take_off_agenda",
]
