"""The fields of sessions and attendance."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

_TRAINING = "public duty: training of appointed facilitators"

PERSONAL: dict[str, Personal] = {
    "Session.reason": Personal(
        "masked", "why a session was moved or cancelled", _TRAINING, "as the session", "those expected"
    ),
    "Place.device": Personal(
        "pseudonymous",
        "that one phone shows up for one person only",
        _TRAINING,
        "as the session",
        "nobody; a keyed hash",
    ),
    "Place.note": Personal(
        "masked", "a remark on somebody's presence", _TRAINING, "as the session", "the person and the trainer"
    ),
    "CalendarKey.digest": Personal(
        "pseudonymous", "opens somebody's own calendar", _TRAINING, "until made anew", "nobody; a digest"
    ),
}

PLAIN = frozenset(
    {
        "Session.title", "Session.place", "Session.trainer_office", "Session.materials", "Session.secret",
        "SheetReading.rows",
    }
)  # fmt: skip
