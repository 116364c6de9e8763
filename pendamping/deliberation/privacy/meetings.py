"""What this app keeps about people, and why (the record of processing)."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "Meeting.notes": Personal(
        "masked",
        "course of the meeting",
        "public duty: Permendagri 86/2017",
        "as the archive rules say",
        "public",
    ),
    "Meeting.cancellation": Personal(
        "masked",
        "why a meeting was called off",
        "public duty",
        "as the archive rules say",
        "public",
    ),
    "Decision.reason": Personal(
        "masked",
        "why a proposal was decided so",
        "public duty",
        "as the archive rules say",
        "public",
    ),
}

PLAIN = frozenset(
    {
        "Meeting.title",
        "Meeting.place",
        "Meeting.agenda",
        "Meeting.chair_office",
        "Attendance.own",
        "AgendaItem.state_before",
        "Decision.method",
    }
)
