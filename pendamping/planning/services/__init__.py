"""Everything that can happen in planning."""

from pendamping.planning.services.limits import set_ceiling, set_rules
from pendamping.planning.services.projects import (
    approve_project,
    approver_verdict,
    cancel_project,
    mark_completed,
    mark_handed_over,
    mark_running,
    prepare_project,
    preparer_verdict,
    return_project,
    revise_project,
    room_verdict,
)
from pendamping.planning.services.taking_over import take_over

__all__ = [
    "approve_project",
    "approver_verdict",
    "cancel_project",
    "mark_completed",
    "mark_handed_over",
    "mark_running",
    "prepare_project",
    "preparer_verdict",
    "return_project",
    "revise_project",
    "room_verdict",
    "set_ceiling",
    "set_rules",
    "take_over",
]
