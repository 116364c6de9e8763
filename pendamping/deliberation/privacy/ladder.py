"""What the ladder of meetings keeps about people, and why (the record of processing)."""

from __future__ import annotations

from pendamping.core.personal.register import Personal


def _masked(purpose: str, recipients: str = "public") -> Personal:
    return Personal("masked", purpose, "public duty: Permendagri 86/2017", "as the archive rules say", recipients)


PERSONAL: dict[str, Personal] = {
    "Waiver.reason": _masked("why a meeting was closed without a requirement"),
    "ChairChange.reason": _masked("why another office took the chair"),
    "MeetingPhase.reason": _masked("why the hours of a phase were moved"),
    "MeetingObjection.words": _masked(
        "what somebody holds against a closed meeting", "whoever has its code, and the offices of the place"
    ),
    "MeetingObjection.answer": _masked("what the office answered to an objection"),
    "MeetingRules.note": _masked("what the city notes beside its rules"),
}

PLAIN = frozenset(
    {
        "MeetingRules.groups",
        "MeetingRules.own_groups",
        "MeetingRules.split",
        "MeetingRules.legal_basis",
        "ChairChange.office",
        "Waiver.requirement",
    }
)
